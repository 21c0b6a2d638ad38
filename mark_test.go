package dewline

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// shown writes marked spans in brackets.
func shown(all []Span) string {
	var b strings.Builder
	for _, s := range all {
		if s.Marked {
			b.WriteString("[" + s.Text + "]")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func TestMark(t *testing.T) {
	const text = "Anti-Missile ракета 反导"
	hit := func(start, end int) Hit {
		h := Hit{Field: FieldTitle, Start: start, End: end}
		if start >= 0 && start <= end && end <= len(text) {
			h.Text = text[start:end]
		}
		return h
	}
	for name, c := range map[string]struct {
		hits []Hit
		want string
	}{
		"none":            {nil, text},
		"one":             {[]Hit{hit(0, 12)}, "[Anti-Missile] ракета 反导"},
		"overlapping":     {[]Hit{hit(5, 12), hit(0, 8)}, "[Anti-Missile] ракета 反导"},
		"inside":          {[]Hit{hit(0, 12), hit(5, 7)}, "[Anti-Missile] ракета 反导"},
		"touching":        {[]Hit{hit(0, 5), hit(5, 12)}, "[Anti-Missile] ракета 反导"},
		"at the end":      {[]Hit{hit(26, 32)}, "Anti-Missile ракета [反导]"},
		"past the end":    {[]Hit{hit(26, 99)}, text},
		"negative":        {[]Hit{hit(-1, 3)}, text},
		"backwards":       {[]Hit{{Field: FieldTitle, Start: 5, End: 2}}, text},
		"empty":           {[]Hit{hit(3, 3)}, text},
		"in a character":  {[]Hit{hit(14, 20)}, text},
		"of another text": {[]Hit{{Field: FieldTitle, Start: 0, End: 4, Text: "anti"}}, text},
		"other field":     {[]Hit{{Field: FieldSummary, Start: 0, End: 4, Text: "Anti"}}, text},
	} {
		if got := shown(Mark(text, FieldTitle, c.hits)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestMarkWords(t *testing.T) {
	hits := []Hit{{Text: "missile"}, {Text: "missile"}, {Text: ""}, {Text: "sile d"}}
	if got := shown(MarkWords("a missile, a missile defence", hits)); got != "a [missile], a [missile d]efence" {
		t.Error(got)
	}
}

func TestExcerpt(t *testing.T) {
	all := Mark("First block.\n\nThe joint briefing on anti-missile\nsituations was held in the capital city.", FieldSummary,
		[]Hit{{Field: FieldSummary, Start: 36, End: 48, Text: "anti-missile"}})
	for width, want := range map[int]string{
		300: "The joint briefing on [anti-missile] situations was held in the capital city.",
		40:  "… briefing on [anti-missile] situations was …",
	} {
		if got := shown(Excerpt(all, width)); got != want {
			t.Errorf("%d: %q, want %q", width, got, want)
		}
	}
	if got := shown(Excerpt(Mark("nothing is marked in this text", "x", nil), 20)); got != "nothing is marked …" {
		t.Errorf("unmarked: %q", got)
	}
	if got := Excerpt(nil, 20); len(got) != 0 {
		t.Errorf("of nothing: %q", shown(got))
	}
}

func TestSpansAreTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		var hits []Hit
		for range rapid.IntRange(0, 5).Draw(t, "n") {
			a, b := rapid.IntRange(-2, len(text)+2).Draw(t, "a"), rapid.IntRange(-2, len(text)+2).Draw(t, "b")
			h := Hit{Start: a, End: b, Text: rapid.String().Draw(t, "word")}
			if a >= 0 && a <= b && b <= len(text) && rapid.Bool().Draw(t, "true") {
				h.Text = text[a:b]
			}
			hits = append(hits, h)
		}
		all := Mark(text, "", hits)
		if Plain(all) != text || Plain(MarkWords(text, hits)) != text {
			t.Fatalf("marking changed the text: %q", shown(all))
		}
		short := Excerpt(all, 30)
		if got := Plain(short); utf8.ValidString(text) && !utf8.ValidString(got) || utf8.RuneCountInString(got) > 34 {
			t.Fatalf("excerpt %q", got)
		}
	})
}
