package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"dewline"
)

// sifted walks the store to the end with a question, and returns the titles of
// what was found, how many items were looked at, and in how many pages.
func (b *bench) sifted(before uint64, since time.Time, wanted func(*dewline.Item) bool) (titles []string, looked, pages int) {
	b.Helper()
	for {
		page, err := b.Sift(ctx, before, since, func(it *dewline.Item) (dewline.Found, bool) {
			return dewline.Found{Item: *it, Snippet: it.Title}, wanted(it)
		})
		b.ok(err)
		pages++
		looked += page.Looked
		for _, f := range page.Found {
			titles = append(titles, f.Item.Title)
			if f.Snippet != f.Item.Title || f.Item.Seq == 0 || f.Item.FirstSeen.IsZero() {
				b.Errorf("%q was found as %+v", f.Item.Title, f)
			}
		}
		if page.Next == 0 {
			return titles, looked, pages
		}
		if before != 0 && page.Next >= before {
			b.Fatalf("after %d the walk goes on at %d", before, page.Next)
		}
		before = page.Next
	}
}

// siftedOnce: a question is put to every item once, in its current version, the
// newest first.
func siftedOnce(t *testing.T, e Engine) {
	b := open(t, e)
	all := func(*dewline.Item) bool { return true }
	titles, looked, _ := b.sifted(0, time.Time{}, all)
	b.equal("in an empty store", []any{titles, looked}, []any{[]string(nil), 0})

	const polls, items = 60, 40
	var want []string
	for i := range polls {
		var list []dewline.Item
		for n := range items {
			title := fmt.Sprintf("%d-%d", i, n)
			list = append(list, item(uk, title, title, 1))
			want = append([]string{title}, want...)
		}
		b.poll(uk, list) // at noon, and a second later each
	}
	titles, looked, pages := b.sifted(0, time.Time{}, all)
	b.equal("everything", titles, want)
	b.equal("looked at", looked, polls*items)
	if pages > 100 {
		b.Errorf("%d items take %d pages", polls*items, pages)
	}

	third, err := b.Item(ctx, item(uk, "2-0", "", 1).Key)
	b.ok(err)
	titles, _, _ = b.sifted(third.Seq, time.Time{}, func(it *dewline.Item) bool { return strings.HasSuffix(it.Title, "-7") })
	b.equal("some, from before one", titles, []string{"1-7", "0-7"})
	titles, looked, _ = b.sifted(0, noon.Add((polls-2)*time.Second), all)
	b.equal("since", titles, want[:2*items])
	b.equal("looked at since", looked, 2*items)

	b.poll(uk, []dewline.Item{item(uk, "0-0", "edited", 2)})
	titles, _, _ = b.sifted(2, time.Time{}, all)
	b.equal("an edit is judged in its place, in the newest version", titles, []string{"edited"})
	b.ok(b.Commit(ctx, draft(b.claim(cn), noon.Add(-time.Hour), []dewline.Item{item(cn, "slow", "slow", 1)})))
	titles, _, _ = b.sifted(0, noon.Add((polls-1)*time.Second), all)
	b.equal("since, after a poll that began early and was committed late", titles, want[:items])
}

// siftBounds: what is long comes in small pages, and a judgement that fails ends
// its own search alone.
func siftBounds(t *testing.T, e Engine) {
	b := open(t, e)
	var list []dewline.Item
	for i := range 12 {
		long := item(uk, fmt.Sprint(i), fmt.Sprint(i), 1)
		long.Content = strings.Repeat("x", 4<<20) // compresses to next to nothing
		list = append(list, long)
	}
	b.poll(uk, list)
	page, err := b.Sift(ctx, 0, time.Time{}, func(it *dewline.Item) (dewline.Found, bool) { return dewline.Found{Item: *it}, true })
	b.ok(err)
	if page.Looked == 0 || page.Looked > 4 || page.Next == 0 {
		b.Errorf("a page holds %d items of 4 MiB, and goes on at %d", page.Looked, page.Next)
	}
	_, looked, _ := b.sifted(0, time.Time{}, func(*dewline.Item) bool { return false })
	b.equal("looked at", looked, len(list))

	_, err = b.Sift(ctx, 0, time.Time{}, func(*dewline.Item) (dewline.Found, bool) { panic("a fault that the test set off") })
	if err == nil || !strings.Contains(err.Error(), "a fault that the test set off") {
		b.Errorf("a judgement that panics: %v", err)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := b.Sift(gone, 0, time.Time{}, func(*dewline.Item) (dewline.Found, bool) { return dewline.Found{}, true }); !errors.Is(err, gone.Err()) {
		b.Errorf("nobody wants to know any more: %v", err)
	}
}
