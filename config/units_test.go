package config

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDuration(t *testing.T) {
	for s, want := range map[string]time.Duration{
		"0s": 0, "30s": 30 * time.Second, "1h30m": 90 * time.Minute, "1.5h": 90 * time.Minute, "2d": 48 * time.Hour,
		"1w": 168 * time.Hour, "1w2d3h4m5s6ms": (168+48+3)*time.Hour + 4*time.Minute + 5*time.Second + 6*time.Millisecond, "0.5d": 12 * time.Hour, "10µs": 10 * time.Microsecond,
	} {
		if got, err := ParseDuration(s); got != want || err != nil {
			t.Errorf("%s is %s, %v; want %s", s, got, err, want)
		}
	}
	for _, s := range []string{"", "30", "d", "-1h", "+1h", "1 h", "1h 2m", "1y", "1.2.3s", ".", "1e3s", "99999999999w", "1d-"} {
		if got, err := ParseDuration(s); err == nil {
			t.Errorf("%q is %s, want an error", s, got)
		}
	}
}

// Whatever Go takes and is not negative, we take, with the same meaning.
func TestParseDurationAsGo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := time.Duration(rapid.Int64Range(0, int64(90*day)).Draw(t, "duration"))
		if got, err := ParseDuration(want.String()); got != want || err != nil {
			t.Fatalf("%s is %s, %v", want, got, err)
		}
	})
}

func TestParseSize(t *testing.T) {
	for s, want := range map[string]int64{
		"16MiB": 16 << 20, "2MB": 2e6, "512kB": 512e3, "1KiB": 1024, "1gib": 1 << 30, "4096": 4096, "7B": 7, "1.5 MiB": 3 << 19,
	} {
		if got, err := parseSize(s); got != want || err != nil {
			t.Errorf("%s is %d, %v; want %d", s, got, err, want)
		}
	}
	for _, s := range []string{"", "MiB", "-1", "16 elephants", "1e3", "1.2.3", "99999999999GiB"} {
		if got, err := parseSize(s); err == nil {
			t.Errorf("%q is %d, want an error", s, got)
		}
	}
}

func TestNearest(t *testing.T) {
	known := []string{"schedule", "tags", "name", "url", "first_poll"}
	for word, want := range map[string]string{
		"shedule": "schedule", "Schedule": "schedule", "tag": "tags", "firstpoll": "first_poll", "ur": "url",
		"colour": "", "x": "", strings.Repeat("a", 1000): "",
	} {
		if got := Nearest(word, known); got != want {
			t.Errorf("nearest to %.20q is %q, want %q", word, got, want)
		}
	}
}
