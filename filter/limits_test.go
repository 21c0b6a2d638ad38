package filter

import (
	"fmt"
	"strings"
	"testing"

	"dewline"
)

// checks counts the comparisons of one match of the rules.
func checks(t *testing.T, it *dewline.Item, queries ...string) (n, matches int) {
	t.Helper()
	var rules []dewline.Rule
	for i, q := range queries {
		rules = append(rules, dewline.Rule{Name: fmt.Sprint(i), Query: q})
	}
	r, err := Compile(rules)
	if err != nil {
		t.Fatal(err)
	}
	matches = len(r.Match(it))
	s := r.take()
	return s.checks, matches
}

// A text that nearly has a phrase at every place costs at most the phrase's length
// a place, and as often as there are places: twice the text, twice the work.
func TestRepeatedTokens(t *testing.T) {
	for _, c := range []struct{ name, token, query string }{
		{"words", "a ", `"` + strings.Repeat("a ", 199) + `b"`},
		{"characters", "反", strings.Repeat("反", 199) + "导"},
		{"syllables", "사", strings.Repeat("사", 199) + "드"},
		{"a phrase of one word", "a ", `"` + strings.Repeat("a ", 200) + `" zzz`},
		{"exact", "a ", `="` + strings.Repeat("a ", 199) + `A"`},
		{"hyphens", "a-", strings.Repeat("a-", 50) + "b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			const n = 20_000
			small, _ := checks(t, &dewline.Item{Content: strings.Repeat(c.token, n)}, c.query)
			large, _ := checks(t, &dewline.Item{Content: strings.Repeat(c.token, 2*n)}, c.query)
			if large > 2*n*(maxPhrase+1) || large > 2*small+maxPhrase*maxPhrase*4 {
				t.Errorf("%d comparisons for %d tokens, %d for %d", small, n, large, 2*n)
			}
		})
	}
}

// Many rules that share all but one word of a phrase are found by that word.
func TestAnchorIsTheRareWord(t *testing.T) {
	var queries []string
	for i := range 2000 {
		queries = append(queries, fmt.Sprintf(`"ministry of defence said x%d"`, i))
	}
	text := strings.Repeat("the ministry of defence said that ", 1000) + "the ministry of defence said x7"
	n, matches := checks(t, &dewline.Item{Content: text}, queries...)
	if matches != 1 || n > 100 {
		t.Errorf("%d matches by %d comparisons", matches, n)
	}
}

// A match lists a bounded number of hits, among them the first of each term.
func TestHugeItem(t *testing.T) {
	r, err := Compile([]dewline.Rule{{Name: "r", Query: "missile rocket anti-missile"}})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("missile anti-missile ", 50_000) + "rocket"
	hits := r.Match(&dewline.Item{Content: text})[0].Hits
	if len(hits) != maxHits {
		t.Errorf("%d hits, want %d", len(hits), maxHits)
	}
	if last := hits[len(hits)-1]; last.Text != "rocket" || last.Start != len(text)-len("rocket") {
		t.Errorf("the last hit is %+v, want the only rocket", last)
	}
	if first := hits[0]; first.Start != 0 || first.Term != "missile" {
		t.Errorf("the first hit is %+v", first)
	}
	for i := 1; i < len(hits); i++ {
		if hits[i].Start < hits[i-1].Start {
			t.Fatalf("hit %d is before hit %d", i, i-1)
		}
	}
}

// A query may have thousands of terms: all of them are found and explained.
func TestLongQueries(t *testing.T) {
	var terms []string
	for i := range maxTerms {
		terms = append(terms, fmt.Sprintf("w%d", i))
	}
	text := &dewline.Item{Content: strings.Join(terms, ". ")}
	for _, op := range []string{" OR ", " "} {
		query := strings.Join(terms, op)
		n, matches := checks(t, text, query)
		if matches != 1 || n > 4*maxTerms {
			t.Errorf("%q: %d matches by %d comparisons", op, matches, n)
		}
		q, err := Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		if x := q.Explain(text); !x.Matches || len(x.Terms) != maxTerms {
			t.Errorf("%q: explained with %d terms", op, len(x.Terms))
		}
	}
}

// A word may be as long as a text; so may a run of marks, or of abbreviations.
func TestLongTokens(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("a", 1<<20), strings.Repeat("a\u0301", 1<<18), "a" + strings.Repeat("\u0301", 1<<18),
		strings.Repeat("a.", 1<<19), strings.Repeat(".", 1<<20), strings.Repeat("\n", 1<<20), strings.Repeat("-", 1<<20),
		strings.Repeat("\xff", 1<<20), strings.Repeat("\u1112\u1161\u11ab", 1<<16),
	} {
		it := &dewline.Item{Content: text + "\n\nmissile"}
		if got := foundIn(t, "missile", it); len(got) != 1 {
			t.Errorf("%.6q…: found %q", text, got)
		}
	}
	long := strings.Repeat("ракета", 20)
	if got := found(t, long, "x "+long+" y"); len(got) != 1 {
		t.Errorf("a word longer than is stemmed: found %q", got)
	}
}

// What the memo may hold is bounded, whatever texts come.
func TestMemoIsBounded(t *testing.T) {
	r, err := Compile([]dewline.Rule{{Name: "r", Query: "missile"}})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		var b strings.Builder
		for k := range 10_000 {
			fmt.Fprintf(&b, "w%dx%d ", i, k)
		}
		r.Match(&dewline.Item{Content: b.String() + " missiles"})
	}
	s := r.take()
	if len(s.memo.sets) != memoSets || len(s.memo.lists) > 4 {
		t.Errorf("the memo has %d sets and %d lists", len(s.memo.sets), len(s.memo.lists))
	}
}

// Words that no rule asks for take no room, however many they are.
func TestUnaskedWordsAreNotKept(t *testing.T) {
	r := mustCompile(t, dewline.Rule{Query: `"missile defence"`})
	s := r.take()
	s.read(&dewline.Item{Content: strings.Repeat("word 言 단어 ", 100_000) + "missile"})
	if len(s.tokens) != 1 || len(s.places) != 0 {
		t.Errorf("%d tokens and %d places are kept, want the one that a rule asks for", len(s.tokens), len(s.places))
	}
}

// A thousand NEARs between words that stand everywhere are judged in a time that
// grows with the text and no faster; alike ones are judged once.
func TestRepeatedNears(t *testing.T) {
	var rules []dewline.Rule
	for i := range 1000 {
		rules = append(rules, dewline.Rule{Query: fmt.Sprintf("(a NEAR/%d b) x", 1+i%10)})
	}
	r := mustCompile(t, rules...)
	if len(r.nears) != 10 {
		t.Errorf("%d NEARs, want 10", len(r.nears))
	}
	if got := len(r.Match(&dewline.Item{Content: strings.Repeat("a a a a a a a a a a a a b x ", 20_000)})); got != 1000 {
		t.Errorf("%d matches", got)
	}
}

// The lists of the memo are forgotten when they become many.
func TestListsAreBounded(t *testing.T) {
	var rules []dewline.Rule
	for i := range 17 {
		rules = append(rules, dewline.Rule{Query: fmt.Sprintf("*q%c*", 'a'+i)})
	}
	r := mustCompile(t, rules...)
	for from := 0; from < 1<<17; from += 1 << 14 {
		var b strings.Builder
		for n := from; n < from+1<<14; n++ {
			b.WriteString(" x")
			for i := range 17 {
				if n&(1<<i) != 0 {
					fmt.Fprintf(&b, "q%c", 'a'+i)
				}
			}
		}
		r.Match(&dewline.Item{Content: b.String()})
	}
	s := r.take()
	if n := len(s.memo.lists); n > maxLists+1<<14 {
		t.Errorf("%d lists", n)
	}
}
