package fetcher

import (
	"net/http"
	"testing"
	"time"
)

func TestFreshness(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		header map[string]string
		want   time.Duration
	}{
		"nothing":            {nil, 0},
		"max-age":            {map[string]string{"Cache-Control": "public, max-age=900"}, 15 * time.Minute},
		"quoted":             {map[string]string{"Cache-Control": `Max-Age="60"`}, time.Minute},
		"age":                {map[string]string{"Cache-Control": "max-age=900", "Age": "600"}, 5 * time.Minute},
		"stale already":      {map[string]string{"Cache-Control": "max-age=900", "Age": "6000"}, 0},
		"no-cache":           {map[string]string{"Cache-Control": "max-age=900, no-cache"}, 0},
		"expires":            {map[string]string{"Expires": "Mon, 23 Nov 2026 12:30:00 GMT"}, 30 * time.Minute},
		"by its clock":       {map[string]string{"Expires": "Mon, 23 Nov 2026 12:30:00 GMT", "Date": "Mon, 23 Nov 2026 12:20:00 GMT"}, 10 * time.Minute},
		"max-age first":      {map[string]string{"Cache-Control": "max-age=60", "Expires": "Mon, 23 Nov 2026 12:30:00 GMT"}, time.Minute},
		"expired":            {map[string]string{"Expires": "0"}, 0},
		"for ever":           {map[string]string{"Cache-Control": "max-age=99999999999999"}, maxRetryAfter},
		"beyond numbers":     {map[string]string{"Cache-Control": "max-age=99999999999999999999"}, maxRetryAfter},
		"old beyond numbers": {map[string]string{"Cache-Control": "max-age=900", "Age": "99999999999999999999"}, 0},
		"nonsense":           {map[string]string{"Cache-Control": "max-age=-1, max-age=x", "Age": "x"}, 0},
	} {
		h := http.Header{}
		for k, v := range c.header {
			h.Set(k, v)
		}
		if got := freshness(h, now); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
