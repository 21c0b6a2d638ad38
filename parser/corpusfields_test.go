package parser

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dewline"
)

// minFields is the part of the fields of the real documents that must be as the reference read
// them. The rest is read otherwise by intent: no zone is UTC, not the reader's guess; a date that
// could be two is none.
const minFields = 0.97

// Beside titles and links, the dates, authors and texts of real documents must be what the
// reference read.
func TestFieldsOfRealDocuments(t *testing.T) {
	dir := sharedData(t, "feeds")
	held, checked := 0, 0
	check := func(ok bool, file, field string, got, want any) {
		checked++
		if ok {
			held++
			return
		}
		t.Logf("%s: %s is %v, the reference has %v", file, field, got, want)
	}
	for _, ref := range references(t, dir) {
		body, err := os.ReadFile(filepath.Join(dir, ref.File))
		if err != nil {
			t.Fatal(err)
		}
		p := Parse(document(ref.File, body))
		if disagreement(ref, p) != "" || len(p.Rejected) > 0 {
			continue
		}
		twice := strings.Contains(p.Charset, "twice")
		for i, want := range ref.entries(twice) {
			if i >= len(p.Entries) || p.Entries[i].Partial {
				break
			}
			it := p.Entries[i].Make()
			for field, dates := range map[string][2]any{"published": {it.Published, want.Published}, "updated": {it.Updated, want.Updated}} {
				utc, _ := time.Parse(time.RFC3339, dates[1].(string))
				if !utc.IsZero() {
					check(slices.ContainsFunc([]time.Time{it.Published, it.Updated}, func(at time.Time) bool { return at.Truncate(time.Second).Equal(utc) }),
						ref.File, field, dates[0], dates[1])
				}
			}
			if want.Author != "" {
				check(slices.ContainsFunc(it.Authors, func(a string) bool { return strings.Contains(repairedIf(twice, evenTitle(want.Author)), evenTitle(a)) }),
					ref.File, "author", it.Authors, want.Author)
			}
			if head := beginning(want.Text); head != "" && !twice {
				check(strings.HasPrefix(evenTitle(it.Summary), head) || strings.HasPrefix(evenTitle(it.Content), head), ref.File, "text", sample(it), head)
			}
		}
	}
	part := float64(held) / float64(checked)
	t.Logf("%d of %d fields (%.1f %%) are as the reference read them", held, checked, 100*part)
	if part < minFields {
		t.Errorf("less than %.0f %%", 100*minFields)
	}
}

func repairedIf(twice bool, s string) string {
	if twice {
		return repaired(s)
	}
	return s
}

// beginning is the beginning of the reference's text, without the end that it may have been cut to.
func beginning(text string) string {
	if cut := strings.LastIndexAny(text, "<&"); len(text) >= 290 && cut > 0 {
		text = text[:cut]
	}
	even := evenTitle(text)
	return even[:len(even)*2/3-len(even)*2/3%4]
}

func sample(it dewline.Item) string {
	s := evenTitle(it.Summary + it.Content)
	return s[:min(len(s), 200)]
}
