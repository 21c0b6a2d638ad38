package publish

import (
	"strconv"
	"strings"
)

// takesGzip reports whether a client wants gzip at least as much as plain bytes
// (RFC 9110, section 12.5.3). A client that says nothing gets plain bytes.
func takesGzip(headers []string) bool {
	gzip, plain, rest := -1.0, -1.0, -1.0 // not said
	for part := range strings.SplitSeq(strings.Join(headers, ","), ",") {
		coding, params, _ := strings.Cut(part, ";")
		q := weight(params)
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip", "x-gzip":
			gzip = max(gzip, q)
		case "identity":
			plain = q
		case "*":
			rest = q
		}
	}
	if gzip < 0 {
		gzip = rest
	}
	return gzip > 0 && gzip >= plain
}

// weight is the q of a coding's parameters; 1 where there is none, 0 where it
// cannot be read.
func weight(params string) float64 {
	name, value, ok := strings.Cut(strings.TrimSpace(params), "=")
	if !ok || !strings.EqualFold(strings.TrimSpace(name), "q") {
		return 1
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || !(q >= 0 && q <= 1) {
		return 0
	}
	return q
}
