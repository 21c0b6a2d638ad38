package stories

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dewline"
)

// where a phrase makes a block a line of the page.
type where int

const (
	asLabel  where = iota // at its start, and a colon, a bar or nothing comes behind it
	asCredit              // as a label, and little behind it: a name and no caption
	atStart               // at its start, however it goes on
	asNote                // wherever it stands, where no figure and no outcome stands beside it
	anywhere              // wherever it stands
)

// phrase is a phrase by which a line of the page is known, and not of the statement: whose it
// is, where there is more, what to do with it.
type phrase struct {
	hashes []uint64
	where  where
}

// phrases are by their first word.
var phrases = func() map[uint64][]phrase {
	m := make(map[uint64][]phrase)
	known := make(map[uint64]bool)
	add := func(text string, where where) {
		tokens := tokensOf(text)
		if len(tokens) == 0 || known[keyOf(tokens)] {
			return
		}
		known[keyOf(tokens)] = true
		m[tokens[0].hash] = append(m[tokens[0].hash], phrase{hashes(tokens), where})
	}
	for where := anywhere; where >= asLabel; where-- {
		for _, text := range strings.FieldsFunc(ownPhrases[where], func(c rune) bool { return c == ',' || c == '\n' }) {
			add(text, where)
		}
	}
	for _, list := range []struct {
		kind dewline.PagePhrase
		as   where
	}{{dewline.PageCaption, asCredit}, {dewline.PageCall, atStart}, {dewline.PageLabel, asLabel}} {
		for _, text := range dewline.PagePhrases(list.kind) {
			add(text, standing(tokensOf(text), list.as))
		}
	}
	return m
}()

// standing is where a phrase of the root makes a line of the page, by default as said. A call of one word,
// or of two letters of Han, may begin other sentences too; a label that says "by" wants no
// colon; and what was corrected may be told behind "has been corrected".
func standing(tokens []token, as where) where {
	switch {
	case as == atStart && weigh(tokens) <= 2:
		return asLabel
	case as == atStart && noting[tokens[len(tokens)-1].key()]:
		return asNote
	case as == asLabel && len(tokens) > 1 && crediting[tokens[len(tokens)-1].key()]:
		return atStart
	}
	return as
}

const (
	longestPageLine = 320 // bytes
	longestLabelled = 240
	mostLabel       = 8 // words of a label
)

// pageLine reports a block that is a line of the page. ends says where its first tokens end.
func pageLine(block string, tokens []token, ends []int) bool {
	if len(block) > longestPageLine || len(tokens) == 0 {
		return false
	}
	if start := strings.TrimLeft(block, "[(*_ "); strings.HasPrefix(start, "©") || strings.HasPrefix(start, "ⓒ") || strings.HasPrefix(start, "c) ") || strings.HasPrefix(start, "C) ") {
		return true
	}
	for i := range tokens {
		for _, p := range phrases[tokens[i].hash] {
			if p.stands(block, tokens, ends, i) {
				return true
			}
		}
	}
	if onlyShares(tokens) {
		return true
	}
	stamp, _ := stamped(block, tokens)
	return len(block) < longestLabelled && (stamp || calls(tokens) || presents(block, tokens) || isAddress(block) || byline(block, tokens))
}

// leadingCredit is a line of the page in brackets with which a block begins, where the statement goes on
// behind it: "(Source: China Military; issued March 29, 2017) GENEVA --- …".
func leadingCredit(block string) string {
	if block == "" || block[0] != '(' && block[0] != '[' {
		return ""
	}
	end := strings.IndexAny(block, ")]") + 1
	if end == 0 || end > longestLabelled || strings.TrimSpace(block[end:]) == "" {
		return ""
	}
	credit := block[:end]
	if tokens, _, ends := cut(credit); !pageLine(credit, tokens, ends) {
		return ""
	}
	return credit
}

// stands reports that a phrase stands in a block from a token on, where it makes it a line of the
// page.
func (p *phrase) stands(block string, tokens []token, ends []int, i int) bool {
	n := len(p.hashes)
	if i+n > len(tokens) || p.where < asNote && (i > 0 || len(block) > longestLabelled) || !slices.Equal(hashes(tokens[i:i+n]), p.hashes) {
		return false
	}
	const mostCredit = 5
	switch {
	case p.where == asNote:
		return !hasDigits(tokens) && !tellsOutcome(tokens)
	case p.where == atStart || p.where == anywhere:
		return true
	case tellsOutcome(tokens), goesOnAs(block, tokens[n:]):
		return false
	case n > len(ends), p.where == asCredit && (len(tokens) > n+mostCredit || hasDigits(tokens)):
		return false
	}
	if bracketed(block) && !hasDigits(tokens) && !tellsOutcome(tokens) { // (Bericht von Eva Beispiel)
		return true
	}
	rest := strings.TrimLeft(block[ends[n-1]:], " \u00a0")
	c, _ := utf8.DecodeRuneInString(rest)
	return strings.Trim(rest, ".…*_ ") == "" || strings.ContainsRune(":：|/>→©", c)
}

// bracketed reports a block of which all stands in brackets.
func bracketed(block string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(block, ". "))
	first, _ := utf8.DecodeRuneInString(block)
	return strings.ContainsRune("([（【〔", first) && strings.ContainsRune(")]）】〕", last)
}

// tellsOutcome reports a word by which something is denied, or ended.
func tellsOutcome(tokens []token) bool {
	for i := range tokens {
		if k := tokens[i].key(); verdicts[k] || outcomes[k] {
			return true
		}
	}
	return false
}

// goesOnAs reports a sentence behind a label: "Source: the ship was towed to Tarn." A name needs fewer words.
func goesOnAs(block string, rest []token) bool {
	const few, small = 5, 3
	if len(rest) <= few || !strings.HasSuffix(block, ".") {
		return false
	}
	n := 0
	for i := range rest {
		if t := &rest[i]; !t.capital && !t.digits && !t.glyph && !joining[t.key()] {
			n++
		}
	}
	return n >= small
}

// ofPage reports a sentence with a phrase of the page in it.
func ofPage(tokens []token) bool {
	for i := range tokens {
		for _, p := range phrases[tokens[i].hash] {
			n := len(p.hashes)
			if (p.where == anywhere || p.where == atStart && i == 0) && i+n <= len(tokens) && slices.Equal(hashes(tokens[i:i+n]), p.hashes) {
				return true
			}
		}
	}
	return false
}

// calls reports a call to read an outlet on a platform: "Читайте РБК в Telegram".
func calls(tokens []token) bool {
	const most = 8
	if len(tokens) < 2 || len(tokens) > most || !callVerbs[tokens[0].key()] || hasDigits(tokens) || tellsOutcome(tokens) {
		return false
	}
	return slices.ContainsFunc(tokens[1:], func(t token) bool { return shareNames[t.key()] })
}

// presents reports a sentence by which an outlet says what it is: "Defence Today is the leading magazine on military
// affairs." Its name stands before the verb, and what it is soon behind it.
func presents(block string, tokens []token) bool {
	const most, mostName, mostBefore = 24, 4, 4
	if len(tokens) > most || hasDigits(tokens) || tellsOutcome(tokens) || strings.ContainsAny(block, "\"“”") {
		return false
	}
	name := 0
	for name < len(tokens) && tokens[name].capital {
		name++
	}
	rest := tokens[name:]
	if name == 0 || name > mostName || len(rest) < 3 || !presenting[rest[0].key()] || !presenting[rest[1].key()] {
		return false
	}
	for i := 2; i < min(len(rest), 3+mostBefore); i++ {
		if publications[rest[i].key()] {
			return i+1 == len(rest) || publishing[rest[i+1].key()]
		}
	}
	return false
}

// byline reports a block that says nothing but who wrote: "By Jane Doe and John Smith".
func byline(block string, tokens []token) bool {
	const most = 12
	last, _ := utf8.DecodeLastRuneInString(block)
	if len(tokens) < 2 || len(tokens) > most || !writers[tokens[0].key()] || strings.ContainsRune(".!?", last) {
		return false
	}
	for i := range tokens[1:] {
		if t := &tokens[1+i]; !t.capital && !joining[t.key()] && !posts[t.key()] || t.digits || calendar[t.key()] {
			return false
		}
	}
	return true
}

// loneWord reports a block of one word that says nothing by itself: a section of the paper.
func loneWord(tokens []token) bool {
	if len(tokens) != 1 {
		return false
	}
	k := tokens[0].key()
	return !tokens[0].digits && !tokens[0].glyph && !verdicts[k] && !outcomes[k]
}

// stamped says whether a block says nothing but a time, and whether it says that it is the page's. Without
// a label it may be the time of what is reported.
func stamped(block string, tokens []token) (stamp, labelled bool) {
	const most = 16
	if len(tokens) > most {
		return false, false
	}
	figures := false
	for i := range tokens {
		t := &tokens[i]
		k := t.key()
		label := stampLabels[k] || t.glyph && strings.Contains("更新发布發布最終時間时间", t.raw)
		labelled = labelled || label
		figures = figures || t.digits
		if !t.digits && !label && !calendar[k] && !clockWords[k] && !(t.glyph && strings.Contains("年月日时時分上午下", t.raw)) {
			return false, false
		}
	}
	return figures && (labelled || strings.Contains(block, ":")), labelled
}

var mailbox = regexp.MustCompile(`^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$`)

// onlyShares reports a share bar.
func onlyShares(tokens []token) bool {
	known := false
	for i := range tokens {
		k := tokens[i].key()
		if !shareNames[k] && !shareWords[k] {
			return false
		}
		known = known || shareNames[k]
	}
	return known
}

// isAddress reports a block of addresses and tags alone.
func isAddress(block string) bool {
	for _, word := range strings.Fields(block) {
		if strings.HasPrefix(word, "#") || strings.HasPrefix(word, "@") {
			continue
		}
		if u, err := url.Parse(word); (err != nil || u.Host == "") && !mailbox.MatchString(word) {
			return false
		}
	}
	return strings.ContainsFunc(block, unicode.IsLetter)
}
