package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"dewline"
	"dewline/filter"
	"dewline/store"
)

// What a search of a large store costs: items of 2 kB of text and as much mark-up,
// of which one in a thousand is found. With -cpu 1,2 one sees what more cores bring.
func BenchmarkSearch(b *testing.B) {
	const items = 100_000
	db, err := store.Open(filepath.Join(b.TempDir(), "dewline.db"), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	fillStore(b, db, items)
	for _, query := range []string{"anti-missile", "@missile-defence", `/s-?[34]\d0/`} {
		b.Run(query, func(b *testing.B) {
			s := newSearcher(db, builtinLanguage(b))
			looked := 0
			for b.Loop() {
				q, err := s.read(query)
				if err != nil {
					b.Fatal(err)
				}
				for before := uint64(0); ; {
					page, err := q.sift(context.Background(), before, time.Time{})
					if err != nil {
						b.Fatal(err)
					}
					looked += page.Looked
					if before = page.Next; before == 0 {
						break
					}
				}
			}
			if looked != items*b.N {
				b.Errorf("%d items were looked at, want %d", looked, items*b.N)
			}
			b.ReportMetric(float64(looked)/b.Elapsed().Seconds(), "items/s")
		})
	}
}

// fillStore stores so many items of different texts.
func fillStore(b *testing.B, db *store.DB, items int) {
	b.Helper()
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	feed := dewline.Feed{Name: "x", URL: "http://x.test/", Schedule: "@hourly"}
	if err := db.Register(context.Background(), []dewline.Feed{feed}, now); err != nil {
		b.Fatal(err)
	}
	const each = 1000
	for from := 0; from < items; from += each {
		st, ok, err := db.ClaimFeed(context.Background(), feed.Key(), now, now.Add(time.Hour))
		if err != nil || !ok {
			b.Fatal(ok, err)
		}
		c := &dewline.Commit{State: st, Known: make(map[dewline.Key]dewline.Known), Poll: dewline.Poll{Feed: st.Key, At: now, Entries: each, New: each}}
		for i := from; i < from+each; i++ {
			it := dewline.Item{
				Key:  dewline.ItemKey(feed.Key(), dewline.Identity{Kind: dewline.IdentityGUID, Value: strconv.Itoa(i)}),
				Feed: feed.Ref(), GUID: strconv.Itoa(i), URL: fmt.Sprintf("http://x.test/%d", i), Title: fmt.Sprintf("Report %d", i),
				Content: reportOf(i), Language: "en", Version: 1,
			}
			it.HTML = dewline.UnsafeHTML("<p>" + strings.ReplaceAll(it.Content, "\n\n", "</p><p>") + "</p>")
			c.Known[it.Key] = dewline.Known{Text: it.TextHash(), Version: 1}
			c.New = append(c.New, it)
		}
		if err := db.Commit(context.Background(), c); err != nil {
			b.Fatal(err)
		}
		now = now.Add(time.Minute)
	}
}

// reportOf is a text of 2 kB like no other.
func reportOf(n int) string {
	var b strings.Builder
	if n%1000 == 0 {
		b.WriteString("A joint briefing on the anti-missile situation. ")
	}
	for x := uint64(n)*2654435761 + 1; b.Len() < 2000; {
		x = x*6364136223846793005 + 1442695040888963407
		b.WriteString(speedWords[x>>33%uint64(len(speedWords))])
		switch x >> 20 & 31 {
		case 0:
			b.WriteString(".\n\n")
		case 1, 2:
			fmt.Fprintf(&b, " %d ", x>>40&0xfff)
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// builtinLanguage is the query language with the built-in concepts.
func builtinLanguage(t testing.TB) *filter.Concepts {
	t.Helper()
	l, err := language(nil)
	if err != nil {
		t.Fatal(err)
	}
	return l
}
