package fetcher

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// freshness is how long an answer says that it holds (RFC 9111 §4.2): max-age, else Expires, less the time that it
// was held by others already.
func freshness(h http.Header, now time.Time) time.Duration {
	whole, said := maxAge(h.Values("Cache-Control"))
	if !said {
		expires, err := http.ParseTime(h.Get("Expires"))
		if err != nil {
			return 0
		}
		if date, err := http.ParseTime(h.Get("Date")); err == nil {
			now = date
		}
		whole = expires.Sub(now)
	}
	age, _ := seconds(h.Get("Age"))
	return min(max(whole-age, 0), maxRetryAfter)
}

// seconds reads a header's number of seconds. One that is beyond all numbers means "for ever".
func seconds(s string) (d time.Duration, ok bool) {
	n, err := strconv.ParseInt(strings.Trim(s, `" `), 10, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) || n < 0 {
		return 0, false
	}
	return time.Duration(min(n, int64(maxRetryAfter/time.Second))) * time.Second, true
}

// maxAge reads Cache-Control. What must not be kept holds for no time.
func maxAge(headers []string) (age time.Duration, said bool) {
	for part := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		name, value, _ := strings.Cut(strings.ToLower(strings.TrimSpace(part)), "=")
		switch strings.TrimSpace(name) {
		case "no-cache", "no-store":
			return 0, true
		case "max-age":
			if d, ok := seconds(value); ok {
				age, said = d, true
			}
		}
	}
	return age, said
}
