package parser

import (
	"bytes"
	"fmt"
	"mime"
	"strings"
	"time"
	"unicode"

	"dewline"
)

const (
	// maxArticle is the length over which a page is no article. What is longer in
	// real life is a list of everything, or made to harm.
	maxArticle = 4 << 20
	// maxArticleTags bounds the elements of a page: each takes a hundred bytes of memory,
	// and the extraction goes over all of them several times.
	maxArticleTags = 30_000
)

// Article reads the page behind an item's link: the text that is the article,
// without what stands around it. It never fails and never panics: a bot wall is a
// StatusChallenge, and what is not the article of doc.Item says so in Unfit. A PDF
// is not read here, for that may take for ever: see PDF.
func Article(doc dewline.Document) (a dewline.Article) {
	defer func() {
		if fault := recover(); fault != nil {
			a = dewline.Article{
				Status: dewline.StatusInternal,
				Detail: fmt.Sprintf("a fault of dewline's own in reading this page (%v); please report it with the page", fault),
			}
		}
	}()
	if len(doc.Body) > maxArticle {
		return unfit(dewline.UnfitHostile, fmt.Sprintf("it is longer than %d MiB", maxArticle>>20))
	}
	decoded, _ := decode(doc.Body, doc.ContentType)
	decoded, _ = undouble(decoded)
	text := bytes.TrimLeft(decoded, "\uFEFF \t\r\n")
	if mediaType(doc.ContentType) == "text/plain" && sniff(text) != kindPage {
		return finish(doc, dewline.Article{Text: plain(string(text)), Form: "text"}, nil)
	}
	switch {
	case len(text) == 0:
		return unfit(dewline.UnfitShell, "the answer is empty")
	case isPage(text):
		return articlePage(doc, string(text))
	}
	return unfit(dewline.UnfitNoPage, mediaType(doc.ContentType))
}

// isPage reports a web page, also one that is a fragment or XHTML with a prefix.
func isPage(text []byte) bool {
	return sniff(text) == kindPage || !feedRoot.Match(text[:min(len(text), sniffBytes)]) && advertisesNothingButIsPage(text)
}

func mediaType(header string) string {
	kind, _, err := mime.ParseMediaType(header)
	if err != nil {
		return strings.ToLower(strings.TrimSpace(strings.SplitN(header, ";", 2)[0]))
	}
	return kind
}

func unfit(why dewline.Unfit, detail string) dewline.Article {
	return dewline.Article{Status: dewline.StatusOK, Unfit: why, Detail: detail}
}

// articlePage reads a web page.
func articlePage(doc dewline.Document, text string) dewline.Article {
	if wall := wallOf([]byte(text)); wall != "" {
		return dewline.Article{Status: dewline.StatusChallenge, Detail: "the link leads to a bot wall's page (" + wall + ")"}
	}
	if n := strings.Count(text, "<"); n > maxArticleTags {
		return unfit(dewline.UnfitHostile, fmt.Sprintf("it has more than %d tags", maxArticleTags))
	}
	p, err := openPage(text, doc.URL)
	if err != nil {
		return unfit(dewline.UnfitHostile, err.Error())
	}
	html := p.article(aboutOf(doc.Item))
	a := dewline.Article{
		Title: p.title(), Text: Text(html), HTML: dewline.UnsafeHTML(absoluteHTML(html, p.base)), Form: "page",
		Authors: tidy(p.authors, author), Language: language(p.lang),
	}
	for _, s := range p.dates {
		if t, ok := date(s); ok {
			a.Published = t
			break
		}
	}
	return finish(doc, a, p)
}

// finish says whether the text is that of the item, and what it says of its
// source.
func finish(doc dewline.Document, a dewline.Article, p *webPage) dewline.Article {
	a.Status = dewline.StatusOK
	if why := unfitFor(doc, &a, p); why != "" {
		return unfit(why, shorten(a.Title))
	}
	a.Source = sourceOf(a.Text, a.Language, refOf(doc, a.Published))
	return a
}

// refOf is the day that dates without a year are near to.
func refOf(doc dewline.Document, published time.Time) time.Time {
	switch {
	case doc.Item != nil && !doc.Item.Published.IsZero():
		return doc.Item.Published
	case !published.IsZero():
		return published
	case doc.Item != nil && !doc.Item.FirstSeen.IsZero():
		return doc.Item.FirstSeen
	}
	return doc.At
}

// shorten is the beginning of a title, for a message.
func shorten(s string) string {
	const most = 80
	if r := []rune(line(s)); len(r) > most {
		return string(r[:most]) + "…"
	}
	return line(s)
}

// letterCount is how many letters and numbers a text has.
func letterCount(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n
}
