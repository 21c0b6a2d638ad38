package publish

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// What the formats require, checked on the bytes alone. Nothing here knows how
// the feeds are made.

const (
	dcNS      = "http://purl.org/dc/elements/1.1/"
	contentNS = "http://purl.org/rss/1.0/modules/content/"
)

// node is an XML element.
type node struct {
	name xml.Name
	attr []xml.Attr
	text string
	kids []*node
}

func (n *node) all(space, local string) (found []*node) {
	for _, k := range n.kids {
		if k.name.Space == space && k.name.Local == local {
			found = append(found, k)
		}
	}
	return found
}

func (n *node) get(space, local string) *node {
	if all := n.all(space, local); len(all) > 0 {
		return all[0]
	}
	return &node{}
}

func (n *node) value(name string) string {
	for _, a := range n.attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// tree reads a document; Go's reader refuses characters that XML forbids.
func tree(doc string) (*node, error) {
	if !utf8.ValidString(doc) {
		return nil, errors.New("not UTF-8")
	}
	dec := xml.NewDecoder(strings.NewReader(doc))
	top := &node{}
	open := []*node{top}
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		last := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			n := &node{name: t.Name, attr: append([]xml.Attr(nil), t.Attr...)}
			last.kids = append(last.kids, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			last.text += string(t)
		}
	}
	if len(top.kids) != 1 {
		return nil, fmt.Errorf("%d root elements", len(top.kids))
	}
	return top.kids[0], nil
}

// checks collects faults.
type checks struct{ faults []error }

func (c *checks) that(ok bool, format string, args ...any) {
	if !ok {
		c.faults = append(c.faults, fmt.Errorf(format, args...))
	}
}

func (c *checks) err() error { return errors.Join(c.faults...) }

// count checks how often an element stands in n.
func (c *checks) count(n *node, space, local string, least, most int) {
	k := len(n.all(space, local))
	c.that(k >= least && k <= most, "%s has %d times %s", n.name.Local, k, local)
}

func (c *checks) uri(what, s string) {
	u, err := url.Parse(s)
	c.that(err == nil && u.IsAbs() && !strings.ContainsAny(s, " <>\"{}|\\^`"), "%s is no absolute address: %q", what, s)
}

func (c *checks) date(what, s, layout string) {
	t, err := time.Parse(layout, s)
	c.that(err == nil, "%s is no date: %q", what, s)
	c.that(err != nil || t.Year() >= 1900, "%s is before 1900: %q", what, s)
}

func (c *checks) full(what, s string) { c.that(strings.TrimSpace(s) != "", "%s is empty", what) }

// html checks that mark-up is fit for a reader.
func (c *checks) html(what, s string) {
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			switch t.Data {
			case "script", "style", "iframe", "object", "embed", "form", "svg", "math", "base", "meta", "link":
				c.that(false, "%s has <%s>", what, t.Data)
			}
			for _, a := range t.Attr {
				bad := strings.HasPrefix(a.Key, "on") || a.Key == "style" || (a.Key == "href" || a.Key == "src") && !strings.HasPrefix(a.Val, "http")
				c.that(!bad, "%s has <%s %s=%q>", what, t.Data, a.Key, a.Val)
			}
		}
	}
}

// validAtom checks the MUSTs of RFC 4287.
func validAtom(doc string) error {
	feed, err := tree(doc)
	if err != nil {
		return err
	}
	c := &checks{}
	c.that(feed.name == xml.Name{Space: atomNS, Local: "feed"}, "the root is %v", feed.name)
	c.atomHead(feed, 1)
	for _, local := range []string{"generator", "icon", "logo", "rights", "subtitle"} {
		c.count(feed, atomNS, local, 0, 1)
	}
	entries := feed.all(atomNS, "entry")
	ids := map[string]bool{}
	for _, e := range entries {
		id := e.get(atomNS, "id").text
		c.that(!ids[id], "two entries have the id %s", id)
		ids[id] = true
		c.atomEntry(e)
	}
	self := 0
	for _, l := range feed.all(atomNS, "link") {
		if l.value("rel") == "self" {
			self++
		}
	}
	c.that(self == 1, "%d links to itself", self)
	return c.err()
}

// atomHead checks what feeds, entries and sources have in common.
func (c *checks) atomHead(n *node, required int) {
	c.count(n, atomNS, "id", required, 1)
	c.count(n, atomNS, "title", required, 1)
	c.count(n, atomNS, "updated", required, 1)
	for _, k := range n.all(atomNS, "id") {
		c.uri("id", k.text)
	}
	for _, k := range n.all(atomNS, "title") {
		c.full("title", k.text)
		c.that(k.value("type") == "" || k.value("type") == "text", "a title of another type")
	}
	for _, k := range n.all(atomNS, "updated") {
		c.date("updated", k.text, time.RFC3339)
	}
	for _, k := range n.all(atomNS, "author") {
		c.count(k, atomNS, "name", 1, 1)
		c.full("name", k.get(atomNS, "name").text)
	}
	for _, k := range n.all(atomNS, "category") {
		c.full("term", k.value("term"))
	}
	alternates := map[string]bool{}
	for _, k := range n.all(atomNS, "link") {
		c.uri("href", k.value("href"))
		if rel := k.value("rel"); rel == "" || rel == "alternate" {
			kind := k.value("type") + " " + k.value("hreflang")
			c.that(!alternates[kind], "two alternate links of one type")
			alternates[kind] = true
		}
	}
	c.that(len(n.all(atomNS, "author")) > 0 || n.name.Local == "source", "%s has no author", n.name.Local)
	if lang := n.value("lang"); lang != "" {
		c.that(languageTag.MatchString(lang), "the language is %q", lang)
	}
}

func (c *checks) atomEntry(e *node) {
	c.atomHead(e, 1)
	for _, local := range []string{"content", "published", "rights", "source", "summary"} {
		c.count(e, atomNS, local, 0, 1)
	}
	c.date("published", e.get(atomNS, "published").text, time.RFC3339)
	for _, k := range append(e.all(atomNS, "content"), e.all(atomNS, "summary")...) {
		c.that(k.value("type") == "html" && len(k.kids) == 0, "%s is not html as text", k.name.Local)
		c.html(k.name.Local, k.text)
	}
	c.count(e, atomNS, "source", 1, 1)
	c.atomHead(e.get(atomNS, "source"), 1)
}

// validRSS checks what RSS 2.0 and the Best Practices Profile require.
func validRSS(doc string) error {
	rss, err := tree(doc)
	if err != nil {
		return err
	}
	c := &checks{}
	c.that(rss.name == xml.Name{Local: "rss"} && rss.value("version") == "2.0", "the root is %v", rss.name)
	c.count(rss, "", "channel", 1, 1)
	channel := rss.get("", "channel")
	for _, local := range []string{"title", "link", "description"} {
		c.count(channel, "", local, 1, 1)
		c.full(local, channel.get("", local).text)
	}
	for _, local := range []string{"lastBuildDate", "generator", "docs", "ttl"} {
		c.count(channel, "", local, 1, 1)
	}
	c.date("lastBuildDate", channel.get("", "lastBuildDate").text, time.RFC1123Z)
	ttl, err := strconv.Atoi(channel.get("", "ttl").text)
	c.that(err == nil && ttl > 0, "ttl is %q", channel.get("", "ttl").text)
	self := 0
	for _, l := range channel.all(atomNS, "link") {
		c.uri("href", l.value("href"))
		if l.value("rel") == "self" && l.value("type") == "application/rss+xml" {
			self++
		}
	}
	c.that(self == 1, "%d links to itself", self)
	guids := map[string]bool{}
	for _, item := range channel.all("", "item") {
		guid := item.get("", "guid")
		c.that(guid.value("isPermaLink") == "false" && guid.text != "" && !guids[guid.text], "guid %q", guid.text)
		guids[guid.text] = true
		c.rssItem(item)
	}
	return c.err()
}

func (c *checks) rssItem(item *node) {
	for _, local := range []string{"title", "link", "description", "guid", "pubDate"} {
		c.count(item, "", local, 1, 1)
		c.full(local, item.get("", local).text)
	}
	c.count(item, "", "author", 0, 0) // a mail address, which we never have
	c.count(item, "", "source", 0, 1)
	for _, s := range item.all("", "source") {
		c.uri("source", s.value("url"))
		c.full("source", s.text)
	}
	for _, k := range item.all("", "category") {
		c.full("category", k.text)
	}
	c.uri("link", item.get("", "link").text)
	c.date("pubDate", item.get("", "pubDate").text, time.RFC1123Z)
	c.date("atom:updated", item.get(atomNS, "updated").text, time.RFC3339)
	c.count(item, contentNS, "encoded", 1, 1)
	c.html("content:encoded", item.get(contentNS, "encoded").text)
	c.html("description", item.get("", "description").text)
	c.that(len(item.all(dcNS, "creator")) > 0, "no creator")
}

// validJSON checks what JSON Feed 1.1 requires.
func validJSON(doc string) error {
	var feed map[string]any
	if err := json.Unmarshal([]byte(doc), &feed); err != nil {
		return err
	}
	c := &checks{}
	c.that(utf8.ValidString(doc), "not UTF-8")
	c.that(feed["version"] == "https://jsonfeed.org/version/1.1", "version is %v", feed["version"])
	c.full("title", text(feed["title"]))
	for _, key := range []string{"home_page_url", "feed_url"} {
		c.uri(key, text(feed[key]))
	}
	if next, ok := feed["next_url"]; ok {
		c.uri("next_url", text(next))
		c.that(next != feed["feed_url"], "next_url is feed_url")
	}
	c.jsonAuthors(feed)
	items, ok := feed["items"].([]any)
	c.that(ok, "items is no array")
	ids := map[string]bool{}
	for _, i := range items {
		item, _ := i.(map[string]any)
		id := text(item["id"])
		c.that(id != "" && !ids[id], "id %q", id)
		ids[id] = true
		c.jsonItem(item)
	}
	return c.err()
}

func text(v any) string { s, _ := v.(string); return s }

func (c *checks) jsonAuthors(of map[string]any) {
	_, old := of["author"]
	c.that(!old, "author is of version 1.0")
	authors, ok := of["authors"].([]any)
	c.that(ok && len(authors) > 0, "no authors")
	for _, a := range authors {
		author, _ := a.(map[string]any)
		c.full("author's name", text(author["name"]))
	}
}

func (c *checks) jsonItem(item map[string]any) {
	c.full("content_html", text(item["content_html"]))
	c.html("content_html", text(item["content_html"]))
	c.full("title", text(item["title"]))
	c.uri("url", text(item["url"]))
	c.date("date_published", text(item["date_published"]), time.RFC3339)
	c.date("date_modified", text(item["date_modified"]), time.RFC3339)
	c.jsonAuthors(item)
	if tags, ok := item["tags"]; ok {
		list, ok := tags.([]any)
		c.that(ok, "tags is no array")
		for _, tag := range list {
			c.full("tag", text(tag))
		}
	}
	if lang, ok := item["language"]; ok {
		c.that(languageTag.MatchString(text(lang)), "the language is %v", lang)
	}
	ours, ok := item["_dewline"].(map[string]any)
	c.that(ok, "no _dewline object")
	c.uri("about", text(ours["about"]))
}
