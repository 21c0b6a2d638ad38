package monitor

import (
	"strings"
	"unicode/utf8"

	"dewline"
)

// Edits says who is told of edits, and what a fact is. The zero value: nobody is told.
type Edits struct {
	// Told are the receivers of each rule that tells changes, by its name.
	Told map[string][]string
	// Differ lists the facts that differ between two texts in a language. It is pure
	// and safe for concurrent use.
	Differ func(before, after, language string) []dewline.Difference
}

// How much of a difference an alert carries.
const (
	diffWords = 20       // unchanged ones on either side of a change
	diffBytes = 16 << 10 // in all
)

// between is what the rules are told of an edit. Pending: the article's text is still
// to come, so what is missing now may be there then.
func (e *Edits) between(judge Judge, before, after *dewline.Item, found []dewline.Match, pending bool) (all []dewline.Rewritten) {
	if len(e.Told) == 0 {
		return nil
	}
	was := matchAs(judge, before)
	facts := lazily(func() *factDiff { return e.facts(before, after) })
	var diff []dewline.FieldDiff
	for _, rule := range ruled(was, found, e.Told) {
		old, fresh := ofRule(was, rule.Name), ofRule(found, rule.Name)
		reasons := terms(old, fresh, pending)
		for _, d := range facts().near(old, fresh) {
			reasons = append(reasons, dewline.Reason{Kind: dewline.ReasonKind(d.Kind), Old: d.Old, New: d.New})
		}
		if len(reasons) == 0 {
			continue
		}
		m := dewline.Match{Rule: rule, Item: after.Key, Version: after.Version}
		if fresh != nil {
			m = *fresh
		}
		if diff == nil {
			diff = dewline.ShortenDiff(dewline.DiffItems(before, after), diffWords, diffBytes)
		}
		all = append(all, dewline.Rewritten{Match: m, Alert: e.Told[rule.Name], Change: dewline.Change{
			From: before.Version, To: after.Version, Reasons: reasons, Diff: diff,
		}})
	}
	return all
}

// ruled are the rules that matched or match, and tell changes.
func ruled(was, is []dewline.Match, told map[string][]string) (all []dewline.RuleRef) {
	for _, list := range [][]dewline.Match{is, was} {
		for _, m := range list {
			if told[m.Rule.Name] != nil && !hasRef(all, m.Rule.Name) {
				all = append(all, m.Rule)
			}
		}
	}
	return all
}

func hasRef(all []dewline.RuleRef, name string) bool {
	for _, r := range all {
		if r.Name == name {
			return true
		}
	}
	return false
}

func ofRule(matches []dewline.Match, rule string) *dewline.Match {
	for i := range matches {
		if matches[i].Rule.Name == rule {
			return &matches[i]
		}
	}
	return nil
}

// mostHits is how many hits a match may list: of one that has so many, some are not
// listed, and a term that is missing may be there.
const mostHits = 100

// terms are the terms of a rule that appear or disappear. Of a rule that holds
// without any, such as one that only forbids, the rule itself is the term.
func terms(was, is *dewline.Match, pending bool) (reasons []dewline.Reason) {
	if was != nil && is != nil && (len(was.Hits) >= mostHits || len(is.Hits) >= mostHits) {
		return nil
	}
	for _, term := range beyondTerms(is, was) {
		reasons = append(reasons, dewline.Reason{Kind: dewline.ReasonAppears, New: term})
	}
	if pending {
		return reasons
	}
	for _, term := range beyondTerms(was, is) {
		reasons = append(reasons, dewline.Reason{Kind: dewline.ReasonDisappears, Old: term})
	}
	return reasons
}

// beyondTerms are the terms of a match that another one has not.
func beyondTerms(of, other *dewline.Match) (list []string) {
	if of == nil {
		return nil
	}
	has := make(map[string]bool)
	if other != nil {
		for _, h := range other.Hits {
			has[h.Term] = true
		}
	}
	for _, h := range of.Hits {
		if !has[h.Term] {
			has[h.Term] = true
			list = append(list, h.Term)
		}
	}
	if other == nil && len(list) == 0 {
		list = append(list, of.Rule.Name)
	}
	return list
}

// factDiff is what differs in fact between two versions, each as one text.
type factDiff struct {
	before, after oneText
	differ        []dewline.Difference
}

func (e *Edits) facts(before, after *dewline.Item) *factDiff {
	f := &factDiff{before: textOf(before), after: textOf(after)}
	language := after.Language
	if language == "" {
		language = before.Language
	}
	f.differ = e.Differ(f.before.text, f.after.text, language)
	return f
}

// near are the differences beside what a rule found, then or now. All are, of a rule
// that found nothing in the texts.
func (f *factDiff) near(was, is *dewline.Match) (all []dewline.Difference) {
	for _, d := range f.differ {
		gone := d.Old != "" && f.before.near(was, d.OldStart, d.OldEnd)
		come := d.New != "" && f.after.near(is, d.NewStart, d.NewEnd)
		if gone || come {
			all = append(all, d)
		}
	}
	return all
}

// oneText is what a reader sees of an item as one text, and where in it each field begins.
type oneText struct {
	text  string
	title int // its length
	begin map[string]int
}

func textOf(it *dewline.Item) oneText {
	w := oneText{title: len(it.Title), begin: make(map[string]int)}
	for _, field := range []string{dewline.FieldTitle, dewline.FieldSummary, dewline.FieldContent} {
		if w.text != "" {
			w.text += "\n\n"
		}
		w.begin[field] = len(w.text)
		w.text += it.Text(field)
	}
	return w
}

// nearby is how many characters of the same block lie at most between a match and what
// is near it.
const nearby = 500

// near reports whether a place is near what a rule found: in its block, and no more
// than nearby away; or in the title, which speaks for the whole.
func (w *oneText) near(m *dewline.Match, start, end int) bool {
	if m == nil {
		return false
	}
	if end <= w.title {
		return true
	}
	placed := false
	for _, h := range m.Hits {
		begin, ok := w.begin[h.Field]
		if !ok {
			continue
		}
		placed = true
		from, to := min(start, begin+h.Start), max(end, begin+h.End)
		if from < 0 || to > len(w.text) || strings.Contains(w.text[from:to], "\n\n") {
			continue
		}
		apart := utf8.RuneCountInString(w.text[from:to]) - (end - start) - (h.End - h.Start)
		if apart <= nearby {
			return true
		}
	}
	return !placed
}

func lazily[T any](make func() *T) func() *T {
	var made *T
	return func() *T {
		if made == nil {
			made = make()
		}
		return made
	}
}

// edited is what the rules are told of an edit that a poll brought.
func (r *recognition) edited(judge Judge, before, after *dewline.Item, found []dewline.Match) []dewline.Rewritten {
	if len(r.edits.Told) == 0 {
		return nil
	}
	return r.edits.between(judge, before, after, found, r.pending(after))
}
