package facts

import (
	"maps"
	"strings"
	"unicode/utf8"

	"dewline"
)

// Furniture is what an outlet puts round a statement: who wrote and edited it, where
// the picture is from, where else to follow the outlet. It is no part of what is said.

// A phrase is the first words of a sentence that is furniture. What begins with a call
// is furniture to its end; a label needs a colon or the like behind it, or a name.
type phrase struct {
	words []string
	class dewline.PagePhrase
}

const (
	call    = dewline.PageCall    // follow us, read more
	label   = dewline.PageLabel   // editor, source
	caption = dewline.PageCaption // photo: what stands there may be a fact, where it differs
)

// phrases are known by their first word.
var phrases = func() map[string][]phrase {
	m := make(map[string][]phrase)
	for _, class := range []dewline.PagePhrase{call, label, caption} {
		for _, line := range dewline.PagePhrases(class) {
			words := wordList(line)
			m[words[0]] = append(m[words[0]], phrase{words, class})
		}
	}
	return m
}()

// wordLists are phrases, divided by commas, as a reader cuts them into words.
func wordLists(table string) (all [][]string) {
	for _, line := range strings.Split(strings.Join(strings.Fields(table), " "), ", ") {
		all = append(all, wordList(line))
	}
	return all
}

func wordList(line string) (words []string) {
	for _, part := range strings.FieldsFunc(line, func(c rune) bool { return c == ' ' || c == '-' }) {
		if c, _ := utf8.DecodeRuneInString(part); !unspaced(c) {
			words = append(words, fold(part))
			continue
		}
		for _, c := range part {
			if v, ok := hanDigits[c]; ok {
				words = append(words, "#"+figure(v))
				continue
			}
			words = append(words, string(c))
		}
	}
	return words
}

// longestFurniture is how many words such a sentence has at most.
const longestFurniture = 60

// furniture reports a sentence that is no part of the statement.
func furniture(tokens []token, text string) bool {
	if len(tokens) > longestFurniture {
		return false
	}
	switch {
	case rights(tokens, text), onlyShares(tokens), byline(tokens, text), carried(tokens, text):
		return true
	case tokens[len(tokens)-1].key == "read" && len(tokens) <= 4 && tokens[0].kind == number: // 3 min read
		return true
	}
	if n := phraseAt(tokens, call); n > 0 {
		return !weak(tokens[:n]) || len(tokens) <= 4 || labelled(tokens, n, text)
	}
	n := phraseAt(tokens, label)
	return n > 0 && labelled(tokens, n, text) && names(tokens[n:], text)
}

// weak reports a call that may begin other sentences too.
func weak(words []token) bool {
	return len(words) == 1 && weakCalls[words[0].key] || len(words) <= 2 && words[0].kind == ideograph
}

// rights reports whose text it is: © 2026 Example News.
func rights(tokens []token, text string) bool {
	first, last := &tokens[0], &tokens[len(tokens)-1]
	marked := strings.ContainsAny(tail(text[:first.start]), "©ⓒ") || strings.ContainsAny(text[first.start:max(first.start, last.end)], "©ⓒ")
	return marked && len(tokens) <= mostNames && (names(tokens, text) || first.caseless || len(tokens) <= mostNames/2)
}

// carried reports an outlet's name in brackets: (AFP), (avec Reuters).
func carried(tokens []token, text string) bool {
	if len(tokens) > 5 || !inBrackets(tokens, text) || !names(tokens, text) {
		return false
	}
	for i := range tokens {
		if outlets[tokens[i].key] {
			return true
		}
	}
	return false
}

// tail is as much of a text as a mark can need that stands at its end.
func tail(text string) string { return text[max(0, len(text)-8):] }

// phraseAt is how many words the longest phrase has that tokens begin with.
func phraseAt(tokens []token, class dewline.PagePhrase) (n int) {
	for _, p := range phrases[tokens[0].key] {
		if p.class == class && len(p.words) > n && begins(tokens, p.words) {
			n = len(p.words)
		}
	}
	return n
}

func begins(tokens []token, words []string) bool {
	if len(tokens) < len(words) {
		return false
	}
	for i, w := range words {
		if tokens[i].key != w {
			return false
		}
	}
	return true
}

// labelled reports that a label ends behind n tokens: with a colon, with "by", or with
// the text.
func labelled(tokens []token, n int, text string) bool {
	if n == len(tokens) {
		return true
	}
	between := text[min(tokens[n-1].end, tokens[n].start):tokens[n].start]
	return strings.ContainsAny(between, ":：/|｜丨=–—-©ⓒ(（") || isYear(&tokens[n]) || tokens[n-1].kind == ideograph && between != "" && len(tokens) <= mostNames || inBrackets(tokens, text) || bys[tokens[n].key] || bys[tokens[n-1].key]
}

// inBrackets reports a sentence that was cut out of brackets.
func inBrackets(tokens []token, text string) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:tokens[0].start])
	return strings.ContainsRune("([（【", before)
}

var bys = set("fot by von par por di door przez от від")

// mostNames is how many words a label is followed by.
const mostNames = 14

// fewNames is how many of them are names even in small letters.
const fewNames = 4

// names reports words that are names, dates and times alone: nothing that a statement
// could say.
func names(tokens []token, text string) bool {
	if len(tokens) > mostNames {
		return false
	}
	for i := range tokens {
		t := &tokens[i]
		switch {
		case t.kind == date, t.kind == number && t.value < 0, isYear(t):
		case t.kind == number, verdict(t.key) != "", happens(t.key):
			return false
		case t.kind == word && !t.capital && !t.caseless && len(tokens) > fewNames && !bylineWords[t.key] && !outlets[t.key] && !address(text, t):
			return false
		}
	}
	return len(hanHappenings(tokens)) == 0
}

func isYear(t *token) bool { return t.kind == number && t.value >= 1900 && t.value <= 2100 }

// happenings are the axes of words for what happens, and not for places.
var happenings = set("harm fight hit course ruin take army free recall leave")

// happens reports a word for what happens: what it stands among says something.
func happens(key string) bool {
	for _, class := range opposedByLanguage[""].of(key) {
		if happenings[sideOf(class).axis] {
			return true
		}
	}
	return false
}

func hanHappenings(tokens []token) (all []sided) {
	for _, s := range hanSides(&sentence{tokens: tokens}, 0, len(tokens)) {
		if happenings[s.side.axis] && s.end-s.start > 3 {
			all = append(all, s)
		}
	}
	return all
}

// address reports a word of a name on the net.
func address(text string, t *token) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:t.start])
	after, _ := utf8.DecodeRuneInString(text[t.end:])
	return strings.ContainsRune("@./_", before) || strings.ContainsRune("@/_", after) || strings.HasPrefix(text[t.end:], ".") && len(text) > t.end+1 && text[t.end+1] > ' '
}

// byline reports "By Jane Doe in London", "홍길동 기자".
func byline(tokens []token, text string) bool {
	if len(tokens) < 2 || len(tokens) > mostNames {
		return false
	}
	if k := tokens[1].key; k == "기자" || k == "특파원" {
		return len(tokens) <= 4
	}
	return tokens[0].capital && writers[tokens[0].key] && tokens[1].capital && !tokens[1].caseless && names(tokens[1:], text)
}

var writers = set("by von par por avec mit with con")

// bylineWords stand among names.
var bylineWords = set(`and in at of for the on to with via com org net www http https staff writer reporter correspondent agency news agencies und y et e i и и та в
	de la le du des der die das van von bin al el photo file handout pool courtesy via additional reporting by editing writing compiled edited`)

// onlyShares reports a share bar.
func onlyShares(tokens []token) bool {
	known := false
	for _, t := range tokens {
		if !shareWords[t.key] {
			return false
		}
		known = known || shareNames[t.key]
	}
	return known
}

// soft reports a caption. It says nothing new where it stands in one text alone, but
// one that another outlet has otherwise does.
func soft(tokens []token, text string) bool {
	n := phraseAt(tokens, caption)
	return n > 0 && labelled(tokens, n, text)
}

// furnitureAhead reports that what stands ahead, in brackets or on a line, may be furniture.
func furnitureAhead(text string) bool {
	c, size := utf8.DecodeRuneInString(text)
	if unspaced(c) {
		return furnitureFirst[text[:size]]
	}
	text = text[:min(len(text), 48)]
	end := strings.IndexFunc(text, func(r rune) bool { return strings.ContainsRune(" -:：,/\n)）©", r) })
	return end > 0 && furnitureFirst[fold(text[:end])]
}

// furnitureFirst are the words with which phrases begin.
var furnitureFirst = func() map[string]bool {
	m := set("copyright by avec with mit con agencies")
	for w := range phrases {
		m[w] = true
	}
	maps.Copy(m, outlets)
	return m
}()

// attributed reports a name of an outlet that stands where texts say whom they quote:
// who carried a statement is no part of it.
func attributed(s *sentence, i int) bool {
	if !outlets[s.tokens[i].key] {
		return false
	}
	for k := max(0, i-4); k < min(len(s.tokens), i+5); k++ {
		if quoting[s.tokens[k].key] {
			return true
		}
	}
	return false
}

// unsaid are words by which agencies say that they know no more.
var unsaid = func() map[string][][]string {
	m := make(map[string][][]string)
	for _, words := range wordLists(unsaidTable) {
		m[words[0]] = append(m[words[0]], words)
	}
	return m
}()

// saysNothing reports a sentence that says only that more is not known.
func (s *sentence) saysNothing() bool {
	for i := range s.tokens {
		for _, words := range unsaid[s.tokens[i].key] {
			if begins(s.tokens[i:], words) {
				return true
			}
		}
	}
	return false
}
