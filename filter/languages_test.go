package filter

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dewline"
)

// What queries find in sentences as reporters write them, and what they do not:
// testdata/languages.tsv, a line a case. A dash among the finds means none.
func TestLanguages(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(readFile(t, "testdata/languages.tsv")), "\n")
	for i, line := range lines {
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 4 {
			t.Errorf("line %d has %d cells", i+1, len(cells))
			continue
		}
		unescape := strings.NewReplacer(`\n`, "\n", `\u00ad`, "\u00ad", `\u200c`, "\u200c")
		lang, query, text := strings.Trim(cells[0], "-"), cells[1], unescape.Replace(cells[2])
		var want []string
		if cells[3] != "–" {
			want = strings.Split(unescape.Replace(cells[3]), " · ")
		}
		t.Run(fmt.Sprintf("%s line %d", cells[0], i+1), func(t *testing.T) {
			if got := foundIn(t, query, &dewline.Item{Content: text, Language: lang}); !slices.Equal(got, want) {
				t.Errorf("%s in %q: found %q, want %q", query, text, got, want)
			}
		})
	}
}
