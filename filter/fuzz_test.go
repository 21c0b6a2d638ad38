package filter

import (
	"errors"
	"reflect"
	"testing"

	"dewline"
)

func FuzzParse(f *testing.F) {
	for _, c := range languageTests {
		f.Add(c.query)
	}
	f.Add(`title:(a OR -b) NOT (="c, d" -"e")`)
	f.Add("'0\xff")
	f.Fuzz(func(t *testing.T, query string) {
		if len(query) > maxQuery/4 {
			return // its long form may be longer than a query may be
		}
		checkString(t, query)
		_, err := Parse(query)
		var bad *dewline.SyntaxError
		if errors.As(err, &bad) && (bad.Offset < 0 || bad.End < bad.Offset || bad.End > len(query)) {
			t.Errorf("the fault is at %d-%d of %d bytes", bad.Offset, bad.End, len(query))
		}
	})
}

// Whatever the text, matching does not panic, finds what the reference finds, and
// every hit stands where it says.
func FuzzMatch(f *testing.F) {
	for _, c := range languageTests {
		f.Add(c.query, c.text, "en")
	}
	for _, e := range someExpressions {
		f.Add("/"+e+"/", "S-400 missiles antimissile test", "")
	}
	f.Fuzz(func(t *testing.T, query, text, language string) {
		rules := []dewline.Rule{{Name: "r", Query: query}}
		compiled, err := Compile(rules)
		if err != nil || len(text) > 1<<12 || len(query) > 1<<10 {
			return
		}
		it := &dewline.Item{Title: text, Content: text + "\n" + query + " " + text, Language: language, Authors: []string{text, query}}
		got := compiled.Match(it)
		for _, m := range got {
			for _, h := range m.Hits {
				if s := fieldText(it, fieldNumbers[h.Field]); s[h.Start:h.End] != h.Text || h.Text == "" {
					t.Errorf("%+v stands at %q", h, s[h.Start:h.End])
				}
			}
		}
		if want := refMatch(rules, it); !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
		q, _ := Parse(query)
		if x := q.Explain(it); x.Matches != (len(got) > 0) || x.Matches == (len(x.Failed) > 0) {
			t.Errorf("%d matches, explained as %+v", len(got), x)
		}
	})
}
