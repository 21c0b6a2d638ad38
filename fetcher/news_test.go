package fetcher

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"dewline"
)

// A site may name sitemaps without end: so many are asked for, and none of another site.
func TestNewsOfAHostileSite(t *testing.T) {
	var asked atomic.Int32
	var foreign atomic.Bool
	other := serve(t, func(http.ResponseWriter, *http.Request) { foreign.Store(true) })
	endless := func(dewline.Document) dewline.Parsed {
		n := asked.Load()
		return dewline.Parsed{Status: dewline.StatusOK, Format: "index of sitemaps", Parts: []dewline.Part{
			{URL: other + "/news.xml"}, {URL: fmt.Sprintf("/news%d.xml", n)},
		}}
	}
	at := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			fmt.Fprintf(w, "Sitemap: %s/news.xml\n", other)
			for i := range 1000 {
				fmt.Fprintf(w, "Sitemap: /map%d.xml\nSITEMAP :/google-news%d.xml\n", i, i)
			}
			return
		}
		asked.Add(1)
		io.WriteString(w, "x")
	})
	resp := newClient(t, func(o *Options) { o.Parse = endless }).FetchNews(t.Context(), dewline.Feed{URL: at + "/feed"})
	if n := asked.Load(); n < 2 || n > newsAsked || foreign.Load() || len(resp.Entries) > 0 {
		t.Errorf("%d sitemaps were asked for, another site: %v; %d entries", n, foreign.Load(), len(resp.Entries))
	}
}

// A site that wants to be left alone is not asked for more.
func TestNewsOfASiteThatRefuses(t *testing.T) {
	var asked atomic.Int32
	at := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		w.Header().Set("Retry-After", "60")
		w.WriteHeader(429)
	})
	resp := newClient(t).FetchNews(t.Context(), dewline.Feed{URL: at + "/feed"})
	if asked.Load() != 1 || resp.RetryAfter == 0 || len(resp.Entries) > 0 {
		t.Errorf("asked %d times; %+v", asked.Load(), resp)
	}
}

func TestSitemapsInRobots(t *testing.T) {
	home, err := url.Parse("https://www.mod.example/news/feed.xml")
	if err != nil {
		t.Fatal(err)
	}
	for robots, want := range map[string]string{
		"":                             "https://www.mod.example/sitemap.xml",
		"User-agent: *\nDisallow: /\n": "https://www.mod.example/sitemap.xml",
		"Sitemap: https://mod.example/a.xml\r\nsitemap:/b.xml\n": "https://mod.example/a.xml https://www.mod.example/b.xml",
		"Sitemap: https://mod.example/a.xml\nSitemap: https://mod.example/news.xml\nSitemap: https://mod.example/b.xml\nSitemap: https://mod.example/c.xml": "https://mod.example/news.xml https://mod.example/a.xml https://mod.example/b.xml",
		"Sitemap: https://other.example/a.xml\nSitemap: javascript:x\nSitemap: file:///etc/passwd\nSitemap:":                                                "https://www.mod.example/sitemap.xml",
		"Sitemap: /a.xml\nSitemap: /a.xml": "https://www.mod.example/a.xml",
	} {
		if got := strings.Join(newsFirst(sitemapsIn(robots, home)), " "); got != want {
			t.Errorf("%q:\n%s, want\n%s", robots, got, want)
		}
	}
	if big := strings.Repeat("Sitemap: /a.xml\n", 1e5); !slices.Equal(sitemapsIn(big, home), []string{"https://www.mod.example/a.xml"}) {
		t.Error("a large robots.txt")
	}
}

// Whatever a robots.txt says, nobody but the site is asked.
func FuzzRobots(f *testing.F) {
	f.Add("Sitemap: https://mod.example/a.xml\n")
	f.Add("sitemap:\x00//other.example\\@mod.example/news\r\n")
	f.Add("Sitemap: //mod.example:80:80/")
	home := &url.URL{Scheme: "https", Host: "www.mod.example"}
	f.Fuzz(func(t *testing.T, robots string) {
		list := newsFirst(sitemapsIn(robots, home))
		if len(list) == 0 || len(list) > maxNamed {
			t.Fatalf("%d sitemaps", len(list))
		}
		for _, address := range list {
			u, err := url.Parse(address)
			if err != nil || !fetchable(u) || dewline.Site(u) != "mod.example" {
				t.Errorf("%q: %v", address, err)
			}
		}
	})
}
