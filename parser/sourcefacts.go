package parser

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dewline"
)

// factsLine reads a line of facts as East Asian sites have it, the source somewhere
// in it: "2026-11-23 10:00 来源：国防部网 作者：…".
func (r *originReader) factsLine(lead string, whole bool) (s dewline.Source, used int) {
	if !whole {
		return s, 0
	}
	for at := 0; at < len(lead); {
		i := strings.IndexAny(lead[at:], "来來稿信文消新出情출")
		if i < 0 {
			return s, 0
		}
		at += i
		label, rest, ok := cutColon(lead[at:])
		_, n := utf8.DecodeRuneInString(lead[at:])
		if before, _ := utf8.DecodeLastRuneInString(lead[:at]); at > 0 && (unicode.IsLetter(before) || unicode.IsNumber(before)) {
			ok = false // inside a word
		}
		if !ok || !sourceLabels[strings.TrimSpace(label)] {
			at += n
			continue
		}
		name := strings.TrimLeft(rest, " \u3000")
		if end := strings.IndexFunc(name, endsFact); end >= 0 {
			name = name[:end]
		}
		if s = r.named(name, ""); s.Name != "" {
			s.Issued = r.day(lead)
			return s, len(lead)
		}
		at += n
	}
	return s, 0
}

func endsFact(c rune) bool {
	return unicode.IsSpace(c) || strings.ContainsRune("；;|｜）)】]，,。", c)
}

// day is the day that a text names. Without a year it is the one nearest to ref; what
// lies in the future, or in another age, is none.
func (r *originReader) day(s string) time.Time {
	if strings.IndexFunc(s, unicode.IsDigit) < 0 {
		return time.Time{}
	}
	if t, _, ok := findDate(s, r.language); ok {
		if r.plausible(t) {
			return midnight(t)
		}
		return time.Time{}
	}
	if r.ref.IsZero() {
		return time.Time{}
	}
	var best time.Time
	for year := r.ref.Year() - 1; year <= r.ref.Year()+1; year++ {
		for _, form := range []string{s + " " + strconv.Itoa(year), strconv.Itoa(year) + "年" + s} {
			t, _, ok := findDate(form, r.language)
			if ok && r.plausible(t) && (best.IsZero() || t.Sub(r.ref).Abs() < best.Sub(r.ref).Abs()) {
				best = t
			}
		}
	}
	if best.IsZero() || best.Sub(r.ref).Abs() > 190*24*time.Hour {
		return time.Time{}
	}
	return midnight(best)
}

// monthDay is the day of a month, of the one nearest to ref.
func (r *originReader) monthDay(day int) time.Time {
	if r.ref.IsZero() || day < 1 || day > 31 {
		return time.Time{}
	}
	for back := range 2 {
		t := time.Date(r.ref.Year(), r.ref.Month()-time.Month(back), day, 0, 0, 0, 0, time.UTC)
		if t.Day() == day && r.plausible(t) {
			return t
		}
	}
	return time.Time{}
}

// plausible reports a day on which a statement of today may have been issued.
func (r *originReader) plausible(t time.Time) bool {
	return t.Year() >= 1990 && (r.ref.IsZero() || t.Sub(r.ref) < 36*time.Hour)
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}
