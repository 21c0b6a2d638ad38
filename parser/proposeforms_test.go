package parser

import (
	"fmt"
	"strings"
	"testing"

	"dewline"
)

// Around each list below stand a menu of long names and a footer.
const (
	megaMenu = `<header><div class="megamenu"><ul><li><a href="/a1">About the ministry and its organisation</a></li><li><a href="/a2">Careers in the armed forces of the country</a></li><li><a href="/a3">Procurement and tenders for companies</a></li><li><a href="/a4">International cooperation and missions</a></li></ul></div></header>`
	footLine = `<footer><ul><li><a href="/f1">Privacy policy of this web site</a></li><li><a href="/f2">Accessibility statement of the site</a></li><li><a href="/f3">Contact the press office of the ministry</a></li></ul></footer>`
)

var (
	headlines = []string{"Minister opens the new coastal radar station", "Exercise Quiet Harbour ends after two weeks", "Joint statement on regional air defence", "Army engineers rebuild the bridge over Len", "Defence budget for 2027 laid before parliament", "Chief of Staff visits the contingent"}
	shortZH   = []string{"国防部例行记者会", "海军实弹演练", "反恐联合训练", "答记者问", "运输机演训", "安全检查"}
)

// rows repeats a piece of mark-up: {t} is a title, {i} its number, {d} a day from 23 down.
func rows(form string, titles []string) string {
	var b strings.Builder
	for i, title := range titles {
		b.WriteString(strings.NewReplacer("{i}", fmt.Sprint(i+1), "{t}", title, "{d}", fmt.Sprintf("%02d", 23-i)).Replace(form) + "\n")
	}
	return b.String()
}

// The forms in which lists come, without the rest of a site: each is proposed whole, with its dates.
func TestProposedForms(t *testing.T) {
	for name, c := range map[string]struct {
		list  string
		items int
		dated bool
	}{
		"table with a head":    {`<table class="table table-striped"><thead><tr><th>Date</th><th>Title</th></tr></thead><tbody>` + rows(`<tr><td>{d}/11/2026</td><td><a href="/pr/{i}">{t}</a></td><td><a href="/pr/{i}.pdf">PDF</a></td></tr>`, headlines) + `</tbody></table>`, 6, true},
		"rows of three":        {`<div class="row">` + rows(`<div class="col-md-4"><div class="box"><a href="/n/{i}"><img src="x"></a><small>{d} November 2026</small><h4><a href="/n/{i}">{t}</a></h4></div></div>`, headlines[:3]) + `</div><div class="row">` + rows(`<div class="col-md-4"><div class="box"><a href="/m/{i}"><img src="x"></a><small>{d} October 2026</small><h4><a href="/m/{i}">{t}</a></h4></div></div>`, headlines[3:]) + `</div>`, 6, true},
		"dates in the text":    {`<div id="c"><ul>` + rows(`<li>{d}.11.2026 - <a href="/n/{i}">{t}</a></li>`, headlines) + `</ul></div>`, 6, true},
		"files":                {`<div class="docs">` + rows(`<div class="doc"><span class="ico"></span><a href="/files/{i}.pdf" target="_blank">{t}</a><span>{d}.11.2026</span></div>`, headlines) + `</div>`, 6, true},
		"a bare table":         {`<table><tr><td><table>` + rows(`<tr><td><a href="news{i}.htm"><font size=2>{t}</font></a></td></tr>`, headlines) + `</table></td></tr></table>`, 6, false},
		"a hero and a list":    {`<div class="hero"><a href="/n/9"><h2>The hero headline of the day for all readers</h2></a></div><div class="list">` + rows(`<div class="item"><div class="d">{d} Nov 2026</div><a class="t" href="/n/{i}">{t}</a></div>`, headlines) + `</div>`, 6, true},
		"news and events":      {`<div class="col news">` + rows(`<div class="n"><a href="/n/{i}">{t}</a><time datetime="2026-11-{d}">x</time></div>`, headlines) + `</div><div class="col events">` + rows(`<div class="e"><a href="/e/{i}">Event {i} in the hall</a><span>{d} December 2026</span></div>`, headlines) + `</div>`, 6, true},
		"dates in parts":       {`<ul class="pr">` + rows(`<li><div class="date"><span>{d}</span> <span>Nov</span> <span>2026</span></div><div class="txt"><h3><a href="/n/{i}">{t}</a></h3></div></li>`, headlines) + `</ul>`, 6, true},
		"short titles":         {`<div class="list"><ul>` + rows(`<li><span>2026-11-{d}</span><a href="/a/{i}.html">{t}</a></li>`, shortZH) + `</ul></div>`, 6, true},
		"few items":            {`<section>` + rows(`<article><h3><a href="/n/{i}">{t}</a></h3><p>{d}.11.2026</p></article>`, headlines[:4]) + `</section>`, 4, true},
		"dates that are links": {`<div class="archive">` + rows(`<p><a href="/n/{i}">{d}.11.2026</a> <a href="/n/{i}">{t}</a></p>`, headlines) + `</div>`, 6, true},
		"a grid with a pager":  {`<table id="GridView1"><tr><th>No</th><th>Title</th><th>Date</th></tr>` + rows(`<tr class="row"><td>{i}</td><td><a href="Detail.aspx?id={i}">{t}</a></td><td>{d}-Nov-2026</td></tr>`, headlines) + `<tr><td colspan=3><table><tr><td><span>1</span></td><td><a href="javascript:__doPostBack('g','Page$2')">2</a></td></tr></table></td></tr></table>`, 6, true},
		"cards as links":       {`<div class="cards">` + rows(`<a class="card" href="/n/{i}"><span class="cat">Press</span><span class="date">{d}.11.2026</span><strong>{t}</strong><span class="more">Read more</span></a>`, headlines) + `</div>`, 6, true},
		"Japanese years":       {`<ul class="news">` + rows(`<li><span class="date">令和8年11月{d}日</span><span class="icon">報道</span><a href="/p/{i}.pdf">{t}</a></li>`, headlines) + `</ul>`, 6, true},
		"categories first":     {`<div class="l">` + rows(`<div class="post"><a class="c" href="/cat/army">Army and land forces</a><h3><a href="/n/{i}">{t}</a></h3><span class="m">{d}.11.2026 by <a href="/author/press">The press office</a></span></div>`, headlines) + `</div>`, 6, true},
	} {
		t.Run(name, func(t *testing.T) {
			body := `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>x</title></head><body>` + megaMenu + c.list + footLine + `</body></html>`
			p := Propose(dewline.Document{Body: []byte(body), URL: "https://mod.example/news/", Feed: dewline.Feed{Name: "x"}})
			if len(p.Lists) == 0 {
				t.Fatalf("nothing is proposed: %s", p.Why)
			}
			items := made(p.Lists[0].Parsed)
			want := headlines
			if name == "short titles" {
				want = shortZH
			}
			if len(items) != c.items || items[0].Title != want[0] || items[len(items)-1].Title != want[c.items-1] {
				t.Errorf("%+v gives %d items: %+v", p.Lists[0].Page, len(items), seenOf(p.Lists[0].Parsed))
			}
			if day := items[0].Published.Format("2006-01-02"); c.dated && day != "2026-11-23" {
				t.Errorf("%+v gives the date %s", p.Lists[0].Page, day)
			}
		})
	}
}
