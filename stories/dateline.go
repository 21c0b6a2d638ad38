package stories

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// headBlocks are among how many blocks at its start a text has its dateline.
const headBlocks = 3

// datelines are the forms in which a report begins with its place, day and agency, by the
// kind of letter that they begin with.
var datelines = struct{ capital, bracket, han, arabic []*regexp.Regexp }{
	capital: []*regexp.Regexp{
		// KYIV, Nov. 24 (Example News) — ; МОСКВА, 24 ноября. /ТАСС/. ; Berlin (dpa) -
		regexp.MustCompile(`^[\p{Lu}][\p{L}.'’ -]*(?:[,/] ?[\p{L}\d.,'’ /-]*)?\s?[(/][^()/\n]+[)/](?:\.\s|\s*[–—:-]{1,3}\s)`),
		// Nov 24 (Reuters) -
		regexp.MustCompile(`^\p{Lu}\p{L}{2,8}\.? \d{1,2}(?:, \d{4})? [(/][^()/\n]+[)/]\s*[–—-]{1,3}\s`),
		// GENEVA, March 29 -- ; МОСКВА, 23 ноя — РИА Новости.
		regexp.MustCompile(`^[\p{Lu}][\p{L}.'’ -]*, ?[\p{L}.]* ?\d{1,2}[\p{L}.,\d ]*(?:[–—]|-{1,3})\s(?:\p{Lu}[\p{L} -]*\.\s)?`),
		// GENEVA, Switzerland --- ; FORT EXAMPLE, Ala. —
		regexp.MustCompile(`^[\p{Lu}][\p{Lu}.'’ -]{2,}(?:, \p{Lu}[\p{L}. ]*)?\s?(?:[–—]|-{2,3})\s(?:\p{Lu}[\p{L} -]*\.\s)?`),
	},
	bracket: []*regexp.Regexp{
		// (Reuters) - ; [서울=뉴시스] 홍길동 기자 =
		regexp.MustCompile(`^[（(\[][^)）\]\n]+[)）\]]\s*(?:[\p{Hangul}· ]+(?:기자|특파원)\s*=|[–—-]{1,2})\s*`),
		regexp.MustCompile(`^[（(\[][\p{Hangul}]+=[\p{Hangul}\d]+[)）\]]\s*`),
		regexp.MustCompile(`^【[^】\n]+】\s*`),
	},
	// 新华社北京11月23日电（记者 某某）
	han: []*regexp.Regexp{regexp.MustCompile(`^[^。，,\n]*?\d{1,2}日(?:电|電|讯|訊)\s?(?:[（(][^（）()\n]+[）)])?\s*`)},
	// دمشق (سانا) -
	arabic: []*regexp.Regexp{regexp.MustCompile(`^[\p{Arabic} ،]+[\p{Arabic}\d٠-٩ ،]*(?:\([^()\n]+\)|/[^/\n]+/)\s*[-–—:]\s*`)},
}

// longestLine is the length in bytes of the longest dateline.
const longestLine = 120

// cutDateline cuts a dateline from the start of a block.
func cutDateline(block string, head bool) (line, rest string) {
	if !head {
		return "", block
	}
	start := block[:min(len(block), longestLine)]
	c, _ := utf8.DecodeRuneInString(start)
	for _, form := range linesOf(c, start) {
		if m := form.FindStringIndex(start); m != nil && plausible(start[:m[1]]) {
			return block[:m[1]], block[m[1]:]
		}
	}
	return "", block
}

func linesOf(first rune, start string) []*regexp.Regexp {
	switch {
	case strings.ContainsRune("(（[【", first):
		return datelines.bracket
	case unicode.IsUpper(first) && strings.ContainsAny(start, "(/—–-"):
		return datelines.capital
	case unicode.Is(unicode.Han, first):
		return datelines.han
	case unicode.Is(unicode.Arabic, first):
		return datelines.arabic
	}
	return nil
}

// plausible reports what is a dateline and not the beginning of a sentence, which says something: a
// place of few words, with an agency in brackets or a day behind it.
func plausible(line string) bool {
	const mostWords, mostPlace = 12, 4
	if len(strings.Fields(line)) > mostWords || utf8.RuneCountInString(line) > 80 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(line)
	tokens, _, _ := cut(line)
	figures := slices.ContainsFunc(tokens, func(t token) bool { return t.digits })
	switch {
	case first == '【':
		return signs.MatchString(line)
	case unicode.Is(unicode.Han, first), strings.ContainsAny(line, "="):
		return true
	case strings.ContainsRune("(（[", first):
		return !figures && len(tokens) <= mostPlace
	}
	place := line[:strings.IndexFunc(line+"(", func(c rune) bool { return strings.ContainsRune("(/,–—", c) })]
	return len(strings.Fields(place)) <= mostPlace && (!figures || slices.ContainsFunc(tokens, func(t token) bool { return calendar[t.key()] }))
}

// signs is what stands in brackets that name who reports, and are no headline.
var signs = regexp.MustCompile(`报道|報道|记者|記者|[网網社报報台电電讯訊]】|共同】|時事】|通信】|ロイター】`)

// lineDays are the figures in datelines.
func lineDays(lines []string) string {
	var b strings.Builder
	for _, line := range lines {
		for _, figure := range strings.FieldsFunc(line, func(c rune) bool { return !unicode.IsDigit(c) }) {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(figure)
		}
	}
	return b.String()
}

// signature is what a text ends with: its agency in brackets, the editor's mark of the end.
var signature = regexp.MustCompile(`(?:\s*[(（/\[](?:[\p{Lu}][\p{L}\p{Han}.-]{1,20}(?: [\p{L}.-]{2,16}){0,2}|\p{Han}{2,6}|[\p{Lu}]{2,12}/[\p{L}]{2,12})[)）/\]]\.?|\s*(?:###|#\s*#\s*#|-30-|END(?:S|ITEM)?))$`)

// cutSignature cuts it off. Of a block without an end before it nothing is cut: there the brackets belong
// to the sentence.
func cutSignature(block string) string {
	last, _ := utf8.DecodeLastRuneInString(block)
	if !strings.ContainsRune(")）/].#-SM", last) {
		return block
	}
	const most = 60
	from := max(0, len(block)-most)
	for from > 0 && !utf8.RuneStart(block[from]) {
		from++
	}
	m := signature.FindStringIndex(block[from:])
	if m == nil {
		return block
	}
	rest := strings.TrimRightFunc(block[:from+m[0]], unicode.IsSpace)
	if end, _ := utf8.DecodeLastRuneInString(rest); rest != "" && !strings.ContainsRune(".!?。！？”\"»", end) {
		return block
	}
	return rest
}
