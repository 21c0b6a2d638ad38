package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"dewline"
)

// silences are those of the sample: of a rule, of a query that holds less than it seems, and one that has ended.
func (s *sample) silences(_ context.Context, _ time.Time, all bool) ([]dewline.SilenceDocument, error) {
	begin, end := s.now.Add(-time.Hour).UTC(), s.now.Add(3*time.Hour).UTC()
	list := []dewline.SilenceDocument{
		{Silence: dewline.Silence{Key: dewline.Key{8}, Rule: "anti-missile", Comment: "yearly <b>exercise</b>", By: "anna", Begin: begin, End: end, Held: 1}, Active: true},
		{Silence: dewline.Silence{Key: dewline.Key{9}, Query: `"Iron Dome"`, Begin: begin, End: end}, Active: true, Note: "does not hold what is critical: urgent"},
	}
	if all {
		list = append(list, dewline.SilenceDocument{Silence: dewline.Silence{Key: dewline.Key{7}, Rule: "exercises", Begin: begin, End: end, Ended: begin.Add(time.Minute)}})
	}
	return list, nil
}

// What holds alerts stands on the front page and with the deliveries; what has ended is asked for.
func TestSilences(t *testing.T) {
	s := newSample(t, time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC))
	h := s.handler()
	for _, path := range []string{"/", "/deliveries"} {
		page := get(t, h, path)
		mustHold(t, path, page, "Silences", "Anti-missile issue", "yearly &lt;b&gt;exercise&lt;/b&gt;", `by <bdi>anna</bdi>`, "1 alert held", "&#34;Iron Dome&#34;",
			"This silence does not hold what is critical: urgent.", `<time datetime="2026-11-24T06:00:00Z">`, "dewline silence end "+dewline.Key{8}.String(), `deliveries?state=silenced`)
	}
	mustHold(t, "the status line", get(t, h, "/"), `<li><b>1</b> <a href="./deliveries?state=silenced">silenced</a></li>`)
	mustHold(t, "the metrics", get(t, h, "/metrics"), "dewline_silences 2", `dewline_deliveries{receiver="script",state="silenced"} 1`)
	if n := strings.Count(get(t, h, "/api/v1/silences"), `"id"`); n != 2 {
		t.Errorf("the API has %d silences that hold", n)
	}
	mustHold(t, "all of them", get(t, h, "/api/v1/silences?all=true"), dewline.Key{7}.String(), `"active":false`)
	if res := ask(h, http.MethodGet, "/api/v1/silences?all=yes"); res.StatusCode != http.StatusBadRequest {
		t.Errorf("all=yes: %s", res.Status)
	}
	s.opts.Silences = nil
	if page := get(t, s.handler(), "/"); strings.Contains(page, "Silences") {
		t.Error("the page speaks of silences where there are none")
	}
}
