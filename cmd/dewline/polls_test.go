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
