package web_test

import (
	"errors"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
)

func TestMetricsLint(t *testing.T) {
	text := get(t, newSample(t, time.Now()).handler(), "/metrics")
	problems, err := promlint.New(strings.NewReader(text)).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

func TestMetrics(t *testing.T) {
	s := newSample(t, time.UnixMilli(1_800_000_000_000))
	text := get(t, s.handler(), "/metrics")
	for _, line := range []string{
		`dewline_ready 1`, `dewline_rules 3`, `dewline_items_total 7`, `dewline_matches_total 7`, `dewline_store_size_bytes 1.048576e+06`,
		`dewline_feeds{status="ok"} 3`, `dewline_feeds{status="timeout"} 1`, `dewline_feeds{status="gone"} 0`,
		`dewline_feed_up{feed="国防部"} 1`, `dewline_feed_up{feed="Northern Alliance"} 0`,
		`dewline_feed_consecutive_failures{feed="Northern Alliance"} 31`, `dewline_feed_items_total{feed="国防部"} 1284`,
		`dewline_feed_last_success_timestamp_seconds{feed="国防部"} 1.79999976e+09`, `dewline_feed_due_timestamp_seconds{feed="国防部"} 1.80000066e+09`,
		`dewline_deliveries{receiver="hook",state="pending"} 2`, `dewline_deliveries{receiver="hook",state="dead"} 1`, `dewline_deliveries{receiver="hook",state="delivered"} 2`,
		`dewline_receiver_disabled{receiver="script"} 1`, `dewline_receiver_disabled{receiver="desk"} 0`,
		`dewline_receiver_failing{receiver="hook"} 1`, `dewline_receiver_failing{receiver="desk"} 0`, `dewline_receiver_failing_since_timestamp_seconds{receiver="hook"} 1.7999958e+09`,
		`go_goroutines `, `process_resident_memory_bytes `, `version="1.2.3"`,
	} {
		if !strings.Contains(text, line) {
			t.Errorf("the metrics do not hold %s", line)
		}
	}
	if strings.Contains(text, `last_poll_timestamp_seconds{feed="A feed of tomorrow"}`) {
		t.Error("a feed that was never polled has a time of its last poll")
	}
}

// TestMetricsOfABrokenStore: half a scrape would look like feeds that are gone.
func TestMetricsOfABrokenStore(t *testing.T) {
	s := newSample(t, time.Now())
	s.fault = errors.New("input/output error")
	res := ask(s.handler(), http.MethodGet, "/metrics")
	if text := read(t, res); res.StatusCode != http.StatusInternalServerError || strings.Contains(text, "input/output") {
		t.Errorf("%s: %s", res.Status, text)
	}
}

// TestMetricsAreDocumented holds docs/http.md and the metrics together, both
// ways.
func TestMetricsAreDocumented(t *testing.T) {
	manual, err := os.ReadFile("../docs/http.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := make(map[string]bool)
	for _, m := range regexp.MustCompile("(?m)^\\| `(dewline_[a-z_]+)").FindAllStringSubmatch(string(manual), -1) {
		documented[m[1]] = true
	}
	text := get(t, newSample(t, time.Now()).handler(), "/metrics")
	for _, m := range regexp.MustCompile(`(?m)^# HELP (dewline_\S+)`).FindAllStringSubmatch(text, -1) {
		if !documented[m[1]] {
			t.Errorf("%s is not documented in docs/http.md", m[1])
		}
		delete(documented, m[1])
	}
	for name := range documented {
		t.Errorf("docs/http.md documents %s, which there is not", name)
	}
}
