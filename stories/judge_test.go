package stories_test

import (
	"testing"

	"dewline"
	"dewline/facts"
	"dewline/stories"
)

func TestACopyAndAChangedFact(t *testing.T) {
	j := stories.New(facts.Differ)
	a := &dewline.Item{Title: "Ministry tests new interceptor - Example Times", Content: "GENEVA, March 29 (Example) -- The ministry said on Monday that it had tested a new interceptor over the northern range. Two targets were hit at a height of 40 kilometres."}
	b := &dewline.Item{Title: "Ministry tests new interceptor", Content: "The ministry said on Monday that it had tested a new interceptor over the northern range. Two targets were hit at a height of 40 kilometres.\n\nRead more: other news"}
	c := &dewline.Item{Title: "Ministry tests new interceptor", Content: "The ministry said on Monday that it had tested a new interceptor over the northern range. Two targets were hit at a height of 70 kilometres."}
	if r := j.Compare(a, b); !r.Copy() {
		t.Errorf("a re-run: %+v", r)
	}
	if r := j.Compare(a, c); r.Copy() {
		t.Errorf("another number: %+v", r)
	}
}
