package dewline

import (
	"reflect"
	"testing"
)

// Whoever counts an export by feed sees each feed's items whole, and each item once under it.
func TestEachFeedHasTheItem(t *testing.T) {
	it := Item{Key: FeedKey("x"), Feed: FeedRef{Name: "a"}, Also: []FeedRef{{Name: "b"}, {Name: "c"}}}
	var got [][]string
	for _, doc := range it.FullDocument().EachIn() {
		names := []string{doc.Feed.Name}
		for _, f := range doc.AlsoIn {
			names = append(names, f.Name)
		}
		if got = append(got, names); doc.ID != it.Key {
			t.Errorf("another id: %s", doc.ID)
		}
	}
	if want := [][]string{{"a", "b", "c"}, {"b", "a", "c"}, {"c", "a", "b"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	alone := Item{Feed: FeedRef{Name: "a"}}
	if all := alone.FullDocument().EachIn(); len(all) != 1 || len(all[0].AlsoIn) != 0 {
		t.Errorf("an item of one feed: %+v", all)
	}
}
