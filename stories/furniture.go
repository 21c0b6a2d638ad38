package stories

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"dewline"
)

// headBlocks are among how many blocks at its start a text has its dateline.
const headBlocks = 3

// datelines are the forms in which a report begins with its place, day and agency, and what
// stands in brackets before one.
var datelines = []*regexp.Regexp{
	// KYIV, Nov. 24 (Example News) — ; МОСКВА, 24 ноября. /ТАСС/. ; Berlin (dpa) -
	regexp.MustCompile(`^\p{Lu}[\p{L}.'’ -]{1,40}(?:[,/] ?[\p{L}\d.,'’ /-]{1,40})?\s?(?:[(/][^()/\n]{2,40}[)/])(?:\.\s|\s*[–—:-]{1,3}\s|\s)`),
	// GENEVA, March 29 -- ; МОСКВА, 23 ноя — РИА Новости.
	regexp.MustCompile(`^\p{Lu}[\p{L}.'’ -]{1,40}, ?[\p{L}.]{0,12} ?\d{1,2}[\p{L}.,\d ]{0,24}\s*(?:[–—]|-{2,3}|-)\s(?:\p{Lu}[\p{L} -]{1,24}\.\s)?`),
	// GENEVA, Switzerland --- ; FORT EXAMPLE, Ala. —
	regexp.MustCompile(`^\p{Lu}[\p{Lu}.'’ -]{2,40}(?:, \p{Lu}[\p{L}. ]{1,20})?\s?(?:[–—]|-{2,3})\s(?:\p{Lu}[\p{L} -]{1,24}\.\s)?`),
	// (Reuters) - ; [연합뉴스] ; (서울=연합뉴스) 홍길동 기자 =
	regexp.MustCompile(`^[（(\[][^)）\]\n]{1,40}[)）\]]\s*(?:[\p{Hangul} ]{2,20}(?:기자|특파원)\s*=|[–—-]{1,2})\s*`),
	regexp.MustCompile(`^[（(\[][\p{Hangul}]{1,10}=[\p{Hangul}\d]{2,12}[)）\]]\s*(?:[\p{Hangul} ]{2,20}(?:기자|특파원)\s*=)?\s*`),
	// 新华社北京11月23日电（记者 某某）
	regexp.MustCompile(`^(?:据|據)?[^。，,\n]{0,40}?\d{1,2}日(?:电|電|讯|訊|消息)\s?(?:[（(][^（）()\n]{1,40}[）)])?\s*`),
	regexp.MustCompile(`^【[^】\n]{1,24}】\s*`),
	// دمشق (سانا) -
	regexp.MustCompile(`^[\p{Arabic} ،]{2,40}[\p{Arabic}\d٠-٩ ،]{0,30}(?:\([^()\n]{1,30}\)|/[^/\n]{1,30}/)\s*[-–—:]\s*`),
}

// cutDateline cuts a dateline from the start of a block.
func cutDateline(block string, head bool) (line, rest string) {
	if !head {
		return "", block
	}
	const most = 400
	start := block[:min(len(block), most)]
	if !mayHaveDateline(start) {
		return "", block
	}
	for _, form := range datelines {
		if m := form.FindStringIndex(start); m != nil {
			return block[:m[1]], block[m[1]:]
		}
	}
	return "", block
}

// mayHaveDateline is what nearly every block is asked alone, for the forms are slow: a mark
// by which a dateline ends stands near its beginning.
func mayHaveDateline(start string) bool {
	head := start[:min(len(start), 140)]
	return strings.ContainsAny(head, "—–(/[（【日") || strings.Contains(head, "--") || strings.Contains(head, " - ")
}

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

// A line of the page, and not of the statement: whose it is, where there is more, what to do with
// it. A label counts where a colon, a bar or nothing comes behind it; what opens a line
// counts however it goes on.
var (
	lineLabel = regexp.MustCompile(`(?i)^[\s*•\[(（【|>_-]*(?:source|photo by|photo credit|credit|reporting|editing|writing|by line|author|editor|editors?' note|` +
		`read more|read also|read next|see also|also read|more|related|related articles?|more on this|more news|recommended|share|share this|tweet|print|e-?mail|tags?|keywords?|topics?|categor(?:y|ies)|contact|contacts|media contacts?|press contacts?|press office|` +
		`(?:for )?(?:more|further) information|about us|advertisement|sponsored|disclaimer|ends?|phone|tel|fax|` +
		`quelle|redaktion|mehr zum thema|teilen|pressekontakt|crédit|partager|contact presse|fuente|compartir|etiquetas|fonte|condividi|compartilhar|` +
		`источник|автор|редактор|поделиться|теги|реклама|джерело|поділитися|źródło|kaynak|المصدر|مصدر|מקור|स्रोत|` +
		`来源|來源|责任编辑|責任編輯|责编|编辑|編輯|作者|原标题|原標題|相关新闻|相關新聞|延伸阅读|分享|出典|関連記事|編集|출처|관련기사|기자)\s*(?:[:：|/>→…©]|$)`)
	lineOpening = regexp.MustCompile(`(?i)^[\s*•\[(（【|>_-]*(?:reporting by|additional reporting|editing by|writing by|edited by|follow us|follow our|subscribe|sign up|click here|read more|read also|read the full|see also|©|\(c\) ?\d|copyright|all rights reserved|our standards|` +
		`lesen sie auch|lire aussi|à lire aussi|leer más|lea también|leia também|leia mais|leggi anche|читайте также|читать далее|подписывайтесь|подпишитесь|читайте також|підписуйтесь|підписуйтеся|czytaj także|اقرأ أيضا|اقرأ أيضًا|यह भी पढ़ें|` +
		`责任编辑|責任編輯|版权所有|版權所有|转载请注明|轉載請註明|저작권자|무단)`)
	linePhrase = regexp.MustCompile(`(?i)newsletter|follow us|follow our|join our|our telegram|telegram channel|telegram-kanal|whatsapp channel|all rights reserved|terms of use|privacy policy|cookie policy|click here|read the full|` +
		`this (?:article|story|report|text|statement|release|translation) (?:was|has been|is) (?:first |originally |also )?(?:published|produced|translated|updated|provided|issued|supplied|distributed|edited)|originally published|first appeared (?:on|in|at)|with inputs? from|download (?:our|the) app|visit (?:our|the) (?:web ?site|page)|` +
		`alle rechte vorbehalten|folgen sie uns|abonnieren sie|tous droits réservés|suivez-nous|abonnez-vous|todos los derechos reservados|síganos|síguenos|suscríbase|suscríbete|todos os direitos reservados|siga-nos|tutti i diritti riservati|seguici|` +
		`все права защищены|подписывайтесь|подпишитесь|наш(?:ем|его)? (?:телеграм|telegram)|telegram-канал|телеграм-канал|всі права захищені|підписуйтесь|підписуйтеся|wszelkie prawa zastrzeżone|tüm hakları saklıdır|جميع الحقوق محفوظة|تابعونا|` +
		`版权所有|版權所有|关注我们|關注我們|轉載請|转载请|微信公众号|無断転載|無断複製|무단 ?전재|재배포 금지|저작권자`)
	// What says when the page was made: a label and figures, with the words of dates and times.
	stampLabel = regexp.MustCompile(`(?i)^[\s*\[(（【|]*(?:(?:last|first|page|article) )*(?:updated?|modified|published|posted|stand|aktualisiert|veröffentlicht|publié|mis à jour|publicado|actualizado|atualizado|pubblicato|aggiornato|` +
		`обновлено|опубликовано|оновлено|опубліковано|opublikowano|güncelleme|تحديث|نشر|更新|发布时间|發布時間|最終更新|입력|수정)`)
)

// pageLine reports a block that is a line of the page.
func pageLine(block string) bool {
	const longest, longestLabelled = 320, 100
	if len(block) > longest {
		return false
	}
	if utf8.RuneCountInString(block) <= longestLabelled && (lineLabel.MatchString(block) || lineOpening.MatchString(block) || isStamp(block) || isAddress(block)) {
		return true
	}
	return linePhrase.MatchString(block)
}

// isStamp reports a block that says nothing but when.
func isStamp(block string) bool {
	rest, labelled := block, false
	if m := stampLabel.FindStringIndex(block); m != nil {
		rest, labelled = block[m[1]:], true
	}
	s := scanner{text: rest}
	figures := false
	for {
		t, _, ok := s.next()
		if !ok {
			return figures && (labelled || len(block) < 30 && strings.Contains(block, ":"))
		}
		figures = figures || t.digits
		if !t.digits && !calendar[t.key()] && !clockWords[t.key()] && !(t.glyph && strings.Contains("年月日时時分上午下", t.raw)) {
			return false
		}
	}
}

func isAddress(block string) bool {
	if strings.ContainsAny(block, " \t") {
		return false
	}
	u, err := url.Parse(block)
	return err == nil && u.Host != "" || strings.HasPrefix(block, "#") || strings.HasPrefix(block, "@")
}

// titleTags are what an outlet puts before and behind a title.
var (
	titleTag = regexp.MustCompile(`^(?:\s*(?:【[^】]{1,12}】|\[[^\]]{1,14}\]|［[^］]{1,12}］|<[^>]{1,12}>|〈[^〉]{1,12}〉|(?i:update \d+|breaking|breaking news|exclusive|urgent|watch|video|photos?|just in|live|flash|eilmeldung|urgente|última hora|срочно|молния|видео|терміново|відео|عاجل|快讯|快訊|速報|속보)\s*[-:：—|]\s*))+`)
	titleEnd = regexp.MustCompile(`(?:\s*(?:\((?:종합\d?보?|상보|1보|2보|3보|updated?|video|photos?|видео|фото|відео)\)|\[[^\]]{1,14}\]|【[^】]{1,12}】))+$`)
)

// bareTitle is an item's title without what its outlet puts around it.
func bareTitle(it *dewline.Item) string {
	title := strings.TrimSpace(it.Title)
	if loc := titleTag.FindStringIndex(title); loc != nil && loc[1] < len(title) {
		title = title[loc[1]:]
	}
	for range 3 {
		title = strings.TrimSpace(titleEnd.ReplaceAllString(title, ""))
		cut := cutOutlet(it, title)
		if cut == title {
			break
		}
		title = cut
	}
	return title
}

// cutOutlet cuts the name of the outlet from a title: "… - Example Times", "… | TASS".
func cutOutlet(it *dewline.Item, title string) string {
	at, bar, size := -1, false, 0
	for _, mark := range []string{" | ", " ｜ ", " - ", " – ", " — ", " :: ", "_", "|"} {
		if i := strings.LastIndex(title, mark); i > at {
			at, bar, size = i, strings.ContainsAny(mark, "|｜:_"), len(mark)
		}
	}
	const least = 8
	if at < least {
		return title
	}
	tail := strings.TrimSpace(title[at+size:])
	if tail == "" || utf8.RuneCountInString(tail) > 40 || len(strings.Fields(tail)) > 5 {
		return title
	}
	if bar && !strings.ContainsFunc(tail, unicode.IsDigit) || outlet(it, tail) {
		return strings.TrimSpace(title[:at])
	}
	return title
}

// outlets are words of which the names of outlets are made.
var outlets = regexp.MustCompile(`(?i)\b(?:news|times|post|press|agency|online|daily|weekly|journal|herald|tribune|gazette|observer|guardian|telegraph|mirror|review|today|tv|radio|magazine|media|network|wire|breaking defense|defense news|defence blog|janes|reuters|bloomberg|bbc|cnn|tass|xinhua|afp|ap|dpa|ansa|cnbc|npr|axios|politico|zeitung|spiegel|tagesschau|welt|nachrichten|monde|figaro|noticias|pais|mundo|[a-z0-9-]+\.(?:com|net|org|co|uk|kr|de|fr|ru|ua|cn|jp|gov|mil))\b|` +
	`тасс|риа|новости|интерфакс|газета|известия|ведомости|коммерсант|укрінформ|уніан|правда|новини|інтерфакс|뉴스|일보|신문|경제|방송|닷컴|데일리|브리핑|타임스|연합|投|网|網|社|报|報|新闻|新聞|日报|晚报|早报|ニュース|新聞|通信|放送`)

// outlet reports the name of an outlet: its feed's, its host's, or one made of such words.
func outlet(it *dewline.Item, tail string) bool {
	plain := bare(tail)
	for _, f := range it.Feeds() {
		host := ""
		if u, err := url.Parse(f.URL); err == nil {
			host = u.Hostname()
		}
		if len(plain) > 2 && (bare(f.Name) == plain || strings.Contains(bare(host), plain)) {
			return true
		}
	}
	if strings.ContainsFunc(tail, unicode.IsDigit) {
		return strings.Contains(tail, ".") && !strings.Contains(tail, " ")
	}
	c, _ := utf8.DecodeRuneInString(tail)
	return !unicode.IsLower(c) && outlets.MatchString(tail) || strings.Contains(tail, ".") && !strings.Contains(tail, " ")
}

// bare is a name without anything but its letters, folded.
func bare(s string) string {
	var b []byte
	for _, w := range strings.FieldsFunc(s, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		b = appendFolded(b, w)
	}
	return string(b)
}
