package filter

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"dewline"
)

func mustCompile(t testing.TB, rules ...dewline.Rule) *Rules {
	t.Helper()
	r, err := Compile(rules)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestMatch(t *testing.T) {
	r := mustCompile(t,
		dewline.Rule{Name: "b", Title: "Bravo", Query: "missile", Alert: []string{"desk"}},
		dewline.Rule{Name: "a", Title: "Alpha", Query: "test OR missile"},
		dewline.Rule{Name: "uk", Query: "missile", Tags: []string{"uk"}},
		dewline.Rule{Name: "other feed", Query: "missile", Feeds: []string{"Other"}},
		dewline.Rule{Name: "none", Query: "submarine"},
	)
	it := &dewline.Item{
		Key: dewline.Key{7}, Version: 3, Title: "Missile", Content: "The test of a missile.\n",
		Feed: dewline.FeedRef{Name: "MOD", Tags: []string{"uk"}},
	}
	missiles := []dewline.Hit{
		{Term: "missile", Field: "title", Text: "Missile", Start: 0, End: 7},
		{Term: "missile", Field: "content", Text: "missile", Start: 14, End: 21},
	}
	const snippet = "The test of a missile."
	want := []dewline.Match{
		{Rule: dewline.RuleRef{Name: "b", Title: "Bravo"}, Item: it.Key, Version: 3, Alert: []string{"desk"}, Snippet: snippet, Hits: missiles},
		{Rule: dewline.RuleRef{Name: "a", Title: "Alpha"}, Item: it.Key, Version: 3, Snippet: snippet, Hits: []dewline.Hit{
			missiles[0], {Term: "test", Field: "content", Text: "test", Start: 4, End: 8}, missiles[1],
		}},
		{Rule: dewline.RuleRef{Name: "uk"}, Item: it.Key, Version: 3, Snippet: snippet, Hits: missiles},
	}
	if got := r.Match(it); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got := mustCompile(t).Match(it); got != nil {
		t.Errorf("no rules match %+v", got)
	}
	if got := r.Match(&dewline.Item{}); got != nil {
		t.Errorf("an empty item matches %+v", got)
	}
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("Nothing of note was said. ", 40)
	for _, c := range []struct {
		name, query string
		it          dewline.Item
		want        string // what it must contain
	}{
		{"the body before the title", "missile", dewline.Item{Title: "Missile", Content: long + "A missile flew. " + long}, "A missile flew."},
		{"the title where the body has none", "missile", dewline.Item{Title: "Missile test", Content: long}, "Missile test"},
		{"where the terms stand together", "missile test", dewline.Item{Content: "A missile. " + long + "A test of the missile. " + long}, "A test of the missile."},
		{"the beginning where no text matched", "author:smith", dewline.Item{Authors: []string{"Smith"}, Summary: "In short.", Content: long}, "In short."},
		{"the title where there is nothing else", "author:smith", dewline.Item{Authors: []string{"Smith"}, Title: "Words"}, "Words"},
		{"wide characters", "反导", dewline.Item{Content: strings.Repeat("言", 3000) + "反导系统" + strings.Repeat("语", 3000)}, "反导系统"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := mustCompile(t, dewline.Rule{Query: c.query}).Match(&c.it)
			if len(got) != 1 {
				t.Fatalf("%d matches", len(got))
			}
			s := got[0].Snippet
			if n := utf8.RuneCountInString(s); !strings.Contains(s, c.want) || n > snippetWidth+10 || !utf8.ValidString(s) {
				t.Errorf("%d characters: %q", n, s)
			}
		})
	}
}

// An item that matches nothing costs no allocation once its words are known.
func TestNoAllocation(t *testing.T) {
	r := mustCompile(t,
		dewline.Rule{Query: "submarine"}, dewline.Rule{Query: `"missile defence" OR =ПРО OR 反导`}, dewline.Rule{Query: "ракета -test author:x"},
		dewline.Rule{Query: "tag:army category:x"})
	it := &dewline.Item{
		Title: "Ministry’s “new” ﬁghter… costs €1,000", Content: strings.Repeat("The U.S. said: défense de l'e\u0301te\u0301. ", 50) + "Запуск нового про корабля 导弹 ﾐｻｲﾙ missile test 사드 😀 𝐚.",
		Authors: []string{"A", "B"}, Categories: []string{"c", "d"}, Feed: dewline.FeedRef{Tags: []string{"uk", "x"}}, Language: "fr",
	}
	if got := r.Match(it); got != nil {
		t.Fatalf("matches %+v", got)
	}
	if n := testing.AllocsPerRun(100, func() { r.Match(it) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Nor does it under the rules of a desk: a thousand, as the benchmarks have them.
func TestNoAllocationUnderManyRules(t *testing.T) {
	langs := benchLanguages()
	rules := mustCompile(t, asRules(benchRules(langs, 1000, (*benchWords).rare))...)
	s := rules.take() // with room for every word: in a small memo six of one item may have five places
	for len(s.memo.sets) < memoSets {
		s.memo.grow()
	}
	rules.put(s)
	unmatched := 0
	for _, it := range benchItems(langs, 300) {
		if rules.Match(it) != nil { // and the memo learns the words
			continue
		}
		unmatched++
		if n := testing.AllocsPerRun(10, func() { rules.Match(it) }); n != 0 {
			t.Errorf("%v allocations for an item of %d bytes in %s", n, len(it.Content), it.Language)
		}
	}
	if unmatched < 50 {
		t.Errorf("only %d items match nothing", unmatched)
	}
}

// Rules judge items in many goroutines at once.
func TestConcurrent(t *testing.T) {
	r := mustCompile(t, dewline.Rule{Query: "ракета OR missile OR lancer OR Rakete"}, dewline.Rule{Query: `"a b"`})
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 200 {
				it := &dewline.Item{Content: fmt.Sprintf("x%d ракетой missiles lance Raketen a b", i), Language: []string{"fr", "de", "ru", "es"}[g%4]}
				if got := len(r.Match(it)); got != 2 {
					t.Errorf("%d matches", got)
				}
			}
		})
	}
	wg.Wait()
}

// What belongs to one item is not taken for another's when the counter of items
// begins again.
func TestEpochWraps(t *testing.T) {
	r := mustCompile(t, dewline.Rule{Query: `missile OR "a b"`})
	r.Match(&dewline.Item{Content: "missile a b"})
	s := r.take()
	s.epoch = ^uint32(0)
	r.put(s)
	for range 3 {
		if got := r.Match(&dewline.Item{Content: "a missing b"}); got != nil {
			t.Fatalf("matches %+v", got)
		}
	}
}
