package monitor

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"dewline"
)

// byWords judges by the title, which is the statement, and by the words of the summary, which are its facts.
type byWords struct{}

func (byWords) Read(it *dewline.Item) ([]uint64, func(*dewline.Item) dewline.Resemblance) {
	if it.Title == "no keys" {
		panic(it.Title)
	}
	return []uint64{uint64(it.Title[0])}, func(earlier *dewline.Item) dewline.Resemblance { return compareByWords(earlier, it) }
}

func compareByWords(earlier, later *dewline.Item) (r dewline.Resemblance) {
	if later.Title == "boom" {
		panic(later.Title)
	}
	r.Same = earlier.Title == later.Title
	for _, w := range strings.Fields(later.Summary) {
		if !strings.Contains(earlier.Summary, w) {
			r.Differ = append(r.Differ, dewline.Difference{Kind: dewline.FactNumber, New: w})
		}
	}
	return r
}

// shelf holds what is stored, and counts who asks.
type shelf struct {
	Store
	copies dewline.Copies
	asked  int
}

func (s *shelf) Copies(context.Context, dewline.Key, []uint64, time.Time) (dewline.Copies, error) {
	s.asked++
	return s.copies, nil
}

func said(n byte, title, facts string) dewline.Item {
	return dewline.Item{Key: dewline.Key{n}, Title: title, Summary: facts, Version: 1, Feed: dewline.FeedRef{Name: "x"}}
}

// stands is an item as a copy that is stored, of another one.
func stands(it, of dewline.Item, told bool) dewline.Copy {
	return dewline.Copy{Placed: dewline.Placed{Item: it.Key, Story: dewline.StoryKey(of.Key), Of: of.Key, Feed: "y", Keys: []uint64{1}}, As: it, Told: told}
}

func placedBy(t *testing.T, stored dewline.Copies, matches []string, items ...dewline.Item) (places map[string]dewline.Placed, asked int) {
	t.Helper()
	s := &shelf{copies: stored}
	m := &Monitor{Options: Options{Store: s, Log: slog.New(slog.DiscardHandler), Stories: Stories{
		Judge: byWords{}, Standing: func(it *dewline.Item) int { return len(it.Title) }, Rules: map[string]dewline.StoryRule{"asks": {Stories: dewline.StoriesFirst}},
	}}}
	var found []dewline.Match
	for i, rule := range matches {
		found = append(found, dewline.Match{Rule: dewline.RuleRef{Name: rule}, Item: items[i].Key})
	}
	j, err := m.joins(t.Context(), items, found, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	places = make(map[string]dewline.Placed)
	for _, p := range j.Placed {
		places[fmt.Sprint(p.Item[0])] = p
	}
	return places, s.asked
}

// What nobody asks a story of is not compared, and not looked up.
func TestOnlyWhatIsAskedIsPlaced(t *testing.T) {
	places, asked := placedBy(t, dewline.Copies{}, []string{"asks", "other"}, said(1, "a", ""), said(2, "a", ""), said(3, "a", ""))
	if len(places) != 1 || asked != 1 || places["1"].Of != (dewline.Key{1}) {
		t.Errorf("looked up %d times: %+v", asked, places)
	}
}

func TestPlaces(t *testing.T) {
	root, other := said(1, "a", "two"), said(2, "a", "two five")
	told := root
	told.Version, told.Summary = 2, "two nine"
	for name, c := range map[string]struct {
		stored  []dewline.Copy
		own     dewline.Placed
		it      dewline.Item
		of      byte
		story   byte
		differs int
		same    int
	}{
		"nothing is like it":         {it: said(9, "b", ""), of: 9, story: 9},
		"a copy":                     {stored: []dewline.Copy{stands(root, root, true)}, it: said(9, "a", "two"), of: 1, story: 1, same: 1},
		"a copy that says less":      {stored: []dewline.Copy{stands(root, root, true)}, it: said(9, "a", ""), of: 1, story: 1, same: 1},
		"another number":             {stored: []dewline.Copy{stands(root, root, true)}, it: said(9, "a", "three"), of: 9, story: 1, differs: 1},
		"another statement":          {stored: []dewline.Copy{stands(root, root, true)}, it: said(9, "b", "two"), of: 9, story: 9},
		"of two, the nearest is why": {stored: []dewline.Copy{stands(root, root, true), stands(other, other, false)}, it: said(9, "a", "five six"), of: 9, story: 2, differs: 1},
		"a copy of one told of an edit alone": {
			stored: []dewline.Copy{stands(root, root, true), stands(told, root, true)}, it: said(9, "a", "nine"), of: 1, story: 1, same: 1},
		"all that was told is compared": {
			stored: []dewline.Copy{stands(root, root, true), stands(told, root, true)}, it: said(9, "a", "two"), of: 1, story: 1, same: 2},
		"an edit of a copy":            {stored: []dewline.Copy{stands(root, root, true)}, own: stands(said(9, "", ""), root, false).Placed, it: said(9, "a", "two"), of: 1, story: 1, same: 1},
		"an edit that breaks out":      {stored: []dewline.Copy{stands(root, root, true)}, own: stands(said(9, "", ""), root, false).Placed, it: said(9, "a", "six"), of: 9, story: 1, differs: 1},
		"an edit into something else":  {stored: []dewline.Copy{stands(root, root, true)}, own: stands(said(9, "", ""), root, false).Placed, it: said(9, "b", "six"), of: 9, story: 1},
		"an edit of the first":         {stored: []dewline.Copy{stands(other, said(9, "", ""), true)}, own: stands(said(9, "", ""), said(9, "", ""), false).Placed, it: said(9, "a", "two"), of: 9, story: 9, same: 1},
		"an edit joins no other story": {stored: []dewline.Copy{stands(root, root, true)}, own: stands(said(9, "", ""), said(8, "", ""), false).Placed, it: said(9, "a", "two"), of: 9, story: 8, same: 1},
		"a fault in the comparison":    {stored: []dewline.Copy{stands(root, root, true)}, it: said(9, "boom", "two"), of: 9, story: 9},
		"a fault in its keys":          {it: said(9, "no keys", "two"), of: 9, story: 9},
	} {
		t.Run(name, func(t *testing.T) {
			places, _ := placedBy(t, dewline.Copies{Own: c.own, Items: c.stored}, []string{"asks"}, c.it)
			p := places["9"]
			if p.Of != (dewline.Key{c.of}) || p.Story != dewline.StoryKey(dewline.Key{c.story}) || len(p.Differs) != c.differs || len(p.Same) != c.same {
				t.Errorf("%+v", p)
			}
			if !c.own.Of.IsZero() && (p.Feed != "y" || p.Keys[0] != 1) {
				t.Errorf("what was known of it is lost: %+v", p)
			}
		})
	}
}

// What comes together is compared too, however much it is: the first is told, and all that say the same are its copies.
func TestCopiesOfOneCommit(t *testing.T) {
	var items []dewline.Item
	var rules []string
	for i := range 200 {
		items, rules = append(items, said(byte(i), "a", []string{"one", "one two"}[i%2])), append(rules, "asks")
	}
	places, _ := placedBy(t, dewline.Copies{}, rules, items...)
	for i := range items {
		p := places[fmt.Sprint(i)]
		if want := (dewline.Key{byte(i % 2)}); p.Of != want || p.Story != dewline.StoryKey(items[0].Key) || i > 1 && p.Same[0].Item[0] > 1 {
			t.Fatalf("item %d: %+v", i, p)
		}
	}
}

// However many bring one statement at once, each commits in the end.
func TestWhoIsOvertakenWaitsForHisTurn(t *testing.T) {
	m := &Monitor{}
	var mu sync.Mutex
	stored := 0
	look := func() int {
		mu.Lock()
		defer mu.Unlock()
		return stored
	}
	var all sync.WaitGroup
	for range 200 {
		all.Go(func() {
			err := m.lookAgain(func() error {
				seen := look()
				runtime.Gosched()
				mu.Lock()
				defer mu.Unlock()
				if seen != stored {
					return fmt.Errorf("x: %w", dewline.ErrOvertaken)
				}
				stored++
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if stored != 200 {
		t.Errorf("%d committed", stored)
	}
}
