package stories_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"dewline/facts"
	"dewline/stories"

	"pgregory.net/rapid"
)

// paragraphs are those of our statements, by language.
func paragraphs(t *testing.T) map[string][]string {
	all := make(map[string][]string)
	for _, b := range readStatements(t) {
		all[b.language] = append(all[b.language], strings.Split(b.body, unblocked)...)
	}
	return all
}

// A text is a copy of itself, in whatever order its paragraphs stand, and is so in both directions; with one
// number changed it is none.
func TestCopiesOfAnything(t *testing.T) {
	all := paragraphs(t)
	j := stories.New(facts.Differ)
	rapid.Check(t, func(t *rapid.T) {
		language := rapid.SampledFrom([]string{"en", "de", "ru", "uk", "zh-Hans", "ja", "ko", "ar", "fr"}).Draw(t, "language")
		some := rapid.SliceOfNDistinct(rapid.SampledFrom(all[language]), 2, 6, rapid.ID).Draw(t, "paragraphs")
		text := strings.Join(some, unblocked)
		a := item(language, "", text)
		if r := j.Compare(a, a); !r.Copy() {
			t.Errorf("no copy of itself: %q: %+v", text, r)
		}
		moved := item(language, "", strings.Join(rapid.Permutation(some).Draw(t, "moved"), unblocked))
		if r := j.Compare(a, moved); !r.Copy() {
			t.Errorf("%q is no copy of %q: %+v", moved.Content, text, r)
		}
		cut := item(language, "", strings.Join(some[:len(some)-1], unblocked))
		if x, y := j.Compare(a, cut), j.Compare(cut, a); x.Same != y.Same {
			t.Errorf("one way %+v, the other %+v: %q, %q", x, y, a.Content, cut.Content)
		}
		figures := figure.FindAllStringIndex(text, -1)
		if len(figures) == 0 {
			return
		}
		at := rapid.SampledFrom(figures).Draw(t, "figure")
		now := fmt.Sprint(rapid.IntRange(0, 99999).Draw(t, "number"))
		if now == text[at[0]:at[1]] {
			return
		}
		changed := item(language, "", text[:at[0]]+now+text[at[1]:])
		if r := j.Compare(a, changed); r.Copy() {
			t.Errorf("%s for %s in %q is suppressed", now, text[at[0]:at[1]], text)
		}
	})
}

// Whatever it is given, it returns; and any text is a copy of itself or of nothing.
func FuzzCompare(f *testing.F) {
	f.Add("Title - Example Times", "KYIV, Nov. 24 (Example) — 3 missiles.\n\n(c) 2026", "【速報】 title", "新华社北京11月23日电 导弹", "en")
	f.Add("", "\xff -5 % €3 … (TASS)", "a | b", "١٢ ٪ didn't", "")
	j := stories.New(facts.Differ)
	f.Fuzz(func(t *testing.T, title, text, title2, text2, language string) {
		a, b := item(language, title, text), item(language, title2, text2)
		if n := len(j.Keys(a)); n > stories.MaxKeys {
			t.Fatalf("%d keys", n)
		}
		j.Compare(a, b)
		j.Compare(b, a)
		if r := j.Compare(a, a); len(r.Differ) > 0 {
			t.Fatalf("differs from itself: %+v", r)
		}
		stories.Standing(a)
	})
}

// A text without one of its names or figures is no copy: what was left out may be what mattered.
func TestNoFactIsLost(t *testing.T) {
	j := stories.New(facts.Differ)
	n := 0
	for _, b := range readStatements(t) {
		words := strings.Fields(b.body)
		for i := 1; i < len(words); i++ {
			first, _ := utf8.DecodeRuneInString(words[i])
			names := unicode.IsDigit(first) || unicode.IsUpper(first) && b.language != "de" && unicode.IsLower(lastRune(words[i-1]))
			if !names || len(words[i]) < 4 && !unicode.IsDigit(first) {
				continue
			}
			n++
			without := strings.Join(slices.Delete(slices.Clone(words), i, i+1), " ")
			if r := j.Compare(item(b.language, b.title, b.body), item(b.language, b.title, without)); r.Copy() {
				t.Errorf("%s: without %q it is a copy: %q", b.language, words[i], without)
			}
		}
	}
	if n < 150 {
		t.Errorf("%d facts", n)
	}
}

func lastRune(s string) rune {
	c, _ := utf8.DecodeLastRuneInString(s)
	return c
}
