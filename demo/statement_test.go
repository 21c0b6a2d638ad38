package demo

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

const live = "/bulletin/feed.atom"

// At every moment the feed holds exactly what is out by then, newest first, and a
// statement never changes.
func TestStatementsAppearAtTheirTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := Handler(time.Now)
		start := time.Now()
		seen := map[string]string{} // by GUID
		for n := 1; n <= 3*window; n++ {
			items := readFeed(t, h, live).Items
			if len(items) != min(n, window) {
				t.Fatalf("after %s: %d items, want %d", time.Since(start), len(items), min(n, window))
			}
			if _, old := seen[items[0].GUID]; old {
				t.Fatalf("after %s nothing new", time.Since(start))
			}
			for i, it := range items {
				if want := start.Add(time.Duration(n-1-i) * interval).Truncate(time.Second); !it.PublishedParsed.Equal(want) {
					t.Fatalf("item %d is of %s, want %s", i, it.PublishedParsed, want)
				}
				text := it.Title + "\n" + it.Description + "\n" + it.Link
				if was, ok := seen[it.GUID]; ok && was != text {
					t.Fatalf("%s changed:\n%s\n%s", it.GUID, was, text)
				}
				seen[it.GUID] = text
			}
			time.Sleep(interval - 1)
			if again := readFeed(t, h, live).Items; again[0].GUID != items[0].GUID {
				t.Fatal("a statement appeared before its time")
			}
			time.Sleep(time.Nanosecond)
		}
		if len(seen) != 3*window {
			t.Errorf("%d statements, want %d", len(seen), 3*window)
		}
	})
}

func TestStatementsAreAllDifferent(t *testing.T) {
	start := time.Now()
	titles, texts, ids := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for n := range 2000 {
		s := statementAt(start, n)
		if titles[s.Title] || texts[s.Text] || ids[s.ID] {
			t.Fatalf("statement %d repeats another: %+v", n, s)
		}
		if strings.ContainsAny(s.Title+s.Text, "{}") || s.Language == "" {
			t.Fatalf("statement %d is not filled in: %+v", n, s)
		}
		titles[s.Title], texts[s.Text], ids[s.ID] = true, true, true
	}
}

func TestStatementsAreOfManyLanguages(t *testing.T) {
	languages := map[string]bool{}
	for n := range window {
		languages[statementAt(time.Now(), n).Language] = true
	}
	if len(languages) < 8 {
		t.Errorf("a full window holds %d languages", len(languages))
	}
}

// A later run over the same store says something new.
func TestAnotherRunHasOtherStatements(t *testing.T) {
	start := time.Now()
	for _, later := range []time.Duration{time.Millisecond, interval + time.Millisecond, time.Hour + 7*time.Millisecond} {
		if a, b := statementAt(start, 3), statementAt(start.Add(later), 3); a.ID == b.ID {
			t.Errorf("a run %s later has the same statement %s", later, a.ID)
		}
	}
}

func TestStatementKeepsItsPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := Handler(time.Now)
		first := readFeed(t, h, live).Items[0]
		time.Sleep((window + 5) * interval)
		for _, it := range readFeed(t, h, live).Items {
			if it.GUID == first.GUID {
				t.Fatal("it did not leave the feed")
			}
		}
		page, _ := get(t, h, strings.TrimPrefix(first.Link, "http://"+host))
		if !strings.Contains(string(page), first.Title) || !strings.Contains(string(page), `<html lang="en"`) {
			t.Errorf("the page lacks %q:\n%s", first.Title, page)
		}
	})
}

func TestStatementsThatAreNotOut(t *testing.T) {
	start := time.Now()
	next := statementAt(start, 4)
	now := next.At.Add(-time.Millisecond)
	if _, ok := statementByID(start, now, next.ID); ok {
		t.Error("found before its time")
	}
	if s, ok := statementByID(start, next.At, next.ID); !ok || s != next {
		t.Errorf("not found at its time: %v", s)
	}
	if got := statements(start, start.Add(-time.Minute)); len(got) != 0 {
		t.Errorf("a clock that was set back shows %d statements", len(got))
	}
}
