package dewline_test

import (
	"testing"
	"time"

	"dewline"
)

// The date of an item is the day of its source line where that is another one than the
// feed's; where both name one day, the feed's has the time.
func TestDated(t *testing.T) {
	at := func(s string) time.Time {
		if s == "" {
			return time.Time{}
		}
		t, _ := time.Parse(time.RFC3339, s)
		return t
	}
	for _, c := range []struct{ feed, issued, want string }{
		{"2026-11-23T10:00:00Z", "", "2026-11-23T10:00:00Z"},
		{"", "2017-03-29T00:00:00Z", "2017-03-29T00:00:00Z"},
		{"2026-11-23T10:00:00Z", "2017-03-29T00:00:00Z", "2017-03-29T00:00:00Z"},
		{"2026-11-23T10:00:00Z", "2026-11-23T00:00:00Z", "2026-11-23T10:00:00Z"},
		{"2026-11-24T03:00:00+08:00", "2026-11-24T00:00:00Z", "2026-11-24T03:00:00+08:00"}, // its own day
		{"2026-11-24T03:00:00+08:00", "2026-11-23T00:00:00Z", "2026-11-24T03:00:00+08:00"}, // and that of UTC
		{"", "", ""},
	} {
		it := dewline.Item{Published: at(c.feed), Source: dewline.Source{Issued: at(c.issued)}}
		if got := it.Dated(); !got.Equal(at(c.want)) {
			t.Errorf("the feed says %q, the line %q: %v", c.feed, c.issued, got)
		}
	}
	it := dewline.Item{Source: dewline.Source{Name: "China Military", Issued: at("2017-03-29T00:00:00Z")}, Updated: at("2026-11-23T10:00:00Z")}
	if doc := it.Document(); doc.Published == nil || doc.Published.Year() != 2017 || *doc.Source.Issued != "2017-03-29" || !it.Claimed().Equal(*doc.Published) {
		t.Errorf("%+v", doc)
	}
	if s := it.Source.String(); s != "China Military, 2017-03-29" {
		t.Error(s)
	}
}
