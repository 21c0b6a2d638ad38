package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"dewline"

	"pgregory.net/rapid"
)

// publication is what a publisher did to one statement: its title and text as they are now.
type publication struct {
	n      int
	edits  int
	feeds  []string
	teaser map[string]bool // by feed
	shown  map[string]bool // by feed
}

// known reports whether each of its feeds has shown it: one that had a title before is not joined under another.
func (p *publication) known() bool { return len(p.shown) == len(p.feeds) }

// title and text of statements have no words in common but those that all titles have.
func (p *publication) title() string {
	return fmt.Sprintf("Statement w%dx w%dy w%dz", p.n, p.n, p.n) + strings.Repeat(" again", p.edits)
}

func (p *publication) text(feed string) string {
	var b strings.Builder
	for i := range 20 {
		fmt.Fprintf(&b, "w%dt%d ", p.n, i)
	}
	if p.teaser[feed] {
		return b.String()[:60] + "…"
	}
	return b.String() + strings.Repeat("prolonged ", p.edits)
}

// entry is the statement as a feed serves it at one poll.
func (p *publication) entry(t *rapid.T, feed string, style string, fresh *int) string {
	*fresh++
	link, date := fmt.Sprintf("https://mod.example/news/%d", p.n), fmt.Sprintf("Mon, 23 Nov 2026 %02d:%02d:00 GMT", p.n%24, p.n%60)
	guid := fmt.Sprint(feed, p.n)
	switch style {
	case "churns":
		guid = fmt.Sprint("fresh", *fresh)
	case "sessions":
		guid, link = "", fmt.Sprintf("%s?sid=%dab%d", link, *fresh, p.n)
	case "one at a time":
		guid = "the latest"
	}
	if rapid.IntRange(0, 3).Draw(t, "form") == 0 {
		link = strings.Replace(link, "https://", "http://www.", 1)
	}
	return rssItem(guid, link, p.title(), date, p.text(feed))
}

// Random publications through random polls: GUIDs stay, churn, are sessions in links or one for one statement
// after another; the window moves and is shuffled; statements are edited; two feeds of the publisher share some
// of them. Every statement is told exactly once, never not at all, and edits are versions.
func TestEveryStatementIsToldExactlyOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp(memory(), "statements") //nolint:usetesting // rapid's T has no TempDir
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		d := openDesk(t, dir, deskFeeds)
		defer d.close()
		var all []*publication
		style := map[string]string{}
		for _, feed := range []string{"a", "b"} {
			style[feed] = rapid.SampledFrom([]string{"stays", "churns", "sessions", "one at a time"}).Draw(t, "style of "+feed)
		}
		for n := range rapid.IntRange(2, 7).Draw(t, "statements") {
			p := &publication{n: n, shown: make(map[string]bool), teaser: map[string]bool{"b": rapid.Bool().Draw(t, "teaser")}}
			p.feeds = rapid.SampledFrom([][]string{{"a"}, {"b"}, {"a", "b"}}).Draw(t, "feeds")
			all = append(all, p)
		}
		shown, fresh := make(map[int]bool), 0
		for range rapid.IntRange(3, 12).Draw(t, "polls") {
			feed := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "poll")
			var items []string
			for _, p := range rapid.Permutation(all).Draw(t, "order") {
				if !slices.Contains(p.feeds, feed) || rapid.IntRange(0, 2).Draw(t, "rolled off") == 0 {
					continue
				}
				if len(items) > 0 && style[feed] == "one at a time" {
					break
				}
				if p.known() && style[feed] != "one at a time" && rapid.IntRange(0, 5).Draw(t, "edit") == 0 {
					p.edits++
				}
				items = append(items, p.entry(t, feed, style[feed], &fresh))
				shown[p.n], p.shown[feed] = true, true
			}
			d.poll(feed, items...)
		}
		told, err := d.db.Deliveries(context.Background(), dewline.DeliveryFilter{})
		if err != nil {
			t.Fatal(err)
		}
		stored := make(map[string]int)
		for _, it := range d.items() {
			about, _, _ := strings.Cut(it.Title, " again")
			stored[about]++
		}
		for _, p := range all {
			about, _, _ := strings.Cut(p.title(), " again")
			want := 0
			if shown[p.n] {
				want = 1
			}
			if stored[about] != want {
				t.Errorf("%q is stored %d times, was shown: %v (%v)", about, stored[about], shown[p.n], style)
			}
		}
		if len(told) != len(shown) {
			t.Errorf("%d alerts of %d statements", len(told), len(shown))
		}
	})
}

// memory is a folder that does not wait for a disk, where there is one.
func memory() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return ""
}
