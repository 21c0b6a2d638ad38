package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

//go:embed html/*.html
var htmlFiles embed.FS

//go:embed static
var staticFiles embed.FS

// assets are the embedded files under names that change with their bytes, so
// that a browser may keep them for ever.
var assets = func() map[string]asset {
	all := make(map[string]asset)
	files, err := fs.ReadDir(staticFiles, "static")
	if err != nil {
		panic(err) // embedded
	}
	for _, f := range files {
		body, err := staticFiles.ReadFile("static/" + f.Name())
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(body)
		ext := path.Ext(f.Name())
		name := strings.TrimSuffix(f.Name(), ext) + "." + hex.EncodeToString(sum[:6]) + ext
		all[f.Name()] = asset{path: "static/" + name, body: body}
	}
	return all
}()

type asset struct {
	path string
	body []byte
}

var static = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	for name, a := range assets {
		if r.URL.Path == "/"+a.path {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(a.body))
			return
		}
	}
	plain(w, http.StatusNotFound, "there is no such file")
})

// templates has each page with the frame and the parts around it.
var templates = func() map[string]*template.Template {
	all := make(map[string]*template.Template)
	parts := template.Must(template.New("").Funcs(template.FuncMap{
		"asset":   func(name string) string { return assets[name].path },
		"outputs": func(root, name string) outputs { return outputs{root, name} },
		"below":   func(root string, m matchView) matchBelow { return matchBelow{m, root} },
	}).ParseFS(htmlFiles, "html/frame.html", "html/parts.html"))
	for _, name := range []string{"overview", "item", "status", "feed", "rules", "deliveries", "search", "fault"} {
		all[name] = template.Must(template.Must(parts.Clone()).ParseFS(htmlFiles, "html/"+name+".html"))
	}
	return all
}()

// outputs are the links to a rule's output feed in its three forms.
type outputs struct{ Root, Name string }

// matchBelow is a match with the way to / from its page.
type matchBelow struct {
	matchView
	Root string
}

// frame is what every page has.
type frame struct {
	Title   string // of the document
	Here    string // the page's name in the navigation
	Root    string // the way to / from here: the site may be mounted anywhere
	Version string
	Offers  []alternate // output feeds that the browser may offer
	Orders  bool        // a form of this page changes something, so the browser must say that it comes from here
}

type alternate struct{ Type, Title, Path string }

func (s *site) frame(r *http.Request, title, here string) frame {
	root := "./" + strings.Repeat("../", max(0, strings.Count(r.URL.Path, "/")-1))
	return frame{Title: title, Here: here, Root: root, Version: s.Version, Offers: alternates("all", "All matches")}
}

func alternates(rule, title string) []alternate {
	return []alternate{
		{"application/atom+xml", title + " (Atom)", "feeds/" + rule + ".atom"},
		{"application/rss+xml", title + " (RSS)", "feeds/" + rule + ".rss"},
		{"application/feed+json", title + " (JSON Feed)", "feeds/" + rule + ".json"},
	}
}

// show writes a page. It is made whole before the first byte is sent, so a fault
// in the middle is not half a page.
func (s *site) show(w http.ResponseWriter, status int, name string, data any) error {
	var b bytes.Buffer
	if err := templates[name].ExecuteTemplate(&b, "frame", data); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "private, no-cache")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
	return nil
}

// faultPage says in words what went wrong.
func (s *site) faultPage(w http.ResponseWriter, r *http.Request, f *fault) {
	data := struct {
		frame
		Detail string
	}{s.frame(r, f.title, ""), f.detail}
	if err := s.show(w, f.status, "fault", data); err != nil {
		s.Log.Error("the page of a fault could not be written", "err", err)
		plain(w, f.status, f.detail)
	}
}
