package demo

import (
	"bytes"
	"encoding/xml"
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"
)

func TestEverySampleIsAFeedOfItsFormat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := Handler(time.Now)
		formats := map[string]int{}
		for _, s := range sources {
			if !s.whole() {
				continue
			}
			feed := readFeed(t, h, s.path)
			formats[feed.FeedType+" "+feed.FeedVersion]++
			if len(feed.Items) == 0 || feed.Title == "" {
				t.Errorf("%s: %d items of %q", s.path, len(feed.Items), feed.Title)
			}
			for _, it := range feed.Items {
				when := it.PublishedParsed
				if when == nil {
					when = it.UpdatedParsed
				}
				if it.Title == "" || when == nil || when.After(time.Now()) || time.Since(*when) > 72*time.Hour {
					t.Errorf("%s: %q of %v", s.path, it.Title, when)
				}
				if strings.ContainsRune(it.Title+it.Description+it.Content, utf8.RuneError) {
					t.Errorf("%s: %q lost characters", s.path, it.Title)
				}
			}
		}
		for _, want := range []string{"rss 2.0", "rss 1.0", "atom 1.0", "json https://jsonfeed.org/version/1.1"} {
			if formats[want] == 0 {
				t.Errorf("no sample is %s: %v", want, formats)
			}
		}
	})
}

func TestBytesAreInTheEncodingThatIsDeclared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := Handler(time.Now)
		for path, want := range map[string]struct{ declaration, contentType, bytes string }{
			"/primeria/rss.xml":     {`encoding="windows-1251"`, "text/xml", "\xcf\xd0\xce"},                             // ПРО
			"/fanliguo/atom.xml":    {"", "application/atom+xml; charset=gb18030", "\xb7\xb4\xb5\xbc"},                   // 反导
			"/sanpuru/rss/news.rdf": {`encoding="shift_jis"`, "application/rdf+xml", "\x83\x7e\x83\x54\x83\x43\x83\x8b"}, // ミサイル
			"/ejemplia/rss.xml":     {`encoding="iso-8859-1"`, "application/rss+xml", "duraci\xf3n"},                     // duración
			"/mithaliya/rss.xml":    {`encoding="utf-8"`, "application/rss+xml", "\u0627\u0644\u062f\u0650\u0651\u0641"}, // with vowel signs
			"/yesiguk/feed.json":    {"", "application/feed+json", "\ubbf8\uc0ac\uc77c \ubc29\uc5b4"},                    // 미사일 방어
			"/exemplie/atom.xml":    {`encoding="utf-8"`, "application/atom+xml", "D\u00e9sarmement"},
			"/musterland/rss.xml":   {`encoding="utf-8"`, "application/rss+xml", "R\u00fcstungskontrolle: Inspektoren"},
			"/examplia/feed.xml":    {`encoding="utf-8"`, "application/rss+xml", "Brief Delegations on Anti-Missile Issue"},
		} {
			b, header := get(t, h, path)
			if got := header.Get("Content-Type"); got != want.contentType {
				t.Errorf("%s: content type %q, want %q", path, got, want.contentType)
			}
			if !bytes.Contains(b, []byte(want.bytes)) {
				t.Errorf("%s: the bytes %x are not in it", path, want.bytes)
			}
			first, _, _ := strings.Cut(string(b), "\n")
			if declares := strings.HasPrefix(first, "<?xml"); declares != (want.declaration != "") || !strings.Contains(first, want.declaration) {
				t.Errorf("%s begins with %q, want %q in it", path, first, want.declaration)
			}
			if asUTF8 := find(t, path).charset == ""; utf8.Valid(b) != asUTF8 {
				t.Errorf("%s: valid UTF-8: %v, want %v", path, !asUTF8, asUTF8)
			}
		}
	})
}

func TestCutFeedEndsInsideItsLastItem(t *testing.T) {
	b, _ := get(t, Handler(time.Now), "/partia/rss.xml")
	if n := strings.Count(string(b), "</item>"); n != 2 || strings.Count(string(b), "<item>") != 3 {
		t.Errorf("%d whole items, want 2 and a part of a third", n)
	}
	if strings.Contains(string(b), "<!--") {
		t.Error("the mark was served")
	}
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		if _, err := d.Token(); err == io.EOF {
			t.Fatal("the cut feed is well-formed")
		} else if err != nil {
			return
		}
	}
}

// An unchanged feed is unchanged to the byte, whatever the time. Two feeds are meant to change.
func TestTimeChangesOnlyWhatIsMeantToChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := Handler(time.Now)
		then := map[string][]byte{}
		for _, s := range sources {
			if s.file != "" {
				then[s.path], _ = get(t, h, s.path)
			}
		}
		time.Sleep(time.Hour)
		for path, before := range then {
			meant := path == "/bulletin/feed.atom" || path == "/musterland/rss.xml"
			if now, _ := get(t, h, path); bytes.Equal(before, now) == meant {
				t.Errorf("%s changed: %v, want %v", path, !meant, meant)
			}
		}
	})
}

// The address in links is the client's own word: it may break no document.
func TestHostIsEscaped(t *testing.T) {
	r := httptest.NewRequest("GET", "/examplia/feed.xml", nil)
	r.Host = "a&b<c"
	w := httptest.NewRecorder()
	Handler(time.Now).ServeHTTP(w, r)
	if _, err := gofeed.NewParser().Parse(w.Body); err != nil || strings.Contains(w.Body.String(), "b<c") {
		t.Errorf("%v\n%s", err, w.Body)
	}
}
