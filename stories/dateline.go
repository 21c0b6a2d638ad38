package stories

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// headBlocks are among how many blocks at its start a text has its dateline.
const headBlocks = 4

// lineForm is a form of a dateline, and of which characters one is in it.
type lineForm struct {
	with string
	*regexp.Regexp
}

func form(with, expr string) lineForm { return lineForm{with, regexp.MustCompile(expr)} }

// datelines are the forms in which a report begins with its place, day and agency, by the
// kind of letter that they begin with.
var datelines = struct{ capital, bracket, han, arabic, bare []lineForm }{
	capital: []lineForm{
		// MADRID, 24 nov (EFE).-
		form("(", `^[\p{Lu}][\p{L}.'’ -]*, \d{1,2} \p{L}{3,10}\.? [(][^()/\n]+[)]\s?\.?[–—-]{1,2}\s`),
		// КИЇВ. 24 листопада. УНН. ; Арлен. 24 ноября. INTERFAX.RU -
		form("0123456789", `^\p{Lu}[\p{L}' -]*\. \d{1,2} \p{L}{3,10}\. (?:\p{Lu}{2,}[\p{Lu}.-]*)(?:\.| [–—-])\s`),
		// ISLAMABAD: ; ANKARA -
		form(":-", `^\p{Lu}{4,}(?: \p{Lu}{2,})?(?:: | - )`),
		// KYIV, Nov. 24 (Example News) — ; МОСКВА, 24 ноября. /ТАСС/. ; Berlin (dpa) -
		form("(/", `^[\p{Lu}][\p{L}.'’ -]*(?:[,/] ?[\p{L}\d.,'’ /-]*)?\s?[(/][^()/\n]+[)/](?:\.\s|\s*[–—:-]{1,3}\s)`),
		// Nov 24 (Reuters) -
		form("(/", `^\p{Lu}\p{L}{2,8}\.? \d{1,2}(?:, \d{4})? [(/][^()/\n]+[)/]\s*[–—-]{1,3}\s`),
		// GENEVA, March 29 -- ; МОСКВА, 23 ноя — РИА Новости.
		form("0123456789", `^[\p{Lu}][\p{L}.'’ -]*, ?[\p{L}.]* ?\d{1,2}[\p{L}.,\d ]*(?:[–—]|-{1,3})\s(?:\p{Lu}[\p{L} -]*\.\s)?`),
		// GENEVA, Switzerland --- ; FORT EXAMPLE, Ala. —
		form("–—-", `^[\p{Lu}][\p{Lu}.'’ -]{2,}(?:, \p{Lu}[\p{L}. ]*)?\s?(?:[–—]|-{2,3})\s(?:\p{Lu}[\p{L} -]*\.\s)?`),
	},
	bracket: []lineForm{
		// (ANSA) - ROMA, 24 NOV -
		form("", `^\([^()\n]+\) [–—-] \p{Lu}[\p{Lu}. ]*(?:, \d{1,2} \p{Lu}{3,9}\.?)? [–—-] `),
		// (Reuters) - ; [서울=뉴시스] 홍길동 기자 =
		form("", `^[（(\[][^)）\]\n]+[)）\]]\s*(?:[\p{Hangul}· ]+(?:기자|특파원)\s*=|[–—-]{1,2})\s*`),
		form("", `^[（(\[][\p{Hangul}]+=[\p{Hangul}\d]+[)）\]]\s*`),
		// （ワシントン共同）
		form("", `^[（(][\p{Katakana}\p{Han}ー・]+(?:共同|時事|ロイター|AFP)[）)]\s*`),
		form("", `^【[^】\n]+】\s*`),
		// （中央社記者王大明台北24日電） ; 〔記者王大明／台北報導〕
		form("", `^[（(〔\[]\p{Han}*(?:記者|记者)[^）)〕\]。，\n]+[）)〕\]]\s*`),
	},
	// 新华社北京11月23日电（记者 某某）
	han: []lineForm{form("", `^[^。，,\n]*?\d{1,2}日(?:电|電|讯|訊)\s?(?:[（(][^（）()\n]+[）)])?\s*`)},
	// دمشق (سانا) -
	arabic: []lineForm{
		// تهران - ایرنا -
		form("", `^[\p{Arabic} ]+ [-–—] [\p{Arabic} ]+ [-–—] `),
		form("", `^[\p{Arabic} ،]+[\p{Arabic}\d٠-٩ ،]*(?:\([^()\n]+\)|/[^/\n]+/)\s*[-–—:]\s*`)},
	// ירושלים (רויטרס) - ; नई दिल्ली, 24 नवंबर (भाषा)
	bare: []lineForm{
		form("", `^[\p{Hebrew}" -]+(?:, [\p{Hebrew}\d ]+)? ?\([^()\n]+\)\s*[-–—:]\s*`),
		form("", `^[\p{Devanagari} ]+(?:, [\p{Devanagari}\d ]+)? ?\([^()\n]+\)\s*[-–—:।]*\s*`),
		form("", `^(?:नई दिल्ली|मुंबई|कोलकाता|चेन्नई|श्रीनगर|लखनऊ|भोपाल|जयपुर|पटना|बेंगलुरु): `),
	},
}

// longestLine is the length in bytes of the longest dateline.
const longestLine = 120

// cutDateline cuts a dateline from the start of a block.
func cutDateline(block string, head bool) (line, rest string) {
	if !head {
		return "", block
	}
	start := block[:min(len(block), longestLine)]
	if len(start) < longestLine {
		start += "\n" // a dateline may be all of its block
	}
	c, _ := utf8.DecodeRuneInString(start)
	for _, form := range linesOf(c, start) {
		if form.with != "" && !strings.ContainsAny(start, form.with) {
			continue
		}
		if m := form.FindStringIndex(start); m != nil && plausible(start[:m[1]]) {
			n := min(m[1], len(block))
			return block[:n], block[n:]
		}
	}
	return "", block
}

func linesOf(first rune, start string) []lineForm {
	switch {
	case strings.ContainsRune("(（[【〔", first):
		return datelines.bracket
	case unicode.IsUpper(first) && strings.ContainsAny(start, "(/—–-.:"):
		return datelines.capital
	case unicode.Is(unicode.Han, first):
		return datelines.han
	case unicode.Is(unicode.Arabic, first):
		return datelines.arabic
	case unicode.In(first, unicode.Hebrew, unicode.Devanagari):
		return datelines.bare
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
	case first == '【', strings.HasPrefix(line, "（") && strings.ContainsAny(line, "共時ロ"):
		return signs.MatchString(line)
	case unicode.Is(unicode.Han, first), strings.ContainsAny(line, "="), strings.ContainsAny(line, "记記"):
		return true
	case tellsOutcome(tokens):
		return false
	case strings.ContainsRune("(（[", first) && !calendarIn(tokens):
		return !figures && len(tokens) <= mostPlace
	}
	place := line[:strings.IndexFunc(line+"(", func(c rune) bool { return strings.ContainsRune("(/,–—", c) })]
	place, _, _ = strings.Cut(place, ". ")
	return len(strings.Fields(place)) <= mostPlace && (!figures || calendarIn(tokens))
}

// dayLine reports a block near the start that names a day and nothing else.
func dayLine(tokens []token) bool {
	const most = 6
	if len(tokens) > most || !calendarIn(tokens) {
		return false
	}
	return !slices.ContainsFunc(tokens, func(t token) bool {
		return !calendar[t.key()] && !clockWords[t.key()] && !(t.digits && strings.IndexFunc(t.raw, notFigure) < 0)
	})
}

// nameAbove reports a block that is a name, above the day alone: who wrote it.
func nameAbove(block, below string) bool {
	const most = 40
	last, _ := utf8.DecodeLastRuneInString(block)
	below, _, _ = strings.Cut(strings.TrimSpace(below), "\n")
	if len(block) > most || strings.ContainsRune(".!?:", last) || len(below) > longestLine {
		return false
	}
	tokens, day := tokensOf(block), tokensOf(below)
	if len(tokens) < 2 || len(tokens) > 4 || tellsOutcome(tokens) || calendarIn(tokens) || !dayLine(day) {
		return false
	}
	return !slices.ContainsFunc(tokens, func(t token) bool { return !t.capital || t.digits })
}

func calendarIn(tokens []token) bool {
	return slices.ContainsFunc(tokens, func(t token) bool { return calendar[t.key()] })
}

// signs is what stands in brackets that name who reports, and are no headline.
var signs = regexp.MustCompile(`报道|報道|记者|記者|[网網社报報台电電讯訊]】|共同[】）]|時事[】）]|通信】|ロイター】`)

// lineDays are the figures in datelines, and the names of months and weekdays, each once.
func lineDays(lines []string) (figures, names []string) {
	for _, line := range lines {
		for _, t := range tokensOf(line) {
			k := t.key()
			switch {
			case calendar[k]:
				names = append(names, cmp.Or(class[k], k))
			case t.digits:
				figures = append(figures, strings.FieldsFunc(k, func(c rune) bool { return !unicode.IsDigit(c) })...)
			}
		}
	}
	return figures, names
}

// otherDays reports that two datelines name other days. One may name the month or the year as well, and write the
// month short.
func otherDays(x, y []string) bool {
	a, p := lineDays(x)
	b, q := lineDays(y)
	return len(a) > 0 && len(b) > 0 && apartFrom(a, b) || len(p) > 0 && len(q) > 0 && apartFrom(p, q)
}

// apartFrom reports two lists of which each has something that the other has not.
func apartFrom(x, y []string) bool {
	within := func(x, y []string) bool {
		return !slices.ContainsFunc(x, func(s string) bool {
			return !slices.ContainsFunc(y, func(t string) bool {
				return s == t || len(s) >= 3 && len(t) >= 3 && (strings.HasPrefix(s, t) || strings.HasPrefix(t, s))
			})
		})
	}
	return !within(x, y) && !within(y, x)
}

// speakers are datelines that may be who says what follows: "ISLAMABAD:", "NATO:".
func speakers(lines []string) (all []string) {
	for _, line := range lines {
		if (strings.HasSuffix(line, ": ") || strings.HasSuffix(line, " - ")) && !strings.ContainsAny(line, "(/") {
			all = append(all, line)
		}
	}
	return all
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
