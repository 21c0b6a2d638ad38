package stories_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dewline/facts"
	"dewline/stories"

	"github.com/cespare/xxhash/v2"
)

// The keys are stored. When this test fails, copies of what was stored before are no longer found:
// a change of the keys needs another kind of key, beside these.
func TestKeysAreTheSameForEver(t *testing.T) {
	j := stories.New(facts.Differ)
	got := make(map[string]string)
	for _, b := range readStatements(t) {
		if got[b.language] == "" {
			h := xxhash.New()
			keys := j.Keys(item(b.language, b.title, b.body))
			for _, k := range keys {
				fmt.Fprintf(h, "%016x", k)
			}
			got[b.language] = fmt.Sprintf("%d %016x", len(keys), h.Sum64())
		}
	}
	for language, want := range golden {
		if got[language] != want {
			t.Errorf("%q: %q,", language, got[language])
		}
	}
	if len(golden) != len(got) {
		t.Errorf("%#v", got)
	}
}

// golden is how many keys the first statement of each language has, and a hash of them.
var golden = map[string]string{
	"ar":      "17 adb5df9d1fba7786",
	"de":      "16 e8fc69dafc7b7f3f",
	"en":      "17 4e3af705bc255d67",
	"es":      "17 5d2c4af71a9391d7",
	"fr":      "17 23d440b7df24e467",
	"he":      "16 5a6302a5e4be5837",
	"hi":      "17 80bebf4fca203a92",
	"ja":      "17 69ca9beebab607c9",
	"ko":      "16 cb9b1ebb542e808e",
	"pl":      "16 6aef48f00aa8e034",
	"pt":      "17 7da2d0ebdb6084db",
	"ru":      "17 bdeeec1b8d1649be",
	"th":      "15 9a472290435e0d7d",
	"tr":      "16 8dd0d8eaff005feb",
	"uk":      "16 513aaa2fccac1243",
	"zh-Hans": "17 952541b71b90f5af",
	"zh-Hant": "14 8e11593289636b9c",
}

// A text of a hundred thousand words has no more keys than any other, and is compared.
func TestLongTexts(t *testing.T) {
	j := stories.New(facts.Differ)
	a, b := item("en", "A long report", report(100_000)), item("en", "A long report", strings.ReplaceAll(report(100_000), "ministry", "army"))
	if keys := j.Keys(a); len(keys) > stories.MaxKeys || len(keys) < 10 || !slices.IsSorted(keys) {
		t.Errorf("%d keys", len(keys))
	}
	if r := j.Compare(a, a); !r.Copy() {
		t.Errorf("no copy of itself: %+v", r)
	}
	if r := j.Compare(a, b); r.Copy() {
		t.Error("another text is a copy")
	}
	// However much is added, it is not overlooked.
	more := item("en", a.Title, a.Content)
	for i := range 300 {
		more.Content += fmt.Sprintf(" Soldier %d of the northern garrison was wounded on that day.", i)
	}
	if r := j.Compare(a, more); r.Copy() {
		t.Error("three hundred sentences are added, and it is a copy")
	}
}
