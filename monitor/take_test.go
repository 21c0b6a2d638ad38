package monitor

import (
	"fmt"
	"testing"

	"dewline"

	"pgregory.net/rapid"
)

// judgeAll matches every item by one rule, and panics on a title "boom".
type judgeAll struct{ asked []string }

func (j *judgeAll) Match(it *dewline.Item) []dewline.Match {
	if it.Title == "boom" {
		panic(it.Title)
	}
	j.asked = append(j.asked, it.Title)
	return []dewline.Match{{Rule: dewline.RuleRef{Name: "all"}, Item: it.Key, Alert: []string{"desk"}}}
}

func entry(title, text string, fingerprint uint64, made *int) dewline.Entry {
	key := dewline.ItemKey(dewline.FeedKey("x"), dewline.Identity{Kind: dewline.IdentityGUID, Value: title})
	return dewline.Entry{Key: key, Fingerprint: fingerprint, Make: func() dewline.Item {
		if made != nil {
			*made++
		}
		return dewline.Item{Key: key, Title: title, Summary: text}
	}}
}

// takeKnown takes a response in of which these entries are known; their items' texts are text.
func takeKnown(resp *dewline.Response, known map[dewline.Key]dewline.Known, text string, judge Judge) taken {
	r := &recognition{known: known, recall: func(item dewline.Key) (dewline.Past, error) {
		it := dewline.Item{Key: item, Title: "a", Summary: text, Version: 2}
		return dewline.Past{Current: it, Served: []dewline.Item{it}}, nil
	}}
	if err := r.recognise(resp.Entries, nil); err != nil {
		panic(err)
	}
	return take(resp, r, judge)
}

// Invariant 7: an unchanged entry is not made, not judged, not written.
func TestAnUnchangedEntryCostsNothing(t *testing.T) {
	var made int
	e := entry("a", "text", 7, &made)
	r := dewline.Response{Parsed: dewline.Parsed{Entries: []dewline.Entry{e}}}
	judge := &judgeAll{}
	got := takeKnown(&r, map[dewline.Key]dewline.Known{e.Key: {Fingerprint: 7, Text: 1, Version: 3}}, "", judge)
	if made != 0 || len(judge.asked) != 0 || len(got.known) != 0 || got.poll.Seen != 1 {
		t.Errorf("made %d, judged %v, to write %v, %+v", made, judge.asked, got.known, got.poll)
	}
}

func TestEditsAreVersionsAndMarkUpIsNot(t *testing.T) {
	old := dewline.Item{Title: "a", Summary: "text"}
	known := dewline.Known{Fingerprint: 1, Text: old.TextHash(), Version: 2}

	same := entry("a", "text", 2, nil)
	got := takeKnown(&dewline.Response{Parsed: dewline.Parsed{Entries: []dewline.Entry{same}}}, map[dewline.Key]dewline.Known{same.Key: known}, "text", &judgeAll{})
	if got.poll.Seen != 1 || got.known[same.Key] != (dewline.Known{Fingerprint: 2, Text: known.Text, Version: 2}) {
		t.Errorf("the same text served otherwise: %+v, %+v", got.poll, got.known)
	}

	edit := entry("a", "another text", 3, nil)
	got = takeKnown(&dewline.Response{Parsed: dewline.Parsed{Entries: []dewline.Entry{edit}}}, map[dewline.Key]dewline.Known{edit.Key: known}, "text", &judgeAll{})
	if got.poll.Changed != 1 || len(got.changed) != 1 || got.changed[0].Version != 3 || len(got.matches) != 1 {
		t.Errorf("an edited text: %+v, %+v", got.poll, got.changed)
	}
}

// Invariant 8 within a feed: an entry that sets off a fault of ours is counted
// and named; its neighbours arrive.
func TestAPanicIsTheEntrysOwn(t *testing.T) {
	r := dewline.Response{Parsed: dewline.Parsed{Entries: []dewline.Entry{entry("a", "", 1, nil), entry("boom", "", 2, nil), entry("b", "", 3, nil)}}}
	got := takeKnown(&r, nil, "text", &judgeAll{})
	if got.fault == nil || len(got.new) != 2 || got.poll.Rejected[dewline.RejectedInternal] != 1 {
		t.Errorf("fault %v, %d new, rejected %v", got.fault, len(got.new), got.poll.Rejected)
	}
	if len(got.known) != 2 {
		t.Errorf("the entry is remembered as taken in: %v", got.known)
	}
	if err := got.poll.Balanced(); err != nil {
		t.Error(err)
	}
}

// Invariant 6: whatever a response holds, the sums balance.
func TestSumsBalance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r dewline.Response
		known := make(map[dewline.Key]dewline.Known)
		for i := range rapid.IntRange(0, 30).Draw(t, "entries") {
			title := rapid.SampledFrom([]string{"boom", fmt.Sprint(i)}).Draw(t, "title")
			e := entry(title, rapid.SampledFrom([]string{"", "t"}).Draw(t, "text"), rapid.Uint64Range(0, 2).Draw(t, "fp"), nil)
			if rapid.Bool().Draw(t, "known") {
				it := dewline.Item{Title: title}
				known[e.Key] = dewline.Known{Fingerprint: 1, Text: it.TextHash(), Version: 1}
			}
			r.Entries = append(r.Entries, e)
		}
		r.Rejected = map[dewline.Rejection]int{dewline.RejectedBlank: rapid.IntRange(0, 3).Draw(t, "blank")}
		if err := takeKnown(&r, known, "text", &judgeAll{}).poll.Balanced(); err != nil {
			t.Fatal(err)
		}
	})
}

// The entry in which a document was cut is news where it is not known, and never a version of what
// is known: the next whole document completes it.
func TestAHalfEntryIsNoVersion(t *testing.T) {
	half := entry("a", "te", 2, nil)
	half.Partial = true
	respond := func(e dewline.Entry) *dewline.Response {
		return &dewline.Response{Parsed: dewline.Parsed{Entries: []dewline.Entry{e}}}
	}
	whole := dewline.Item{Title: "a", Summary: "text"}
	got := takeKnown(respond(half), map[dewline.Key]dewline.Known{half.Key: {Fingerprint: 1, Text: whole.TextHash(), Version: 1}}, "text", &judgeAll{})
	if got.poll.Seen != 1 || len(got.known) != 0 || len(got.changed) != 0 {
		t.Errorf("half of a known entry: %+v, %+v", got.poll, got.changed)
	}
	got = takeKnown(respond(half), nil, "text", &judgeAll{})
	if got.poll.New != 1 || len(got.matches) != 1 {
		t.Fatalf("half of a new entry: %+v", got.poll)
	}
	got = takeKnown(respond(entry("a", "text", 1, nil)), got.known, "te", &judgeAll{})
	if got.poll.Changed != 1 || got.changed[0].Version != 3 {
		t.Errorf("the whole entry after its half: %+v", got.poll)
	}
}

// What was there before the source was watched alerts nobody, whenever it is read.
func TestOldEntriesAreQuiet(t *testing.T) {
	old := entry("a", "text", 1, nil)
	old.Old = true
	r := dewline.Response{Parsed: dewline.Parsed{Entries: []dewline.Entry{old, entry("b", "text", 2, nil)}}}
	got := takeKnown(&r, nil, "", judgeFor{"desk"})
	if len(got.new) != 2 || len(got.matches) != 2 || len(got.matches[0].Alert) != 0 || len(got.matches[1].Alert) != 1 || !got.old[old.Key] || len(got.old) != 1 {
		t.Errorf("%+v, %v", got.matches, got.old)
	}
}

// judgeFor finds every item, for one receiver.
type judgeFor struct{ receiver string }

func (j judgeFor) Match(it *dewline.Item) []dewline.Match {
	return []dewline.Match{{Item: it.Key, Alert: []string{j.receiver}}}
}
