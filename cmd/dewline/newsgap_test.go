package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"dewline"
)

// newsroom publishes a feed of newest statements, and the news sitemap of its site.
type newsroom struct {
	*source
	now time.Time
}

// bulletin is a statement of a section, so many minutes old.
type bulletin struct {
	section, name string
	minutes       int
}

func (p *newsroom) shows(list ...bulletin) {
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel><title>x</title>`)
	for _, s := range list {
		fmt.Fprintf(&b, `<item><guid isPermaLink="false">tag:%[2]s</guid><title>Statement %[2]s</title><link>%[1]s/%[3]s/2026/%[2]s.html?utm_source=rss</link><description>d</description><pubDate>%[4]s</pubDate></item>`,
			p.URL, s.name, s.section, p.now.Add(-time.Duration(s.minutes)*time.Minute).Format(time.RFC1123Z))
	}
	b.WriteString(`</channel></rss>`)
	p.serve("/feed.xml", "application/rss+xml", []byte(b.String()))
}

func (p *newsroom) lists(list ...bulletin) {
	p.serve("/robots.txt", "text/plain", fmt.Appendf(nil, "User-agent: *\nDisallow: /x\nsitemap: %[1]s/sitemap-index.xml\nSitemap: http://other.example/news.xml\n", p.URL))
	p.serve("/sitemap-index.xml", "text/xml", fmt.Appendf(nil, `<sitemapindex><sitemap><loc>%[1]s/pages.xml</loc></sitemap><sitemap><loc>%[1]s/news-map.xml</loc></sitemap></sitemapindex>`, p.URL))
	var b strings.Builder
	b.WriteString(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">`)
	for _, s := range list {
		fmt.Fprintf(&b, `<url><loc>%s/%s/2026/%s.html</loc><news:news><news:publication><news:name>x</news:name><news:language>en</news:language></news:publication><news:publication_date>%s</news:publication_date><news:title>Statement %s</news:title></news:news></url>`,
			p.URL, s.section, s.name, p.now.Add(-time.Duration(s.minutes)*time.Minute).Format(time.RFC3339), s.name)
	}
	b.WriteString(`</urlset>`)
	p.serve("/news-map.xml", "text/xml", []byte(b.String()))
}

// What left a feed unseen is found in the news sitemap of its site where that is a list of the same statements. What is of
// another section, or of a list that has more than the feed, never comes into it.
func TestAGapIsClosedByTheNewsSitemap(t *testing.T) {
	section := func(name string, from, to int) (list []bulletin) { // the newest first
		for i := from; i <= to; i++ {
			list = append(list, bulletin{name, fmt.Sprint(name, i), i})
		}
		return list
	}
	defence, sport := section("defence", 1, 60), section("sport", 1, 60)
	for name, c := range map[string]struct {
		lists  []bulletin
		closed bool
		new    int // of the second poll
		why    string
	}{
		"the list of the section":      {defence[:45], true, 25, ""},
		"sections beside it":           {append(sport, defence[:45]...), true, 25, ""},
		"a list that begins too late":  {defence[:20], false, 20, "goes back to"},
		"a list of more than the feed": {append(section("defence", 101, 110), append(defence[:45:45], bulletin{"defence", "a1", 2}, bulletin{"defence", "a2", 3}, bulletin{"defence", "a3", 3})...), false, 10, "no list of the same items"},
		"no list":                      {nil, false, 10, "names no older pages"},
	} {
		t.Run(name, func(t *testing.T) {
			p := &newsroom{newSource(t), time.Now()}
			cfg := configure(t, t.TempDir(), fmt.Sprintf(`
fetch: {allow_private: [127.0.0.0/8]}
feeds: [{url: "%s/feed.xml", name: news}]
`, p.URL))
			p.shows(defence[25:35]...)
			p.lists(c.lists...)
			do(t, "poll", "-c", cfg)
			p.shows(defence[:10]...)
			do(t, "poll", "-c", cfg)
			var last dewline.PollDocument
			if err := json.Unmarshal([]byte(do(t, "polls", "--json", "--limit", "1", "-c", cfg)), &last); err != nil {
				t.Fatal(err)
			}
			if last.Gap == nil || last.Gap.Closed != c.closed || last.New != c.new || !strings.Contains(last.Gap.Why, c.why) || last.Gap.News != (c.new > 10) {
				t.Errorf("%d new, gap %+v", last.New, last.Gap)
			}
			if out := do(t, "export", "-c", cfg); strings.Contains(out, "sport") || strings.Contains(out, "Statement a") || strings.Count(out, "\n") != 10+c.new {
				t.Errorf("stored:\n%s", out)
			}
			p.shows(defence[:10]...)
			if out := do(t, "poll", "-c", cfg); strings.Contains(out, "Statement") {
				t.Errorf("told again:\n%s", out)
			}
			p.shows(defence[5:25]...) // what came by the list comes by the feed
			do(t, "poll", "-c", cfg)
			if out := do(t, "export", "-c", cfg); c.closed && strings.Count(out, "\n") != 35 {
				t.Errorf("stored after the feed showed them:\n%s", out)
			}
		})
	}
}
