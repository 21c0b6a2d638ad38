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
		if last, _ := utf8.DecodeLastRuneInString(title); strings.ContainsRune(")]】", last) {
			title = strings.TrimSpace(titleEnd.ReplaceAllString(title, ""))
		}
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
	at, bar, speech, size := -1, false, false, 0
	for _, mark := range []string{" | ", " ｜ ", " - ", " – ", " — ", " :: ", "_", "|", "："} {
		if i := strings.LastIndex(title, mark); i > at {
			at, bar, size = i, strings.ContainsAny(mark, "|｜:_"), len(mark)
			speech = mark == "：" // behind who says something stands what he says
		}
	}
	if i := strings.LastIndexByte(title, '-'); i > at {
		if c, _ := utf8.DecodeRuneInString(title[i+1:]); glyph(c) { // 新闻-新华网
			at, bar, speech, size = i, false, false, 1
		}
	}
	const least = 8
	if at < least {
		return title
	}
	tail := strings.TrimSpace(title[at+size:])
	tail = tailDay.ReplaceAllString(tail, "")
	if tail == "" || utf8.RuneCountInString(tail) > 40 || len(strings.Fields(tail)) > 5 {
		return title
	}
	if bar && !speech && !strings.ContainsFunc(tail, unicode.IsDigit) && likeName(tail) || !speech && outlet(it, tail) || outletNames[bare(tail)] {
		return strings.TrimSpace(title[:at])
	}
	return title
}

// tailDay is the day that a page puts behind the name of the outlet: "… - РИА Новости, 24.11.2026".
var tailDay = regexp.MustCompile(`, \d{1,2}\.\d{1,2}\.\d{4}$`)

// outletWords are words with which the names of outlets begin or end, outletParts those that stand there among such alone, outletEnds how names of outlets end
// that are written without spaces.
var (
	outletWords = set(`news times press agency online daily weekly journal herald tribune gazette observer guardian telegraph courier chronicle examiner inquirer sentinel advertiser magazine newspaper
		mail independent reporter dispatch globe insider broadcasting bulletin statesman digest express republic republika repubblica gazzetta corriere stampa giornale messaggero
		vanguardia razón voz nación diario periódico libération parisien croix dépêche allgemeine rundschau tageblatt kurier blatt
		zeitung spiegel tagesschau nachrichten figaro noticias новости газета известия ведомости коммерсант новини`)
	outletParts = set(dewline.Agencies + " " + dewline.Outlets + ` the le la el al il radio tv wire media janes cnbc npr cbs nbc abc monde welt país mundo правда`)
	// namedFor end the names of outlets of two words and more.
	namedFor   = set(`post today star standard review record mirror voice nation wire week channel monitor report defence defense`)
	outletEnds = strings.Fields(`オンライン デジタル 電子版 뉴스 일보 신문 경제 방송 닷컴 데일리 브리핑 타임스 프레시안 网 網 社 报 報 新闻 新聞 ニュース 通信 放送`)
)

// likeName reports a tail that may be the name of an outlet nobody knows: its words begin with capitals, where the script has
// any, and it tells no outcome.
func likeName(tail string) bool {
	for _, w := range strings.Fields(tail) {
		if c, _ := utf8.DecodeRuneInString(w); unicode.IsLower(c) && !outletParts[bare(w)] && utf8.RuneCountInString(w) > 3 {
			return false
		}
	}
	return !tellsOutcome(tokensOf(tail))
}

// outletNames are names of outlets of which no single word is one's: with a figure, or made of common words.
var outletNames = func() map[string]bool {
	m := make(map[string]bool)
	for _, name := range strings.Split("Defense One, Breaking Defense, Russia Today, India Today, USA Today, Military Review, Mirror, Politico, Axios, France 24, Українська правда, Європейська правда, Комсомольская правда, Channel 4, Al Jazeera, Sky News, The Hill, The Hindu, Stars and Stripes, 24 Kanal, 24 канал, i24NEWS, TVN24, Rai News 24, आज तक, अमर उजाला, दैनिक जागरण, नवभारत टाइम्स, הארץ, וואלה, מעריב, Anadolu Ajansı, Milliyet, Sabah, Cumhuriyet, ΑΠΕ-ΜΠΕ, Καθημερινή, Το Βήμα, الجزيرة نت, العربية, الشرق الأوسط, همشهری, 联合早报, 自由時報電子報, 中央社 CNA, 朝日新聞デジタル, NHKニュース, 時事ドットコム", ", ") {
		m[bare(name)] = true
	}
	return m
}()

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
	if strings.Contains(tail, ".") && !strings.Contains(tail, " ") { // example.com
		return true
	}
	c, _ := utf8.DecodeRuneInString(tail)
	first, _, _ := strings.Cut(tail, " ")
	return (!unicode.IsLower(c) || outletParts[bare(first)]) && !strings.ContainsFunc(tail, unicode.IsDigit) && !tellsOutcome(tokensOf(tail)) && madeOfOutlets(tail)
}

func madeOfOutlets(tail string) bool {
	words := strings.Fields(tail)
	if len(words) > 1 && namedFor[bare(words[len(words)-1])] && !slices.ContainsFunc(words, lowered) {
		return true
	}
	if outletWords[bare(words[0])] || outletWords[bare(words[len(words)-1])] {
		return true
	}
	if !slices.ContainsFunc(words, func(w string) bool { return !outletWords[bare(w)] && !outletParts[bare(w)] }) {
		return true
	}
	return slices.ContainsFunc(outletEnds, func(end string) bool { return strings.HasSuffix(tail, end) })
}

func lowered(word string) bool {
	c, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLower(c)
}

// bare is a name without anything but its letters, folded.
func bare(s string) string {
	var b []byte
	for _, w := range strings.FieldsFunc(s, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		b = appendFolded(b, w)
	}
	return string(b)
}
