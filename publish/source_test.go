package publish

import (
	"strings"
	"testing"
	"time"

	"dewline"
)

// An entry says where its statement comes from, and has the statement's own date.
func TestEntriesNameTheStatementsSource(t *testing.T) {
	l, it := newLedger(), briefing(1)
	it.Source = dewline.Source{Name: "China Military & others", Place: "Geneva", Issued: time.Date(2017, 3, 29, 0, 0, 0, 0, time.UTC)}
	l.put(it, found, snippet, anti)
	for suffix, path := range map[string][]string{"atom": {atomNS, "entry"}, "rss": {"", "item"}} {
		doc := read(t, publisher(l), "/feeds/anti-missile."+suffix)
		e := xmlFeed(t, suffix, doc)
		for _, name := range path[1:] {
			e = e.get(path[0], name)
		}
		s := e.get(extensionNS, "source")
		if s.value("name") != "China Military & others" || s.value("place") != "Geneva" || s.value("issued") != "2017-03-29" {
			t.Errorf("%s: dewline:source is %+v", suffix, s.attr)
		}
		if at := parse(t, doc).Items[0].PublishedParsed; at == nil || at.Format(time.DateOnly) != "2017-03-29" {
			t.Errorf("%s: published %v", suffix, at)
		}
	}
	if doc := read(t, publisher(l), "/feeds/anti-missile.json"); !strings.Contains(doc, `"source":{"name":"China Military & others","place":"Geneva","issued":"2017-03-29"}`) {
		t.Errorf("JSON: %s", doc)
	}
	if doc := read(t, publisher(filled(1)), "/feeds/anti-missile.atom"); strings.Contains(doc, "dewline:source") {
		t.Error("a source where the text names none")
	}
}
