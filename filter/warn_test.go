package filter

import (
	"strings"
	"testing"

	"dewline"
)

// What is warned of is between the brackets ⟦ and ⟧.
func TestWarnings(t *testing.T) {
	for _, c := range []struct{ query, msg string }{
		{"missile ⟦or⟧ rocket", "`or` is looked for as a word"},
		{"missile ⟦and⟧ (rocket)", "`and` is looked for as a word"},
		{"missile ⟦not⟧ -rocket", "`not` is looked for as a word"},
		{"⟦not⟧ missile", "`not` is looked for as a word"},
		{"ракета ⟦или⟧ дрон", "`или` is looked for as a word"},
		{"Rakete ⟦ODER⟧ Drohne", "`ODER` is looked for as a word"},
		{"导弹 ⟦或⟧ 火箭", "`或` is looked for as a word"},
		{"missile ⟦w/5⟧ test", "`w/5` is looked for as a word"},
		{"missile ⟦ADJ5⟧ test", "`ADJ5` is looked for as a word"},
		{"missile ⟦AROUND⟧(5) test", "`AROUND` is looked for as a word"},
		{"missile ⟦+test⟧", "the + means nothing: terms side by side must all be there"},
		{"⟦missile~2⟧", "the ~ means nothing: the word is looked for as it is written"},
		{"⟦missile^2⟧ test", "the ^ means nothing: the word is looked for as it is written"},
		{`"missile test"⟦^2⟧`, "`^2` is looked for as a word"},
		{"⟦[missile]⟧", "the [ means nothing: the word must be there"},
		{"a ⟦[missile⟧ launcher]", "the [ means nothing: the word must be there"},
		{"⟦{missile}⟧ OR b", "the { means nothing: the word must be there"},
		{"(a b) ⟦or⟧ title:c", "`or` is looked for as a word"},
		{`"a b" ⟦near/5⟧ c`, "`near/5` is looked for as a word"},
		{"⟦missile,⟧ rocket", "the comma means nothing: both words must be there"},
		{"a ⟦missile,⟧ rocket", "the comma means nothing: both words must be there"},
		{"missile ⟦Or⟧ rocket", "`Or` is looked for as a word"},
		{"missile ⟦aNd⟧ rocket", "`aNd` is looked for as a word"},
		{"missile ⟦Near/3⟧ rocket", "`Near/3` is looked for as a word"},
		{"missile ⟦NEAR5⟧ rocket", "`NEAR5` is looked for as a word"},
		{"missile ⟦onear12⟧ rocket", "`onear12` is looked for as a word"},
		{"⟦'missile⟧ test'", "an apostrophe opens no phrase: each word is looked for by itself"},
		{"a (⟦`missile⟧ test`)", "an apostrophe opens no phrase: each word is looked for by itself"},
		{"⟦’missile’⟧", "an apostrophe opens no phrase: each word is looked for by itself"},
		{"missile ⟦!rocket⟧", "the ! means nothing: the word must be there"},
		{`"missile defence"⟦~5⟧`, "`~5` is looked for as a word"},
		{"⟦Пaтриот⟧", "`Пaтриот` mixes letters of two scripts that look alike"},
		{"lang:⟦english⟧ a", "no language tag begins with `english`"},
		{"反导⟦*⟧ OR missile", "this wildcard changes nothing: such text is found inside running text anyway"},
	} {
		before, rest, _ := strings.Cut(c.query, "⟦")
		part, after, _ := strings.Cut(rest, "⟧")
		q, err := Parse(before + part + after)
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
			continue
		}
		want := dewline.SyntaxError{Offset: len(before), End: len(before) + len(part), Msg: c.msg}
		w := q.Warnings()
		if len(w) != 1 {
			t.Errorf("%s: %d warnings", c.query, len(w))
			continue
		}
		if got := *w[0]; got.Offset != want.Offset || got.End != want.End || got.Msg != want.Msg || got.Hint == "" {
			t.Errorf("%s: %+v", c.query, got)
		}
	}
}

func TestNoWarnings(t *testing.T) {
	for _, query := range []string{
		`missile "or" rocket`, "or OR and", "missile OR rocket", "=or b c", "X-400 С-400", "S-400导弹", "lang:en-GB a", "and/or b", "missile -rocket NEAR/2 c",
		"Су-35 OR Su-35", "lang:zh* a", "or missile", "World War I museum", "'80s O'Brien", "soldiers' 'n'roll", "l'OTAN x'", "rock 'n' roll", `"[missile]" a`, "=missile^2",
	} {
		q, err := Parse(query)
		if err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		for _, w := range q.Warnings() {
			t.Errorf("%s: %+v", query, w)
		}
	}
}
