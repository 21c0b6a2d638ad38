package publish

import (
	"context"
	"strings"
	"testing"
	"time"

	"dewline"
)

// headed is a store whose statement ran elsewhere too.
type headed struct {
	*ledger
	group dewline.Group
	first dewline.Key
}

func (h *headed) Matches(ctx context.Context, rule string, before uint64, limit int) ([]dewline.Matched, error) {
	list, err := h.ledger.Matches(ctx, rule, before, limit)
	for i := range list {
		list[i].First, list[i].Group = h.first, &h.group
		list[i].Item.Story = &dewline.StoryRef{ID: dewline.StoryKey(h.first), Items: 10, Differs: []dewline.Reason{{Kind: "number", Old: "two", New: "<five>"}}}
	}
	return list, err
}

// An entry is known by the first copy, shows the head, and says where else it ran and in what it differs.
func TestAnEntryOfCopies(t *testing.T) {
	l, first := newLedger(), briefing(2)
	it := briefing(1)
	moved := it.Changed.Add(time.Hour)
	l.put(it, found, snippet, anti)
	h := &headed{ledger: l, first: first.Key, group: dewline.Group{
		First: first.Key, Head: it.Key, Moved: moved, Items: 10, Feeds: []string{"Press & Co", ukmd.Name, "TASS", "Xinhua"},
	}}
	for _, suffix := range []string{"atom", "rss", "json"} {
		doc := read(t, publisher(h), "/feeds/anti-missile."+suffix)
		entry := parse(t, doc).Items[0]
		if entry.GUID != entryID("anti-missile", first.Key) || entry.Title != it.Title || entry.Link != it.URL {
			t.Errorf("%s: %+v", suffix, entry)
		}
		if suffix == "rss" { // gofeed does not read atom:updated there
			continue
		}
		if entry.UpdatedParsed == nil || !entry.UpdatedParsed.Equal(moved) {
			t.Errorf("%s: updated %s", suffix, entry.Updated)
		}
		for _, want := range []string{"<bdi>Press &amp; Co</bdi>, <bdi>TASS</bdi>, <bdi>Xinhua</bdi>, +6</small>", "differs from what ran before: <bdi>number “two” is now “&lt;five&gt;”</bdi>"} {
			if !strings.Contains(entry.Content, want) {
				t.Errorf("%s: no %q in %s", suffix, want, entry.Content)
			}
		}
	}
	for suffix, want := range map[string]string{
		"atom": `<dewline:also>Press &amp; Co</dewline:also>`, "rss": `items="10"`, "json": `"also":["Press & Co","TASS","Xinhua"]`,
	} {
		if doc := read(t, publisher(h), "/feeds/anti-missile."+suffix); !strings.Contains(doc, want) {
			t.Errorf("%s has no %s:\n%s", suffix, want, doc)
		}
	}
}

// A copy that joins changes the document, so that whoever polls it gets the new one.
func TestAnotherCopyIsAnotherDocument(t *testing.T) {
	l, it := newLedger(), briefing(1)
	l.put(it, found, snippet, anti)
	h := &headed{ledger: l, first: it.Key, group: dewline.Group{First: it.Key, Head: it.Key, Items: 2, Feeds: []string{ukmd.Name, "TASS"}}}
	p := publisher(h)
	before := read(t, p, "/feeds/anti-missile.atom")
	h.group.Items, h.group.Feeds = 3, append(h.group.Feeds, "Xinhua")
	l.touch()
	if after := read(t, p, "/feeds/anti-missile.atom"); after == before || !strings.Contains(after, "Xinhua") {
		t.Error("the document is as it was")
	}
}
