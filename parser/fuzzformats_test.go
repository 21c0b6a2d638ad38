package parser

import (
	"testing"

	"dewline"
)

// What stands inside the root of each format, whatever it is, is read within the guard's bounds: no
// reader gives up on a document that the mender passed. JSON is not mended.
func fuzzInside(f *testing.F, start, end string, seeds ...string) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, inside []byte) {
		body := start + string(inside) + end
		holds(t, []byte(body), "")
		switch p := parse(body); p.Status {
		case dewline.StatusOK, dewline.StatusCut, dewline.StatusEmpty, dewline.StatusHostile:
		default:
			if start[0] == '<' {
				t.Errorf("status %s: %s", p.Status, p.Detail)
			}
		}
	})
}

const (
	rdfStart = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">`
	rssStart = `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>`
	atomHead = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://x.example/a/">`
)

func FuzzRSS(f *testing.F) {
	fuzzInside(f, rssStart, `</channel></rss>`, itemA+itemB,
		`<author>a</author><item><body xmlns="http://www.w3.org/1999/xhtml"><p>a <![CDATA[<b>]]> <!-- x --> <i title="]]>">b</body><item><media:group><media:description>c</media:group>`,
		`<item><content:encoded><![CDATA[<a href="x">y</a>]]></content:encoded><sx:sync><item/></sx:sync><xhtml:div>a<br>b`,
		`<item><fullitem>a<b>]]></fullitem><media:category label="x">y</media:category><itunes:category text="a"><itunes:category text="b"/></itunes:category></item>`,
		`<item><guid isPermaLink="false">1</guid><pubDate>23 ноября 2026, 10:15</pubDate><dc:creator>a</dc:creator><description>&amp;lt;p&gt;&nbsp;`)
}

func FuzzRDF(f *testing.F) {
	fuzzInside(f, rdfStart, `</rdf:RDF>`,
		`<channel rdf:about="https://x.example/"><title>a</title></channel><item rdf:about="1"><title>b</title><dc:date>2026-11-23</dc:date><dc:subject>c</dc:subject></item>`,
		`<item rdf:about="&amp;"><content:encoded>a</content:encoded><item><description><b>c</b>`, `<image/><item/><textinput/><item xml:lang="de"><title xml:lang="fr">x`)
}

func FuzzAtom(f *testing.F) {
	fuzzInside(f, atomHead, `</feed>`,
		`<entry xml:base="b/"><id>urn:1</id><title type="html">&lt;b></title><link href="1"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a<br/></div></content></entry>`,
		`<entry><title mode="base64" type="text/html">PGI+YQ==</title><content type="image/png">AAAA</content><updated>2026-W48-1</updated><entry><author><name>a</name>`,
		`<entry xml:lang="ko"><summary xml:lang="fr">a</summary><category term="a" label="b"/><source><title type="text">x</title></source><media:group><media:description>c`)
}

func FuzzJSON(f *testing.F) {
	fuzzInside(f, `{"version": "https://jsonfeed.org/version/1.1", "items": [`, `]}`,
		`{"id": 1, "title": "a", "content_html": "<p>b", "tags": ["c", 1, null], "authors": [{"name": "d"}], "date_published": "2026-11-23T10:00:00Z"}, null`,
		`{"id": {"a": []}, "url": "%", "summary": true, "content_text": "x", "author": {"name": [1]}, "language": "en_us"}, {"id": "`)
}
