package stories_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"dewline"
	"dewline/facts"
	"dewline/stories"
)

// The sets unseen1 and unseen2 were written by somebody who had not read the judgement. As it was then, it held back 60 of 100
// re-runs of either and joined 88, and held back pairs with another fact: four changes of the first set (three titles that denied or turned
// round who attacked whom) and one of the second. Mended by the first set, it held back 81 of 100 re-runs of the second
// and joined 97, and missed that one (two letters of a name): this is its fair measure. Then it was mended by the second, too. Of the third, with teasers
// and closing lines and with more than one word in the place of another, it joined 811 of 855 re-runs and held back 587, and held back a title
// in Han that said the opposite behind who said it; mended by it, 839 and 811.
func TestUnseen(t *testing.T) {
	for _, n := range []string{"1", "2", "3"} {
		t.Run(n, func(t *testing.T) {
			bases, kinds := readUnseen(t, "testdata/unseen"+n+".txt")
			outlets := readOutlets(t, "testdata/outlets"+n+".txt")
			var u unseen
			for _, b := range bases {
				u.reruns(b, outlets[b.language])
				u.changes(b, outlets[b.language])
			}
			for _, k := range kinds {
				u.siblings(k)
			}
			u.measure(t)
		})
	}
}

// Whatever is taken out of two texts as saying nothing, a changed fact is not.
func TestDoubtful(t *testing.T) {
	bases, _ := readUnseen(t, "testdata/doubtful.txt")
	outlets := readOutlets(t, "testdata/outlets2.txt")
	j := stories.New(facts.Differ)
	var u unseen
	for _, b := range bases {
		u.changes(b, outlets[b.language])
	}
	for _, p := range u.pairs {
		if j.Compare(p.earlier, p.later).Copy() {
			t.Errorf("held back: %s", p.name)
		}
	}
}

// became counts what became of pairs of a class.
type became struct{ all, found, joined, held int }

func (n *became) add(found bool, r dewline.Resemblance) {
	n.all++
	if !found {
		return
	}
	n.found++
	if r.Same {
		n.joined++
	}
	if r.Copy() {
		n.held++
	}
}

// measure holds what the judge makes of the pairs.
func (u *unseen) measure(t *testing.T) {
	j := stories.New(facts.Differ)
	var reruns, whole became
	for _, p := range u.pairs {
		r := j.Compare(p.earlier, p.later)
		switch p.class {
		case "rerun":
			reruns.add(sharesKey(j, p.earlier, p.later), r)
			if !r.Copy() {
				t.Logf("told: %s: %v", p.name, r)
			}
		case "whole":
			whole.add(sharesKey(j, p.earlier, p.later), r)
		case "changed":
			if r.Copy() {
				t.Errorf("held back: %s", p.name)
			}
		case "sibling":
			if r.Same {
				t.Errorf("joined: %s", p.name)
			}
		}
	}
	t.Logf("%d pairs; re-runs %+v; texts behind their teasers %+v", len(u.pairs), reruns, whole)
	if 200*reruns.found < 199*reruns.all || 100*reruns.joined < 97*reruns.all || 100*reruns.held < 92*reruns.all {
		t.Errorf("of the re-runs: %+v", reruns)
	}
	if 100*whole.joined < 95*whole.all || whole.held > 0 {
		t.Errorf("of the texts behind their teasers, which say more: %+v", whole)
	}
}

func sharesKey(j *stories.Judge, a, b *dewline.Item) bool {
	of := j.Keys(a)
	return slices.ContainsFunc(j.Keys(b), func(k uint64) bool { return slices.Contains(of, k) })
}

// likeKind are reports of one kind.
type likeKind struct {
	line     int
	language string
	all      []*dewline.Item
}

func readUnseen(t testing.TB, path string) (bases []*base, kinds []*likeKind) {
	t.Helper()
	var b *base
	var k *likeKind
	for _, l := range lines(t, path) {
		sign, rest, _ := strings.Cut(l.text, " ")
		switch {
		case sign == "==":
			b, k = &base{line: l.n + 1, language: rest}, nil
			bases = append(bases, b)
		case sign == "%%":
			k = &likeKind{line: l.n + 1, language: rest[strings.LastIndexByte(rest, ' ')+1:]}
			kinds = append(kinds, k)
		case k != nil:
			parts := strings.SplitN(l.text, " | ", 3)
			k.all = append(k.all, item(k.language, parts[1], parts[2]))
		case sign == "T:":
			b.title = rest
		case sign == "B:":
			b.body = rest
		default:
			e := edit{line: l.n + 1, class: sign, into: rest}
			if sign != "=T" && sign != "!+" {
				e.from, e.into, _ = strings.Cut(rest, " > ")
				if in := map[bool]string{true: b.title, false: b.body}[sign == "!T"]; !strings.Contains(in, e.from) || e.from == e.into {
					t.Fatalf("%s:%d: %q does not stand there", path, e.line, e.from)
				}
			}
			b.edits = append(b.edits, e)
		}
	}
	return bases, kinds
}

// outletsOf are what the outlets of a language put round a statement.
type outletsOf struct{ behindTitle, beforeTitle, before, behind []string }

func readOutlets(t testing.TB, path string) map[string]*outletsOf {
	t.Helper()
	m := make(map[string]*outletsOf)
	for _, l := range lines(t, path) {
		parts := strings.SplitN(l.text, " ", 3)
		o := m[parts[1]]
		if o == nil {
			o = &outletsOf{}
			m[parts[1]] = o
		}
		list := map[string]*[]string{"title": &o.behindTitle, "pre": &o.beforeTitle, "before": &o.before, "behind": &o.behind}[parts[0]]
		*list = append(*list, parts[2])
	}
	return m
}

// unseen collects the pairs of a set.
type unseen struct{ pairs []pair }

// add adds a pair. It comes from one feed or from two, with days or without.
func (u *unseen) add(class, name string, earlier, later *dewline.Item) {
	e, l := *earlier, *later
	day := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	e.Feed, l.Feed = dewline.FeedRef{Name: "A", URL: "https://a.example/feed"}, dewline.FeedRef{Name: "B", URL: "https://b.example/feed"}
	switch len(u.pairs) % 6 {
	case 0:
		e.Published, l.Published = day, day.Add(2*time.Hour)
	case 1:
		e.Published, l.Published = day, day.Add(20*time.Hour)
	case 3:
		e.Published, l.Published, l.Feed = day, day.Add(time.Hour), e.Feed
	case 4:
		e.Published = day
	case 5:
		l.Published = day
	}
	u.pairs = append(u.pairs, pair{class, name, &e, &l})
}

// reruns are the statement as other outlets print it.
func (u *unseen) reruns(b *base, o *outletsOf) {
	first := item(b.language, b.title, b.body)
	add := func(what, title, body string) {
		u.add("rerun", fmt.Sprintf("%s line %d: %s", b.language, b.line, what), first, item(b.language, title, body))
	}
	blocks := strings.Split(b.body, unblocked)
	merged := strings.Join(blocks, " ")
	add("verbatim", b.title, b.body)
	add("one paragraph", b.title, merged)
	add("a paragraph for each sentence", b.title, eachSentence(b.body))
	add("the last paragraph cut", b.title, strings.Join(blocks[:len(blocks)-1], unblocked))
	add("the first paragraph alone", b.title, blocks[0])
	add("cut within", b.title, string([]rune(merged)[:6*len([]rune(merged))/10])+"…")
	for _, most := range []int{200, 251, 300} {
		if all := []rune(merged); len(all) > most+20 {
			add(fmt.Sprintf("a teaser of %d letters", most), b.title, string(all[:most])+"…")
			add(fmt.Sprintf("a teaser of %d letters and three points", most), b.title, string(all[:most])+" ...")
			teaser := item(b.language, b.title, string(all[:most])+"…")
			u.add("whole", fmt.Sprintf("%s line %d: the whole behind %d letters", b.language, b.line, most), teaser, first)
		}
	}
	add("two paragraphs", b.title, strings.Join(blocks[:min(2, len(blocks))], unblocked))
	add("other marks", typeset(b.title), typeset(b.body))
	if s := misspelt(b.body); s != "" {
		add("a slip", b.title, s)
	}
	for _, s := range o.behindTitle {
		add(s, b.title+s, b.body)
	}
	for _, s := range o.beforeTitle {
		add(s, s+b.title, b.body)
	}
	for _, s := range o.before {
		add(s, b.title, s+undated(b.body))
	}
	for _, s := range o.behind {
		add(s, b.title, b.body+unblocked+s)
	}
	for i := range 3 {
		add("everything", b.title+o.behindTitle[i%len(o.behindTitle)], o.wire(i, b.body))
	}
	for _, e := range b.edits {
		if title, body, light := e.apply(b); light {
			what := fmt.Sprintf("edit of line %d", e.line)
			add(what, title, body)
			add(what+" and everything", title, o.wire(len(u.pairs), body))
		}
	}
}

// wire is a text with all that an outlet puts round it.
func (o *outletsOf) wire(i int, body string) string {
	return o.before[i%len(o.before)] + strings.ReplaceAll(undated(body), unblocked, " ") + unblocked + o.behind[i%len(o.behind)]
}

// apply is the statement with an edit in it; light says that it is no change of fact.
func (e *edit) apply(b *base) (title, body string, light bool) {
	title, body = b.title, b.body
	switch e.class {
	case "=T":
		title = e.into
	case "!T":
		title = strings.Replace(title, e.from, e.into, 1)
	case "!+":
		body += unblocked + e.into
	default:
		body = strings.Replace(body, e.from, e.into, 1)
	}
	return title, body, strings.HasPrefix(e.class, "=")
}

// changes are the statement with another fact, told with and without what outlets put round it, whole and cut behind the change.
func (u *unseen) changes(b *base, o *outletsOf) {
	first := item(b.language, b.title, b.body)
	for _, e := range b.edits {
		title, body, light := e.apply(b)
		if light {
			continue
		}
		name := fmt.Sprintf("%s line %d", b.language, e.line)
		later := item(b.language, title, body)
		for range 6 { // all feeds and days
			u.add("changed", name, first, later)
		}
		for i := range 3 {
			u.add("changed", name+" and everything", first, item(b.language, title+o.behindTitle[i%len(o.behindTitle)], o.wire(i, body)))
		}
		u.add("changed", name+" in paragraphs", first, item(b.language, title, eachSentence(body)))
		if e.class != "!+" {
			u.add("changed", name+" back", later, first)
		}
		if at := strings.Index(body, e.into); e.class == "!" && at >= 0 {
			cut, _, _ := strings.Cut(body[at:], unblocked)
			u.add("changed", name+" cut", first, item(b.language, title, body[:at]+cut))
		}
	}
}

// siblings are all pairs of reports of one kind.
func (u *unseen) siblings(k *likeKind) {
	for i, a := range k.all {
		for j, b := range k.all {
			if i != j {
				u.add("sibling", fmt.Sprintf("line %d: %d and %d", k.line, i+1, j+1), a, b)
			}
		}
	}
}

// undated is a text without its dateline, where it has one.
func undated(body string) string {
	for _, line := range []string{"ARLEN — ", "PORT ELLERY, Nov 24 — ", "新华社北京11月24日电 ", "（中央社高雄25日電）"} {
		body = strings.TrimPrefix(body, line)
	}
	return body
}

// eachSentence is a text with a paragraph for each sentence.
func eachSentence(body string) string {
	body = strings.ReplaceAll(body, unblocked, "\n")
	body = strings.NewReplacer(". ", ".\n", "! ", "!\n", "? ", "?\n", "। ", "।\n", "。", "。\n").Replace(body)
	blocks := slices.DeleteFunc(strings.Split(body, "\n"), func(s string) bool { return strings.TrimSpace(s) == "" })
	return strings.Join(blocks, unblocked)
}

// typeset is a text with the quotation marks and dashes of a printer.
func typeset(s string) string {
	open := false
	return strings.Map(func(c rune) rune {
		switch c {
		case '"':
			if open = !open; open {
				return '“'
			}
			return '”'
		case '\'':
			return '’'
		case '—':
			return '–'
		}
		return c
	}, s)
}

// misspelt is a text of which the last long word in small letters has two letters in each other's place.
func misspelt(body string) string {
	words := strings.Fields(body)
	for i := len(words) - 1; i >= 0; i-- {
		w := []rune(words[i])
		at := len(w) / 2
		if len(w) >= 7 && !slices.ContainsFunc(w, func(c rune) bool { return !unicode.IsLower(c) }) && w[at] != w[at+1] {
			w[at], w[at+1] = w[at+1], w[at]
			return strings.Replace(body, words[i], string(w), 1)
		}
	}
	return ""
}
