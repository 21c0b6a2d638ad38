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

// outletWords are words of which the names of outlets are made, outletEnds how names of outlets end
// that are written without spaces.
var (
	outletWords = set(`news times post press agency online daily weekly journal herald tribune gazette observer guardian telegraph mirror review today tv radio magazine media network wire defense janes reuters bloomberg bbc cnn tass xinhua afp ap dpa ansa cnbc npr axios politico
		zeitung spiegel tagesschau welt nachrichten monde figaro noticias país mundo тасс риа новости интерфакс газета известия ведомости коммерсант укрінформ уніан правда новини інтерфакс`)
	outletEnds = strings.Fields(`뉴스 일보 신문 경제 방송 닷컴 데일리 브리핑 타임스 프레시안 网 網 社 报 報 新闻 新聞 ニュース 通信 放送`)
)

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
	return !unicode.IsLower(c) && !strings.ContainsFunc(tail, unicode.IsDigit) && madeOfOutlets(tail)
}

func madeOfOutlets(tail string) bool {
	for _, w := range strings.Fields(tail) {
		if outletWords[bare(w)] {
			return true
		}
	}
	return slices.ContainsFunc(outletEnds, func(end string) bool { return strings.HasSuffix(tail, end) })
}

// bare is a name without anything but its letters, folded.
func bare(s string) string {
	var b []byte
	for _, w := range strings.FieldsFunc(s, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		b = appendFolded(b, w)
	}
	return string(b)
}
