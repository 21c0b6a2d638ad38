package demo

import (
	"bytes"
	"errors"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/text/language"
)

// article is what a feed's item links to.
type article struct {
	Source, Language string
	Feed, FeedType   string
	Title, Date      string
	Body             template.HTML // from our own files
}

// Direction is the direction of the article's script.
func (a article) Direction() string {
	script, _ := language.Make(a.Language).Script()
	switch script.String() {
	case "Arab", "Hebr":
		return "rtl"
	}
	return "ltr"
}

var (
	articlePage = template.Must(template.ParseFS(files, "article.html"))
	indexPage   = template.Must(template.ParseFS(files, "index.html"))
)

// page serves the article at the request's path.
func (s *site) page(w http.ResponseWriter, r *http.Request, src *source) {
	if r.URL.Path == "/"+src.folder()+"/" { // what the feeds give as their site
		http.Redirect(w, r, "/", http.StatusFound)
		return
	}
	if !src.readable() {
		http.NotFound(w, r)
		return
	}
	m := s.moment(r)
	// A statement keeps its page when it has left the feed.
	st, ok := statementByID(s.start, m.now, path.Base(r.URL.Path))
	if ok {
		m.Statements = []statement{st}
	}
	a, err := src.article(m, r.URL.Path)
	if a.Language == "" {
		a.Language = st.Language
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		http.NotFound(w, r)
	case err != nil:
		fail(w, src.file, err)
	default:
		serveHTML(w, r, articlePage, a)
	}
}

// article finds the feed's item that links to a path. Its text is the item's own,
// or what pages/ holds for it. The error is fs.ErrNotExist where there is none.
func (s *source) article(m moment, at string) (article, error) {
	doc, err := s.render(m)
	if err != nil {
		return article{}, err
	}
	feed, err := gofeed.NewParser().ParseString(doc)
	if err != nil {
		return article{}, err
	}
	for _, it := range feed.Items {
		link, err := (&url.URL{Path: s.path}).Parse(it.Link)
		if err != nil {
			return article{}, err
		}
		if link.Path != at {
			continue
		}
		a := article{Source: s.name, Language: s.language, Feed: s.path, FeedType: s.contentType, Title: it.Title, Date: date(it)}
		a.Body, err = body(it, at)
		return a, err
	}
	return article{}, fs.ErrNotExist
}

func body(it *gofeed.Item, at string) (template.HTML, error) {
	b, err := files.ReadFile("pages" + at)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return template.HTML(b), err
	}
	text := it.Content
	if text == "" {
		text = it.Description
	}
	if !strings.HasPrefix(strings.TrimSpace(text), "<") {
		text = "<p>" + text + "</p>"
	}
	return template.HTML(text), nil
}

func date(it *gofeed.Item) string {
	for _, t := range []*time.Time{it.PublishedParsed, it.UpdatedParsed} {
		if t != nil {
			return t.Format("2 January 2006, 15:04 MST")
		}
	}
	return ""
}

// index lists the samples.
func (s *site) index(w http.ResponseWriter, r *http.Request) {
	type row struct{ Name, Path, About string }
	var rows []row
	for _, src := range sources {
		rows = append(rows, row{src.name, src.path, src.about})
	}
	serveHTML(w, r, indexPage, rows)
}

func serveHTML(w http.ResponseWriter, r *http.Request, t *template.Template, data any) {
	var b bytes.Buffer
	if err := t.Execute(&b, data); err != nil {
		fail(w, t.Name(), err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b.Bytes()))
}
