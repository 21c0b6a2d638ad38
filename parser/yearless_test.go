package parser

import (
	"testing"
	"time"
)

// Days without a year are those before the day of the poll, 25 November 2026.
func TestYearless(t *testing.T) {
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct{ text, language, want string }{
		{"23 Nov", "en", "2026-11-23"}, {"Nov 23", "en", "2026-11-23"}, {"Nov. 23", "", "2026-11-23"}, {"23rd November", "en", "2026-11-23"},
		{"Mon, 23 Nov 10:15", "en", "2026-11-23T10:15Z"}, {"November 23rd", "en", "2026-11-23"}, {"23. November", "de", "2026-11-23"},
		{"23 ноября", "ru", "2026-11-23"}, {"23 ноября, 10:15", "ru", "2026-11-23T10:15Z"}, {"11月23日", "zh", "2026-11-23"}, {"11月23日（月）", "ja", "2026-11-23"},
		{"11월 23일", "ko", "2026-11-23"}, {"11-23", "zh", "2026-11-23"}, {"[11-23]", "zh-CN", "2026-11-23"}, {"11/23", "ja", "2026-11-23"},
		{"11-23 10:15", "zh", "2026-11-23T10:15Z"}, {"23/11", "fr", "2026-11-23"}, {"05-06", "zh", "2026-05-06"}, {"23-11", "", "2026-11-23"},
		{"27 Nov", "en", "2026-11-27"}, // the day after tomorrow
		{"28 Nov", "en", "2025-11-28"}, // a year ago
		{"31 December", "en", "2025-12-31"},
		{"29 Feb", "en", "2024-02-29"},
		{"30 Feb", "en", ""}, {"23 Nov to 24", "en", ""}, {"10.15", "de", ""}, {"23.11", "ru", ""}, {"3-4", "zh", ""}, {"05/06", "en", ""}, {"05-06", "", ""},
		{"Items 11-23", "zh", ""}, {"11-23", "", "2026-11-23"}, {"13-32", "zh", ""}, {"may 26 soldiers were on the field", "en", ""}, {"23", "en", ""}, {"November", "en", ""},
		{"1-11-23", "zh", ""}, {"Nov 23 and 4 more", "en", ""}, {"", "en", ""},
	} {
		at, hasTime, ok := yearless(c.text, c.language, now)
		got := ""
		switch {
		case hasTime:
			got = at.Format("2006-01-02T15:04Z07:00")
		case ok:
			got = at.Format("2006-01-02")
		}
		if got != c.want {
			t.Errorf("%q (%s) is %q, want %q", c.text, c.language, got, c.want)
		}
	}
	if _, _, ok := yearless("23 Nov", "en", time.Time{}); ok {
		t.Error("a day is read although the time of the poll is not known")
	}
}
