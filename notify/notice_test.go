package notify

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"dewline"

	"github.com/google/go-cmp/cmp"
)

func sampleNotice() *message {
	return &message{key: dewline.Key{4, 5}, event: dewline.EventFailing, at: sampleTime, feed: &dewline.FeedEvent{
		Feed: dewline.FeedRef{Name: "UK <MOD>", URL: "https://mod.example/feed"}, At: sampleTime,
		Health: dewline.Health{
			State: dewline.HealthFailing, Reason: "not-found", Since: sampleTime.Add(-time.Hour),
			Detail: "the server answers 404", Remedy: "look for its new address",
		},
	}}
}

func sampleGroup() *message {
	m := sampleNotice()
	m.feed.Feed = dewline.FeedRef{Name: "312 of 320 feeds"}
	m.feed.Feeds = &dewline.FeedGroup{Failing: 312, Of: 320, Names: []string{"a", "b"}}
	return m
}

func sampleGap() *message {
	m := sampleNotice()
	m.feed.Health.State, m.feed.Health.Reason, m.feed.Gaps = dewline.HealthOK, dewline.ReasonGap, 1
	m.feed.Gap = &dewline.Gap{From: sampleTime.Add(-3 * time.Hour), To: sampleTime.Add(-time.Hour), Why: "the feed names no older pages"}
	return m
}

// An event of a feed is the same hook as one of an item, with the feed and what to do about it.
func TestFeedHook(t *testing.T) {
	const common = `"health": {"state": "failing", "reason": "not-found", "since": "2026-11-23T09:00:00Z",
		"detail": "the server answers 404", "remedy": "look for its new address"}`
	for _, c := range []struct {
		m    *message
		want string
	}{
		{sampleNotice(), `{"feed": {"name": "UK <MOD>", "url": "https://mod.example/feed", "tags": []}, ` + common + `,
			"link": "https://watch.example.org/status/` + dewline.FeedKey("UK <MOD>").String() + `"}`},
		{sampleGroup(), `{"feed": {"name": "312 of 320 feeds", "url": "", "tags": []}, "feeds": {"failing": 312, "of": 320, "names": ["a", "b"]}, ` +
			common + `, "link": "https://watch.example.org/status"}`},
		{sampleGap(), `{"feed": {"name": "UK <MOD>", "url": "https://mod.example/feed", "tags": []}, "gaps": 1, "gap": {"from": "2026-11-23T07:00:00Z",
			"to": "2026-11-23T09:00:00Z", "closed": false, "news": false, "pages": 0, "found": 0, "why": "the feed names no older pages"}, ` +
			strings.Replace(strings.Replace(common, "failing", "ok", 1), "not-found", "gap", 1) + `,
			"link": "https://watch.example.org/status/` + dewline.FeedKey("UK <MOD>").String() + `"}`},
	} {
		body, err := c.m.payload("https://watch.example.org/")
		if err != nil {
			t.Fatal(err)
		}
		var got, want any
		if err := json.Unmarshal(body, &got); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(`{"type": "feed.failing", "timestamp": "2026-11-23T10:00:00Z", "data": `+c.want+`}`), &want); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	}
}

// The mail says what to do, in both forms, and names the feeds that failed together.
func TestFeedMail(t *testing.T) {
	box := newMail(dewline.Email{From: "dewline@example.org"}, dewline.SMTP{}, "https://watch.example.org")
	for _, c := range []struct {
		m    *message
		want []string
	}{
		{sampleNotice(), []string{
			"Subject: [dewline] UK <MOD> is failing: not-found", "UK &lt;MOD&gt; is failing", "look for its new address",
			"Message-ID: <04050000000000000000000000000000@example.org>", "List-Id: <health.dewline.example.org>", "Auto-Submitted: auto-generated",
		}},
		{sampleGroup(), []string{"312 of 320 feeds cannot be read since 23 November, 09:00 UTC", "- b", "and 310 more"}},
		{sampleGap(), []string{"items of UK <MOD> may have passed unseen between 2026-11-23 07:00 and 09:00 UTC", "What to do"}},
	} {
		msg, err := box.compose(c.m, []string{"ops@example.org"})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if _, err := msg.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(b.String(), "=\r\n", "")
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("the mail does not say %q:\n%s", want, text)
			}
		}
	}
}
