package parser

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"dewline"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// watch reads a page as a list.
func watch(body string, page dewline.PageList) dewline.Parsed {
	return Parse(dewline.Document{
		Body: []byte(body), ContentType: "text/html", URL: "https://www.mod.example/news/", Feed: dewline.Feed{Name: "MOD", Page: &page},
	})
}

// news is a page with this list.
func news(list ...string) string {
	return `<!doctype html><html lang="en-gb"><head><title>News | MOD</title></head><body><nav><a href="/">Home</a></nav>` +
		`<ul>` + strings.Join(list, "\n") + `</ul><footer><a href="/contact">Contact</a></footer></body></html>`
}

// seen is what a test compares of an item.
type seen struct{ Title, URL, Published, Summary string }

func seenOf(p dewline.Parsed) (all []seen) {
	for _, it := range made(p) {
		s := seen{it.Title, it.URL, it.PublishedAs, it.Summary}
		if !it.Published.IsZero() {
			s.Published = it.Published.UTC().Format("2006-01-02")
		}
		all = append(all, s)
	}
	return all
}

func TestItemsOfAList(t *testing.T) {
	li := dewline.PageList{Item: "li"}
	for name, c := range map[string]struct {
		page dewline.PageList
		body string
		want []seen
	}{
		"every selector": {dewline.PageList{Item: "li.news", Link: "a", Title: "h3", Date: "span.date", Summary: "p"},
			news(`<li class="news"><a href="/1">Read</a><h3>Exercise <b>begins</b></h3><span class="date">23 November 2026</span><p>In the north.</p></li>`,
				`<li class="other"><a href="/x">Other</a></li>`,
				`<li class="news big"><a href="2.html">Read</a><h3>Exercise ends</h3><span class="date">2026-11-22</span><p>In the &lt;south&gt;.</p></li>`),
			[]seen{{"Exercise begins", "https://www.mod.example/1", "2026-11-23", "In the north."}, {"Exercise ends", "https://www.mod.example/news/2.html", "2026-11-22", "In the <south>."}}},
		"the item alone":          {li, news(`<li><a href="/1">One</a></li>`, `<li><a href="/2">Two</a> <a href="/3">Three</a></li>`), []seen{{"One", "https://www.mod.example/1", "", ""}, {"Two", "https://www.mod.example/2", "", ""}}},
		"the item is the link":    {dewline.PageList{Item: "ul a"}, news(`<li><a href="/1">One</a></li>`), []seen{{"One", "https://www.mod.example/1", "", ""}}},
		"the link is around it":   {dewline.PageList{Item: "div.card", Title: "b"}, news(`<a href="/1"><div class="card"><b>One</b> more</div></a>`), []seen{{"One", "https://www.mod.example/1", "", ""}}},
		"the item itself":         {dewline.PageList{Item: "li", Link: ":self@data-href", Title: ":self"}, news(`<li data-href="/1">One</li>`), []seen{{"One", "https://www.mod.example/1", "", ""}}},
		"attributes":              {dewline.PageList{Item: "li", Link: "b@data-to", Title: "b@data-title", Date: "i@data-date"}, news(`<li><b data-to="/1" data-title="One">x</b><i data-date="20261123"></i></li>`), []seen{{"One", "https://www.mod.example/1", "2026-11-23", ""}}},
		"a link inside the found": {dewline.PageList{Item: "li", Link: "h3"}, news(`<li><a href="/img"><img></a><h3><a href="/1">One</a></h3></li>`), []seen{{"One", "https://www.mod.example/1", "", ""}}},
		"a time":                  {li, news(`<li><a href="/1">One</a><time datetime="2026-11-23T10:00:00+03:00">today</time></li>`), []seen{{"One", "https://www.mod.example/1", "2026-11-23", ""}}},
		"a picture and a headline": {li, news(`<li><a href="/1"><img alt="Officers"></a><a href="/1">One</a><a href="/1">Read more »</a></li>`),
			[]seen{{"One", "https://www.mod.example/1", "", ""}}},
		"blocks of one item": {dewline.PageList{Item: "li a"}, news(`<li><a href="/1"><img alt="Officers"></a></li>`, `<li><a href="/1?utm_source=x">One</a></li>`, `<li><a href="/2">Two</a></li>`, `<li><a href="/1">Подробнее</a></li>`),
			[]seen{{"One", "https://www.mod.example/1", "", ""}, {"Two", "https://www.mod.example/2", "", ""}}},
		"a title beside the link": {li, news(`<li><h2>One</h2><a href="/1">更多&gt;&gt;</a></li>`), []seen{{"One", "https://www.mod.example/1", "", ""}}},
		"a title of the link":     {li, news(`<li><a href="/1" title="One"><img></a></li>`), []seen{{"One", "https://www.mod.example/1", "", ""}}},
		"a picture alone":         {li, news(`<li><a href="/1"><img alt="One"></a></li>`), []seen{{"One", "https://www.mod.example/1", "", ""}}},
		"a title that is shortened": {li, news(`<li><a href="/1" title="A long headline of the ministry">A long headline…</a></li>`, `<li><a href="/2" title="To the article">Etc. etc...</a></li>`),
			[]seen{{"A long headline of the ministry", "https://www.mod.example/1", "", ""}, {"Etc. etc...", "https://www.mod.example/2", "", ""}}},
		"links that are none": {li, news(`<li><a name="x"></a><a href="#">Top</a><a href="mailto:x@y">Mail</a><a href="/1">One</a></li>`), []seen{{"One", "https://www.mod.example/1", "", ""}}},
		"a date as a link":    {li, news(`<li><a href="/1">23.11.2026</a> <a href="/1">One</a></li>`), []seen{{"One", "https://www.mod.example/1", "", ""}}},
		"a date that is none": {dewline.PageList{Item: "li", Date: "i"}, news(`<li><a href="/1">One</a><i>yesterday</i></li>`), []seen{{"One", "https://www.mod.example/1", "yesterday", ""}}},
		"a date in a text":    {dewline.PageList{Item: "li", Date: "i"}, news(`<li><a href="/1">One</a><i>Published: 03/04/2026 | Press service</i></li>`), []seen{{"One", "https://www.mod.example/1", "2026-04-03", ""}}},
		"a base":              {li, `<base href="https://cdn.example/a/">` + news(`<li><a href="1">One</a></li>`), []seen{{"One", "https://cdn.example/a/1", "", ""}}},
		"several selectors":   {dewline.PageList{Item: "li.a, li.b", Title: "h3, h4"}, news(`<li class="b"><a href="/1">x</a><h4>One</h4></li>`, `<li class="a"><a href="/2">x</a><h3>Two</h3></li>`), []seen{{"One", "https://www.mod.example/1", "", ""}, {"Two", "https://www.mod.example/2", "", ""}}},
		"terms": {dewline.PageList{Item: "dl dt", Date: ":self", Title: "dd a"}, news(`<dl><dt>2026年11月23日</dt><dd><a href="/1">One</a></dd><dt>2026年11月22日</dt><dd>x</dd><dd><a href="/2">Two</a></dd></dl>`),
			[]seen{{"One", "https://www.mod.example/1", "2026-11-23", ""}, {"Two", "https://www.mod.example/2", "2026-11-22", ""}}},
		"headings": {dewline.PageList{Item: "h3", Date: "i", Summary: "p"}, news(`<div><h3><a href="/1">One</a></h3><i>23.11.2026</i><p>First.</p><h3><a href="/2">Two</a></h3><i>22.11.2026</i></div><i>1.1.2020</i>`),
			[]seen{{"One", "https://www.mod.example/1", "2026-11-23", "First."}, {"Two", "https://www.mod.example/2", "2026-11-22", ""}}},
		"one page for all": {dewline.PageList{Item: "li"}, news(`<li><a href="list.do">One</a></li>`, `<li><a href="list.do">Two</a></li>`, `<li><a href="list.do">Three</a></li>`), []seen{{"One", "https://www.mod.example/news/list.do", "", ""}, {"Two", "https://www.mod.example/news/list.do", "", ""}, {"Three", "https://www.mod.example/news/list.do", "", ""}}},
	} {
		t.Run(name, func(t *testing.T) {
			p := watch(c.body, c.page)
			if p.Status != dewline.StatusOK {
				t.Fatalf("status %s: %s", p.Status, p.Detail)
			}
			if diff := cmp.Diff(c.want, seenOf(p)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if p.Title != "News | MOD" || p.Language != "en-GB" || p.Link != "https://www.mod.example/news/" {
				t.Errorf("the page: %q, %q, %q", p.Title, p.Language, p.Link)
			}
			checkParsed(t, name, p)
		})
	}
}

// A list is read in the charset that its page declares.
func TestListInGBK(t *testing.T) {
	body, err := simplifiedchinese.GBK.NewEncoder().String(`<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>国防部</title></head>` +
		`<body><table><tr><td>·<a href="./1.html">国防部例行记者会：反导问题</a></td><td>[2026-11-23]</td></tr></table></body></html>`)
	if err != nil {
		t.Fatal(err)
	}
	p := watch(body, dewline.PageList{Item: "tr", Date: "td:last-child"})
	want := []seen{{"国防部例行记者会：反导问题", "https://www.mod.example/news/1.html", "2026-11-23", ""}}
	if diff := cmp.Diff(want, seenOf(p)); diff != "" || p.Title != "国防部" {
		t.Errorf("%s: %q %s", p.Detail, p.Title, diff)
	}
}

// A list that cannot be read is broken, never empty, and says what to do.
func TestBrokenLists(t *testing.T) {
	good := news(`<li><a href="/1">One</a></li>`, `<li><a href="/2">Two</a></li>`)
	for name, c := range map[string]struct {
		page   dewline.PageList
		body   string
		status dewline.Status
		detail string // a part of it
	}{
		"no item":          {dewline.PageList{Item: "li.news"}, good, dewline.StatusBrokenList, "the item selector `li.news` finds nothing on the page; the list had 20 items when it last worked; `dewline feeds check https://www.mod.example/news/` proposes"},
		"no link":          {dewline.PageList{Item: "li", Link: "h2 a"}, good, dewline.StatusBrokenList, "of 2 items none has a link: the selector `h2 a` finds nothing in them"},
		"no web address":   {dewline.PageList{Item: "li", Link: "a"}, news(`<li><a href="#">One</a></li>`), dewline.StatusBrokenList, "the selector `a` finds 1 elements in them, and none will do"},
		"scripts as links": {dewline.PageList{Item: "li"}, news(`<li><a href="javascript:view(1)">One</a></li>`), dewline.StatusBrokenList, "call a script"},
		"no title":         {dewline.PageList{Item: "li", Title: "h3"}, good, dewline.StatusBrokenList, "of 2 items none has a title: the selector `h3` finds nothing"},
		"no text":          {dewline.PageList{Item: "li"}, news(`<li><a href="/1"><img></a></li>`), dewline.StatusBrokenList, "none has a title"},
		"made by script":   {dewline.PageList{Item: "li"}, `<html><body><div id="root"></div><script src="a.js"></script></body></html>`, dewline.StatusBrokenList, "made by a script"},
		"a wall":           {dewline.PageList{Item: "li"}, `<title>Just a moment...</title><script>_cf_chl_opt={}</script>`, dewline.StatusChallenge, "Cloudflare"},
		"a feed":           {dewline.PageList{Item: "li"}, rssOf(itemA), dewline.StatusBrokenList, "a feed"},
		"JSON":             {dewline.PageList{Item: "li"}, `{"items": []}`, dewline.StatusBrokenList, "JSON"},
		"nothing":          {dewline.PageList{Item: "li"}, ``, dewline.StatusBrokenList, "nothing"},
		"most items lost":  {dewline.PageList{Item: "li"}, good, dewline.StatusOK, "the list has 2 items, and had 20 before"},
		"no date":          {dewline.PageList{Item: "li", Date: "i"}, good, dewline.StatusOK, "the selector `i` for `date:` finds nothing in any of 2 items"},
		"no summary":       {dewline.PageList{Item: "li", Summary: "p"}, good, dewline.StatusOK, "for `summary:` finds nothing"},
		"a title missing":  {dewline.PageList{Item: "li", Title: "b"}, news(`<li><a href="/1"><b>One</b></a></li>`, `<li><a href="/2">Two</a></li>`), dewline.StatusOK, "for `title:` finds nothing in 1 of 2 items"},
	} {
		t.Run(name, func(t *testing.T) {
			p := Parse(dewline.Document{Body: []byte(c.body), URL: "https://www.mod.example/news/", Before: 20, Feed: dewline.Feed{Name: "MOD", Page: &c.page}})
			if p.Status != c.status || !strings.Contains(p.Detail, c.detail) {
				t.Errorf("status %s: %s; want %s: …%s…", p.Status, p.Detail, c.status, c.detail)
			}
			checkParsed(t, name, p)
		})
	}
}

func TestSelectors(t *testing.T) {
	page := `<html><body><div id="a" class="x y"><p>1</p><section><p class="q">2</p></section></div><p>3</p><p title="a > b, c">4</p><p>5<i></i></p></body></html>`
	for sel, want := range map[string]string{
		"p": "1 2 3 4 5", "div p": "1 2", "div > p": "1", "div>p": "1", "div#a.x.y section p.q": "2", "body > * > p": "1", "div + p": "3", "div ~ p": "3 4 5",
		"p + p": "4 5", "p.q, div + p": "2 3", "body p.q": "2", "html div div p": "", "p[title='a > b, c']": "4", "p:not([title])": "1 2 3 5", "p:has(i)": "5",
		"body > p:nth-child(2)": "3", "p:nth-of-type(2) ~ p": "5", `p:contains("4")`: "4", "*#a > p": "1", "section\t>\n p": "2", "p:last-child": "2 5",
	} {
		compiled, err := compile(sel)
		if err != nil {
			t.Errorf("%s: %v", sel, err)
			continue
		}
		l, err := listingOf(dewline.Document{}, []byte(page))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, i := range l.find(compiled) {
			got = append(got, l.text(i))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s finds %q, want %q", sel, got, want)
		}
	}
}

// A faulty selector is refused with its place.
func TestFaultySelectors(t *testing.T) {
	for sel, want := range map[string]struct {
		at, end int
		msg     string
	}{
		"":                           {0, 0, "empty"},
		"li..news":                   {0, 8, "no CSS selector"},
		"div > li[ a":                {6, 11, "no CSS selector"},
		"> a":                        {0, 1, "missing"},
		"a >":                        {3, 3, "missing"},
		"a,, b":                      {2, 3, "missing"},
		"a > > b":                    {4, 5, "missing"},
		"a@":                         {1, 2, "no attribute"},
		"a@hr ef":                    {1, 7, "no attribute"},
		"div a:hoverr":               {4, 12, "unknown pseudoclass"},
		"div:has(div p)":             {0, 14, "inside :has("},
		"div:has(p:has(a))":          {0, 17, "inside :has("},
		"p:matches(a+)":              {0, 13, "not supported"},
		"a /* b */":                  {2, 9, "comment"},
		strings.Repeat("a ", 40):     {64, 65, "more than 32 parts"},
		strings.Repeat("abcd ", 500): {0, 2500, "more than 1000"},
	} {
		err := CheckSelector(sel)
		bad, ok := err.(*dewline.SyntaxError)
		if !ok || bad.Offset != want.at || bad.End != want.end || !strings.Contains(bad.Msg, want.msg) {
			t.Errorf("%.30q: %#v; want %+v", sel, err, want)
		}
	}
}

// A page that is made to harm costs no more than a small multiple of its size.
func TestHostilePages(t *testing.T) {
	if testing.Short() {
		t.Skip("reads pages of 16 MiB")
	}
	const size = 16 << 20
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	deep := strings.Repeat("<div>", 500)
	var attributes strings.Builder
	for i := 0; attributes.Len() < size; i++ {
		fmt.Fprintf(&attributes, " a%d=b", i)
	}
	all := dewline.PageList{Item: "div div div p, div p:not(.x), p:has(a), p:nth-last-child(2n+1)", Title: "div div div div a", Date: "div ~ p ~ p a"}
	for name, c := range map[string]struct {
		body   string
		page   dewline.PageList
		status dewline.Status
	}{
		"nesting":              {fill("<div>"), all, dewline.StatusHostile},
		"nesting of links":     {fill("<a href=x>"), all, dewline.StatusHostile},
		"nesting of fonts":     {fill("<p><font color=1>"), all, dewline.StatusHostile},
		"tables":               {fill("<table><tr><td>"), all, dewline.StatusHostile},
		"elements":             {strings.Repeat("<p></p>", 140_000), all, dewline.StatusHostile},
		"children":             {strings.Repeat("<p></p>", 20_000), all, dewline.StatusHostile},
		"comments":             {strings.Repeat("<!---->", 200_000), all, dewline.StatusHostile},
		"open tags":            {fill("<"), all, dewline.StatusBrokenList},
		"attributes":           {"<p" + attributes.String() + ">", all, dewline.StatusHostile},
		"fewer attributes":     {"<p" + attributes.String()[:2<<20] + ">", all, dewline.StatusBrokenList},
		"text":                 {"<p>" + fill("x"), all, dewline.StatusBrokenList},
		"deep and wide":        {deep + strings.Repeat("<p><a href=1>x</a></p>", 4_900), all, dewline.StatusOK},
		"items inside another": {deep + strings.Repeat("<p><a href=1>x</a>y</p>", 4_000), dewline.PageList{Item: "div", Title: ":self", Summary: ":self"}, dewline.StatusHostile},
		"very many items":      {"<div>" + strings.Repeat("<i><a href=1>x</a></i>", 6_000) + "</div>", dewline.PageList{Item: "i"}, dewline.StatusHostile},
	} {
		t.Run(name, func(t *testing.T) {
			var p dewline.Parsed
			grown := allocated(func() { p = watch("<html><body>"+c.body, c.page) })
			if bound := uint64(24*len(c.body) + 96<<20); grown > bound {
				t.Errorf("%d kB allocated for %d kB, more than %d kB", grown>>10, len(c.body)>>10, bound>>10)
			}
			if p.Status != c.status {
				t.Errorf("status %s: %s; want %s", p.Status, p.Detail, c.status)
			}
			checkParsed(t, name, p)
		})
	}
}

func FuzzList(f *testing.F) {
	f.Add([]byte(news(`<li><a href="/1">One</a><time datetime="2026-11-23">x</time></li>`)), "li", "a@href")
	f.Add([]byte("<table><tr><td><a href=x title='abc'>ab...</a><td>2026-11-23"), "tr:has(a)", "td > a")
	f.Add([]byte("<base href=//x><template><p>a</template><svg><p><a href=%zz>"), "p, svg ~ p", ":self")
	if names, err := os.ReadDir("testdata/pages"); err == nil {
		for _, n := range names {
			if body, err := os.ReadFile("testdata/pages/" + n.Name()); err == nil {
				f.Add(body, "li", "a")
			}
		}
	}
	f.Fuzz(func(t *testing.T, body []byte, item, title string) {
		if CheckSelector(item) != nil || CheckSelector(title) != nil {
			return
		}
		p := watch(string(body), dewline.PageList{Item: item, Title: title, Date: "time, td", Summary: "p"})
		checkParsed(t, "list", p)
		again := watch(string(body), dewline.PageList{Item: item, Title: title, Date: "time, td", Summary: "p"})
		for i, e := range p.Entries {
			if again.Entries[i].Key != e.Key || again.Entries[i].Fingerprint != e.Fingerprint {
				t.Errorf("entry %d has another key or fingerprint the second time", i)
			}
		}
	})
}
