package facts

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// datesOf makes one token of the day, month and year of a date in words, in whatever
// order the language has them.
func datesOf(tokens []token) (out []token) {
	for i := 0; i < len(tokens); {
		t, n := dateAt(tokens[i:])
		if n == 0 {
			t, n = tokens[i], 1
		}
		out = append(out, t)
		i += n
	}
	return out
}

func dateAt(tokens []token) (t token, n int) {
	if len(tokens) < 2 {
		return t, 0
	}
	if t, n = countedDate(tokens); n > 0 {
		return t, n
	}
	day, month := &tokens[0], &tokens[1]
	n = 2
	switch {
	case isDay(day) && months[month.key] > 0:
	case isDay(day) && ordinal[month.key] && len(tokens) > 2 && months[tokens[2].key] > 0: // 24th of November, 24 de noviembre
		month, n = &tokens[2], 3
	case months[day.key] > 0 && isDay(month):
		day, month = month, day
	default:
		return t, 0
	}
	y := ""
	for k := n; k < len(tokens) && k <= n+1; k++ {
		if v := tokens[k].value; tokens[k].kind == number && v >= 1900 && v <= 2100 {
			y, n = tokens[k].key[1:], k+1
			break
		}
		if !ordinal[tokens[k].key] {
			break
		}
	}
	t = token{kind: date, start: tokens[0].start, end: tokens[n-1].end, line: tokens[0].line}
	t.key = fmt.Sprintf("@%s-%d-%d", y, months[month.key], int(day.value))
	return t, n
}

// countedDate takes a date whose parts are counted: 2026年11月24日, 11월 24일, 24日.
func countedDate(tokens []token) (t token, n int) {
	var parts [3]string // year, month, day
	for part := 0; part < 3 && n+1 < len(tokens); part++ {
		if v := &tokens[n]; v.kind == number && v.value > 0 && v.unit == "" && countsDate(tokens[n+1], part) {
			parts[part] = v.key[1:]
			n += 2
		}
	}
	if parts[2] == "" || n < len(tokens) && (tokens[n].key == "間" || tokens[n].key == "间") {
		return t, 0
	}
	t = token{kind: date, start: tokens[0].start, end: tokens[n-1].end, line: tokens[0].line}
	t.key = "@" + parts[0] + "-" + parts[1] + "-" + parts[2]
	return t, n
}

// countsDate reports the word for years, months or days.
func countsDate(t token, part int) bool {
	if t.kind == ideograph {
		return t.key == [...]string{"年", "月", "日"}[part] || part == 2 && (t.key == "号" || t.key == "號")
	}
	korean := [...]string{"년", "월", "일"}[part]
	return t.key == korean || unparticled(t.key) == korean
}

// sameDate reports two dates that may be one: what one does not say counts for nothing.
func sameDate(a, b string) bool {
	x, y := strings.Split(strings.TrimPrefix(a, "@"), "-"), strings.Split(strings.TrimPrefix(b, "@"), "-")
	if len(x) != 3 || len(y) != 3 {
		return false
	}
	for i := range x {
		if x[i] != y[i] && x[i] != "" && y[i] != "" {
			return false
		}
	}
	return true
}

// ordinal are what may stand between the day, the month and the year.
var ordinal = set("th st nd rd of de del g г року года er")

func isDay(t *token) bool {
	return t.kind == number && t.value >= 1 && t.value <= 31 && t.value == float64(int(t.value))
}

// dateKey is the key of a date in figures.
func dateKey(m []string) string {
	y, mo, d := m[1], m[2], m[3]
	if y == "" {
		d, mo, y = m[4], m[5], m[6]
	}
	month, _ := strconv.Atoi(mo)
	day, _ := strconv.Atoi(d)
	return fmt.Sprintf("@%s-%d-%d", y, month, day)
}

// updateWord begins what says when a page was updated.
var updateWord = regexp.MustCompile(`(?i)^[\s*]*(?:this )?(?:page |article |document )?(?:was )?(?:last )?(?:updated?|modified|revised|reviewed|published|posted|first published|aktualisiert|stand:|veröffentlicht|` +
	`mis(?:e)? à jour|publié|actualizado|publicado|atualizado|aggiornato|pubblicato|bijgewerkt|zaktualizowano|aktualizacja|güncelle|yayın|` +
	`обновлен|обновлён|опубликован|оновлено|опубліковано|更新|最終更新|最后更新|发布时间|發布時間|発表日|입력|수정|게시|업데이트|آخر تحديث|تحديث|نشر في|עודכן)`)

// stampWord reports a token with which such a line begins.
func (t *token) stampWord(text string) bool { return updateWord.MatchString(head(text[t.start:])) }

// head is as much of a text as a form can need that stands at its beginning.
func head(text string) string { return text[:min(len(text), 400)] }

// stampFill may stand in such a line beside its dates and times.
var stampFill = set(`this was document reviewed see show all updates last page article first updated update modified revised published posted on at of by a the and am pm gmt utc et est edt cet bst msk h hrs uhr um am vom stand aktualisiert veroffentlicht
	mise mis a jour publie le les actualizado publicado el las hora horas atualizado em as aggiornato il alle ore pubblicato bijgewerkt om zaktualizowano aktualizacja godz r dnia guncelleme guncellenme yayin yayinlanma tarihi saat
	обновлено обновлена обновлен опубликовано в мск г года час оновлено опубліковано о 입력 수정 게시 업데이트 오전 오후 آخر تحديث نشر في الساعة בשעה עודכן`)

const stampHan = "更新最終后後发發布时時间間于於年月日时分発表日上午下"

// markStamp marks a sentence that says only when the page was updated.
func markStamp(tokens []token, text string) {
	if !tokens[0].stampWord(text) {
		return
	}
	figures := false
	for _, t := range tokens {
		switch {
		case t.kind == number || t.kind == date:
			figures = true
		case t.kind == ideograph && strings.Contains(stampHan, t.key):
		case stampFill[t.key] || months[t.key] > 0 || weekdays[t.key] > 0:
		default:
			return
		}
	}
	if !figures {
		return
	}
	for i := range tokens {
		tokens[i].stamp = true
	}
}

// datelines are the forms in which a report begins with its place, day and agency.
var datelines = []*regexp.Regexp{
	// KYIV, Nov. 24 (Example News) — ; МОСКВА, 24 ноября. /ТАСС/. ; Berlin (dpa) -
	regexp.MustCompile(`^[\p{Lu}][\p{L}.'’ -]{1,40}(?:[,/] ?[\p{L}\d.,'’ /-]{1,40})?(?:\([^()\n]{2,40}\)|/[^/\n]{2,40}/)(?:\.\s|\.?\s*[–—-]{1,2}\s)`),
	// МОСКВА, 24 ноя — РИА Новости.
	regexp.MustCompile(`^[\p{Lu}][\p{L}.'’ -]{1,40}, \d{1,2} [\p{L}.]{2,12}\s[–—-]\s[\p{Lu}][\p{L}, -]{1,50}\.\s`),
	regexp.MustCompile(`^[\p{Lu}][\p{L}.'’ -]{1,40}, [\p{L}.]{0,12} ?\d{1,2}[\p{L}.,\d ]{0,24}\s*(?:[–—]|--|-)\s`),
	// TAIPEI, Taiwan — ; Taipei, Nov. 22 (CNA) ; 21 ноября. Interfax-Russia.ru -
	regexp.MustCompile(`^\p{Lu}[\p{Lu}.'’ -]{2,30}, \p{Lu}[\p{L}.' ]{1,25}\s(?:[–—]|--)\s`),
	regexp.MustCompile(`^\p{Lu}[\p{L}.'’ -]{1,40}, \p{L}[\p{L}.]{2,10} \d{1,2} \([^()\n]{2,30}\)\s`),
	regexp.MustCompile(`^\d{1,2} \p{L}{3,12}\.? [\p{L}][\p{L}.-]{2,30} [–—-] `),
	// [Agency], (Agency) = ; [ソウル 22日 ロイター] -
	regexp.MustCompile(`^\[(?:[^\]\n\d]{1,40}|[^\]\n\d]{0,20}\d{1,2}(?:日|일)[^\]\n\d]{0,20})\](?:\s?\p{Hangul}{2,5} (?:기자|특파원))?(?:\s*[–—=-]\s)?`),
	regexp.MustCompile(`^[(（][^)）\n\d]{1,40}[)）]\s*[–—=-]\s`),
	regexp.MustCompile(`^[\p{Lu}][\p{Lu}.'’ -]{2,30}\s(?:[–—]|--)\s`),
	regexp.MustCompile(`^[^。，\n]{0,60}?\d{1,2}日(?:电|電|讯|訊|消息|報道|报道)(?:[（(][^（）()\n]{1,40}[）)])?`),
	regexp.MustCompile(`^【[^】\n\d]{1,40}】`),
	regexp.MustCompile(`^[（(\[][^)）\]\n]{1,40}[)）\]]\s*(?:[\p{Hangul} ]{2,20}(?:기자|특파원)?\s*=)`),
	regexp.MustCompile(`^[\p{Arabic} ،]{2,40}[\p{Arabic}\d٠-٩ ،]{0,30}(?:\([^()\n]{1,30}\))\s*[-–—:]`),
}

// dateline is how long the dateline is with which a block begins.
func dateline(block string) int {
	for _, form := range datelines {
		if m := form.FindStringIndex(head(block)); m != nil {
			return m[1]
		}
	}
	return 0
}
