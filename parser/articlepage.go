package parser

import (
	"cmp"
	"net/url"
	"regexp"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// webPage is a page with what it says of itself.
type webPage struct {
	root      *html.Node
	base      *url.URL
	lang      string
	titles    []string // all of them: og:title, <title>, headings
	named     [nameKinds]string
	authors   []string
	dates     []string // of publication, best first
	bodies    []string // articleBody of JSON-LD
	passwords int      // fields for one
	parts     []*html.Node
}

// Where a page's own title stands, best first: <title> names the site too.
const (
	byHeadline = iota // of the linked data
	byMeta
	byHeading
	byTitleTag
	nameKinds
)

// call notes a title.
func (p *webPage) call(kind int, title string) {
	if title = line(title); title == "" || len(p.titles) == maxTitles {
		return
	}
	p.titles = append(p.titles, title)
	if p.named[kind] == "" {
		p.named[kind] = title
	}
}

const maxTitles = 12

// openPage parses a page and gathers what is said in its head and attributes.
// The parser of HTML refuses what is nested too deeply.
func openPage(text, address string) (*webPage, error) {
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	p := &webPage{root: root, base: parseBase(address)}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			p.look(n)
		}
	}
	return p, nil
}

func (p *webPage) look(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		p.lang = attrOf(n, "lang")
	case atom.Base:
		if href := attrOf(n, "href"); href != "" {
			p.base = parseBase(absolute(p.base, href))
		}
	case atom.Meta:
		p.meta(n)
	case atom.Title:
		p.call(byTitleTag, inner(n))
	case atom.H1:
		p.call(byHeading, inner(n))
	case atom.Input:
		if strings.EqualFold(attrOf(n, "type"), "password") {
			p.passwords++
		}
	case atom.Script:
		if strings.EqualFold(mediaType(attrOf(n, "type")), "application/ld+json") {
			p.linkedData(inner(n))
		}
	case atom.Time:
		if at := attrOf(n, "datetime"); at != "" && strings.EqualFold(attrOf(n, "itemprop"), "datePublished") {
			p.dates = append(p.dates, at)
		}
	case atom.Article, atom.Main:
		p.parts = append(p.parts, n)
	}
	if strings.EqualFold(attrOf(n, "itemprop"), "articleBody") {
		p.parts = append(p.parts, n)
	}
}

// meta reads an element of the head.
func (p *webPage) meta(n *html.Node) {
	name, value := strings.ToLower(attrOf(n, "property")+attrOf(n, "name")+attrOf(n, "itemprop")), attrOf(n, "content")
	if value == "" {
		return
	}
	switch name {
	case "og:title", "twitter:title", "headline":
		p.call(byMeta, value)
	case "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author":
		if !web(value) {
			p.authors = append(p.authors, value)
		}
	case "article:published_time", "datepublished", "og:article:published_time", "dc.date.issued", "dcterms.issued", "dc.date",
		"date", "pubdate", "publishdate", "publish_date", "parsely-pub-date", "sailthru.date":
		p.dates = append(p.dates, value)
	case "og:locale", "content-language":
		if p.lang == "" {
			p.lang = value
		}
	}
}

// title is what the page calls its article.
func (p *webPage) title() string { return cmp.Or(p.named[:]...) }

func attrOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// inner is the text inside a node as it stands.
func inner(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// The extraction sometimes drops tables, and takes the footer for the article where
// the article is short. So other parts of the page are looked at: what is marked as
// the article's body, <article> and <main>, the body in the linked data.
const (
	// moreBody and morePart are by how much more a part must say to be taken: a
	// marked body is certain, the others hold more than the article on many sites.
	moreBody = 1.1
	morePart = 1.5
	// closer is by how much more of the item's words a part must hold to be taken
	// although it says less.
	closer = 0.2
)

// pagePart is a part of a page that may be the article.
type pagePart struct {
	html   string
	said   float64 // letters
	share  float64 // of the item's words
	factor float64 // by which it must say more
}

// article is the mark-up of the page's article, which should hold some of the
// item's words.
func (p *webPage) article(about wordSet) string {
	best := newPart(p.extract(), about, 1)
	for _, other := range p.others(about) {
		longer := other.said > other.factor*best.said && other.share >= best.share
		if longer || other.share >= best.share+closer {
			best = other
		}
	}
	return best.html
}

func newPart(html string, about wordSet, factor float64) pagePart {
	text := Text(html)
	return pagePart{html: html, said: float64(letterCount(text)), share: wordsOf(text).share(about), factor: factor}
}

// maxParts bounds how many parts of a page are looked at.
const maxParts = 8

func (p *webPage) others(about wordSet) (list []pagePart) {
	for _, n := range p.parts[:min(len(p.parts), maxParts)] {
		factor := morePart
		if attrOf(n, "itemprop") != "" {
			factor = moreBody
		}
		list = append(list, newPart(render(prune(n)), about, factor))
	}
	for _, body := range p.bodies[:min(len(p.bodies), maxParts)] {
		list = append(list, newPart(body, about, moreBody))
	}
	return list
}

// extract asks go-readability.
func (p *webPage) extract() string {
	r := readability.NewParser()
	r.MaxElemsToParse = 2 * maxArticleTags
	r.DisableJSONLD = true // it is read here
	found, err := r.ParseDocument(p.root, p.base)
	if err != nil || found.Node == nil {
		return ""
	}
	return render(found.Node)
}

func render(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	if html.Render(&b, n) != nil {
		return ""
	}
	return b.String()
}

// around are the classes and ids of what stands around an article.
var around = regexp.MustCompile(`(?i)(^|[\s_-])(share|sharing|social|related|recommend\w*|comments?|promo|newsletter|subscri\w*|breadcrumbs?|cookies?|consent|sidebar|menu|nav\w*|pagination|pager|tags|banner|advert\w*|ads?)($|[\s_-])`)

// prune is a copy of a node without what is no part of an article.
func prune(n *html.Node) *html.Node {
	if n.Type == html.ElementNode {
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Nav, atom.Aside, atom.Footer, atom.Form, atom.Button, atom.Iframe, atom.Svg, atom.Noscript, atom.Template:
			return nil
		}
		if around.MatchString(attrOf(n, "class")) || around.MatchString(attrOf(n, "id")) {
			return nil
		}
	}
	c := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace, Attr: n.Attr}
	for child := range n.ChildNodes() {
		if kept := prune(child); kept != nil {
			c.AppendChild(kept)
		}
	}
	return c
}
