package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"dewline"

	"golang.org/x/net/html"
)

// FuzzHostile: whatever a feed says, the pages hold only the elements and the
// addresses that our templates write, and everything that it says as text.
func FuzzHostile(f *testing.F) {
	f.Add(`<script>alert(1)</script>`, "javascript:alert(1)", "en", "alert")
	f.Add("\u202etxet\u2066", "https://example.org/?a=b&c=\"d", `x" onload="`, "t")
	f.Add("", "", "", "")
	f.Add("\xff\xfe", "\x00", "\xff", "\xff")
	f.Add("\n\n a \n\n b </p><p onclick=x>", "HTTP://[::1]/", "zh-Hant-TW", "b <")
	f.Fuzz(func(t *testing.T, text, address, lang, word string) {
		s := &sample{memory: newMemory(), now: time.Now(), ids: make(map[string]dewline.Key)}
		s.opts.Log, s.opts.Feed, s.opts.Ready, s.opts.Search = logTo(t), output, func() error { return nil }, s.search
		s.opts.Rules = []dewline.Rule{{Name: "r", Title: text, Query: word, Alert: []string{text}}}
		s.feed(text, address, dewline.StatusTLS, func(st *dewline.FeedState) {
			st.Title, st.Link, st.Language, st.Detail, st.MovedTo = text, address, lang, text, address
		}, text)
		it := dewline.Item{GUID: text, Title: text, URL: address, Summary: text, Content: text, Authors: []string{text}, Language: lang, PublishedAs: text}
		m := s.found(0, &it, text, word, word)
		it = s.put(0, it, 0, m)
		s.queue(dewline.Delivery{Receiver: text, Match: m, State: dewline.DeliveryDead, Attempts: []dewline.Attempt{{Answer: text, Error: text}}})
		s.receivers[text] = dewline.ReceiverState{Name: text, Disabled: true, Reason: text}
		h := s.handler()
		for _, path := range []string{"/", "/status", "/rules", "/deliveries", "/items/" + it.Key.String()} {
			res := ask(h, http.MethodGet, path)
			page := read(t, res)
			if res.StatusCode != http.StatusOK {
				t.Fatalf("%s: %s", path, res.Status)
			}
			for n := range parsed(t, page).Descendants() {
				if n.Type == html.ElementNode {
					innocent(t, path, n)
				}
			}
		}
		for n := range parsed(t, read(t, ask(h, http.MethodGet, "/search?"+url.Values{"query": {word}}.Encode()))).Descendants() {
			if n.Type == html.ElementNode {
				innocent(t, "/search", n)
			}
		}
		get(t, h, "/metrics")
		get(t, h, "/api/v1/items")
		get(t, h, "/api/v1/feeds")
		get(t, h, "/api/v1/deliveries")
	})
}

func parsed(t *testing.T, page string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
