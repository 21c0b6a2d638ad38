package publish

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// nextPage is the path of the page after a document; "" at the end.
func nextPage(t testing.TB, suffix, doc string) string {
	t.Helper()
	if suffix == "json" {
		var feed struct {
			Next string `json:"next_url"`
		}
		if err := json.Unmarshal([]byte(doc), &feed); err != nil {
			t.Fatal(err)
		}
		if feed.Next == "" {
			return ""
		}
		return below(t, feed.Next)
	}
	if href := relation(t, suffix, doc, "next"); href != "" {
		return below(t, href)
	}
	return ""
}

// relation is the href of a feed's link.
func relation(t testing.TB, suffix, doc, rel string) string {
	t.Helper()
	feed := xmlFeed(t, suffix, doc)
	for _, l := range feed.all(atomNS, "link") {
		if l.value("rel") == rel {
			return l.value("href")
		}
	}
	return ""
}

// xmlFeed is the element that holds the entries.
func xmlFeed(t testing.TB, suffix, doc string) *node {
	t.Helper()
	root, err := tree(doc)
	if err != nil {
		t.Fatal(err)
	}
	if suffix == "rss" {
		return root.get("", "channel")
	}
	return root
}

// ids are the ids of a document's entries, in their order.
func ids(t testing.TB, suffix, doc string) (list []string) {
	t.Helper()
	switch suffix {
	case "json":
		var feed struct {
			Items []struct {
				ID string `json:"id"`
			} `json:"items"`
		}
		if err := json.Unmarshal([]byte(doc), &feed); err != nil {
			t.Fatal(err)
		}
		for _, it := range feed.Items {
			list = append(list, it.ID)
		}
	case "rss":
		for _, it := range xmlFeed(t, suffix, doc).all("", "item") {
			list = append(list, it.get("", "guid").text)
		}
	default:
		for _, e := range xmlFeed(t, suffix, doc).all(atomNS, "entry") {
			list = append(list, e.get(atomNS, "id").text)
		}
	}
	return list
}

// A walk through the pages meets every entry that was there when it began once,
// in order, whatever arrives meanwhile.
func TestPagesHoldEveryEntryOnce(t *testing.T) {
	for suffix := range checkers {
		for _, name := range []string{all, anti.Name} {
			for _, size := range []int{0, 1, pageSize, pageSize + 1, 2*pageSize + 50} {
				t.Run(fmt.Sprintf("%s.%s of %d", name, suffix, size), func(t *testing.T) {
					l := filled(size)
					p := publisher(l)
					var got, want []string
					for n := size; n > 0; n-- {
						rule := anti.Name
						if name == all {
							rule = ""
						}
						want = append(want, entryID(rule, briefing(n).Key))
					}
					for path, n := "/feeds/"+name+"."+suffix, size; path != ""; {
						doc := read(t, p, path)
						if err := checkers[suffix](doc); err != nil {
							t.Fatal(err)
						}
						got = append(got, ids(t, suffix, doc)...)
						path = nextPage(t, suffix, doc)
						n += 7
						for i := range 7 {
							l.put(briefing(n+i), found, snippet, anti, pro)
						}
						l.put(briefing(3), found, snippet, pro) // an old item, found by another rule
					}
					if !slices.Equal(got, want) {
						t.Errorf("%d entries, want %d: the first is %s", len(got), len(want), strings.Join(got[:min(1, len(got))], ""))
					}
				})
			}
		}
	}
}

func TestPageLinks(t *testing.T) {
	p := publisher(filled(pageSize + 1))
	for _, suffix := range []string{"atom", "rss"} {
		here := base + "/feeds/anti-missile." + suffix
		first := read(t, p, "/feeds/anti-missile."+suffix)
		second := read(t, p, nextPage(t, suffix, first))
		for _, tc := range []struct{ doc, rel, want string }{
			{first, "self", here}, {first, "first", here}, {first, "next", here + "?before=2"}, {first, "previous", ""},
			{second, "self", here + "?before=2"}, {second, "first", here}, {second, "next", ""}, {second, "prev-archive", ""},
		} {
			if got := relation(t, suffix, tc.doc, tc.rel); got != tc.want {
				t.Errorf("%s: rel=%s is %q, want %q", suffix, tc.rel, got, tc.want)
			}
		}
	}
	short := read(t, publisher(filled(pageSize)), "/feeds/anti-missile.atom")
	if got := relation(t, "atom", short, "first"); got != "" {
		t.Errorf("a feed of one page is paged: %q", got)
	}
}

func TestBeforeMustBeANumber(t *testing.T) {
	p := publisher(filled(1))
	for _, before := range []string{"x", "0", "-1", "1e3", "99999999999999999999"} {
		r := ask(p, http.MethodGet, "/feeds/all.atom?before="+before)
		if r.StatusCode != http.StatusBadRequest {
			t.Errorf("before=%s: status %d", before, r.StatusCode)
		}
	}
}
