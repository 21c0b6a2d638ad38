package facts

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"dewline"
)

// kinds of tokens.
type kind int

const (
	word kind = iota
	number
	date
	ideograph // a letter of a script that puts no space between words
)

// token is a word, a number or an ideograph. Punctuation is none.
type token struct {
	key        string // what it is compared by
	kind       kind
	start, end int
	value      float64 // of a number
	unit       string  // by which it was multiplied
	dimension  bool    // it says what is counted or measured
	capital    bool    // it begins with a capital letter
	caseless   bool    // its script has no capitals
	first      bool    // of its sentence
	line       bool    // it stands in a dateline
	stamp      bool    // it says when the page was updated
}

// one is what a token is compared by, in whatever form its Han is written.
func (t *token) one() string {
	if t.kind != ideograph {
		return t.key
	}
	c, size := utf8.DecodeRuneInString(t.key)
	if one := dewline.OneHan(c); one != c {
		return string(one) + t.key[size:]
	}
	return t.key
}

// reading is a text as it is compared.
type reading struct {
	text      string
	language  string // base
	sentences []sentence
	lower     map[string]bool
	dated     bool            // it has a dateline
	counts    map[string]int  // of words; made when it is first asked for
	known     map[string]bool // what stands in it; made when it is first asked for
	dates     []string        // among that
}

type reader struct {
	*reading
	tokens  []token // of the sentence under way
	at      int
	lineEnd int    // where the dateline of the block ends
	money   *token // a sign of money that waits for its number
	bracket bool   // the sentence under way stands in brackets
	caption bool   // the block under way is a caption
	blocks  int    // that are behind
}

// read cuts a text into sentences of tokens.
func read(text, language string) *reading {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	r := &reader{reading: &reading{text: text, language: base, lower: make(map[string]bool)}}
	r.begin()
	for r.at < len(text) {
		r.step()
	}
	r.endSentence()
	return r.reading
}

// begin begins a block.
func (r *reader) begin() {
	block, _, _ := strings.Cut(r.text[r.at:], "\n\n")
	r.lineEnd, r.caption = r.at+dateline(block), false
}

func (r *reader) step() {
	c, size := utf8.DecodeRuneInString(r.text[r.at:])
	switch {
	case c == '\n' && strings.HasPrefix(r.text[r.at:], "\n\n"):
		r.at += 2
		r.endSentence()
		r.blocks++
		r.begin()
	case unicode.IsDigit(c):
		r.number()
	case unspaced(c):
		r.ideograph(c, size)
	case unicode.IsLetter(c):
		r.word()
	case c == '¥' || c == '￥' || unicode.Is(unicode.Sc, c):
		r.currency(norm.NFKC.String(r.sign(c)), r.at, r.at+size)
	case strings.ContainsRune("%٪％‰", c):
		r.add(token{key: percent(c), kind: number, start: r.at, end: r.at + size, dimension: true})
		r.at += size
	default:
		r.mark(c, size)
	}
}

// mark passes over what is no token, and may end the sentence.
func (r *reader) mark(c rune, size int) {
	r.at += size
	switch {
	case strings.ContainsRune("!?。｡！？؟۔।", c), c == '.' && ends(r.last(), r.text, r.at):
		r.endSentence()
	case strings.ContainsRune("([（【", c) && (furnitureAhead(r.text[r.at:]) || updateWord.MatchString(head(r.text[r.at:]))):
		r.endSentence()
		r.bracket = true
	case strings.ContainsRune(")]）】", c) && r.bracket:
		r.endSentence()
	case c == '\n' && r.lineApart():
		r.endSentence()
	case c == '@':
		r.at += len(r.text[r.at:]) - len(strings.TrimLeftFunc(r.text[r.at:], inAddress))
	}
}

// lineApart reports that a new line begins a sentence: furniture stands on lines of its
// own, where texts are set in lines.
func (r *reader) lineApart() bool {
	if len(r.tokens) == 0 {
		return false
	}
	rest := strings.TrimLeft(r.text[r.at:], " \t([（")
	return furnitureAhead(rest) || updateWord.MatchString(head(rest)) || furnitureFirst[r.tokens[0].key]
}

// inAddress reports a letter of a name on the net.
func inAddress(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune("._-/:?=&%#~+@", c)
}

func (r *reader) last() *token {
	if len(r.tokens) == 0 {
		return nil
	}
	return &r.tokens[len(r.tokens)-1]
}

func (r *reader) add(t token) {
	if t.key != "" {
		r.tokens = append(r.tokens, t)
	}
}

// word takes a run of letters, with apostrophes in it.
func (r *reader) word() {
	start := r.at
	if rest := r.text[start:]; strings.HasPrefix(rest, "http://") || strings.HasPrefix(rest, "https://") || strings.HasPrefix(rest, "www.") {
		r.at += len(rest) - len(strings.TrimLeftFunc(rest, inAddress))
		return
	}
	if n := dotted(r.text[start:]); n > 0 {
		r.at += n
		r.add(token{key: fold(strings.ReplaceAll(r.text[start:r.at], ".", "")), start: start, end: r.at, capital: r.text[start] <= 'Z'})
		return
	}
	for r.at < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[r.at:])
		after, _ := utf8.DecodeRuneInString(r.text[r.at+size:])
		inner := unicode.IsLetter(c) && !unspaced(c) || unicode.IsMark(c) || unicode.Is(unicode.Cf, c) ||
			strings.ContainsRune("'’ʼ", c) && unicode.IsLetter(after)
		if !inner {
			break
		}
		r.at += size
	}
	written := r.text[start:r.at]
	first, _ := utf8.DecodeRuneInString(written)
	t := token{key: fold(written), start: start, end: r.at, capital: unicode.IsUpper(first) || unicode.IsTitle(first), caseless: caseless(first)}
	if !t.capital && !t.caseless {
		r.lower[t.key] = true
	}
	if r.moneyWord(t) {
		return
	}
	r.split(t)
}

// dotted is how long an abbreviation such as U.S. or a.m. is with which a text begins.
func dotted(text string) (n int) {
	if strings.HasPrefix(text, "a.m.") || strings.HasPrefix(text, "p.m.") {
		return 4
	}
	for n+1 < len(text) && text[n] >= 'A' && text[n] <= 'Z' && text[n+1] == '.' {
		n += 2
	}
	if n < 4 {
		return 0
	}
	return n
}

// split adds a word, and its negation apart from it: didn't, l'homme, n'a.
func (r *reader) split(t token) {
	if base, ok := strings.CutSuffix(t.key, "n't"); ok {
		if base == "wo" || base == "ca" || base == "sha" {
			base = map[string]string{"wo": "will", "ca": "can", "sha": "shall"}[base]
		}
		not := t
		t.key, not.key, not.capital = base, "not", false
		r.add(t)
		r.add(not)
		return
	}
	if t.key == "cannot" {
		not := t
		t.key, not.key = "can", "not"
		r.add(t)
		r.add(not)
		return
	}
	if i := strings.IndexByte(t.key, '\''); i > 0 && i <= 2 { // l', d', qu', n'
		article := t
		article.key = t.key[:i]
		if article.key == "n" {
			article.key = "ne"
		}
		article.capital = false
		r.add(article)
		t.key = t.key[i+1:]
		written := r.text[t.start:t.end]
		if j := strings.IndexAny(written, "'’ʼ"); j >= 0 {
			c, _ := utf8.DecodeRuneInString(strings.TrimLeft(written[j:], "'’ʼ"))
			t.capital = unicode.IsUpper(c)
		}
	}
	t.key = strings.TrimSuffix(t.key, "'s")
	if r.numberWord(&t) {
		return
	}
	r.add(t)
}

// ideograph takes one letter of a script without spaces, or a numeral of several.
func (r *reader) ideograph(c rune, size int) {
	if r.hanNumber() {
		return
	}
	end := r.at + size
	for end < len(r.text) {
		m, n := utf8.DecodeRuneInString(r.text[end:])
		if !unicode.IsMark(m) {
			break
		}
		end += n
	}
	r.add(token{key: norm.NFKC.String(r.text[r.at:end]), kind: ideograph, start: r.at, end: end})
	r.at = end
}

// endSentence closes the sentence under way.
func (r *reader) endSentence() {
	tokens := r.tokens
	r.tokens, r.bracket = nil, false
	if len(tokens) == 0 || furniture(tokens, r.text) {
		return
	}
	tokens = r.arranged(tokens)
	if r.blocks < firstBlocks && dayLine(tokens, r.text) {
		r.lineEnd = max(r.lineEnd, tokens[len(tokens)-1].end)
	}
	first := 0
	for i := range tokens {
		if tokens[i].start < r.lineEnd {
			tokens[i].line, r.dated, first = true, true, i+1
		}
	}
	if first < len(tokens) {
		tokens[first].first = true
	}
	tokens[0].first = true
	markStamp(tokens, r.text)
	r.markHerald(tokens)
	r.caption = r.caption || soft(tokens, r.text)
	end := strings.TrimRight(r.text[tokens[len(tokens)-1].end:r.at], " \n\t\u00A0\"'”’»")
	r.sentences = append(r.sentences, sentence{tokens: tokens, titled: titled(tokens), soft: r.caption,
		line: r.blocks > 0 && end == strings.TrimRight(end, ".!?。！？؟۔।…")})
}

// titled reports a sentence whose long words nearly all begin with capitals.
func titled(tokens []token) bool {
	long, capitals := 0, 0
	for _, t := range tokens {
		if t.kind == word && !t.caseless && utf8.RuneCountInString(t.key) > 3 {
			long++
			if t.capital {
				capitals++
			}
		}
	}
	return long >= 3 && 10*capitals >= 7*long
}

// fold is a word as it is compared: small letters, compatible forms as one, without
// the diacritics that writers leave out.
func fold(s string) string {
	var b strings.Builder
	for _, c := range norm.NFKC.String(s) {
		switch {
		case unicode.Is(unicode.Cf, c):
		case strings.ContainsRune("’ʼ", c):
			b.WriteByte('\'')
		case c == 'ё' || c == 'Ё':
			b.WriteRune('е')
		case unplain[c] != "":
			b.WriteString(unplain[c])
		case unicode.In(c, unicode.Latin, unicode.Greek):
			for _, d := range norm.NFD.String(string(unicode.ToLower(c))) {
				if !unicode.Is(unicode.Mn, d) {
					b.WriteRune(d)
				}
			}
		case unicode.Is(unicode.Mn, c): // harakat, points
		default:
			b.WriteRune(unicode.ToLower(c))
		}
	}
	return b.String()
}

// unplain are letters that are written as others where those are wanting.
var unplain = map[rune]string{'ı': "i", 'ł': "l", 'Ł': "l", 'ø': "o", 'Ø': "o", 'đ': "d", 'Đ': "d", 'ß': "ss", 'æ': "ae", 'Æ': "ae"}

func isLower(r rune) bool { return unicode.IsLower(r) }

// caseless reports a letter of a script without capitals.
func caseless(r rune) bool {
	return !unicode.IsUpper(r) && !unicode.IsLower(r) && !unicode.IsTitle(r)
}

// unspaced reports a letter of a script that puts no space between words.
func unspaced(r rune) bool {
	return r >= 0x0E00 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) || r == 'ー')
}
