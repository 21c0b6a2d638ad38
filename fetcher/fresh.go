package fetcher

import (
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
	if age, err := strconv.ParseInt(strings.TrimSpace(h.Get("Age")), 10, 32); err == nil && age > 0 {
		whole -= time.Duration(age) * time.Second
	}
	return min(max(whole, 0), maxRetryAfter)
}

// maxAge reads Cache-Control. What must not be kept holds for no time.
func maxAge(headers []string) (age time.Duration, said bool) {
	for part := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		name, value, _ := strings.Cut(strings.ToLower(strings.TrimSpace(part)), "=")
		switch strings.TrimSpace(name) {
		case "no-cache", "no-store":
			return 0, true
		case "max-age":
			if n, err := strconv.ParseInt(strings.Trim(value, `" `), 10, 64); err == nil && n >= 0 {
				age, said = time.Duration(min(n, int64(maxRetryAfter/time.Second)))*time.Second, true
			}
		}
	}
	return age, said
}
