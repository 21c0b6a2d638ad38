package web_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"dewline"
)

func decode[T any](t *testing.T, h http.Handler, target string) (v T) {
	t.Helper()
	if err := json.Unmarshal([]byte(get(t, h, target)), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

type itemList struct {
	Items []struct {
		dewline.ItemDocument
		Version int
		Link    string
		Matches []struct {
			Rule    dewline.RuleRef
			Snippet string
			Matches []dewline.Hit
		}
	}
	NextCursor string `json:"next_cursor"`
}

// TestAPIItemIsTheWebhooks: the item has the words of the webhook, its content,
// and what matched.
func TestAPIItem(t *testing.T) {
	s := newSample(t, time.Now())
	list := decode[itemList](t, s.handler(), "/api/v1/items?limit=1")
	if len(list.Items) != 1 {
		t.Fatalf("%d items", len(list.Items))
	}
	got, want := list.Items[0], s.items[len(s.items)-1]
	if a, b := asJSON(t, got.ItemDocument), asJSON(t, want.FullDocument()); a != b {
		t.Errorf("item\n%s, want\n%s", a, b)
	}
	if got.Content == nil || *got.Content != want.Content {
		t.Error("the content is missing")
	}
	if got.Link != "https://watch.example.org/dewline/items/"+want.Key.String() || got.Version != 2 {
		t.Errorf("link %s, version %d", got.Link, got.Version)
	}
	if len(got.Matches) != 2 || got.Matches[0].Rule.Name != "anti-missile" || len(got.Matches[0].Matches) != 5 || got.Matches[1].Matches[0].Text != "exercise" {
		t.Errorf("matches %+v", got.Matches)
	}
	for _, hit := range got.Matches[0].Matches {
		if text := want.Text(hit.Field); text[hit.Start:hit.End] != hit.Text {
			t.Errorf("%+v does not stand in %q", hit, text)
		}
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestAPIPaging walks every list to its end: everything once, the newest first.
func TestAPIPaging(t *testing.T) {
	s := newSample(t, time.Now())
	s.many(57)
	for i := range 23 {
		s.queue(dewline.Delivery{Receiver: "desk", Match: dewline.Match{Rule: s.opts.Rules[0].Ref(), Item: s.items[i].Key, Snippet: fmt.Sprint(i)}, Queued: s.now, State: dewline.DeliveryPending})
	}
	h := s.handler()
	for _, limit := range []int{1, 7, 63, 64, 65, 500} {
		var got []dewline.Key
		for cursor := ""; ; {
			page := decode[itemList](t, h, fmt.Sprintf("/api/v1/items?limit=%d&cursor=%s", limit, cursor))
			for _, it := range page.Items {
				got = append(got, it.ID)
			}
			if cursor = page.NextCursor; cursor == "" {
				break
			}
			if len(page.Items) != limit {
				t.Fatalf("a page of %d before the end, limit %d", len(page.Items), limit)
			}
		}
		var want []dewline.Key
		for _, it := range slices.Backward(s.items) {
			want = append(want, it.Key)
		}
		if !slices.Equal(got, want) {
			t.Errorf("limit %d: %d items, want %d, in the order of first sight", limit, len(got), len(want))
		}
	}

	type deliveryList struct {
		Deliveries []struct{ ID dewline.Key }
		NextCursor string `json:"next_cursor"`
	}
	var got, want []dewline.Key
	for cursor := ""; ; {
		page := decode[deliveryList](t, h, "/api/v1/deliveries?receiver=desk&limit=4&cursor="+cursor)
		for _, d := range page.Deliveries {
			got = append(got, d.ID)
		}
		if cursor = page.NextCursor; cursor == "" {
			break
		}
	}
	for _, d := range slices.Backward(s.deliveries) {
		if d.Receiver == "desk" {
			want = append(want, d.Key)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("deliveries: %d, want %d", len(got), len(want))
	}
}

// TestAPILongTexts: a page of long texts is shorter, and nothing is left out.
func TestAPILongTexts(t *testing.T) {
	s := newSample(t, time.Now())
	for i := range 40 {
		s.put(0, dewline.Item{GUID: fmt.Sprint("long ", i), Content: strings.Repeat("word ", 1<<18)}, 0)
	}
	h := s.handler()
	got := make(map[dewline.Key]bool)
	for cursor := ""; ; {
		body := get(t, h, "/api/v1/items?limit=500&cursor="+cursor)
		if len(body) > 25<<20 {
			t.Fatalf("an answer of %d bytes", len(body))
		}
		var page itemList
		if err := json.Unmarshal([]byte(body), &page); err != nil {
			t.Fatal(err)
		}
		for _, it := range page.Items {
			got[it.ID] = true
		}
		if cursor = page.NextCursor; cursor == "" {
			break
		}
	}
	if len(got) != len(s.items) {
		t.Errorf("%d items, want %d", len(got), len(s.items))
	}
}

// TestAPICursorKeepsSince: a walk has one end, however long it takes, and items
// that arrive meanwhile do not disturb it.
func TestAPICursorKeepsSince(t *testing.T) {
	s := newSample(t, time.Now())
	h := s.handler()
	all := decode[itemList](t, h, "/api/v1/items?since=3d").Items
	if len(all) != len(s.items) {
		t.Fatalf("since=3d: %d items of %d", len(all), len(s.items))
	}
	few := decode[itemList](t, h, "/api/v1/items?since=6h").Items
	if len(few) != 3 {
		t.Fatalf("since=6h: %d items, want 3", len(few))
	}
	page := decode[itemList](t, h, "/api/v1/items?since=6h&limit=2")
	s.many(5)
	rest := decode[itemList](t, h, "/api/v1/items?limit=2&cursor="+page.NextCursor)
	if len(rest.Items) != 1 || rest.Items[0].ID != few[2].ID || rest.NextCursor != "" {
		t.Errorf("the second page holds %d items and the cursor %q; want the third item and the end", len(rest.Items), rest.NextCursor)
	}
	at := s.now.Add(-29 * time.Hour).In(time.FixedZone("", 3600)).Format(time.RFC3339)
	if n := len(decode[itemList](t, h, "/api/v1/items?since="+url.QueryEscape(at)).Items); n != 4+5 {
		t.Errorf("since %s: %d items, want 9", at, n)
	}
}

// TestAPIPolls compares the merged list with all records, sorted.
func TestAPIPolls(t *testing.T) {
	s := newSample(t, time.Now())
	type record struct {
		Feed string
		At   time.Time
	}
	var all []record
	for i := range s.feeds { // feeds of different rhythms
		st := &s.feeds[i]
		s.polls[st.Key] = nil
		for n := range 12 {
			at := s.now.Add(-time.Duration((11-n)*(i*i+1)*60+i) * time.Second).Truncate(time.Second).UTC()
			s.polls[st.Key] = append(s.polls[st.Key], dewline.Poll{Feed: st.Key, At: at})
			all = append(all, record{st.Name, at})
			st.LastPoll = at
		}
	}
	slices.SortFunc(all, func(a, b record) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Feed, b.Feed)) })
	h := s.handler()
	for _, limit := range []int{1, 2, 3, 5, 6, 7, 8, 20, 84, 100} {
		got := decode[struct{ Polls []record }](t, h, fmt.Sprintf("/api/v1/polls?limit=%d", limit)).Polls
		if want := all[:min(limit, len(all))]; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("limit %d:\n%v, want\n%v", limit, got, want)
		}
	}
	one := decode[struct{ Polls []record }](t, h, "/api/v1/polls?limit=500&feed="+url.QueryEscape("国防部")).Polls
	if len(one) != 12 || one[0].Feed != "国防部" {
		t.Errorf("one feed has %d records", len(one))
	}
}

func TestAPIRefusals(t *testing.T) {
	s := newSample(t, time.Now())
	h := s.handler()
	for _, c := range []struct {
		target string
		status int
		says   string
	}{
		{"/api/v1/items?query=(", 400, "query, character 1: this bracket is not closed (add ))"},
		{"/api/v1/items?query=missile&limt=3", 400, "no parameter"},
		{"/api/v1/items?query=missile&limit=0", 400, "write a number from 1 to 500"},
		{"/api/v1/items?query=a&query=b", 400, "given 2 times"},
		{"/api/v1/items?limt=3", 400, `no parameter \"limt\" here; did you mean \"limit\"?`},
		{"/api/v1/feeds?limit=3", 400, "it takes none"},
		{"/api/v1/items?limit=0", 400, "write a number from 1 to 500"},
		{"/api/v1/items?limit=501", 400, "write a number from 1 to 500"},
		{"/api/v1/items?limit=ten", 400, "write a number from 1 to 500"},
		{"/api/v1/items?limit=3&limit=4", 400, "given 2 times"},
		{"/api/v1/items?since=yesterday", 400, "write a duration such as 12h, 30d"},
		{"/api/v1/items?since=-3d", 400, "write a duration"},
		{"/api/v1/items?since=3", 400, "write a duration"},
		{"/api/v1/items?since=999999999w", 400, "write a duration"},
		{"/api/v1/items?cursor=AAAA", 400, "the cursor is damaged"},
		{"/api/v1/items?cursor=%00", 400, "the cursor is damaged"},
		{"/api/v1/items?%zz", 400, "the parameters cannot be read"},
		{"/api/v1/deliveries?state=died", 400, `did you mean \"dead\"?`},
		{"/api/v1/deliveries?receiver=dask", 404, `did you mean \"desk\"?`},
		{"/api/v1/polls?feed=Defense+Review", 404, `did you mean \"Defence Review\"?`},
		{"/api/v1/nothing", 404, "openapi.json describes the API"},
		{"/api/v2/items", 404, "openapi.json describes the API"},
		{"/api/v1/items/", 404, "openapi.json describes the API"},
		{"/api/v1/items?" + strings.Repeat("x", 5000) + "=1", 400, "no parameter"},
	} {
		res := ask(h, http.MethodGet, c.target)
		text := read(t, res)
		if res.StatusCode != c.status || !strings.Contains(text, c.says) {
			t.Errorf("%.80s: %s %s, want %d and %q", c.target, res.Status, text, c.status, c.says)
		}
		var p struct {
			Type, Title, Detail string
			Status              int
		}
		if err := json.Unmarshal([]byte(text), &p); err != nil || p.Status != c.status || p.Title == "" || p.Type != "about:blank" {
			t.Errorf("%.80s: not a problem document: %s", c.target, text)
		}
		if kind := res.Header.Get("Content-Type"); kind != "application/problem+json" {
			t.Errorf("%.80s: %s", c.target, kind)
		}
		if len(text) > 1000 {
			t.Errorf("%.80s: an answer of %d bytes", c.target, len(text))
		}
	}
}

// TestAPIStoreFault: a store that cannot be read is an error, never an empty
// list, and its words stay in the log.
func TestAPIStoreFault(t *testing.T) {
	s := newSample(t, time.Now())
	s.fault = fmt.Errorf("read /var/lib/secret.db: input/output error")
	h := s.handler()
	for _, path := range []string{"items", "feeds", "rules", "deliveries", "polls"} {
		res := ask(h, http.MethodGet, "/api/v1/"+path)
		if text := read(t, res); res.StatusCode != 500 || strings.Contains(text, "secret") {
			t.Errorf("%s: %s %s", path, res.Status, text)
		}
	}
}
