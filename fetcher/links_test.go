package fetcher

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"dewline"
)

func TestLinkHeaders(t *testing.T) {
	from, _ := url.Parse("https://mod.example/news/feed")
	for _, c := range []struct {
		lines       []string
		hubs, topic string
	}{
		{[]string{`<https://hub.example/>; rel="hub", <https://mod.example/atom>; rel="self"`}, "https://hub.example/", "https://mod.example/atom"},
		{[]string{`<https://hub.example/>; rel=hub`, `</atom>;rel=self`}, "https://hub.example/", "https://mod.example/atom"},
		{[]string{`<hub>; title="a, \"b\"; c"; rel="alternate HUB", <https://b.example/,;>; REL=hub`}, "https://mod.example/news/hub https://b.example/,;", ""},
		{[]string{`<https://hub.example/>; rel="hub"; rel="self"`}, "https://hub.example/", ""},
		{[]string{`<https://hub.example/>; rel="hub"; anchor="https://other.example/"`}, "", ""},
		{[]string{`<mailto:a@example.org>; rel=hub`, `<>; rel=hub`, `rel=hub`, `<https://unfinished.example/; rel=hub`}, "", ""},
		{[]string{`<https://hub.example/>; rel="hub`}, "https://hub.example/", ""},
		{[]string{`,,; ;=, <https://hub.example/> ; rel = "hub"`}, "https://hub.example/", ""},
	} {
		o := offered(http.Header{"Link": c.lines}, from)
		if got := strings.Join(o.Hubs, " "); got != c.hubs || o.Topic != c.topic {
			t.Errorf("%q: hubs %q, topic %q; want %q, %q", c.lines, got, o.Topic, c.hubs, c.topic)
		}
	}
}

func FuzzLinkHeader(f *testing.F) {
	f.Add(`<https://hub.example/>; rel="hub", </self>; rel=self; title="a\"b"`)
	from, _ := url.Parse("https://mod.example/")
	f.Fuzz(func(t *testing.T, line string) {
		for _, hub := range offered(http.Header{"Link": {line}}, from).Hubs {
			if u, err := url.Parse(hub); err != nil || !fetchable(u) {
				t.Errorf("%q gives the hub %q", line, hub)
			}
		}
	})
}

// What the headers say comes before what the document says; of a source that names
// no address of its own, the one that answered is the topic, behind the redirects.
func TestOfferOfAnAnswer(t *testing.T) {
	feeds := http.NewServeMux()
	at := func(path, link, doc string) {
		feeds.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			if link != "" {
				w.Header().Set("Link", link)
			}
			_, _ = w.Write([]byte(doc))
		})
	}
	at("/none", "", "")
	at("/both", `<https://header.example/>; rel=hub`, "https://document.example/ https://mod.example/self")
	at("/document", `<https://x.example/>; rel=next`, "https://document.example/ ")
	feeds.Handle("/moved", http.RedirectHandler("/document", http.StatusFound))
	base := serve(t, feeds.ServeHTTP)
	c := newClient(t, func(o *Options) {
		o.Parse = func(d dewline.Document) dewline.Parsed {
			p := dewline.Parsed{Status: dewline.StatusOK}
			hub, self, _ := strings.Cut(string(d.Body), " ")
			p.Offer.AddHub(hub)
			p.Offer.SetTopic(self)
			return p
		}
	})
	for path, want := range map[string][2]string{
		"/none":     {"", ""},
		"/both":     {"https://header.example/", "https://mod.example/self"},
		"/document": {"https://document.example/", base + "/document"},
		"/moved":    {"https://document.example/", base + "/document"},
	} {
		o := get(t, c, base+path).Offer
		if strings.Join(o.Hubs, " ") != want[0] || o.Topic != want[1] {
			t.Errorf("%s: %+v, want %q", path, o, want)
		}
	}
}
