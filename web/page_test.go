package web_test

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"dewline"

	"golang.org/x/net/html"
)

func mustHold(t *testing.T, where, page string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(page, w) {
			t.Errorf("%s does not say %q", where, w)
		}
	}
}

func mustNotHold(t *testing.T, where, page string, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(page, w) {
			t.Errorf("%s says %q", where, w)
		}
	}
}

// TestOverview: what a tired reader needs is on the front page.
func TestOverview(t *testing.T) {
	now := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	s := newSample(t, now)
	page := get(t, s.handler(), "/")
	mustHold(t, "the page", page,
		"Needs attention", "in trouble", "dead letter", "dewline deliveries retry --receiver script", "410 Gone", "takes no alerts", "429 Too Many Requests: &lt;b&gt;later",
		`<span class="state bad">failing: not-found</span>`, `<span class="state bad">failing: timeout</span>`, `<span class="state warn">cut</span>`,
		"look for its new address on the site", "https://review.example.com/feed/rss.xml", "国防部网 – 新闻",
		`<mark>反导</mark>`, `<mark>anti-missile</mark>`, `<mark>противоракетной</mark>`, "<q><bdi>вчера, 14:05 МСК</bdi></q>",
		`lang="zh-CN"`, `lang="ru"`, `lang="ar"`, `dir="auto"`,
		`<time datetime="2026-11-24T02:51:00Z">`,
		`href="./items/`+s.ids["zh"].String()+`"`, `href="http://mod.example.cn/2026-11/23/content_1.htm"`,
		`title="All matches (Atom)" href="./feeds/all.atom"`, `href="./feeds/anti-missile.atom"`, `href="./feeds/hypersonic.json"`,
		"connect: connection refused", "250 2.0.0 Ok: queued as 4F1B7", "next attempt",
	)
	mustNotHold(t, "the page", page, "javascript:", "story")
	if a, b := strings.Index(page, "Given up"), strings.Index(page, "Latest delivered"); a < 0 || a > b {
		t.Error("what was given up does not stand before what arrived")
	}
	if a, b := strings.Index(page, `id="health"`), strings.Index(page, `id="matches"`); a < 0 || a > b {
		t.Error("the status line does not stand first")
	}
}

// TestNotReady: a store that refuses commits is the first thing that is said.
func TestNotReady(t *testing.T) {
	s := newSample(t, time.Now())
	s.opts.Ready = func() error { return errors.New("the store refuses commits since 02:11: no space left") }
	page := get(t, s.handler(), "/")
	notReady, other := strings.Index(page, "the store refuses commits since 02:11"), strings.Index(page, "410 Gone")
	if notReady < 0 || notReady > other {
		t.Error("the page does not begin with the store's fault")
	}
}

func TestAllIsWell(t *testing.T) {
	s := newSample(t, time.Now())
	s.feeds = slices.DeleteFunc(s.feeds, func(st dewline.FeedState) bool { return !st.Status.Healthy() })
	s.deliveries, s.receivers = nil, nil
	h := s.handler()
	for _, path := range []string{"/", "/status"} {
		page := get(t, h, path)
		mustHold(t, path, page, "All is well", "feeds healthy")
		mustNotHold(t, path, page, "Needs attention", "</b> in trouble")
	}
	s.feeds[0].Due = time.Now().Add(-2 * time.Hour) // nobody polls any more
	mustHold(t, "/", get(t, h, "/"), "Needs attention", "overdue")
}

func TestEmpty(t *testing.T) {
	s := &sample{memory: newMemory()}
	s.opts.Log, s.opts.Feed, s.opts.Ready = logTo(t), output, func() error { return nil }
	h := s.handler()
	mustHold(t, "/", get(t, h, "/"), "Nothing matched yet", "No feed is configured", "No rule is configured", "Nobody was told anything yet")
	mustHold(t, "/status", get(t, h, "/status"), "No feed is configured")
	mustHold(t, "/rules", get(t, h, "/rules"), "No rule is configured")
	mustHold(t, "/deliveries", get(t, h, "/deliveries"), "There are no such deliveries")
	for _, path := range []string{"items", "feeds", "rules", "deliveries", "polls"} {
		want := fmt.Sprintf(`{"%s":[]}`, path)
		if path == "deliveries" {
			want = `{"deliveries":[],"sums":[]}`
		}
		if body := get(t, h, "/api/v1/"+path); strings.TrimSpace(body) != want {
			t.Errorf("%s: %s", path, body)
		}
	}
}

var itemLink = regexp.MustCompile(`<h3[^>]*><a href="\./items/([0-9a-f]{32})">`)

// next is the link to the page after this one.
var next = regexp.MustCompile(`<a rel="next" href="([^"]*)">`)

// walk follows the links to the next page from a page to the last.
func walk(t *testing.T, h http.Handler, path, base string) (pages []string) {
	t.Helper()
	for range 200 {
		page := get(t, h, path)
		pages = append(pages, page)
		link := next.FindStringSubmatch(page)
		if link == nil {
			return pages
		}
		path = strings.ReplaceAll(link[1], "&amp;", "&")
		path = base + strings.TrimPrefix(path[strings.IndexByte(path, '?'):], ".")
	}
	t.Fatal("the pages have no end")
	return nil
}

func TestMatchPagesWalkEverythingOnce(t *testing.T) {
	s := newSample(t, time.Now())
	s.many(88)
	h := s.handler()
	for _, rule := range []string{"", "exercises", "hypersonic"} {
		var got, want []string
		path := "/"
		if rule != "" {
			path += "?rule=" + rule
		}
		for _, page := range walk(t, h, path, "/") {
			for _, m := range itemLink.FindAllStringSubmatch(page, -1) {
				got = append(got, m[1])
			}
		}
		all, _ := s.Matches(t.Context(), rule, 0, 1000)
		for _, m := range all {
			want = append(want, m.Item.Key.String())
		}
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("rule %q: the pages hold %d matches, want %d, the newest first", rule, len(got), len(want))
		}
	}
}

// TestThousandsOfFeeds: the pages stay small, and no trouble is hidden.
func TestThousandsOfFeeds(t *testing.T) {
	s := newSample(t, time.Now())
	for i := range 3000 {
		status := dewline.StatusOK
		if i%3 == 0 {
			status = dewline.StatusTLS
		}
		s.feed(fmt.Sprintf("feed %05d", i), fmt.Sprintf("https://f%d.example.org/feed", i), status, nil)
	}
	for i := range 1000 {
		s.opts.Rules = append(s.opts.Rules, dewline.Rule{Name: fmt.Sprintf("r%d", i), Title: fmt.Sprintf("rule number %d", i), Query: "a b c"})
	}
	h := s.handler()
	for _, path := range []string{"/", "/status", "/rules", "/deliveries"} {
		if n := len(get(t, h, path)); n > 200_000 {
			t.Errorf("%s has %d bytes", path, n)
		}
	}
	front := get(t, h, "/")
	mustHold(t, "/", front, "<b>1003</b> in trouble", ">991 more feeds in trouble</a>", ">993 more rules</a>")

	name := regexp.MustCompile(`<th scope="row"><b><a href="\./status/[0-9a-f]{32}"><bdi>(.*?)</bdi>`)
	var got []string
	for i, page := range walk(t, h, "/status", "/status") {
		for _, m := range name.FindAllStringSubmatch(page, -1) {
			got = append(got, m[1])
		}
		if i < 10 { // wholly of feeds in trouble
			mustNotHold(t, "a page of feeds in trouble", page, `<span class="state ok">`)
		}
	}
	unique := slices.Compact(slices.Sorted(slices.Values(got)))
	if len(got) != len(s.feeds) || len(unique) != len(got) {
		t.Errorf("the pages show %d feeds, %d different ones, want %d", len(got), len(unique), len(s.feeds))
	}
	rule := regexp.MustCompile(`<th scope="row"><a href="\./\?rule=([^"]*)"`)
	var rules []string
	for _, page := range walk(t, h, "/rules", "/rules") {
		for _, m := range rule.FindAllStringSubmatch(page, -1) {
			rules = append(rules, m[1])
		}
	}
	if len(rules) != 1003 || len(slices.Compact(slices.Sorted(slices.Values(rules)))) != 1003 {
		t.Errorf("the pages show %d rules, want 1003 different ones", len(rules))
	}
}

func TestDeliveryPages(t *testing.T) {
	s := newSample(t, time.Now())
	for i := range 170 {
		state := dewline.DeliveryDelivered
		if i%2 == 0 {
			state = dewline.DeliveryDead
		}
		s.queue(dewline.Delivery{Receiver: "desk", Match: dewline.Match{Rule: dewline.RuleRef{Name: fmt.Sprint("rule ", i)}, Item: s.items[0].Key}, Queued: s.now, State: state})
	}
	h := s.handler()
	key := regexp.MustCompile(`<code class="id">([0-9a-f]{32})</code>`)
	for query, want := range map[string]int{"": 182, "?state=silenced": 1, "?state=dead": 86, "?state=dead&receiver=desk": 85, "?receiver=hook": 7, "?state=pending&receiver=desk": 1, "?state=pending&receiver=script": 0} {
		var got []string
		for _, page := range walk(t, h, "/deliveries"+query, "/deliveries") {
			for _, m := range key.FindAllStringSubmatch(page, -1) {
				got = append(got, m[1])
			}
		}
		if len(got) != want || len(slices.Compact(slices.Sorted(slices.Values(got)))) != want {
			t.Errorf("%q: %d deliveries, want %d different ones", query, len(got), want)
		}
	}
}

// TestItem: the item's page has all that is known of it.
func TestItem(t *testing.T) {
	now := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	s := newSample(t, now)
	h := s.handler()
	path := "/items/" + s.ids["tag:mod.example.org,2026:118"].String()
	page := get(t, h, path)
	mustHold(t, "the page", page,
		"Joint briefing on the world and regional <mark>anti-missile</mark> situation", "systems in the region", "<mark>missile defence</mark>", "hypersonic <mark>exercise</mark> programmes",
		"Press office", "A. Smith", "arms control", "tag:mod.example.org,2026:118", `href="https://mod.example.org/news/joint-briefing"`, "judged in version 2",
		"Version 2</b> (shown here)", `?version=1">Version 1</a>`, `<time datetime="2026-11-24T02:34:00Z">`, "<q><bdi>Monday noon</bdi></q>", "<code>&#34;missile defence&#34;</code> in summary, content",
		"What version 2 changed", "<del>global</del><ins>world</ins>",
	)
	old := get(t, h, path+"?version=1")
	mustHold(t, "version 1", old, "on the global and regional <mark>anti-missile</mark>", "which the source has replaced", `?version=2">Version 2</a>`)
	if strings.Contains(old, "<ins>") {
		t.Error("the first version changed something")
	}
	mustHold(t, "the item in Russian", get(t, h, "/items/"+s.ids["ru"].String()), "<q><bdi>вчера, 14:05 МСК</bdi></q>", `lang="ru"`, "Отдел новостей")
	mustHold(t, "an item that nothing matched", get(t, h, "/items/"+s.ids["plain"].String()), "No rule matched this item", "no text beside the title")
	for target, says := range map[string]string{
		"/items/" + dewline.Key{7}.String(): "There is no item with this id",
		"/items/x":                          "There is no item with this id",
		path + "?version=9":                 "the latest is 2",
		"/?rule=anti-missle":                "did you mean &#34;anti-missile&#34;?",
		"/nowhere":                          "There is no page at this address",
		"/items/a/b":                        "There is no page at this address",
	} {
		res := ask(h, http.MethodGet, target)
		if text := read(t, res); res.StatusCode != http.StatusNotFound || !strings.Contains(text, says) || !strings.Contains(text, "<main") {
			t.Errorf("%s: %s, want 404 and %q:\n%s", target, res.Status, says, text)
		}
	}
	for _, target := range []string{"/?before=x", "/?before=-1", "/status?page=x", "/status?page=0", "/rules?page=99999999999999999999", "/deliveries?before=x", "/deliveries?state=x"} {
		if res := ask(h, http.MethodGet, target); res.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %s", target, res.Status)
		}
	}
	for _, target := range []string{"/status?page=1000", "/rules?page=1000", "/?before=1", "/deliveries?before=1"} {
		get(t, h, target) // behind the end: an empty page
	}
}

// TestHostile: nothing from outside is more than text on any page.
func TestHostile(t *testing.T) {
	s := newSample(t, time.Now())
	evil := `"><script>alert('x')</script><img src=x onerror=alert(1)>'` + "\u202e"
	s.feed(evil, "javascript:alert(7)", dewline.StatusTLS, func(st *dewline.FeedState) {
		st.Title, st.Link, st.Language, st.Detail, st.MovedTo = evil, "javascript:alert(8)", evil, evil, "javascript:alert(9)"
	}, evil)
	s.opts.Rules = append(s.opts.Rules, dewline.Rule{Name: "evil", Title: evil, Query: evil, Tags: []string{evil}, Feeds: []string{evil}, Alert: []string{evil}})
	it := dewline.Item{GUID: evil, Title: evil, URL: "data:text/html," + evil, Summary: evil, Content: evil, Authors: []string{evil}, Categories: []string{evil}, Language: evil, PublishedAs: evil, UpdatedAs: evil}
	m := s.found(3, &it, evil, evil, evil, evil, "<script>")
	it = s.put(time.Minute, it, len(s.opts.Feeds)-1, m)
	s.queue(dewline.Delivery{Receiver: evil, Match: m, Queued: s.now, State: dewline.DeliveryDead, Attempts: []dewline.Attempt{{At: s.now, Answer: evil, Error: evil}}})
	s.receivers[evil] = dewline.ReceiverState{Name: evil, Disabled: true, Reason: evil}
	s.opts.Ready = func() error { return errors.New(evil) }
	h := s.handler()
	for _, path := range []string{"/", "/?rule=evil", "/status", "/rules", "/deliveries", "/items/" + it.Key.String(), "/items/" + s.ids[hostile.GUID].String(), "/?rule=" + "%22%3E%3Cscript%3E"} {
		page := read(t, ask(h, http.MethodGet, path))
		doc, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			if n.Type == html.ElementNode {
				innocent(t, path, n)
			}
		}
		if strings.Contains(page, "ZgotmplZ") {
			t.Errorf("%s holds an address that the template refused: it should not have been written at all", path)
		}
	}
}

// innocent fails for an element that our templates do not write.
func innocent(t *testing.T, path string, n *html.Node) {
	t.Helper()
	if slices.Contains([]string{"script", "iframe", "svg", "style", "object", "embed", "base"}, n.Data) {
		t.Errorf("%s holds <%s>", path, n.Data)
	}
	for _, a := range n.Attr {
		value := strings.ToLower(strings.TrimSpace(a.Val))
		switch {
		case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "lang" && !language.MatchString(a.Val):
			t.Errorf("%s holds <%s %s=%q>", path, n.Data, a.Key, a.Val)
		case a.Key != "href" && a.Key != "src" && a.Key != "action":
		case !strings.HasPrefix(value, "./") && !strings.HasPrefix(value, "?") && value != "#main" && !strings.HasPrefix(value, "https://") && !strings.HasPrefix(value, "http://"),
			n.Data != "a" && strings.HasPrefix(value, "http"):
			t.Errorf("%s leads to %q by <%s>", path, a.Val, n.Data)
		}
	}
}

var language = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$`)

// TestMarkup: what programs that read pages aloud rely on.
func TestMarkup(t *testing.T) {
	s := newSample(t, time.Now())
	s.many(60)
	h := s.handler()
	for _, path := range []string{"/", "/?rule=exercises", "/status", "/rules", "/deliveries", "/search", "/search?query=exercise", "/search?query=a+or+(", "/items/" + s.ids["zh"].String(), "/nowhere"} {
		doc, err := html.Parse(strings.NewReader(read(t, ask(h, http.MethodGet, path))))
		if err != nil {
			t.Fatal(err)
		}
		count, ids := make(map[string]int), make(map[string]int)
		var wanted []string
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			count[n.Data]++
			has := make(map[string]string)
			for _, a := range n.Attr {
				has[a.Key] = a.Val
			}
			if id, ok := has["id"]; ok {
				ids[id]++
			}
			for _, key := range []string{"aria-labelledby", "for"} {
				if id, ok := has[key]; ok {
					wanted = append(wanted, id)
				}
			}
			if _, alt := has["alt"]; n.Data == "img" && !alt {
				t.Errorf("%s: an img without alt", path)
			}
			if n.Data == "th" && has["scope"] == "" {
				t.Errorf("%s: a th without scope", path)
			}
		}
		for _, name := range []string{"h1", "main", "header", "footer", "title"} {
			if count[name] != 1 {
				t.Errorf("%s has %d %s", path, count[name], name)
			}
		}
		for id, n := range ids {
			if n > 1 {
				t.Errorf("%s: the id %q stands %d times", path, id, n)
			}
		}
		for _, id := range wanted {
			if ids[id] == 0 {
				t.Errorf("%s: %q labels something and is not there", path, id)
			}
		}
	}
}

// TestStyle: the style sheet has a name of its own content and may be kept.
func TestStyle(t *testing.T) {
	s := newSample(t, time.Now())
	h := s.handler()
	for path, root := range map[string]string{"/": "./", "/items/" + s.ids["zh"].String(): "./../", "/a/b/c": "./../../"} {
		page := read(t, ask(h, http.MethodGet, path))
		links := regexp.MustCompile(`(?:href|src)="([^"]*static/[a-z]+\.[0-9a-f]{12}\.(?:css|svg))"`).FindAllStringSubmatch(page, -1)
		if len(links) != 3 {
			t.Fatalf("%s links %d files", path, len(links))
		}
		for _, link := range links {
			name, ok := strings.CutPrefix(link[1], root)
			if !ok {
				t.Errorf("%s links %s, want %s…", path, link[1], root)
			}
			res := ask(h, http.MethodGet, "/"+name)
			if res.StatusCode != http.StatusOK || res.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
				t.Errorf("%s: %s, %s", name, res.Status, res.Header.Get("Cache-Control"))
			}
		}
	}
}

func TestOPML(t *testing.T) {
	s := newSample(t, time.Now())
	outlines, skipped, err := dewline.ReadOPML(strings.NewReader(get(t, s.handler(), "/opml")))
	if err != nil || len(skipped) > 0 || len(outlines) != len(s.opts.Feeds) {
		t.Fatalf("%d feeds of %d, %v, %v", len(outlines), len(s.opts.Feeds), skipped, err)
	}
	for i, f := range s.opts.Feeds {
		if o := outlines[i]; o.URL != f.URL || o.Title != f.Name || !slices.Equal(o.Categories, f.Tags) {
			t.Errorf("%+v of %+v", o, f)
		}
	}
}

func TestHealth(t *testing.T) {
	s := newSample(t, time.Now())
	var unready error
	s.opts.Ready = func() error { return unready }
	h := s.handler()
	state := func() string {
		ready := ask(h, http.MethodGet, "/readyz")
		return fmt.Sprint(ask(h, http.MethodGet, "/healthz").StatusCode, " ", ready.StatusCode, " ", strings.TrimSpace(read(t, ready)))
	}
	for _, c := range []struct {
		unready, fault error
		want           string
	}{
		{nil, nil, "200 200 ready"},
		{errors.New("the store refuses commits\nand more"), nil, "200 503 not ready: the store refuses commits"},
		{nil, errors.New("input/output error"), "200 503 not ready: the store cannot be read: input/output error"},
		{errors.New(strings.Repeat("я", 150)), nil, "200 503 not ready: " + strings.Repeat("я", 100) + "…"},
	} {
		unready, s.fault = c.unready, c.fault
		if got := state(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// A feed's page has its open gaps for as long as they are on record, also when its last poll has nothing to say of
// them, and says when it waits for its site.
func TestFeedPageSaysWhatMayBeMissed(t *testing.T) {
	now := time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC)
	s := newSample(t, now)
	h := s.handler()
	page := get(t, h, "/status/"+dewline.FeedKey("Defence Review").String())
	mustHold(t, "the page", page,
		"Items may have passed unseen", `<li>between <time datetime="2026-11-23T18:00:00Z">`, `<time datetime="2026-11-23T20:00:00Z">`, "the feed names no older pages",
		`Not polled until <time datetime="2026-11-24T03:20:00Z">`, "its site answered &#34;Defence Review&#34; that it is asked too often")
	mustNotHold(t, "the page", page, "lists more")
	for _, p := range s.polls[dewline.FeedKey("Defence Review")] {
		if p.Gap != nil {
			for range 25 {
				s.polls[dewline.FeedKey("Ministry of Defence")] = append(s.polls[dewline.FeedKey("Ministry of Defence")], p)
			}
		}
	}
	page = get(t, h, "/status/"+dewline.FeedKey("Ministry of Defence").String())
	if n := strings.Count(page, "<li>between "); n != 20 {
		t.Errorf("%d gaps", n)
	}
	mustHold(t, "the page of many gaps", page, "<code>dewline polls --gaps</code> lists more")
	mustNotHold(t, "the page of a feed without gaps", get(t, h, "/status/"+dewline.FeedKey("国防部").String()), "passed unseen", "Not polled until")
}

// An item's page says by which other feeds it came, and why it is an item of its own where that was in doubt.
func TestItemSaysItsIdentity(t *testing.T) {
	s := newSample(t, time.Now())
	it := s.put(0, dewline.Item{GUID: "two", Title: "x", Also: []dewline.FeedRef{{Name: "Army <b>", URL: "https://army.example/feed"}}, Identity: "told, because"}, 0)
	body := get(t, s.handler(), "/items/"+it.Key.String())
	for _, want := range []string{"also in <bdi>Army &lt;b&gt;</bdi>", "https://army.example/feed", "told, because"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}
