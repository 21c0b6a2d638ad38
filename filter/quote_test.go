package filter

import (
	"slices"
	"testing"
)

func TestQuotationMarks(t *testing.T) {
	for _, query := range []string{
		`"US Navy"`, "“US Navy”", "”US Navy”", "„US Navy“", "„US Navy”", `"US Navy”`, `“US Navy"`, "＂US Navy＂", "«US Navy»", "»US Navy«", "»US Navy»",
		"‹US Navy›", "›US Navy‹", "‘US Navy’", "‚US Navy‘", "‚US Navy’", "《US Navy》", "〈US Navy〉", "〝US Navy〞", "〝US Navy〟", "「US Navy」", "『US Navy』", "｢US Navy｣",
	} {
		for _, text := range []string{"the US Navy", "Navy of the US", "US Navies"} {
			var want []string
			if text == "the US Navy" {
				want = []string{"US Navy"}
			}
			if got := found(t, query, text); !slices.Equal(got, want) {
				t.Errorf("%s in %q: found %q", query, text, got)
			}
			if got := found(t, "("+query+" OR x-ray)", text); !slices.Equal(got, want) {
				t.Errorf("%s in %q, in brackets: found %q", query, text, got)
			}
		}
		if got := found(t, "＝"+query, "the US NAVY"); got != nil {
			t.Errorf("=%s: found %q", query, got)
		}
	}
}

func TestApostrophesOpenNoPhrase(t *testing.T) {
	for _, c := range []struct {
		query, text string
		want        []string
	}{
		{"O'Brien", "O’Brien", []string{"O’Brien"}},
		{"O‘Brien", "O’Brien", []string{"O’Brien"}},
		{"l’OTAN", "l'OTAN", []string{"l'OTAN"}},
		{"’80s missile", "missile of the '80s", []string{"missile", "80s"}},
		{"‘80s missile", "missile of the '80s", []string{"missile", "80s"}},
		{"‘the US’s Navy’", "the US's Navy", []string{"the US's Navy"}},
		{`"a “b” c"`, "a b c", []string{"a b c"}},
		{"＝ПРО", "ПРО про", []string{"ПРО"}},
	} {
		if got := found(t, c.query, c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s in %q: found %q, want %q", c.query, c.text, got, c.want)
		}
	}
}

// Operators of full width are those of half width.
func TestFullWidthOperators(t *testing.T) {
	for query, want := range map[string]string{
		"a ＯＲ b": "a OR b", "a ＡＮＤ b": "a AND b", "a ＮＯＴ b": "a AND NOT b", "a ＮＥＡＲ／３ b": "a NEAR/3 b", "a ＯＮＥＡＲ/3 b": "a ONEAR/3 b",
	} {
		q, err := Parse(query)
		if err != nil || q.String() != want {
			t.Errorf("%s is understood as %v (%v)", query, q, err)
		}
	}
}
