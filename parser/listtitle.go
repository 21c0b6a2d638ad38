package parser

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// headline finds the block's title: what the title selector finds; else the text of a link to the item's
// page, a heading, the title of a link, the description of a picture.
func (l *listing) headline(it *listed, block int, links []anchor) {
	if c := l.chosen.title; c != nil {
		for _, i := range l.of(c, block) {
			s := l.said(c, i)
			if c.attribute == "" {
				s = l.whole(s, i)
			}
			if it.title = headlineOf(s); it.title != "" {
				l.counts.titles++
				return
			}
		}
	}
	it.title, it.weak = l.usualTitle(block, links)
	if it.title != "" && l.chosen.title == nil {
		l.counts.titles++
	}
}

// usualTitle is the title where no selector finds one.
func (l *listing) usualTitle(block int, links []anchor) (title string, weak bool) {
	for _, a := range links {
		if a.to != links[0].to {
			continue
		}
		if title = l.linkTitle(a.at); title != "" {
			return title, false
		}
	}
	if title = l.heading(block); title != "" {
		return title, false
	}
	for _, name := range []string{"title", "aria-label"} {
		for _, a := range links {
			if title = headlineOf(plain(attribute(l.nodes[a.at], name))); title != "" && a.to == links[0].to {
				return title, false
			}
		}
	}
	for i := block; i < l.end(block); i++ {
		if l.nodes[i].Data == "img" {
			if title = headlineOf(plain(attribute(l.nodes[i], "alt"))); title != "" {
				return title, true
			}
		}
	}
	return "", true
}

// linkTitle is a link's text: the heading inside it where it has one. A date alone is none.
func (l *listing) linkTitle(i int) string {
	if s := l.heading(i); s != "" {
		return s
	}
	s := headlineOf(l.whole(l.text(i), i))
	if _, isDate := date(s); isDate {
		return ""
	}
	return s
}

// heading is the text of the first heading inside an element.
func (l *listing) heading(i int) string {
	for j := i + 1; j < l.ends[i]; j++ {
		if isHeading(l.nodes[j].Data) {
			if s := headlineOf(l.whole(l.text(j), j)); s != "" {
				return s
			}
		}
	}
	return ""
}

// whole is a text, or the title attribute of it or of its link where the text is the beginning of that: many
// sites shorten what they show.
func (l *listing) whole(s string, i int) string {
	shown := strings.TrimRight(s, ".… ")
	if shown == s || shown == "" {
		return s
	}
	for _, j := range []int{i, l.parents[i], i + 1} {
		if j < 0 || j >= len(l.nodes) {
			continue
		}
		if t := plain(attribute(l.nodes[j], "title")); len(t) > len(shown) && strings.HasPrefix(t, shown) {
			return t
		}
	}
	return s
}

// headlineOf is a text as a title; empty for one that says nothing of the item.
func headlineOf(s string) string {
	s = strings.ReplaceAll(s, "\n\n", " ")
	bare := strings.ToLower(strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }))
	if bare == "" || readMore[bare] {
		return ""
	}
	return s
}

// readMore are what links say that lead on from an item, in lower case, and no headline.
var readMore = func() map[string]bool {
	all := map[string]bool{}
	for _, s := range strings.Split(`more|read more|see more|view more|learn more|find out more|show more|full story|full text|full article|continue reading|continue|`+
		`details|view details|read|view|open|download|print|share|next|previous|back|read the full story|`+
		`подробнее|далее|читать далее|читать|читать полностью|читать дальше|дальше|еще|ещё|докладніше|детальніше|читати далі|читати|далі|більше|`+
		`прочети още|виж още|още|повече|прочитај више|више|опширније|`+
		`更多|查看更多|更多内容|更多新闻|查看详情|查看全文|阅读全文|阅读更多|详细|详情|详细内容|全文|查看|下载|更多資訊|閱讀全文|詳全文|詳細內容|查看詳情|看更多|`+
		`詳細|詳しくはこちら|詳しく見る|続きを読む|続きをみる|もっと見る|一覧|一覧へ|더보기|더 보기|자세히|자세히 보기|상세보기|바로가기|목록|`+
		`المزيد|اقرأ المزيد|إقرأ المزيد|للمزيد|التفاصيل|تفاصيل|قراءة المزيد|ادامه مطلب|ادامه|بیشتر|بیشتر بخوانید|جزئیات|עוד|קרא עוד|המשך קריאה|לפרטים|`+
		`weiterlesen|weiter|mehr|mehr erfahren|mehr lesen|lire la suite|lire plus|en savoir plus|suite|la suite|voir plus|`+
		`leer más|ver más|más|más información|seguir leyendo|saiba mais|leia mais|ler mais|mais|leggi tutto|leggi|continua|continua a leggere|altro|approfondisci|`+
		`czytaj więcej|więcej|czytaj dalej|zobacz więcej|číst dále|více|celý článek|viac|čítať viac|citește mai mult|citeste mai mult|mai mult|detalii|`+
		`devamı|devamını oku|daha fazla|detay|detaylar|ətraflı|läs mer|les mer|læs mere|mer|lue lisää|lisää|loe edasi|loe lähemalt|lasīt vairāk|vairāk|skaityti daugiau|plačiau|daugiau|`+
		`διαβάστε περισσότερα|περισσότερα|ვრცლად|სრულად|մանրամասն|ավելին|और पढ़ें|विवरण|selengkapnya|baca selengkapnya|xem thêm|xem tiếp|chi tiết|อ่านต่อ|อ่านเพิ่มเติม`, "|") {
		all[s] = true
	}
	return all
}()

// text is the plain text of an element, made as Text makes it of mark-up.
func (l *listing) text(i int) string {
	var t textMaker
	l.write(&t, l.nodes[i])
	return t.out.String()
}

// write calls itself no deeper than html.Parse lets a page nest.
func (l *listing) write(t *textMaker, n *html.Node) {
	if l.left < 0 {
		return
	}
	switch {
	case n.Type == html.TextNode:
		l.left -= len(n.Data)
		t.write(n.Data)
		return
	case n.Type == html.ElementNode && hides(n.DataAtom):
		t.owe(gapSpace)
		return
	}
	l.left--
	t.apart(n.DataAtom)
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		l.write(t, c)
	}
	if block(n.DataAtom) {
		t.owe(gapBlock)
	}
}
