package demo

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"github.com/andybalholm/brotli"
	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html/charset"
)

const host = "127.0.0.1:8080"

// ask makes a request; headers are names and values in turn.
func ask(t *testing.T, h http.Handler, method, path string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, "http://"+host+path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// get makes a GET that must be answered with 200.
func get(t *testing.T, h http.Handler, path string, headers ...string) ([]byte, http.Header) {
	t.Helper()
	res := ask(t, h, "GET", path, headers...)
	b, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %v\n%s", path, res.StatusCode, err, b)
	}
	return b, res.Header
}

// readFeed reads a sample as a client does that knows nothing but what was served.
func readFeed(t *testing.T, h http.Handler, path string) *gofeed.Feed {
	t.Helper()
	b, header := get(t, h, path)
	var body io.Reader = bytes.NewReader(b)
	if _, inHeader, ok := strings.Cut(header.Get("Content-Type"), "charset="); ok {
		var err error
		if body, err = charset.NewReaderLabel(inHeader, body); err != nil {
			t.Fatal(err)
		}
	}
	feed, err := gofeed.NewParser().Parse(body)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return feed
}

// find is the sample at a path.
func find(t *testing.T, path string) *source {
	t.Helper()
	for i := range sources {
		if sources[i].path == path {
			return &sources[i]
		}
	}
	t.Fatalf("no sample at %s", path)
	return nil
}

// whole reports whether the sample is a feed that any reader reads.
func (s *source) whole() bool { return s.readable() && s.file != "partia.xml" }

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

func TestEveryLinkLeadsToAPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		h := Handler(time.Now)
		time.Sleep(time.Minute)
		now := time.Now()
		for _, s := range sources {
			if !s.readable() {
				continue
			}
			// Whole, with what stands behind the cut of the one that is cut.
			doc, err := s.render(moment{start: start, now: now, base: "http://" + host, Statements: statements(start, now)})
			if err != nil {
				t.Fatal(err)
			}
			feed, err := gofeed.NewParser().ParseString(doc)
			if err != nil {
				t.Fatalf("%s: %v", s.file, err)
			}
			for _, it := range feed.Items {
				path := strings.TrimPrefix(it.Link, "http://"+host)
				path = strings.Replace(path, "../", "/sanpuru/", 1)
				page, header := get(t, h, path)
				if !bytes.Contains(page, []byte("<h1>"+strings.ReplaceAll(it.Title, "'", "&#39;")+"</h1>")) {
					t.Errorf("%s does not show the title %q:\n%s", path, it.Title, page)
				}
				if got := header.Get("Content-Type"); got != "text/html; charset=utf-8" {
					t.Errorf("%s is %q", path, got)
				}
			}
		}
	})
}

func TestPageSaysMoreThanItsTeaser(t *testing.T) {
	h := Handler(time.Now)
	feed, _ := get(t, h, "/institute/feed.xml")
	page, _ := get(t, h, "/institute/left-open.html")
	if strings.Contains(string(feed), "anti-missile") || !strings.Contains(string(page), "anti-missile") {
		t.Error("the term should be behind the teaser's link, and only there")
	}
}

func TestArabicPageRunsFromRightToLeft(t *testing.T) {
	h := Handler(time.Now)
	if page, _ := get(t, h, "/mithaliya/204"); !strings.Contains(string(page), `<html lang="ar" dir="rtl">`) {
		t.Errorf("%s", page)
	}
	if page, _ := get(t, h, "/yesiguk/88"); !strings.Contains(string(page), `<html lang="ko" dir="ltr">`) {
		t.Errorf("%s", page)
	}
}

func TestIndexListsEverySample(t *testing.T) {
	page, _ := get(t, Handler(time.Now), "/")
	for _, s := range sources {
		if !strings.Contains(string(page), `href="`+s.path+`"`) || s.about == "" {
			t.Errorf("%s is not listed", s.path)
		}
	}
}

func TestWhatIsNotThere(t *testing.T) {
	h := Handler(time.Now)
	for _, path := range []string{
		"/formeria/rss.xml", "/formeria/news", "/muralia/news", "/examplia/none", "/bulletin/1", "/bulletin/x", "/none/feed.xml", "/examplia/feed.xml/",
		"/feeds/examplia.xml", "/handler.go",
	} {
		if res := ask(t, h, "GET", path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", path, res.StatusCode)
		}
	}
	if res := ask(t, h, "POST", "/examplia/feed.xml"); res.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d, want 405", res.StatusCode)
	}
	if res := ask(t, h, "GET", "/examplia/"); res.StatusCode != http.StatusFound || res.Header.Get("Location") != "/" {
		t.Errorf("a feed's site: %d to %q, want the list of samples", res.StatusCode, res.Header.Get("Location"))
	}
}

func TestHeadIsGetWithoutBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := Handler(time.Now)
		for _, s := range sources {
			get, head := ask(t, h, "GET", s.path), ask(t, h, "HEAD", s.path)
			if get.StatusCode != head.StatusCode {
				t.Errorf("%s: GET %d, HEAD %d", s.path, get.StatusCode, head.StatusCode)
			}
			for _, name := range []string{"Content-Type", "Content-Length", "ETag", "Last-Modified", "Vary"} {
				if g, h := get.Header.Get(name), head.Header.Get(name); g != h {
					t.Errorf("%s: %s of GET %q, of HEAD %q", s.path, name, g, h)
				}
			}
			if b, _ := io.ReadAll(head.Body); len(b) > 0 && s.file != "" {
				t.Errorf("%s: HEAD has a body of %d bytes", s.path, len(b))
			}
		}
	})
}

func TestETagFollowsTheEdit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := Handler(time.Now)
		const path = "/musterland/rss.xml"
		before, header := get(t, h, path)
		tag := header.Get("ETag")
		if tag == "" {
			t.Fatal("no ETag")
		}
		time.Sleep(30*time.Second - 1)
		res := ask(t, h, "GET", path, "If-None-Match", tag)
		if b, _ := io.ReadAll(res.Body); res.StatusCode != http.StatusNotModified || len(b) > 0 || res.Header.Get("ETag") != tag {
			t.Errorf("unchanged: %d, %d bytes, ETag %q; want 304 with the same tag", res.StatusCode, len(b), res.Header.Get("ETag"))
		}
		old := readFeed(t, h, path).Items[0]
		time.Sleep(1)
		after, header := get(t, h, path, "If-None-Match", tag)
		if header.Get("ETag") == tag || bytes.Equal(before, after) {
			t.Error("the edit did not change the feed and its tag")
		}
		edited := readFeed(t, h, path).Items[0]
		if edited.GUID != old.GUID || edited.Title == old.Title || edited.Description == old.Description {
			t.Errorf("edited: %q %q, was %q %q", edited.GUID, edited.Title, old.GUID, old.Title)
		}
	})
}

func TestLastModified(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := Handler(time.Now)
		_, header := get(t, h, "/institute/feed.xml")
		time.Sleep(time.Hour)
		since := header.Get("Last-Modified")
		if res := ask(t, h, "GET", "/institute/feed.xml", "If-Modified-Since", since); since == "" || res.StatusCode != http.StatusNotModified {
			t.Errorf("Last-Modified %q: %d, want 304", since, res.StatusCode)
		}
	})
}

func TestCompressionForThoseWhoAcceptIt(t *testing.T) {
	h := Handler(time.Now)
	for path, expand := range map[string]func(io.Reader) (io.Reader, error){
		"/exemplie/atom.xml": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		"/ejemplia/rss.xml":  func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
	} {
		coding := find(t, path).compress
		plain, header := get(t, h, path)
		if header.Get("Content-Encoding") != "" || header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s, nothing accepted: %v", path, header)
		}
		small, header := get(t, h, path, "Accept-Encoding", "deflate, br, gzip")
		if header.Get("Content-Encoding") != coding {
			t.Errorf("%s: Content-Encoding %q, want %q", path, header.Get("Content-Encoding"), coding)
		}
		r, err := expand(bytes.NewReader(small))
		if err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(r); err != nil || !bytes.Equal(b, plain) || len(small) >= len(plain) {
			t.Errorf("%s: %d of %d bytes, expanded to %d: %v", path, len(small), len(plain), len(b), err)
		}
	}
}

func TestAcceptEncoding(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "gzip": true, "GZIP": true, "br, gzip;q=0.5": true, "gzip;q=0": false, "gzip; q=0.0": false, "*": true, "*;q=0": false,
		"gzip;q=0, *": false, "*, gzip;q=0": false, "*;q=0, gzip": true, "xgzip": false, "gzip;q=x": false, "identity": false,
	} {
		if got := accepts(header, "gzip"); got != want {
			t.Errorf("%q accepts gzip: %v", header, got)
		}
	}
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

func TestSlowServerTakesItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := Handler(time.Now)
		began := time.Now()
		get(t, h, "/latia/atom.xml")
		if took := time.Since(began); took != 3*time.Second {
			t.Errorf("answered after %s", took)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began = time.Now()
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(ctx, "GET", "/latia/atom.xml", nil))
		if took := time.Since(began); took != time.Second || w.Body.Len() > 0 {
			t.Errorf("a client that left after a second was kept for %s, and sent %d bytes", took, w.Body.Len())
		}
	})
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
