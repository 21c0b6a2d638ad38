package config

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
)

const (
	day  = 24 * time.Hour
	week = 7 * day
)

// ParseDuration reads a duration as Go writes it, with d (24 hours) and w (7
// days) besides: 30s, 1h30m, 2d, 1w2d12h. A negative one is refused.
func ParseDuration(s string) (time.Duration, error) {
	bad := fmt.Errorf("%q is not a duration: write a number and a unit, such as 30s, 15m, 2h, 7d or 1w", s)
	rest, sum := s, 0.0
	for rest != "" {
		n := strings.IndexFunc(rest, func(r rune) bool { return (r < '0' || r > '9') && r != '.' })
		if n <= 0 {
			return 0, bad
		}
		unit := rest[n:]
		if end := strings.IndexFunc(unit, func(r rune) bool { return unicode.IsDigit(r) || r == '.' }); end >= 0 {
			unit = unit[:end]
		}
		part, err := durationPart(rest[:n], unit)
		if err != nil {
			return 0, bad
		}
		sum += part
		rest = rest[n+len(unit):]
	}
	if s == "" {
		return 0, bad
	}
	if sum >= math.MaxInt64 {
		return 0, fmt.Errorf("%q is too long a duration: the longest is 292 years", s)
	}
	return time.Duration(sum), nil
}

func durationPart(number, unit string) (float64, error) {
	switch unit {
	case "d", "w":
		n, err := strconv.ParseFloat(number, 64)
		if unit == "w" {
			return n * float64(week), err
		}
		return n * float64(day), err
	}
	d, err := time.ParseDuration(number + unit)
	return float64(d), err
}

// parseSize reads a number of bytes: 16MiB, 2MB, 512kB, 4096.
func parseSize(s string) (int64, error) {
	bad := fmt.Errorf("%q is not a size: write a number and a unit, such as 16MiB or 2MB", s)
	n := strings.IndexFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != '.' })
	if n < 0 {
		n = len(s)
	}
	value, err := strconv.ParseFloat(s[:n], 64)
	if err != nil {
		return 0, bad
	}
	unit := strings.ToLower(strings.TrimSpace(s[n:]))
	factor, ok := map[string]float64{
		"": 1, "b": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30,
	}[unit]
	if !ok {
		return 0, bad
	}
	if value*factor >= math.MaxInt64 {
		return 0, fmt.Errorf("%q is too large a size", s)
	}
	return int64(value * factor), nil
}
