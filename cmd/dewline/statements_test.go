package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"dewline"
	"dewline/filter"
	"dewline/monitor"
	"dewline/parser"
	"dewline/publish"
	"dewline/store"
)

// publisher serves documents by feed, read by the real parser.
type publisher struct {
	mu     sync.Mutex
	bodies map[string]string
}

func (p *publisher) Fetch(_ context.Context, f dewline.Feed, _ dewline.FeedState) dewline.Response {
	p.mu.Lock()
	defer p.mu.Unlock()
	return dewline.Response{HTTPStatus: 200, Parsed: parser.Parse(dewline.Document{Body: []byte(p.bodies[f.Name]), URL: f.URL, Feed: f})}
}

// reporter is what a test reports to, one of rapid's too.
type reporter interface {
	Helper()
	Error(args ...any)
	Errorf(format string, args ...any)
	Fatal(args ...any)
	Logf(format string, args ...any)
}

// desk is a newsroom: a publisher's feeds, a store, rules, and what they came to.
type desk struct {
	reporter
	*publisher
	db      *store.DB
	monitor *monitor.Monitor
	rules   []dewline.Rule
}

// The feeds a and b are of one publisher, c is of another one. What they hold at first alerts.
var deskFeeds = []dewline.Feed{
	{Name: "a", URL: "https://www.mod.example/feed", Schedule: "@hourly", FirstPoll: dewline.FirstPollAlert, Tags: []string{"ministry"}},
	{Name: "b", URL: "https://news.mod.example/rss", Schedule: "@hourly", FirstPoll: dewline.FirstPollAlert},
	{Name: "c", URL: "https://aggregator.example/feed", Schedule: "@hourly", FirstPoll: dewline.FirstPollAlert},
}

func newDesk(t testing.TB, feeds []dewline.Feed, rules ...dewline.Rule) *desk {
	t.Helper()
	d := openDesk(t, t.TempDir(), feeds, rules...)
	t.Cleanup(d.close)
	return d
}

func openDesk(t reporter, dir string, feeds []dewline.Feed, rules ...dewline.Rule) *desk {
	t.Helper()
	db, err := store.Open(filepath.Join(dir, "dewline.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{reporter: t, publisher: &publisher{bodies: make(map[string]string)}, db: db, rules: rules}
	d.configure(feeds)
	return d
}

// close checks the store before it closes it.
func (d *desk) close() {
	d.Helper()
	if err := d.db.Check(context.Background()); err != nil {
		d.Error(err)
	}
	if err := d.db.Close(); err != nil {
		d.Error(err)
	}
}

func (d *desk) configure(feeds []dewline.Feed) {
	d.Helper()
	var judge monitor.Judge = tellAll{}
	if len(d.rules) > 0 {
		compiled, err := filter.Compile(d.rules)
		if err != nil {
			d.Fatal(err)
		}
		judge = compiled
	}
	if err := d.db.Register(context.Background(), feeds, time.Now()); err != nil {
		d.Fatal(err)
	}
	var err error
	d.monitor, err = monitor.New(monitor.Options{Store: d.db, Fetcher: d, Judge: judge, Feeds: feeds, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		d.Fatal(err)
	}
}

func (d *desk) serve(feed string, items ...string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.bodies[feed] = `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>x</title>` + strings.Join(items, "") + `</channel></rss>`
}

func (d *desk) poll(feed string, items ...string) monitor.Outcome {
	d.Helper()
	d.serve(feed, items...)
	out, err := d.monitor.Poll(context.Background(), dewline.FeedKey(feed))
	if err != nil {
		d.Fatal(err)
	}
	if err := out.Poll.Balanced(); err != nil {
		d.Error(err)
	}
	return out
}

func (d *desk) items() (all []dewline.Item) {
	d.Helper()
	for it, err := range d.db.Items(context.Background(), time.Time{}, "") {
		if err != nil {
			d.Fatal(err)
		}
		all = append(all, it)
	}
	return all
}

// came checks what there is in the end: items, alerts and entries of the feed of all matches, one for each statement; and
// the versions of all items together.
func (d *desk) came(what string, statements, versions int) {
	d.Helper()
	items, n := d.items(), 0
	for _, it := range items {
		n += it.Version
	}
	told, err := d.db.Deliveries(context.Background(), dewline.DeliveryFilter{})
	if err != nil {
		d.Fatal(err)
	}
	rec := httptest.NewRecorder()
	publish.New(d.db, publish.Options{BaseURL: "https://watch.example", Rules: d.rules}).ServeHTTP(rec, httptest.NewRequest("GET", "/feeds/all.atom", nil))
	entries := strings.Count(rec.Body.String(), "<entry")
	if len(items) != statements || len(told) != statements || entries != statements || n != versions {
		d.Errorf("%s: %d items, %d alerts, %d entries, %d versions; want %d statements in %d versions", what, len(items), len(told), entries, n, statements, versions)
		for _, it := range items {
			d.Logf("%s %q v%d also %v: %s %s", it.Key, it.Title, it.Version, it.Also, it.Summary, it.Identity)
		}
	}
}

// rssItem is an item of RSS; what is empty is left out.
func rssItem(guid, link, title, date, text string) string {
	var b strings.Builder
	b.WriteString("<item>")
	for _, e := range [][2]string{{"guid", guid}, {"link", link}, {"title", title}, {"pubDate", date}, {"description", text}} {
		name := e[0]
		if name == "guid" {
			name = `guid isPermaLink="false"`
		}
		if e[1] != "" {
			fmt.Fprintf(&b, "<%s>%s</%s>", name, escape(e[1]), e[0])
		}
	}
	return b.String() + "</item>"
}

const (
	monday  = "Mon, 23 Nov 2026 10:00:00 GMT"
	tuesday = "Tue, 24 Nov 2026 10:00:00 GMT"
	north   = "The joint exercise in the northern region tests the air defence and lasts until Friday, the ministry said."
	south   = "Two frigates left their harbour this morning for a visit of several weeks to partner navies overseas."
	fuller  = north + " Three brigades take part. An anti-missile battery was moved to the coast for it."
)

// What publishers do to a statement, and what comes of it. Each line is a poll; the items of a poll of feed b begin
// with "b:".
func TestStatementsAreToldOnce(t *testing.T) {
	i := rssItem
	for name, c := range map[string]struct {
		polls                [][]string
		statements, versions int
	}{
		// One GUID for one statement after another.
		"a reused GUID": {[][]string{
			{i("g", "https://mod.example/1", "Exercise begins in the north", monday, north)},
			{i("g", "https://mod.example/2", "Frigates leave harbour", tuesday, south)},
			{i("g", "https://mod.example/2", "Frigates leave harbour", tuesday, south)},
			{i("g", "https://mod.example/1", "Exercise begins in the north", monday, north)},
			{i("g", "https://mod.example/3", "Budget passed", "", "")},
		}, 3, 3},
		"a reused GUID without dates and texts": {[][]string{
			{i("g", "https://mod.example/1", "Exercise begins in the north", "", "")},
			{i("g", "https://mod.example/2", "Frigates leave harbour", "", "")},
			{i("g", "https://mod.example/2", "Frigates leave the harbour", "", "")},
		}, 2, 3},
		"a reused GUID and the front page": {[][]string{
			{i("g", "https://mod.example/", "Exercise begins in the north", monday, "")},
			{i("g", "https://mod.example/", "Frigates leave harbour", tuesday, "")},
		}, 2, 2},
		"GUIDs that number the entries from the top": {[][]string{
			{i("1", "https://mod.example/22", "Contracts for Nov. 22", "", north), i("2", "https://mod.example/21", "Contracts for Nov. 21", "", north+" It was cancelled.")},
			{i("1", "https://mod.example/23", "Contracts for Nov. 23", "", north+" It was prolonged."), i("2", "https://mod.example/22", "Contracts for Nov. 22", "", north)},
			{i("1", "https://mod.example/24", "Contracts for Nov. 24", "", north+" It was joined."), i("2", "https://mod.example/23", "Contracts for Nov. 23", "", north+" It was prolonged.")},
			{i("1", "https://mod.example/24", "Contracts for Nov. 24", "", north+" It was joined."), i("2", "https://mod.example/23", "Contracts for Nov. 23", "", north+" It was prolonged.")},
		}, 4, 4},
		"GUIDs that number the entries from the end": {[][]string{
			{i("1", "https://mod.example/1", "Notice 1", "", north), i("2", "https://mod.example/2", "Notice 2", "", north+" It was cancelled.")},
			{i("1", "https://mod.example/2", "Notice 2", "", north+" It was cancelled."), i("2", "https://mod.example/3", "Notice 3", "", north+" It was joined.")},
		}, 3, 3},
		"daily notices at one page under one GUID": {[][]string{
			{i("g", "https://mod.example/contracts", "Contracts for Nov. 23", monday, north)},
			{i("g", "https://mod.example/contracts", "Contracts for Nov. 24", tuesday, south)},
		}, 2, 2},
		"an edit of everything but the GUID, the page and the date": {[][]string{
			{i("g", "https://mod.example/1", "Exercise begins in the north", monday, north)},
			{i("g", "https://mod.example/1", "Frigates leave harbour", monday, south)},
		}, 1, 2},
		"a mended title and its new address": {[][]string{
			{i("g", "https://mod.example/exercize-begins", "Exercize begins", monday, north)},
			{i("g", "https://mod.example/exercise-begins", "Exercise begins", tuesday, north)},
		}, 1, 2},
		"a link that moved": {[][]string{
			{i("g", "https://mod.example/1", "Exercise begins", monday, north)},
			{i("g", "https://mod.example/archive/1", "Exercise begins", tuesday, north+" It was prolonged.")},
		}, 1, 2},

		// GUIDs that churn, and edits.
		"churned GUIDs, and a title edited": {[][]string{
			{i("1", "https://mod.example/1", "Exercise begins", "", north), i("2", "https://mod.example/2", "Frigates leave", "", south)},
			{i("3", "https://mod.example/1", "Exercise begins", "", north), i("4", "https://mod.example/2", "Frigates leave", "", south)},
			{i("5", "https://mod.example/1", "Exercise begins on Monday", "", north), i("6", "https://mod.example/2", "Frigates leave", "", south)},
			{i("7", "https://mod.example/1", "Exercise begins on Monday", "", north), i("8", "https://mod.example/2", "Frigates leave", "", south)},
		}, 2, 3},
		"churned GUIDs, and a text edited": {[][]string{
			{i("1", "https://mod.example/1", "Exercise begins", monday, north)},
			{i("2", "https://mod.example/1", "Exercise begins", monday, fuller)},
			{i("3", "https://mod.example/1", "Exercise begins", monday, fuller)},
			{i("4", "https://mod.example/1", "Exercise begins", monday, north)},
		}, 1, 2},
		"an edit by a feed of one entry that churned before": {[][]string{
			{i("1", "https://mod.example/1", "Exercise begins", "", north)},
			{i("2", "https://mod.example/1", "Exercise begins", "", north)},
			{i("3", "https://mod.example/1", "Exercise begins", "", fuller)},
		}, 1, 2},
		"daily reports of one title and page, each with its GUID": {[][]string{
			{i("1", "https://mod.example/report", "Situation report", monday, north)},
			{i("2", "https://mod.example/report", "Situation report", tuesday, strings.ReplaceAll(north, "northern", "southern"))},
		}, 2, 2},
		"undated reports of one title and page, each with its GUID": {[][]string{
			{i("1", "https://mod.example/report", "Situation report", "", north)},
			{i("2", "https://mod.example/report", "Situation report", "", strings.ReplaceAll(north, "northern", "southern"))},
		}, 2, 2},
		"daily reports of one title and page by a feed that churns": {[][]string{
			{i("1", "https://mod.example/report", "Situation report", monday, north)},
			{i("2", "https://mod.example/report", "Situation report", monday, north)},
			{i("3", "https://mod.example/report", "Situation report", tuesday, strings.ReplaceAll(north, "northern", "southern"))},
		}, 2, 2},
		"news at one page under new GUIDs of a feed that churns": {[][]string{
			{i("1", "https://mod.example/news", "Exercise begins", "", north)},
			{i("2", "https://mod.example/news", "Exercise begins", "", north)},
			{i("3", "https://mod.example/news", "Frigates leave", "", south)},
		}, 2, 2},

		// Links that change at every request.
		"a session": {[][]string{
			{i("", "https://mod.example/view?id=1&sid=4af2", "Exercise begins", "", north), i("", "https://mod.example/view?id=2&sid=4af2", "Frigates leave", "", south)},
			{i("", "https://mod.example/view?id=1&sid=99e1", "Exercise begins", "", north), i("", "https://mod.example/view?id=2&sid=99e1", "Frigates leave", "", south)},
			{i("", "https://mod.example/view?id=1&sid=0b0c", "Exercise begins", "", fuller), i("", "https://mod.example/view?id=2&sid=0b0c", "Frigates leave", "", south)},
		}, 2, 3},
		"sessions by other names": {[][]string{
			{i("", "https://mod.example/a;jsessionid=1A?PHPSESSID=77", "Exercise begins", "", "")},
			{i("", "https://mod.example/a;jsessionid=2B?PHPSESSID=78", "Exercise begins", "", "")},
			{i("", "https://mod.example/a?t=1764025187", "Exercise begins", "", "")},
			{i("", "https://mod.example/a?t=1764025999&_=0.7761", "Exercise begins", "", "")},
		}, 1, 1},
		"a parameter nobody knows, and the date": {[][]string{
			{i("", "https://mod.example/a?vx=1", "Exercise begins", monday, "")},
			{i("", "https://mod.example/a?vx=2", "Exercise begins", monday, "")},
		}, 1, 1},
		"a parameter nobody knows, the same on all links": {[][]string{
			{i("", "https://mod.example/a?vx=8f3a77c0e12b44d1", "Exercise begins", "", north), i("", "https://mod.example/b?vx=8f3a77c0e12b44d1", "Frigates leave", "", south)},
			{i("", "https://mod.example/a?vx=0000aa10e12bf6d3", "Exercise begins", "", north), i("", "https://mod.example/b?vx=0000aa10e12bf6d3", "Frigates leave", "", south)},
		}, 2, 2},
		"pages by number, of one title": {[][]string{
			{i("", "https://mod.example/view?id=1", "Statement", "", north)},
			{i("", "https://mod.example/view?id=2", "Statement", "", south)},
			{i("", "https://mod.example/view?id=3", "Statement", "", south)},
		}, 3, 3},
		"twins by number": {[][]string{
			{i("", "https://mod.example/view?id=1", "Statement", "", north), i("", "https://mod.example/view?id=2", "Statement", "", north)},
			{i("", "https://mod.example/view?id=2", "Statement", "", north), i("", "https://mod.example/view?id=1", "Statement", "", north)},
		}, 2, 2},

		// Versions.
		"typography": {[][]string{
			{i("g", "https://mod.example/1", "The \"minister's\" visit", monday, "One - two... three")},
			{i("g", "https://mod.example/1", "The “minister’s” visit", tuesday, "One\u00a0– two… \n three")},
		}, 1, 1},
		"servers that disagree": {[][]string{
			{i("g", "https://mod.example/1", "Old", monday, north)}, {i("g", "https://mod.example/1", "New", monday, north)},
			{i("g", "https://mod.example/1", "Old", monday, north)}, {i("g", "https://mod.example/1", "New", monday, north)},
			{i("g", "https://mod.example/1", "Old", monday, north)}, {i("g", "https://mod.example/1", "New", monday, north)},
			{i("g", "https://mod.example/1", "Old", monday, north)}, {i("g", "https://mod.example/1", "New", monday, north)},
		}, 1, 4},
		"items that come and go": {[][]string{
			{i("1", "https://mod.example/1", "One", monday, north), i("2", "https://mod.example/2", "Two", monday, south)},
			{i("2", "https://mod.example/2", "Two", monday, south)},
			{i("1", "https://mod.example/1", "One", monday, north)},
			{i("2", "https://mod.example/2", "Two", monday, south), i("1", "https://mod.example/1", "One", monday, north)},
		}, 2, 2},

		// Two feeds of one publisher.
		"the same in two feeds": {[][]string{
			{i("1", "https://mod.example/1", "Exercise begins", monday, north)},
			{"b:", i("b1", "http://www.mod.example/1/?utm_source=rss", "Exercise begins", monday, north)},
			{"b:", i("b1", "http://www.mod.example/1/?utm_source=rss", "Exercise begins", monday, north)},
		}, 1, 1},
		"a teaser and the full text": {[][]string{
			{i("1", "https://mod.example/1", "Exercise begins", monday, north[:60]+"…")},
			{"b:", i("b1", "https://mod.example/1", "Exercise begins", monday, fuller)},
		}, 1, 1},
		"title and link alone in the second": {[][]string{
			{i("1", "https://mod.example/1", "Exercise begins", monday, north)},
			{"b:", i("b1", "https://mod.example/1", "Exercise begins", "", "")},
		}, 1, 1},
		"press releases at the front page": {[][]string{
			{i("1", "https://mod.example/", "Press release", "", "")},
			{"b:", i("b1", "https://mod.example/", "Press release", "", "")},
		}, 2, 2},
		"one page and title, unrelated texts": {[][]string{
			{i("1", "https://mod.example/live", "Live", monday, north)},
			{"b:", i("b1", "https://mod.example/live", "Live", monday, south)},
		}, 2, 2},
		"daily reports in two feeds": {[][]string{
			{i("1", "https://mod.example/report", "Situation report", monday, north)},
			{"b:", i("b2", "https://mod.example/report", "Situation report", tuesday, strings.NewReplacer("northern", "southern", "Friday", "Sunday", "exercise", "drill").Replace(north))},
		}, 2, 2},
		"the old title once more": {[][]string{
			{i("1", "https://mod.example/1", "Exercize begins", monday, fuller)},
			{"b:", i("b1", "https://mod.example/1", "Exercize begins", monday, north)},
			{i("1", "https://mod.example/1", "Exercise begins", monday, fuller)},
			{"b:", i("b1", "https://mod.example/1", "Exercize begins", monday, north+" It was prolonged.")},
			{"b:", i("b1", "https://mod.example/1", "Exercise begins", monday, north+" It was prolonged.")},
		}, 1, 3},
		"twins in the second": {[][]string{
			{i("1", "https://mod.example/1", "Exercise begins", monday, north)},
			{"b:", i("b1", "https://mod.example/1", "Exercise begins", monday, north), i("b2", "https://mod.example/1", "Exercise begins", monday, north)},
		}, 2, 2},
		"edits by both": {[][]string{
			{i("1", "https://mod.example/1", "Exercize begins", monday, fuller)},
			{"b:", i("b1", "https://mod.example/1", "Exercize begins", monday, north)},
			{i("1", "https://mod.example/1", "Exercise begins", monday, fuller)},
			{"b:", i("b1", "https://mod.example/1", "Exercise begins", monday, north)},
			{i("1", "https://mod.example/1", "Exercise begins", monday, fuller)},
			{"b:", i("b1", "https://mod.example/1", "Exercise begins", monday, north+" It was prolonged.")},
			{i("1", "https://mod.example/1", "Exercise begins", monday, fuller)},
		}, 1, 3},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, deskFeeds)
			for _, poll := range c.polls {
				if poll[0] == "b:" {
					d.poll("b", poll[1:]...)
				} else {
					d.poll("a", poll...)
				}
			}
			d.came(name, c.statements, c.versions)
		})
	}
}

// What came by a first feed is judged as the second one's too, with what that says beyond it, and told once.
func TestASecondFeedMissesNothing(t *testing.T) {
	rule := func(name, query string, feeds ...string) dewline.Rule {
		return dewline.Rule{Name: name, Title: name, Query: query, Feeds: feeds, Alert: []string{"desk"}}
	}
	d := newDesk(t, deskFeeds, rule("of b", "exercise", "b"), rule("full text", "anti-missile"), rule("both", "exercise"))
	d.poll("a", rssItem("1", "https://mod.example/1", "Exercise begins", monday, north))
	second := rssItem("b1", "https://mod.example/1", "Exercise begins", monday, fuller)
	for range 2 {
		d.poll("b", second)
	}
	told, err := d.db.Deliveries(context.Background(), dewline.DeliveryFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var rules []string
	for _, x := range told {
		rules = append(rules, x.Match.Rule.Name)
	}
	if slices.Sort(rules); !slices.Equal(rules, []string{"both", "full text", "of b"}) {
		t.Errorf("told by the rules %q", rules)
	}
	items := d.items()
	if len(items) != 1 || items[0].Version != 1 || len(items[0].Also) != 1 || items[0].Also[0].Name != "b" || !strings.Contains(items[0].Content, "anti-missile") {
		t.Fatalf("%+v", items)
	}
	matches, err := d.db.MatchesOf(context.Background(), items[0].Key)
	if err != nil || len(matches) != 3 {
		t.Fatal(len(matches), err)
	}
	for _, m := range matches {
		for _, h := range m.Hits {
			if text := items[0].Text(h.Field); h.End > len(text) || text[h.Start:h.End] != h.Text {
				t.Errorf("%s: %q does not stand at %d of the %s", m.Rule.Name, h.Text, h.Start, h.Field)
			}
		}
	}

	// The first feed is no longer configured; an edit by the second one is a version.
	d.configure(deskFeeds[1:])
	d.poll("b", rssItem("b1", "https://mod.example/1", "Exercise begins in the north", monday, fuller))
	if items = d.items(); len(items) != 1 || items[0].Version != 2 || items[0].Title != "Exercise begins in the north" {
		t.Errorf("after an edit: %+v", items)
	}
}

// An aggregator of another publisher is not joined.
func TestAnotherPublisherIsNotJoined(t *testing.T) {
	d := newDesk(t, deskFeeds)
	for _, feed := range []string{"a", "c"} {
		d.poll(feed, rssItem("1", "https://mod.example/1", "Exercise begins", monday, north))
	}
	d.came("two publishers", 2, 2)
}

// A quiet first poll silences nothing that is news by the other feed, and tells nothing that was told.
func TestAQuietFirstPollOfASecondFeed(t *testing.T) {
	feeds := slices.Clone(deskFeeds)
	feeds[1].FirstPoll = dewline.FirstPollPublish
	alerts := func(d *desk) int {
		told, err := d.db.Deliveries(context.Background(), dewline.DeliveryFilter{})
		if err != nil {
			t.Fatal(err)
		}
		return len(told)
	}
	d := newDesk(t, feeds)
	old := rssItem("1", "https://mod.example/1", "Exercise begins", monday, north)
	news := rssItem("2", "https://mod.example/2", "Frigates leave", tuesday, south)
	d.poll("a", old)
	d.poll("b", old, news, rssItem("3", "https://mod.example/3", "Budget passed", monday, ""))
	if n := alerts(d); n != 1 {
		t.Errorf("%d alerts after the second feed's quiet first poll, want the first feed's one", n)
	}
	for range 2 {
		d.poll("a", old, news)
		d.poll("b", old, news)
	}
	if n := alerts(d); n != 2 {
		t.Errorf("%d alerts when the quiet one is news by the first feed, want 2", n)
	}
	if items := d.items(); len(items) != 3 {
		t.Errorf("%d items", len(items))
	}
}

// Both feeds are polled at one moment, again and again: one of them is first, and the other one knows.
func TestTwoFeedsAtOnce(t *testing.T) {
	d := newDesk(t, deskFeeds)
	const rounds = 30
	for n := range rounds {
		item := func(feed string) string {
			return rssItem(fmt.Sprint(feed, n), fmt.Sprintf("https://mod.example/%d", n), fmt.Sprintf("Exercise %d begins", n), monday, north)
		}
		var both sync.WaitGroup
		for _, feed := range []string{"a", "b"} {
			d.serve(feed, item(feed))
			both.Go(func() {
				if _, err := d.monitor.Poll(context.Background(), dewline.FeedKey(feed)); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
	}
	d.came("both at once", rounds, rounds)
}
