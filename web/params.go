package web

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

const (
	limitDefault = 50
	limitMost    = 500
)

// params are a request's parameters, of which every name is known and none is
// given twice.
type params url.Values

// readParams refuses what it does not know: a typing error that was ignored
// would give an answer to another question.
func readParams(r *http.Request, known ...string) (params, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badRequest("the parameters cannot be read: " + err.Error())
	}
	for name, given := range values {
		if !slices.Contains(known, name) {
			return nil, badRequest(fmt.Sprintf("there is no parameter %s here; %s", quoted(name), meant(name, known, "it takes none")))
		}
		if len(given) > 1 {
			return nil, badRequest(fmt.Sprintf("the parameter %q is given %d times; give it once", name, len(given)))
		}
	}
	return params(values), nil
}

func (p params) get(name string) string { return url.Values(p).Get(name) }

func (p params) has(name string) bool { return url.Values(p).Has(name) }

// flag reads a parameter that is true or false; it is false where it is not given.
func (p params) flag(name string) (bool, error) {
	switch s := p.get(name); s {
	case "true":
		return true, nil
	case "", "false":
		return false, nil
	default:
		return false, badRequest(fmt.Sprintf("%s %s: write true or false", name, quoted(s)))
	}
}

// limit is how many are wanted.
func (p params) limit() (int, error) {
	s := p.get("limit")
	if s == "" {
		return limitDefault, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > limitMost {
		return 0, badRequest(fmt.Sprintf("limit %s: write a number from 1 to %d", quoted(s), limitMost))
	}
	return n, nil
}

// since is a time, or a duration back from now; the zero time where none is
// given.
func (p params) since(now time.Time) (time.Time, error) { return p.moment("since", now) }

// moment is since, by another name.
func (p params) moment(name string, now time.Time) (time.Time, error) {
	s := p.get(name)
	if s == "" {
		return time.Time{}, nil
	}
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		return at, nil
	}
	if d, ok := duration(s); ok {
		return now.Add(-d), nil
	}
	return time.Time{}, badRequest(fmt.Sprintf(
		name+" %s: write a duration such as 12h, 30d or 2w, or a time such as 2026-11-23T10:00:00Z (in an address, write + as %%2B)", quoted(s)))
}

var durationPart = regexp.MustCompile(`^(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d|w)`)

// duration reads a duration as the configuration spells it: as Go does, and d
// and w.
func duration(s string) (sum time.Duration, ok bool) {
	for ok = s != ""; s != ""; {
		part := durationPart.FindStringSubmatch(s)
		if part == nil {
			return 0, false
		}
		n, err := strconv.ParseFloat(part[1], 64)
		unit := map[string]time.Duration{"d": 24 * time.Hour, "w": 7 * 24 * time.Hour}[part[2]]
		if unit == 0 {
			unit, _ = time.ParseDuration("1" + part[2])
		}
		if n *= float64(unit); err != nil || n+float64(sum) >= math.MaxInt64 {
			return 0, false
		}
		sum += time.Duration(n)
		s = s[len(part[0]):]
	}
	return sum, ok
}

// A cursor is where the next page begins: a Seq, and the time that the first
// page's since meant, so that a walk has one end however long it takes.

func writeCursor(before uint64, since time.Time) string {
	b := binary.BigEndian.AppendUint64([]byte{1}, before)
	if !since.IsZero() {
		b = binary.BigEndian.AppendUint64(b, uint64(since.UnixNano()))
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func (p params) cursor() (before uint64, since time.Time, err error) {
	s := p.get("cursor")
	if s == "" {
		return 0, since, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) != 9 && len(b) != 17 || b[0] != 1 {
		return 0, since, badRequest("the cursor is damaged: take next_cursor of the page before as it is")
	}
	if len(b) == 17 {
		since = time.Unix(0, int64(binary.BigEndian.Uint64(b[9:]))).UTC()
	}
	return binary.BigEndian.Uint64(b[1:]), since, nil
}

// page is where a list begins: at its cursor, or at the newest with since.
func (p params) page(now time.Time) (before uint64, since time.Time, err error) {
	if p.get("cursor") != "" {
		return p.cursor()
	}
	since, err = p.since(now)
	return 0, since, err
}

// quoted shows what was written, on one line and not at any length.
func quoted(s string) string { return brief(strconv.Quote(s)) }

// meant is a hint that names the nearest known word, else all of them where they
// are few.
func meant(word string, known []string, none string) string {
	best, least := "", max(2, utf8.RuneCountInString(word)/3)+1
	if len(word) <= 200 {
		for _, k := range slices.Sorted(slices.Values(known)) {
			if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(k)); d < least {
				best, least = k, d
			}
		}
	}
	switch {
	case best != "":
		return fmt.Sprintf("did you mean %q?", best)
	case len(known) == 0:
		return none
	case len(known) > 20:
		return fmt.Sprintf("%d are known", len(known))
	}
	return "known: " + strings.Join(known, ", ")
}
