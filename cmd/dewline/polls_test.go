package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"dewline"
)

// The ledger says what sets an answer apart: what a hub pushed, what was as before, what stood on older pages.
func TestPollsSayWhatSetsAnAnswerApart(t *testing.T) {
	at := time.Date(2026, 11, 23, 11, 40, 0, 0, time.UTC)
	var out bytes.Buffer
	p := &program{stdout: &out, stderr: &out}
	err := p.printPolls([]dewline.PollDocument{
		{Feed: "pushed", At: at, Status: dewline.StatusOK, Pushed: true, Entries: 1, New: 1},
		{Feed: "same", At: at, Status: dewline.StatusOK, HTTPStatus: 200, NotModified: true, Identical: true},
		{Feed: "paged", At: at, Status: dewline.StatusOK, HTTPStatus: 200, Entries: 30, New: 25, Seen: 5, Older: 20},
		{Feed: "plain", At: at, Status: dewline.StatusNotFound, HTTPStatus: 404},
	})
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Join(strings.Fields(out.String()), " ")
	for _, want := range []string{
		"pushed ok (pushed) - ", "same ok (same bytes) 200 ", "paged ok (20 on older pages) 200 ", "plain not-found 404 ",
	} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not in:\n%s", want, out.String())
		}
	}
}

// A day ends at 24:00, which is the midnight after it, also where it has 23 hours.
func TestTheEndOfADay(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 29, 12, 0, 0, 0, berlin) // the clocks went forward at two
	for s, want := range map[string]time.Time{
		"24:00": time.Date(2026, 3, 30, 0, 0, 0, 0, berlin), "24:00:00": time.Date(2026, 3, 30, 0, 0, 0, 0, berlin),
		"2026-12-31 24:00": time.Date(2027, 1, 1, 0, 0, 0, 0, berlin), "2026-12-31T24:00": time.Date(2027, 1, 1, 0, 0, 0, 0, berlin),
		"23:59": time.Date(2026, 3, 29, 23, 59, 0, 0, berlin),
	} {
		if got, err := moment(s, now); err != nil || !got.Equal(want) {
			t.Errorf("%q: %s, %v; want %s", s, got, err, want)
		}
	}
	for _, s := range []string{"24:01", "25:00", "24", "124:00", "x 24:00", "2026-02-30 24:00"} {
		if got, err := moment(s, now); err == nil {
			t.Errorf("%q: %s", s, got)
		}
	}
	f, err := (&pollsAsked{between: "00:00,24:00"}).filter(now)
	if err != nil || f.Until.Sub(f.Since) != 23*time.Hour {
		t.Errorf("%+v, %v", f, err)
	}
}
