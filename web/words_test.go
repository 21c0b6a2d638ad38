package web

import (
	"fmt"
	"testing"
	"time"

	"dewline"
)

func TestAge(t *testing.T) {
	const day = 24 * time.Hour
	for d, want := range map[time.Duration]string{
		0: "just now", 59 * time.Second: "just now", -30 * time.Second: "just now", time.Minute: "1 min ago", -90 * time.Second: "in 1 min",
		59*time.Minute + 59*time.Second: "59 min ago", time.Hour: "1 h ago", 47 * time.Hour: "47 h ago", 2 * day: "2 days ago", 59 * day: "59 days ago",
		60 * day: "2 months ago", 729 * day: "24 months ago", 731 * day: "2 years ago", -200 * 365 * day: "in 200 years",
	} {
		if got := age(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

func TestStamp(t *testing.T) {
	now := time.Date(2026, 11, 24, 0, 30, 0, 0, time.UTC)
	for _, c := range []struct {
		at        time.Time
		iso, text string
	}{
		{now.Add(-10 * time.Minute), "2026-11-24T00:20:00Z", "00:20 UTC"},
		{now.Add(-40 * time.Minute), "2026-11-23T23:50:00Z", "23 Nov 23:50 UTC"},
		{time.Date(2026, 11, 24, 2, 0, 0, 0, time.FixedZone("", 2*3600)), "2026-11-24T00:00:00Z", "00:00 UTC"},
		{time.Unix(0, 0), "1970-01-01T00:00:00Z", "1 Jan 1970 00:00 UTC"},
		{time.Date(2126, 1, 2, 3, 4, 5, 0, time.UTC), "2126-01-02T03:04:05Z", "2 Jan 2126 03:04 UTC"},
	} {
		if s := at(c.at, now); s.ISO != c.iso || s.Text != c.text {
			t.Errorf("%v: %+v, want %s and %s", c.at, s, c.iso, c.text)
		}
	}
	if s := at(time.Time{}, now); s != nil {
		t.Errorf("what never happened is %+v", s)
	}
}

func TestDuration(t *testing.T) {
	for s, want := range map[string]time.Duration{
		"30d": 720 * time.Hour, "2w": 336 * time.Hour, "1w2d12h": 228 * time.Hour, "90s": 90 * time.Second, "1h30m": 90 * time.Minute, "1.5d": 36 * time.Hour, "250ms": 250 * time.Millisecond,
	} {
		if got, ok := duration(s); !ok || got != want {
			t.Errorf("%s: %v %v, want %v", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "3", "d", "3 d", "-3d", "3dd", "1e3s", "3d4", "99999999999w", "300000w300000w"} {
		if got, ok := duration(s); ok {
			t.Errorf("%q is %v", s, got)
		}
	}
}

func TestBlocks(t *testing.T) {
	span := func(marked bool, text string) dewline.Span { return dewline.Span{Text: text, Marked: marked} }
	got := blocks([]dewline.Span{span(false, "\n\none "), span(true, "two"), span(false, " three\n\n\n\nfour\nfive\n\n"), span(true, "six"), span(false, "\n\n ")})
	if want := "[[{one  false} {two true} { three false}] [{four\nfive false}] [{six true}]]"; fmt.Sprint(got) != want {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestLink(t *testing.T) {
	for s, host := range map[string]string{
		"https://www.example.org/a": "example.org", "http://[::1]:80/": "[::1]:80", "javascript:alert(1)": "", "JaVaScRiPt:alert(1)": "", "//example.org/": "",
		"": "", "data:text/html,x": "", "https:example": "", "ftp://example.org/": "", "https://exa mple.org/": "", "\x00https://example.org/": "", "HTTPS://example.org": "example.org",
	} {
		if got := linkTo(s).Host; got != host {
			t.Errorf("%q: host %q, want %q", s, got, host)
		}
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		n, page int
		want    sheet
	}{
		{0, 1, sheet{}}, {3, 1, sheet{First: 1, Last: 3, All: 3}}, {7, 1, sheet{First: 1, Last: 3, All: 7, Older: 2}},
		{7, 2, sheet{First: 4, Last: 6, All: 7, Newer: 1, Older: 3}}, {7, 3, sheet{First: 7, Last: 7, All: 7, Newer: 2}}, {7, 9, sheet{All: 7, Newer: 8}},
	} {
		if part, got := cut(make([]int, c.n), c.page, 3); got != c.want || got.Last > 0 && len(part) != got.Last-got.First+1 || got.Last == 0 && len(part) > 0 {
			t.Errorf("page %d of %d: %+v with %d, want %+v", c.page, c.n, got, len(part), c.want)
		}
	}
}
