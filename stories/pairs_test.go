package stories_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"dewline"
	"dewline/facts"
	"dewline/stories"
)

// base is a statement, with what became of it.
type base struct {
	line         int
	language     string
	title, body  string
	edits        []edit
	other, words []*dewline.Item
}

type edit struct {
	line       int
	class      string
	from, into string
}

const unblocked = " ¶ "

func readStatements(t testing.TB) (all []*base) {
	t.Helper()
	var b *base
	for _, l := range lines(t, "testdata/statements.txt") {
		n, line := l.n, l.text
		if language, ok := strings.CutPrefix(line, "== "); ok {
			b = &base{line: n + 1, language: language}
			all = append(all, b)
			continue
		}
		key, value, ok := strings.Cut(line, ": ")
		if !ok || b == nil {
			t.Fatalf("statements.txt:%d: %q", n+1, line)
		}
		switch key {
		case "title":
			b.title = value
		case "body":
			b.body = value
		case "other", "words":
			title, body, _ := strings.Cut(value, " | ")
			it := item(b.language, title, body)
			if key == "other" {
				b.other = append(b.other, it)
			} else {
				b.words = append(b.words, it)
			}
		case "retitle":
			b.edits = append(b.edits, edit{n + 1, key, "", value})
		default:
			from, into, ok := strings.Cut(value, " > ")
			if !ok || strings.Count(b.body, from) == 0 {
				t.Fatalf("statements.txt:%d: %q does not stand in the text", n+1, from)
			}
			b.edits = append(b.edits, edit{n + 1, key, from, into})
		}
	}
	return all
}

type numbered struct {
	n    int
	text string
}

// lines are those of a file that say something.
func lines(t testing.TB, path string) (all []numbered) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for n, line := range strings.Split(string(data), "\n") {
		if line != "" && !strings.HasPrefix(line, "# ") && line != "#" {
			all = append(all, numbered{n, line})
		}
	}
	return all
}

func item(language, title, body string) *dewline.Item {
	return &dewline.Item{Language: language, Title: title, Content: strings.ReplaceAll(body, unblocked, "\n\n")}
}

// pair is two items, and what the later one is to the earlier one.
type pair struct {
	class          string
	name           string
	earlier, later *dewline.Item
}

// Of these classes the later is a copy; of those below it is none; the others are other stories.
var (
	copies  = []string{"verbatim", "title", "before", "behind", "light", "retitle", "cut", "teaser", "order", "typography", "several", "written copy"}
	changed = []string{"number", "name", "date", "verdict", "unit", "outcome", "word", "written changed"}
)

// editions are the statement as other outlets print it.
func (b *base) editions(t testing.TB) (all []pair) {
	first := item(b.language, b.title, b.body)
	add := func(class, what string, later *dewline.Item) {
		all = append(all, pair{class, fmt.Sprintf("%s line %d: %s %s", b.language, b.line, class, what), first, later})
	}
	add("verbatim", "", item(b.language, b.title, b.body))
	before, behind := "", ""
	for _, l := range lines(t, "testdata/editions.txt") {
		language, rest, _ := strings.Cut(l.text, " ")
		if base, _, _ := strings.Cut(b.language, "-"); language != "-" && language != base {
			continue
		}
		class, what, _ := strings.Cut(rest, " ")
		switch class {
		case "title":
			add(class, what, item(b.language, b.title+" "+what, b.body))
		case "before":
			before = what + " "
			add(class, what, item(b.language, b.title, what+" "+b.body))
		default:
			behind = unblocked + what
			add(class, what, item(b.language, b.title, b.body+unblocked+what))
		}
	}
	blocks := strings.Split(b.body, unblocked)
	if n := len(blocks); n >= 2 {
		add("cut", "the last paragraph", item(b.language, b.title, strings.Join(blocks[:n-1], unblocked)))
		add("teaser", "the first paragraph", &dewline.Item{Language: b.language, Title: b.title, Summary: blocks[0]})
		moved := slices.Clone(blocks)
		slices.Reverse(moved)
		add("order", "", item(b.language, b.title, strings.Join(moved, unblocked)))
	}
	typography := strings.NewReplacer(`"`, "”", "'", "’", ", ", " ,  ", " — ", " - ", "«", "“", "»", "”")
	add("typography", "", item(b.language, b.title, typography.Replace(b.body)))
	add("several", "", item(b.language, strings.ToUpper(b.title)+" | Example Agency", before+typography.Replace(b.body)+behind))
	return all
}

// pairs are the labelled pairs.
func pairs(t testing.TB) (all []pair) {
	for _, b := range readStatements(t) {
		all = append(all, b.editions(t)...)
		first := item(b.language, b.title, b.body)
		for _, e := range b.edits {
			later := item(b.language, b.title, strings.Replace(b.body, e.from, e.into, 1))
			if e.class == "retitle" {
				later = item(b.language, e.into, b.body)
			}
			all = append(all, pair{e.class, fmt.Sprintf("line %d: %s %s > %s", e.line, e.class, e.from, e.into), first, later})
		}
		for i, o := range b.other {
			all = append(all, pair{"other", fmt.Sprintf("%s line %d: other %d", b.language, b.line, i), first, o})
		}
		for i, w := range b.words {
			all = append(all, pair{"words", fmt.Sprintf("%s line %d: words %d", b.language, b.line, i), first, w})
		}
	}
	return all
}

// written are the pairs that are written out whole.
func written(t testing.TB) (all []pair) {
	var rows []numbered
	for _, l := range append(lines(t, "testdata/pairs.txt"), numbered{text: "== end"}) {
		if strings.HasPrefix(l.text, "== ") && len(rows) > 0 {
			if len(rows) != 3 {
				t.Fatalf("pairs.txt:%d: a pair is two items", rows[0].n+1)
			}
			head, what, _ := strings.Cut(strings.TrimPrefix(rows[0].text, "== "), ": ")
			language, class, _ := strings.Cut(head, " ")
			if class != "other" {
				class = "written " + class
			}
			p := pair{class: class, name: fmt.Sprintf("pairs.txt:%d: %s", rows[0].n+1, what)}
			for i, it := range []**dewline.Item{&p.earlier, &p.later} {
				title, body, _ := strings.Cut(rows[i+1].text, " | ")
				*it = item(language, title, body)
			}
			all, rows = append(all, p), nil
		}
		rows = append(rows, l)
	}
	return all
}

// unrelated are pairs of different statements of one language.
func unrelated(t testing.TB) (all []pair) {
	bases := readStatements(t)
	for _, a := range bases {
		for _, b := range bases {
			if a != b {
				all = append(all, pair{"unrelated", fmt.Sprintf("lines %d and %d", a.line, b.line), item(a.language, a.title, a.body), item(b.language, b.title, b.body)})
			}
		}
	}
	return all
}

// tally is what became of the pairs of a class.
type tally struct{ pairs, found, same, copies int }

func shareKey(j *stories.Judge, a, b *dewline.Item) bool {
	keys := j.Keys(a)
	return slices.ContainsFunc(j.Keys(b), func(k uint64) bool { return slices.Contains(keys, k) })
}

func TestPairs(t *testing.T) {
	j := stories.New(facts.Differ)
	sums := make(map[string]*tally)
	languages := make(map[string]bool)
	for _, p := range slices.Concat(pairs(t), written(t), unrelated(t)) {
		languages[p.earlier.Language] = true
		s := sums[p.class]
		if s == nil {
			s = new(tally)
			sums[p.class] = s
		}
		r := j.Compare(p.earlier, p.later)
		s.pairs++
		if shareKey(j, p.earlier, p.later) {
			s.found++
		} else if slices.Contains(copies, p.class) {
			t.Logf("not found: %s", p.name)
		}
		if r.Same {
			s.same++
		}
		if r.Copy() {
			s.copies++
		}
		switch {
		case slices.Contains(copies, p.class):
			if !r.Copy() {
				t.Logf("no copy: %s: %+v", p.name, r)
			}
		case slices.Contains(changed, p.class) || p.class == "words":
			if r.Copy() {
				t.Errorf("suppressed: %s", p.name)
			}
		case r.Same:
			t.Errorf("joined: %s: %+v", p.name, r)
		}
	}
	all, told := 0, tally{}
	for _, class := range slices.Sorted(maps.Keys(sums)) {
		s := sums[class]
		all += s.pairs
		t.Logf("%-15s %4d pairs, %4d found by a key, %4d joined, %4d copies", class, s.pairs, s.found, s.same, s.copies)
		if slices.Contains(copies, class) {
			told.pairs, told.found, told.copies = told.pairs+s.pairs, told.found+s.found, told.copies+s.copies
		}
	}
	if all < 300 || len(languages) < 8 {
		t.Errorf("%d pairs in %d languages", all, len(languages))
	}
	const aim = 0.97 // of the re-runs; what is wanted is 0.9
	if atLeast := int(aim * float64(told.pairs)); told.found < told.pairs || told.copies < atLeast {
		t.Errorf("of %d re-runs %d are found and %d suppressed, %d at least are expected", told.pairs, told.found, told.copies, atLeast)
	}
	t.Logf("%d pairs in %d languages; of %d re-runs %d found and %d suppressed", all, len(languages), told.pairs, told.found, told.copies)
}
