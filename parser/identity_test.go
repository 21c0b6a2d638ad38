package parser

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dewline"
)

func key(kind dewline.IdentityKind, value string) dewline.Key {
	return dewline.ItemKey(dewline.FeedKey("MOD"), dewline.Identity{Kind: kind, Value: value})
}

func TestWhatIdentifiesAnEntry(t *testing.T) {
	rdf := `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/>%s</rdf:RDF>`
	for name, c := range map[string]struct {
		body string
		want dewline.Key
	}{
		"guid": {rssOf(`<item><guid isPermaLink="false"> tag:1 </guid><title>x</title><link>https://x.example/1</link></item>`), key(dewline.IdentityGUID, "tag:1")},
		"rdf:about": {fmt.Sprintf(rdf, `<item rdf:about="https://x.example/about"><title>x</title><link>https://x.example/1</link></item>`),
			key(dewline.IdentityGUID, "https://x.example/about")},
		"atom:id":     {atomOf(`<entry><id>urn:1</id><title>x</title><link href="https://x.example/1"/></entry>`), key(dewline.IdentityGUID, "urn:1")},
		"JSON id":     {`{"version": "https://jsonfeed.org/version/1", "items": [{"id": "j1", "title": "x"}]}`, key(dewline.IdentityGUID, "j1")},
		"JSON number": {`{"version": "https://jsonfeed.org/version/1", "items": [{"id": 71, "title": "x"}]}`, key(dewline.IdentityGUID, "71")},
		"link": {rssOf(`<item><title>x</title><link>HTTPS://X.example:443/1?utm_source=rss&amp;id=2&amp;fbclid=3#utm_medium=rss</link></item>`),
			key(dewline.IdentityLink, "https://x.example/1?id=2")},
		"a link to a part of a page": {rssOf(`<item><title>x</title><link>https://x.example/log#part-2</link></item>`), key(dewline.IdentityLink, "https://x.example/log#part-2")},
		"relative link":              {rssOf(`<item><title>x</title><link>../1</link></item>`), key(dewline.IdentityLink, "https://www.mod.example/1")},
		"title and date": {rssOf(`<item><title>x</title><pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate></item>`),
			key(dewline.IdentityTitle, "x\x00Mon, 23 Nov 2026 10:00:00 GMT")},
		"title":         {rssOf(`<item><title>x</title></item>`), key(dewline.IdentityTitle, "x\x00")},
		"an empty guid": {rssOf(`<item><guid/><title>x</title><link>https://x.example/1</link></item>`), key(dewline.IdentityLink, "https://x.example/1")},
		"a guid with an update time": {atomOf(`<entry><id>https://www.gov.example/news/1#2026-11-23T10:00:00+00:00</id><title>x</title><link href="https://www.gov.example/news/1"/></entry>`),
			key(dewline.IdentityGUID, "https://www.gov.example/news/1")},
		"a guid with an anchor": {atomOf(`<entry><id>https://www.gov.example/news/1#section-2</id><title>x</title><link href="https://www.gov.example/news/1"/></entry>`),
			key(dewline.IdentityGUID, "https://www.gov.example/news/1#section-2")},
		"another page's guid with a time": {atomOf(`<entry><id>https://id.example/1#2026-11-23T10:00:00Z</id><title>x</title><link href="https://www.gov.example/news/1"/></entry>`),
			key(dewline.IdentityGUID, "https://id.example/1#2026-11-23T10:00:00Z")},
	} {
		t.Run(name, func(t *testing.T) {
			p := parse(c.body)
			if len(p.Entries) != 1 || p.Entries[0].Key != c.want {
				t.Errorf("%d entries, %s; not the identity that was wanted: %+v", len(p.Entries), p.Detail, made(p))
			}
		})
	}
}

// Two servings of one statement have one key.
func TestOneStatementStaysOneItem(t *testing.T) {
	for name, c := range map[string]struct{ first, then string }{
		"edited, same guid": {rssOf(itemA), rssOf(strings.ReplaceAll(itemA, "begins", "began"))},
		"moved, same guid":  {rssOf(itemA), rssOf(strings.ReplaceAll(itemA, "mod.example/a", "mod.example/2026/a"))},
		"an update time in the guid": {
			atomOf(`<entry><id>https://www.gov.example/news/1#2026-11-23T10:00:00Z</id><title>x</title><link href="https://www.gov.example/news/1"/></entry>`),
			atomOf(`<entry><id>https://www.gov.example/news/1#2026-11-24T12:30:00Z</id><title>x, corrected</title><link href="https://www.gov.example/news/1"/></entry>`)},
		"other tracking":    {rssOf(`<item><title>x</title><link>https://x.example/1?utm_campaign=a</link></item>`), rssOf(`<item><title>x</title><link>https://x.example/1?utm_campaign=b</link></item>`)},
		"edited, same link": {rssOf(`<item><title>x</title><link>https://x.example/1</link></item>`), rssOf(`<item><title>y</title><link>https://x.example/1</link></item>`)},
		"another neighbour": {rssOf(itemA, itemB), rssOf(strings.ReplaceAll(itemB, ">b<", ">c<"), itemA)},
	} {
		t.Run(name, func(t *testing.T) {
			first, then := parse(c.first), parse(c.then)
			if !slices.ContainsFunc(then.Entries, func(e dewline.Entry) bool { return e.Key == first.Entries[0].Key }) {
				t.Errorf("another item: %+v and %+v", made(first), made(then))
			}
		})
	}
}

// Whatever publishers do with GUIDs, different entries are different items, and a repeated entry is
// one.
func TestDifferentEntriesAreDifferentItems(t *testing.T) {
	many := func(n int, item string) string {
		var all []string
		for i := range n {
			all = append(all, strings.ReplaceAll(item, "%d", fmt.Sprint(i)))
		}
		return rssOf(all...)
	}
	for name, c := range map[string]struct {
		body            string
		items, repeated int
	}{
		"one guid on all":              {many(20, `<item><guid isPermaLink="false">site</guid><title>t%d</title><link>https://x.example/%d</link></item>`), 20, 0},
		"one guid and one link on all": {many(20, `<item><guid>https://x.example/</guid><title>t%d</title><link>https://x.example/</link></item>`), 20, 0},
		"one link, anchors":            {many(20, `<item><title>t</title><link>https://x.example/log#e%d</link></item>`), 20, 0},
		"one title, dates":             {many(20, `<item><title>Situation report</title><pubDate>2026-11-23T10:00:%dZ</pubDate></item>`), 20, 0},
		"nothing but different texts":  {many(20, `<item><description>d%d</description></item>`), 20, 0},
		"one title, different texts":   {many(20, `<item><title>Situation report</title><description>d%d</description></item>`), 20, 0},
		"one link and title, texts":    {many(20, `<item><title>Alert</title><link>https://x.example/</link><description>d%d</description></item>`), 20, 0},
		"the same entry again":         {rssOf(itemA, itemB, itemA), 2, 1},
		"the same text again":          {many(3, `<item><description>d</description></item>`), 1, 2},
		"the old text beside the new":  {rssOf(itemA, strings.ReplaceAll(itemA, "North", "North and west")), 1, 1},
		"blank entries":                {rssOf(itemA, `<item/>`, `<item><title>&amp;nbsp;</title></item>`), 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			p := parse(c.body)
			checkParsed(t, name, p)
			if len(p.Entries) != c.items || p.Rejected[dewline.RejectedDuplicate] != c.repeated {
				t.Errorf("%d items, %d repeated; want %d, %d", len(p.Entries), p.Rejected[dewline.RejectedDuplicate], c.items, c.repeated)
			}
		})
	}
	if p := parse(rssOf(itemA, `<item/>`, `<item><title> </title></item>`)); p.Rejected[dewline.RejectedBlank] != 2 {
		t.Errorf("blank entries are not counted: %v", p.Rejected)
	}
}

// The fingerprint is of the fields and not of the bytes around them.
func TestFingerprints(t *testing.T) {
	base := rssOf(`<item><title>R&amp;D</title><link>https://x.example/1</link><guid isPermaLink="true">https://x.example/1</guid><description>&lt;p&gt;Text&lt;/p&gt;</description></item>`)
	for name, body := range map[string]string{
		"the same bytes":        base,
		"CDATA":                 strings.ReplaceAll(base, "&lt;p&gt;Text&lt;/p&gt;", "<![CDATA[<p>Text</p>]]>"),
		"another build date":    strings.ReplaceAll(base, "</link><item>", "</link><lastBuildDate>Mon, 23 Nov 2026 10:00:00 GMT</lastBuildDate><ttl>5</ttl><item>"),
		"white space":           strings.ReplaceAll(base, "><", ">\n\t<"),
		"entities otherwise":    strings.ReplaceAll(base, "&amp;", "&#38;"),
		"quotes otherwise":      strings.ReplaceAll(base, `isPermaLink="true"`, `isPermaLink='true'`),
		"order of the elements": rssOf(`<item><description>&lt;p&gt;Text&lt;/p&gt;</description><guid>https://x.example/1</guid><link>https://x.example/1</link><title>R&amp;D</title></item>`),
		"another neighbour":     strings.ReplaceAll(base, "<item>", itemA+"<item>"),
		"a repaired fault":      strings.ReplaceAll(base, "R&amp;D", "R&D"),
	} {
		want, p := parse(base).Entries[0], parse(body)
		i := slices.IndexFunc(p.Entries, func(e dewline.Entry) bool { return e.Key == want.Key })
		if i < 0 || p.Entries[i].Fingerprint != want.Fingerprint {
			t.Errorf("%s: the entry has another fingerprint or key", name)
		}
	}
	for name, body := range map[string]string{
		"title": strings.ReplaceAll(base, "R&amp;D", "R and D"), "text": strings.ReplaceAll(base, "Text", "Test"),
		"link": strings.ReplaceAll(base, "<link>https://x.example/1", "<link>https://x.example/2"),
	} {
		if parse(body).Entries[0].Fingerprint == parse(base).Entries[0].Fingerprint {
			t.Errorf("another %s has the same fingerprint", name)
		}
	}
}

// Where mark-up alone differs the fingerprint does, but the text a reader sees is the same version.
func TestMarkUpIsNoOtherVersion(t *testing.T) {
	hash := func(description string) uint64 {
		it := items(t, rssOf(`<item><guid>1</guid><title>x</title><description><![CDATA[`+description+`]]></description></item>`))[0]
		return it.TextHash()
	}
	want := hash(`<p class="a" id="b">One <b>two</b></p><p>three</p>`)
	for _, same := range []string{
		`<p id="b" class="a">One <b>two</b></p><p>three</p>`, `<div>One&nbsp;two</div> <div>three</div>`, "<p>One\n  <i>two</i></p>\n\n<p>three<!-- 17 ms --></p>",
		`<p>One two</p><p>three</p><img src="https://count.example/pixel?123">`, `<p>One two</p><script>track(123)</script><p>three</p>`,
	} {
		if hash(same) != want {
			t.Errorf("%s is another text", same)
		}
	}
	if hash(`<p>One two</p><p>four</p>`) == want {
		t.Error("another text has the same hash")
	}
}
