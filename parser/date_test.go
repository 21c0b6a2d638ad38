package parser

import (
	"testing"
	"time"
)

func TestDates(t *testing.T) {
	for in, want := range map[string]string{
		// RFC 822 and what is taken for it
		"Mon, 23 Nov 2026 10:00:00 GMT":         "2026-11-23T10:00:00Z",
		"Mon, 23 Nov 2026 10:00:00 +0300":       "2026-11-23T10:00:00+03:00",
		"23 Nov 2026 10:00 EST":                 "2026-11-23T10:00:00-05:00",
		"Mon,23 Nov 26 10:00:00 Z":              "2026-11-23T10:00:00Z",
		"Monday, 23 November 2026 10:00:00 IST": "2026-11-23T10:00:00+05:30",
		"Mon, 23 Nov 2026 19:00:00 KST":         "2026-11-23T19:00:00+09:00",
		"Mon, 23 Nov 2026 10:00:00 MSK":         "2026-11-23T10:00:00+03:00",
		"Mon, 23 Nov 2026 10:00:00 GMT+2":       "2026-11-23T10:00:00+02:00",
		"Mon, 23 Nov 2026 10:00:00 GMT+02:00":   "2026-11-23T10:00:00+02:00",
		"Mon, 23 Nov 2026 10:00:00":             "2026-11-23T10:00:00Z",
		"Wed, 23 Nov 2026 10:00:00 GMT":         "2026-11-23T10:00:00Z", // another weekday
		"Sun, 1 Jan 1995 00:00:00 -0500":        "1995-01-01T00:00:00-05:00",
		"Thu, 01 Jan 1970 00:00:00 +0000":       "1970-01-01T00:00:00Z",
		"Fri, 01 Jan 2100 00:00:00 +0000":       "2100-01-01T00:00:00Z", // the future
		// ISO 8601
		"2026-11-23T10:00:00+00:0":    "2026-11-23T10:00:00Z",
		"2026-11-23T10:00:00Z":        "2026-11-23T10:00:00Z",
		"2026-11-23T10:00:00.5+02:00": "2026-11-23T10:00:00.5+02:00",
		"2026-11-23T10:00Z":           "2026-11-23T10:00:00Z",
		"2026-11-23T10:00:00+0200":    "2026-11-23T10:00:00+02:00",
		"2026-11-23t10:00:00z":        "2026-11-23T10:00:00Z",
		"2026-11-23 10:00:00":         "2026-11-23T10:00:00Z",
		"2026-11-23 10:00:00 +0800":   "2026-11-23T10:00:00+08:00",
		"2026-11-23":                  "2026-11-23T00:00:00Z",
		"2026-11":                     "2026-11-01T00:00:00Z",
		"2026":                        "2026-01-01T00:00:00Z",
		"20261123":                    "2026-11-23T00:00:00Z",
		"20261123T100000Z":            "2026-11-23T10:00:00Z",
		"2026/11/23 10:00":            "2026-11-23T10:00:00Z",
		"2026-11-23T24:00:00Z":        "2026-11-24T00:00:00Z",
		"2026-W48-1":                  "2026-11-23T00:00:00Z",
		"2026W481T1000":               "2026-11-23T10:00:00Z",
		"2026-327":                    "2026-11-23T00:00:00Z",
		"2026327":                     "2026-11-23T00:00:00Z",
		"2026-367":                    "",
		"2026-W54":                    "",
		// as people write
		"Mon Nov 23 10:00:00 2026":       "2026-11-23T10:00:00Z",
		"Mon Nov 23 10:00:00 UTC 2026":   "2026-11-23T10:00:00Z",
		"November 23, 2026":              "2026-11-23T00:00:00Z",
		"23 November 2026, 3:05 pm":      "2026-11-23T15:05:00Z",
		"November 23, 2026 12:30 a.m.":   "2026-11-23T00:30:00Z",
		"23.11.2026 10:00":               "2026-11-23T10:00:00Z",
		"11/23/2026":                     "2026-11-23T00:00:00Z",
		"23/11/2026 10:00:00":            "2026-11-23T10:00:00Z",
		"  23 Nov 2026\t10:00:00 +0000 ": "2026-11-23T10:00:00Z",
		// in other languages
		"23 ноября 2026 г. 10:00":           "2026-11-23T10:00:00Z",
		"Пн, 23 ноя 2026 10:00:00 +0300":    "2026-11-23T10:00:00+03:00",
		"23 листопада 2026, 10:00":          "2026-11-23T10:00:00Z",
		"lun., 23 nov. 2026 10:00:00 +0100": "2026-11-23T10:00:00+01:00",
		"mar. 4 nov. 2026":                  "2026-11-04T00:00:00Z",
		"Montag, 23. März 2026":             "2026-03-23T00:00:00Z",
		"23 Décembre 2026":                  "2026-12-23T00:00:00Z",
		"23 de noviembre de 2026":           "2026-11-23T00:00:00Z",
		"23 Kasım 2026":                     "2026-11-23T00:00:00Z",
		"poniedziałek, 23 listopada 2026":   "2026-11-23T00:00:00Z",
		"2026年11月23日 10:00":                 "2026-11-23T10:00:00Z",
		"2026年11月23日10時05分":                 "2026-11-23T10:05:00Z",
		"2026년 11월 23일":                     "2026-11-23T00:00:00Z",
		"２０２６-11-23":                        "2026-11-23T00:00:00Z",
		"23 نوفمبر 2026":                    "2026-11-23T00:00:00Z",
		"٢٣ نوفمبر ٢٠٢٦":                    "2026-11-23T00:00:00Z",
		// what is no date, or two
		"":                              "",
		"yesterday":                     "",
		"03/04/2026":                    "",
		"2026-02-30":                    "",
		"2026-13-01":                    "",
		"Mon, 32 Nov 2026 10:00:00 GMT": "",
		"0001-01-01T00:00:00":           "",
		"0000-00-00 00:00:00":           "",
		"23 Nov 2026 25:00:00 GMT":      "",
		"10:00":                         "",
		"99999999999999999999":          "",
		"1764000000":                    "",
		"Nov":                           "",
	} {
		got, ok := date(in)
		var wanted time.Time
		if want != "" {
			var err error
			if wanted, err = time.Parse(time.RFC3339, want); err != nil {
				t.Fatal(err)
			}
		}
		_, gotOffset := got.Zone()
		_, offset := wanted.Zone()
		if ok != (want != "") || !got.Equal(wanted) || gotOffset != offset {
			t.Errorf("%q is %v, %v; want %q", in, got.Format(time.RFC3339Nano), ok, want)
		}
	}
}

// A date is kept as claimed; what is none is kept as written; none is needed.
func TestDatesOfItems(t *testing.T) {
	got := items(t, rssOf(
		`<item><title>dated</title><pubDate>Mon, 23 Nov 2026 10:00:00 GMT</pubDate></item>`,
		`<item><title>undated</title></item>`,
		`<item><title>vague</title><pubDate> last
			week </pubDate></item>`,
		`<item><title>future</title><pubDate>Fri, 23 Nov 2096 10:00:00 GMT</pubDate></item>`,
	))
	if len(got) != 4 {
		t.Fatalf("%d items", len(got))
	}
	if want := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC); !got[0].Published.Equal(want) || got[0].PublishedAs != "" {
		t.Errorf("dated: %v, %q", got[0].Published, got[0].PublishedAs)
	}
	if !got[1].Published.IsZero() || got[1].PublishedAs != "" {
		t.Errorf("undated: %v, %q", got[1].Published, got[1].PublishedAs)
	}
	if !got[2].Published.IsZero() || got[2].PublishedAs != "last week" {
		t.Errorf("vague: %v, %q", got[2].Published, got[2].PublishedAs)
	}
	if got[3].Published.Year() != 2096 {
		t.Errorf("future: %v", got[3].Published)
	}
	for name, body := range map[string]string{
		"Atom":    atomOf(`<entry><title>x</title><published>2026-11-23T10:00:00Z</published><updated>2026-11-24T10:00:00Z</updated></entry>`),
		"dc":      `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><channel><item><title>x</title><dc:date>2026-11-23T10:00:00Z</dc:date><dcterms:modified>2026-11-24T10:00:00Z</dcterms:modified></item></channel></rss>`,
		"dcterms": `<rss version="2.0" xmlns:dcterms="http://purl.org/dc/terms/"><channel><item><title>x</title><dcterms:issued>2026-11-23T10:00:00Z</dcterms:issued><dcterms:modified>2026-11-24T10:00:00Z</dcterms:modified></item></channel></rss>`,
		"JSON":    `{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "title": "x", "date_published": "2026-11-23T10:00:00Z", "date_modified": "2026-11-24T10:00:00Z"}]}`,
	} {
		it := items(t, body)[0]
		if it.Published.Day() != 23 || it.Updated.Day() != 24 {
			t.Errorf("%s: published %v, updated %v", name, it.Published, it.Updated)
		}
	}
}
