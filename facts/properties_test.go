package facts_test

import (
	"strings"
	"testing"

	"dewline/facts"

	"pgregory.net/rapid"
)

// A text differs in no fact from itself, with its blocks in another order, its white
// space and its typography changed.
func TestTheSameFacts(t *testing.T) {
	var blocks []string
	for _, p := range readPairs(t) {
		blocks = append(blocks, strings.Split(p.old, "\n\n")...)
	}
	typography := strings.NewReplacer("\"", "”", "'", "’", ", ", " ,  ", " - ", " — ")
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.SliceOfN(rapid.SampledFrom(blocks), 0, 6).Draw(t, "blocks")
		language := rapid.SampledFrom([]string{"", "en", "de", "ru", "zh-Hans", "xx"}).Draw(t, "language")
		text := strings.Join(some, "\n\n")
		if d := facts.Differ(text, text, language); d != nil {
			t.Errorf("%q from itself: %+v", text, d)
		}
		moved := strings.Join(rapid.Permutation(some).Draw(t, "moved"), "\n\n")
		if d := facts.Differ(text, moved, language); d != nil {
			t.Errorf("%q from %q: %+v", text, moved, d)
		}
		set := typography.Replace(text)
		if d := facts.Differ(text, set, language); d != nil {
			t.Errorf("%q from %q: %+v", text, set, d)
		}
	})
}

// Whatever figure of a statement is another one is told.
func TestFigures(t *testing.T) {
	seen := make(map[string]bool)
	for _, c := range readCopies(t) {
		if seen[c.statement] {
			continue
		}
		seen[c.statement] = true
		for i, r := range c.statement {
			if r < '1' || r > '8' {
				continue
			}
			text := c.statement[:i] + string(r+1) + c.statement[i+1:]
			if facts.Differ(c.statement, text, c.language) == nil || facts.Differ(text, c.statement, c.language) == nil {
				t.Errorf("%s: another figure is not told: %q", c.language, text[max(0, i-20):min(len(text), i+20)])
			}
		}
	}
	if len(seen) < 20 {
		t.Errorf("%d statements", len(seen))
	}
}

// Of whatever it is given it says where the facts stand.
func FuzzDiffer(f *testing.F) {
	f.Add("3 missiles", "5 missiles, 1.000,5 and 二〇二六年 万万", "en")
	f.Add("24. November 2026-11-24 ٣٫٥ -5", "\xff\n\n(Updated 14:35) 24.", "de")
	f.Fuzz(func(t *testing.T, old, fresh, language string) {
		for _, d := range facts.Differ(old, fresh, language) {
			if d.Old == "" && d.New == "" || d.Old != old[d.OldStart:d.OldEnd] || d.New != fresh[d.NewStart:d.NewEnd] {
				t.Fatalf("%+v", d)
			}
		}
		if d := facts.Differ(old, old, language); d != nil {
			t.Fatalf("%q from itself: %+v", old, d)
		}
	})
}

// Two long texts that have nothing in common take no time that grows with their
// product.
func TestLongTexts(t *testing.T) {
	old := strings.Repeat("Poland sent 3 missiles to Kyiv, Lviv and Odesa on 5 May. ", 5_000)
	fresh := strings.Repeat("Latvia bought 5 radars, of Iran and Iraq, not 6. ", 5_000)
	if len(facts.Differ(old, fresh, "en")) == 0 || len(facts.Differ(strings.ReplaceAll(old, ". ", " "), strings.ReplaceAll(fresh, ". ", " "), "en")) == 0 {
		t.Error("nothing differs")
	}
	for _, p := range []string{"1 ", "三月", "美国总统", "北南 ", "(AB) a a ", "\n(", "Der Iran die Russe "} {
		if len(facts.Differ(strings.Repeat(p, 3_000), strings.Repeat(p+"z ", 1_500)+"Iran, 5 北", "de")) == 0 {
			t.Errorf("%q: nothing differs", p)
		}
	}
}
