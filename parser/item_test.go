package parser

import (
	"slices"
	"strings"
	"testing"

	"dewline"
)

func TestLinks(t *testing.T) {
	for name, c := range map[string]struct{ body, want string }{
		"absolute":                {rssOf(`<item><title>x</title><link> https://x.example/1 </link></item>`), "https://x.example/1"},
		"relative":                {rssOf(`<item><title>x</title><link>/p/1?a=b</link></item>`), "https://www.mod.example/p/1?a=b"},
		"relative to the file":    {rssOf(`<item><title>x</title><link>1.html</link></item>`), "https://www.mod.example/news/1.html"},
		"without a scheme":        {rssOf(`<item><title>x</title><link>//cdn.example/1</link></item>`), "https://cdn.example/1"},
		"broken over lines":       {rssOf("<item><title>x</title><link>\nhttps://x.example/\n1</link></item>"), "https://x.example/1"},
		"a space in it":           {rssOf(`<item><title>x</title><link>https://x.example/a b</link></item>`), "https://x.example/a%20b"},
		"a stray percent sign":    {rssOf(`<item><title>x</title><link>https://x.example/100%?x=5%%20</link></item>`), "https://x.example/100%25?x=5%25%20"},
		"not Latin":               {rssOf(`<item><title>x</title><link>https://x.example/新闻/1</link></item>`), "https://x.example/新闻/1"},
		"control characters":      {rssOf("<item><title>x</title><link>https://x.example/a&#x7f;b</link></item>"), "https://x.example/ab"},
		"a script":                {rssOf(`<item><title>x</title><link>javascript:alert(1)</link></item>`), ""},
		"mail":                    {rssOf(`<item><title>x</title><link>mailto:press@x.example</link></item>`), ""},
		"a permalink GUID":        {rssOf(`<item><title>x</title><guid>https://x.example/1</guid></item>`), "https://x.example/1"},
		"a permalink GUID, said":  {rssOf(`<item><title>x</title><guid isPermaLink="TRUE">https://x.example/1</guid></item>`), "https://x.example/1"},
		"no permalink GUID":       {rssOf(`<item><title>x</title><guid isPermaLink="false">https://x.example/1</guid></item>`), ""},
		"a GUID of no address":    {rssOf(`<item><title>x</title><guid>77</guid></item>`), ""},
		"link before GUID":        {rssOf(`<item><title>x</title><guid>https://x.example/1</guid><link>https://x.example/2</link></item>`), "https://x.example/2"},
		"xml:base on rss":         {strings.Replace(rssOf(`<item><title>x</title><link>1</link></item>`), `<rss `, `<rss xml:base="https://b.example/d/" `, 1), "https://b.example/d/1"},
		"xml:base on the item":    {rssOf(`<item xml:base="https://b.example/d/f.html"><title>x</title><link>1</link></item>`), "https://b.example/d/1"},
		"atom:link in RSS":        {strings.Replace(rssOf(`<item><title>x</title><atom:link href="https://x.example/1"/></item>`), "<rss ", `<rss xmlns:atom="http://www.w3.org/2005/Atom" `, 1), "https://x.example/1"},
		"Atom":                    {atomOf(`<entry><title>x</title><link rel="self" href="https://x.example/self"/><link href="https://x.example/1"/></entry>`), "https://x.example/1"},
		"Atom, the page first":    {atomOf(`<entry><title>x</title><link type="application/pdf" href="https://x.example/pdf"/><link type="text/html" href="https://x.example/1"/></entry>`), "https://x.example/1"},
		"Atom, relative":          {atomOf(`<entry><title>x</title><link href="1"/></entry>`), "https://www.mod.example/news/1"},
		"Atom, relative to bases": {strings.Replace(atomOf(`<entry xml:base="d/"><title>x</title><link href="1"/></entry>`), "<feed ", `<feed xml:base="https://b.example/c/" `, 1), "https://b.example/c/d/1"},
		"Atom, content elsewhere": {atomOf(`<entry><title>x</title><content src="https://x.example/doc.pdf"/></entry>`), "https://x.example/doc.pdf"},
		"Atom, the id":            {atomOf(`<entry><title>x</title><id>https://x.example/1</id></entry>`), "https://x.example/1"},
		"JSON":                    {`{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "url": "/1", "title": "x"}]}`, "https://www.mod.example/1"},
		"JSON, external":          {`{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "external_url": "https://x.example/1", "title": "x"}]}`, "https://x.example/1"},
	} {
		if got := items(t, c.body)[0].URL; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAuthorsAndCategories(t *testing.T) {
	dc := func(item string) string {
		return strings.Replace(rssOf(item), "<rss ", `<rss xmlns:dc="http://purl.org/dc/elements/1.1/" `, 1)
	}
	for name, c := range map[string]struct {
		body                string
		authors, categories []string
	}{
		"Atom's in RSS's":  {rssOf(`<item><title>x</title><author xmlns="http://www.w3.org/2005/Atom"><name>Ann Lee</name><title>Editor</title></author></item>`), []string{"Ann Lee"}, nil},
		"mail and name":    {rssOf(`<item><title>x</title><author>press@x.example (Press Office)</author></item>`), []string{"Press Office"}, nil},
		"name and mail":    {rssOf(`<item><title>x</title><author>Press Office &lt;press@x.example&gt;</author></item>`), []string{"Press Office"}, nil},
		"mail":             {rssOf(`<item><title>x</title><author>press@x.example</author></item>`), []string{"press@x.example"}, nil},
		"name":             {rssOf(`<item><title>x</title><author> Ann   Lee </author></item>`), []string{"Ann Lee"}, nil},
		"dc:creator":       {dc(`<item><title>x</title><dc:creator>Ann Lee</dc:creator><dc:creator>Bo Sun</dc:creator><author>Ann Lee</author></item>`), []string{"Ann Lee", "Bo Sun"}, nil},
		"Atom":             {atomOf(`<entry><title>x</title><author><name>Ann Lee</name><email>a@x.example</email></author><author><email>b@x.example</email></author></entry>`), []string{"Ann Lee", "b@x.example"}, nil},
		"Atom, the feed's": {strings.Replace(atomOf(`<entry><title>x</title></entry>`), "<entry>", "<author><name>MOD</name></author><entry>", 1), []string{"MOD"}, nil},
		"categories":       {rssOf(`<item><title>x</title><category domain="d">R&amp;D</category><category> Navy </category><category>Navy</category><category/></item>`), nil, []string{"R&D", "Navy"}},
		"dc:subject":       {dc(`<item><title>x</title><dc:subject>Navy</dc:subject></item>`), nil, []string{"Navy"}},
		"Atom categories":  {atomOf(`<entry><title>x</title><category term="n1" label="Navy"/><category term="army"/></entry>`), nil, []string{"Navy", "n1", "army"}},
		"JSON": {`{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "x", "authors": [{"name": "Ann Lee"}, null], "tags": ["Navy", 7, null]}]}`,
			[]string{"Ann Lee"}, []string{"Navy", "7"}},
	} {
		it := items(t, c.body)[0]
		if !slices.Equal(it.Authors, c.authors) || !slices.Equal(it.Categories, c.categories) {
			t.Errorf("%s: authors %q, categories %q", name, it.Authors, it.Categories)
		}
	}
}

func TestLanguages(t *testing.T) {
	body := func(root, channel, item string) string {
		return `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"` + root + `><channel>` + channel + `<item><title>x</title>` + item + `</item></channel></rss>`
	}
	for name, c := range map[string]struct{ body, want string }{
		"none":          {body("", "", ""), ""},
		"the channel's": {body("", "<language>en_us</language>", ""), "en-US"},
		"the item's":    {body("", "<language>en</language>", "<dc:language>RU</dc:language>"), "ru"},
		"xml:lang":      {body(` xml:lang="zh-hans-cn"`, "", ""), "zh-Hans-CN"},
		"no tag":        {body("", "<language>Russian language</language>", ""), ""},
		"Atom entry":    {atomOf(`<entry xml:lang="uk"><title>x</title></entry>`), "uk"},
		"JSON":          {`{"version": "https://jsonfeed.org/version/1.1", "language": "de", "items": [{"id": "1", "title": "x"}]}`, "de"},
	} {
		if got := items(t, c.body)[0].Language; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	p := Parse(dewline.Document{Body: []byte(body("", "<language>en</language>", "")), URL: "https://x.example/", Feed: dewline.Feed{Name: "x", Language: "fr"}})
	if got := p.Entries[0].Make().Language; got != "fr" {
		t.Errorf("the configured language is overruled: %q", got)
	}
}

func TestSummaryAndContent(t *testing.T) {
	content := func(item string) string {
		return strings.Replace(rssOf(item), "<rss ", `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" `, 1)
	}
	for name, c := range map[string]struct{ body, summary, content string }{
		"description":    {rssOf(`<item><title>x</title><description>&lt;p>a&lt;/p>&lt;p>b&lt;/p></description></item>`), "a\n\nb", ""},
		"both":           {content(`<item><title>x</title><description>a</description><content:encoded><![CDATA[<p>a b</p>]]></content:encoded></item>`), "a", "a b"},
		"the same twice": {content(`<item><title>x</title><description>a</description><content:encoded><![CDATA[<p>a</p>]]></content:encoded></item>`), "a", ""},
		"content only":   {content(`<item><title>x</title><content:encoded>a</content:encoded></item>`), "a", ""},
		"media":          {content(`<item><title>x</title><media:group><media:description>a</media:description></media:group></item>`), "a", ""},
		"Atom":           {atomOf(`<entry><title>x</title><summary>a</summary><content type="html">&lt;p>b&lt;/p></content></entry>`), "a", "b"},
		"Atom XHTML":     {atomOf(`<entry><title>x</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>one <b>two</b> three</p><p>four</p></div></content></entry>`), "", "one two three\n\nfour"},
		"Atom plain":     {atomOf(`<entry><title>x</title><content type="text">1 &lt;b> 2</content></entry>`), "", "1 <b> 2"},
		"JSON HTML":      {`{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "title": "a <b> c", "content_html": "<p>b"}]}`, "", "b"},
		"JSON text":      {`{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "title": "x", "summary": "s", "content_text": "a <b> &amp;\n\nc"}]}`, "s", "a <b> &amp;\n\nc"},
	} {
		it := items(t, c.body)[0]
		if it.Summary != c.summary || it.Content != c.content {
			t.Errorf("%s: summary %q, content %q; want %q, %q", name, it.Summary, it.Content, c.summary, c.content)
		}
	}
}

func TestMarkUpHasAbsoluteLinks(t *testing.T) {
	for in, want := range map[string]string{
		`<a href="/a">x</a>`:                            `<a href="https://www.mod.example/a">x</a>`,
		`<a href=a>x</a><img src='../i.png' alt="a>b">`: `<a href="https://www.mod.example/news/a">x</a><img src="https://www.mod.example/i.png" alt="a&gt;b"/>`,
		`<img srcset="a.png 1x, b.png 2x">`:             `<img srcset="https://www.mod.example/news/a.png 1x, https://www.mod.example/news/b.png 2x"/>`,
		`<a href="https://x.example/a">x</a> <b>`:       `<a href="https://x.example/a">x</a> <b>`,
		`<a href="mailto:a@x.example">x</a>`:            `<a href="mailto:a@x.example">x</a>`,
		`no mark-up, src = a`:                           `no mark-up, src = a`,
	} {
		it := items(t, rssOf(`<item><title>x</title><description><![CDATA[`+in+`]]></description></item>`))[0]
		if strings.ReplaceAll(string(it.HTML), `">`, `"/>`) != strings.ReplaceAll(want, `">`, `"/>`) {
			t.Errorf("%s is %s, want %s", in, it.HTML, want)
		}
	}
	many := strings.Repeat("src=a:", 1<<18) // would take minutes if every one were looked through to the end
	if it := items(t, rssOf(`<item><title>x</title><description>`+many+`</description></item>`))[0]; string(it.HTML) != many {
		t.Error("text without mark-up was changed")
	}
	it := items(t, `{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "title": "x", "content_text": "a <script>"}]}`)[0]
	if it.HTML != "a &lt;script&gt;" {
		t.Errorf("plain text became mark-up: %s", it.HTML)
	}
}
