package publish

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
)

func TestUnknownAddresses(t *testing.T) {
	p := publisher(filled(1))
	for path, want := range map[string]string{
		"/feeds/nothing.atom":         base + "/feeds/anti-missile.atom",
		"/feeds/nothing.xml":          base + "/feeds.opml",
		"/feeds/":                     base + "/feeds/all.atom",
		"/feeds/anti-missile":         base + "/feeds/anti-missile.json",
		"/feeds/anti-missile.xml":     base + "/feeds/anti-missile.rss",
		"/feeds/anti-missile.ATOM":    base + "/feeds/anti-missile.atom",
		"/feeds/x/anti-missile.atom":  base + "/feeds/all.atom",
		"/feeds/anti-missile.atom/":   base + "/feeds/all.atom",
		"/anti-missile.atom":          base + "/feeds",
		"/feeds/..%2fall.atom":        base + "/feeds/all.atom",
		"/feeds/%3Cscript%3E.atom":    base + "/feeds/all.atom",
		"/feeds/anti-missile.atom.gz": base + "/feeds/all.atom",
	} {
		r := ask(p, http.MethodGet, path)
		text, _ := io.ReadAll(r.Body)
		if r.StatusCode != http.StatusNotFound || !strings.Contains(string(text), want) || strings.Contains(string(text), "<script") {
			t.Errorf("%s: status %d: %s", path, r.StatusCode, text)
		}
	}
}

func TestLongListsAreCut(t *testing.T) {
	rules := make([]dewline.Rule, 1000)
	for i := range rules {
		rules[i].Name = "rule-" + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676))
	}
	r := ask(New(newLedger(), Options{BaseURL: base, Rules: rules}), http.MethodGet, "/feeds/nothing.atom")
	text, _ := io.ReadAll(r.Body)
	if len(text) > 4096 || !strings.Contains(string(text), "and 981 more") {
		t.Errorf("%d bytes: %s", len(text), text)
	}
}

func TestOnlyReading(t *testing.T) {
	p := publisher(filled(1))
	for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS"} {
		r := ask(p, method, "/feeds/all.atom")
		if r.StatusCode != http.StatusMethodNotAllowed || r.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: status %d, Allow %q", method, r.StatusCode, r.Header.Get("Allow"))
		}
	}
}

func TestHeadIsGetWithoutBody(t *testing.T) {
	server := httptest.NewServer(publisher(filled(3)))
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	defer client.CloseIdleConnections()
	for _, encoding := range []string{"identity", "gzip"} {
		answers := map[string]*http.Response{}
		sizes := map[string]int64{}
		for _, method := range []string{"GET", "HEAD"} {
			req, err := http.NewRequest(method, server.URL+"/feeds/all.atom", nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Accept-Encoding", encoding)
			r, err := client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			sizes[method], err = io.Copy(io.Discard, r.Body)
			r.Body.Close()
			if err != nil {
				t.Fatal(err)
			}
			answers[method] = r
		}
		get, head := answers["GET"], answers["HEAD"]
		if head.StatusCode != http.StatusOK || sizes["HEAD"] != 0 || head.ContentLength != sizes["GET"] || get.ContentLength != sizes["GET"] {
			t.Errorf("HEAD %d with %d bytes of %d, GET %d with %d", head.StatusCode, sizes["HEAD"], head.ContentLength, get.StatusCode, sizes["GET"])
		}
		for _, name := range []string{"ETag", "Content-Type", "Content-Encoding", "Vary", "Cache-Control"} {
			if get.Header.Get(name) != head.Header.Get(name) {
				t.Errorf("%s: GET %q, HEAD %q", name, get.Header.Get(name), head.Header.Get(name))
			}
		}
	}
}

func TestAcceptEncoding(t *testing.T) {
	p := publisher(filled(3))
	plain := read(t, p, "/feeds/all.atom")
	tag := ask(p, http.MethodGet, "/feeds/all.atom").Header.Get("ETag")
	for accept, gzip := range map[string]bool{
		"": false, "gzip": true, "GZIP": true, "x-gzip": true, "gzip, deflate, br": true, "br;q=1.0, gzip;q=0.8, *;q=0.1": true,
		"gzip;q=0": false, "gzip;q=0.000": false, "gzip; q=0.5": true, "identity": false, "identity, gzip;q=0.5": false, "identity;q=0.5, gzip;q=0.5": true,
		"*": true, "*;q=0": false, "gzip;q=0, *": false, "identity;q=0, gzip": true, "deflate": false, "gzip;q=x": false, "gzip;q=7": false, "gzip;q=NaN": false,
		"gzip;q=0.001": true, ",,gzip,,": true,
	} {
		r := ask(p, http.MethodGet, "/feeds/all.atom", "Accept-Encoding", accept)
		if got := r.Header.Get("Content-Encoding") == "gzip"; got != gzip {
			t.Errorf("%q: gzip %v, want %v", accept, got, gzip)
		}
		if r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: Vary %q", accept, r.Header.Get("Vary"))
		}
		if (r.Header.Get("ETag") == tag) == gzip {
			t.Errorf("%q: a strong tag for two encodings", accept)
		}
		if body(t, r) != plain {
			t.Errorf("%q: another body", accept)
		}
	}
}

func TestConditionalRequests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := filled(3)
		p := publisher(l)
		first := ask(p, http.MethodGet, "/feeds/all.atom")
		time.Sleep(2 * time.Second)
		r := ask(p, http.MethodGet, "/feeds/all.atom")
		tag, modified := r.Header.Get("ETag"), r.Header.Get("Last-Modified")
		packed := ask(p, http.MethodGet, "/feeds/all.atom", "Accept-Encoding", "gzip").Header.Get("ETag")
		date, err := http.ParseTime(modified)
		if err != nil || first.Header.Get("ETag") != tag || !strings.HasPrefix(tag, `"`) {
			t.Fatal(err, tag, modified)
		}
		later, earlier := date.Add(time.Hour).Format(http.TimeFormat), date.Add(-time.Second).Format(http.TimeFormat)
		for name, tc := range map[string]struct {
			headers []string
			want    int
		}{
			"nothing":                {nil, 200},
			"its tag":                {[]string{"If-None-Match", tag}, 304},
			"its tag, weak":          {[]string{"If-None-Match", "W/" + tag}, 304},
			"its tag among others":   {[]string{"If-None-Match", `"a", W/"b,c", ` + tag}, 304},
			"its tag in a 2nd line":  {[]string{"If-None-Match", `"a"`, "If-None-Match", tag}, 304},
			"any":                    {[]string{"If-None-Match", "*"}, 304},
			"another tag":            {[]string{"If-None-Match", `"a"`}, 200},
			"its tag without quotes": {[]string{"If-None-Match", strings.Trim(tag, `"`)}, 200},
			"a part of its tag":      {[]string{"If-None-Match", tag[:9] + `"`}, 200},
			"the tag of gzip":        {[]string{"If-None-Match", packed}, 200},
			"gzip with its tag":      {[]string{"If-None-Match", packed, "Accept-Encoding", "gzip"}, 304},
			"gzip with the other":    {[]string{"If-None-Match", tag, "Accept-Encoding", "gzip"}, 200},
			"its date":               {[]string{"If-Modified-Since", modified}, 304},
			"a later date":           {[]string{"If-Modified-Since", later}, 304},
			"an earlier date":        {[]string{"If-Modified-Since", earlier}, 200},
			"no date":                {[]string{"If-Modified-Since", "yesterday"}, 200},
			"RFC 850's form":         {[]string{"If-Modified-Since", date.Format("Monday, 02-Jan-06 15:04:05 GMT")}, 304},
			"tag counts, not date":   {[]string{"If-None-Match", `"a"`, "If-Modified-Since", later}, 200},
			"tag counts, not date 2": {[]string{"If-None-Match", tag, "If-Modified-Since", earlier}, 304},
		} {
			for _, method := range []string{"GET", "HEAD"} {
				r := ask(p, method, "/feeds/all.atom", tc.headers...)
				if r.StatusCode != tc.want {
					t.Errorf("%s %s: status %d, want %d", method, name, r.StatusCode, tc.want)
				}
				if r.Header.Get("ETag") == "" || r.Header.Get("Vary") == "" || r.Header.Get("Cache-Control") == "" {
					t.Errorf("%s %s: headers %v", method, name, r.Header)
				}
				if text, _ := io.ReadAll(r.Body); r.StatusCode == http.StatusNotModified && (len(text) > 0 || r.Header.Get("Content-Type") != "") {
					t.Errorf("%s %s: a 304 with a body", method, name)
				}
			}
		}
		l.touch()
		if r := ask(p, http.MethodGet, "/feeds/all.atom", "If-Modified-Since", modified); r.StatusCode != http.StatusNotModified {
			t.Errorf("a commit elsewhere: status %d", r.StatusCode)
		}
		l.edit(briefing(1).Key, func(it *dewline.Item) { it.Title = "Corrected" })
		for _, h := range [][]string{{"If-None-Match", tag}, {"If-Modified-Since", modified}} {
			if r := ask(p, http.MethodGet, "/feeds/all.atom", h...); r.StatusCode != http.StatusOK {
				t.Errorf("an edit: status %d for %s", r.StatusCode, h)
			}
		}
		if again := ask(publisher(filled(3)), http.MethodGet, "/feeds/all.atom").Header.Get("ETag"); again != tag {
			t.Errorf("after a restart the tag of the same is %s, was %s", again, tag)
		}
	})
}

// A client that knows only dates misses nothing, whenever it asks and however
// many changes there are in a second, and at last gets a 304.
func TestNoDateHidesAChange(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := filled(1)
		p := publisher(l)
		has, date := "", ""
		poll := func() int {
			r := ask(p, http.MethodGet, "/feeds/all.atom", "If-Modified-Since", date)
			if modified, err := http.ParseTime(r.Header.Get("Last-Modified")); err != nil || modified.After(time.Now()) {
				t.Fatalf("Last-Modified %q at %v", r.Header.Get("Last-Modified"), time.Now())
			}
			if r.StatusCode == http.StatusOK {
				has, date = body(t, r), r.Header.Get("Last-Modified")
			}
			return r.StatusCode
		}
		for step := range 400 {
			switch step % 7 {
			case 0, 2, 3:
				// The commit bears an earlier time than what was served already.
				l.edit(briefing(1).Key, func(it *dewline.Item) { it.Title, it.Changed = "Edited "+strings.Repeat("I", step), day })
			case 5:
				p = publisher(l) // a restart
			}
			poll()
			if want := read(t, p, "/feeds/all.atom"); has != want {
				t.Fatalf("step %d: the client does not have what there is", step)
			}
			time.Sleep(time.Duration(step%13) * 170 * time.Millisecond)
		}
		time.Sleep(3 * time.Second)
		poll()
		if status := poll(); status != http.StatusNotModified {
			t.Errorf("an unchanged feed: status %d", status)
		}
	})
}

func TestOlderPagesHaveATag(t *testing.T) {
	p := publisher(filled(3))
	r := ask(p, http.MethodGet, "/feeds/all.atom?before=3")
	if r.Header.Get("ETag") == "" || r.Header.Get("Last-Modified") != "" {
		t.Errorf("headers %v", r.Header)
	}
	if again := ask(p, http.MethodGet, "/feeds/all.atom?before=3", "If-None-Match", r.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("status %d", again.StatusCode)
	}
	if dated := ask(p, http.MethodGet, "/feeds/all.atom?before=3", "If-Modified-Since", time.Now().Format(http.TimeFormat)); dated.StatusCode != http.StatusOK {
		t.Errorf("status %d", dated.StatusCode)
	}
}

// closed is a store that cannot be read.
type closed struct{}

func (closed) Revision() uint64 { return 1 }
func (closed) Matches(context.Context, string, uint64, int) ([]dewline.Matched, error) {
	return nil, errors.New("database not open")
}

func TestStoreThatCannotBeRead(t *testing.T) {
	p := publisher(closed{})
	for range 2 {
		r := ask(p, http.MethodGet, "/feeds/all.atom")
		text, _ := io.ReadAll(r.Body)
		if r.StatusCode != http.StatusInternalServerError || !strings.Contains(string(text), "database not open") || r.Header.Get("ETag") != "" {
			t.Errorf("status %d: %s", r.StatusCode, text)
		}
	}
}
