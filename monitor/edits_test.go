package monitor

import (
	"fmt"
	"strings"
	"testing"

	"dewline"
)

// wordJudge has one rule, which finds a word.
type wordJudge string

func (w wordJudge) Match(it *dewline.Item) []dewline.Match {
	m := dewline.Match{Rule: dewline.RuleRef{Name: "r"}, Item: it.Key, Version: it.Version, Alert: []string{"desk"}}
	for _, field := range []string{dewline.FieldTitle, dewline.FieldSummary, dewline.FieldContent} {
		if at := strings.Index(it.Text(field), string(w)); at >= 0 {
			m.Hits = append(m.Hits, dewline.Hit{Term: string(w), Field: field, Text: string(w), Start: at, End: at + len(w)})
		}
	}
	if m.Hits == nil {
		return nil
	}
	return []dewline.Match{m}
}

// digits takes each figure that one text alone has for a fact that differs.
func digits(before, after, _ string) (all []dewline.Difference) {
	for i, c := range before {
		if c >= '0' && c <= '9' && !strings.ContainsRune(after, c) {
			all = append(all, dewline.Difference{Kind: dewline.FactNumber, Old: string(c), OldStart: i, OldEnd: i + 1})
		}
	}
	for i, c := range after {
		if c >= '0' && c <= '9' && !strings.ContainsRune(before, c) {
			all = append(all, dewline.Difference{Kind: dewline.FactNumber, New: string(c), NewStart: i, NewEnd: i + 1})
		}
	}
	return all
}

var telling = Edits{Told: map[string][]string{"r": {"desk"}}, Differ: digits}

func TestWhichEditsAreTold(t *testing.T) {
	far := strings.Repeat("и так далее ", 60)
	for _, c := range []struct {
		name          string
		before, after dewline.Item
		pending       bool
		want          string
	}{
		{"a number in the block of the match", text("3 missiles"), text("5 missiles"), false, "number 3 > , number  > 5"},
		{"one in another block", text("missiles\n\nWe have 3 pages"), text("missiles\n\nWe have 5 pages"), false, ""},
		{"one far away in a long block", text("missiles " + far + "3"), text("missiles " + far + "5"), false, ""},
		{"one nearer than that", text("missiles " + far[:len(far)/2] + "3"), text("missiles " + far[:len(far)/2] + "5"), false, "number 3 > , number  > 5"},
		{"one in the title", dewline.Item{Title: "3 dead", Content: "missiles"}, dewline.Item{Title: "5 dead", Content: "missiles"}, false, "number 3 > , number  > 5"},
		{"a match that appears", text("They met."), text("They met on missiles."), false, "appears  > missiles"},
		{"a match that disappears", text("They met on missiles."), text("They met."), false, "disappears missiles > "},
		{"one that may still stand in the article", text("They met on missiles."), text("They met."), true, ""},
		{"a number that went with its match", text("They bought missiles, 3 of them."), text("They met."), false, "disappears missiles > , number 3 > "},
		{"other words", text("many missiles"), text("several missiles"), false, ""},
		{"what the rule never matched", text("3 ships"), text("5 ships"), false, ""},
	} {
		c.before.Version, c.after.Version = 1, 2
		got := telling.between(wordJudge("missiles"), &c.before, &c.after, wordJudge("missiles").Match(&c.after), c.pending)
		var all []string
		for _, r := range got {
			for _, why := range r.Change.Reasons {
				all = append(all, fmt.Sprintf("%s %s > %s", why.Kind, why.Old, why.New))
			}
			if r.Change.From != 1 || r.Change.To != 2 || len(r.Change.Diff) == 0 || r.Match.Version != 2 || len(r.Alert) != 1 {
				t.Errorf("%s: %+v", c.name, r)
			}
		}
		if strings.Join(all, ", ") != c.want {
			t.Errorf("%s: %q, want %q", c.name, all, c.want)
		}
	}
}

func text(content string) dewline.Item { return dewline.Item{Content: content} }

// Of a rule that found nothing in the texts, such as one of all items of a tag, every
// fact is near.
func TestRulesWithoutWords(t *testing.T) {
	before, after := text("3 ships"), text("5 ships")
	if got := telling.between(judgeRule{}, &before, &after, judgeRule{}.Match(&after), false); len(got) != 1 {
		t.Errorf("%+v", got)
	}
}

type judgeRule struct{}

func (judgeRule) Match(it *dewline.Item) []dewline.Match {
	return []dewline.Match{{Rule: dewline.RuleRef{Name: "r"}, Item: it.Key, Hits: []dewline.Hit{{Term: "tag:uk", Field: dewline.FieldTag, Text: "uk", End: 2}}}}
}

// An entry of a part that is read for the first time tells no edits, and nobody is
// asked where no rule tells any.
func TestEditsOfAPoll(t *testing.T) {
	known := dewline.Known{Fingerprint: 1, Text: 1, Version: 2}
	for _, c := range []struct {
		name  string
		old   bool
		edits Edits
		want  int
	}{
		{"an edit", false, telling, 1}, {"an old entry", true, telling, 0}, {"no rule", false, Edits{}, 0},
	} {
		e := entry("a", "5 missiles", 3, nil)
		e.Old = c.old
		r := &recognition{
			edits: c.edits, pending: func(*dewline.Item) bool { return false }, known: map[dewline.Key]dewline.Known{e.Key: known},
			recall: func(item dewline.Key) (dewline.Past, error) {
				it := dewline.Item{Key: item, Title: "a", Summary: "3 missiles", Version: 2}
				return dewline.Past{Current: it, Served: []dewline.Item{it}}, nil
			},
		}
		resp := dewline.Response{Parsed: dewline.Parsed{Entries: []dewline.Entry{e}}}
		if err := r.recognise(resp.Entries, nil); err != nil {
			t.Fatal(err)
		}
		if got := take(&resp, r, wordJudge("missiles")); len(got.rewritten) != c.want || got.fault != nil {
			t.Errorf("%s: %+v, %v", c.name, got.rewritten, got.fault)
		}
	}
}
