package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"dewline"
)

// The feeds that the benchmarks poll are served by a process of its own: this
// test binary, started again.

const (
	speedItems = 20
	speedETag  = `"one"`

	modeBare  = "bare"  // 200, without validators
	modeETag  = "etag"  // 200 with an ETag, or 304
	modeOther = "other" // 200, each time with other bytes around the same items

	servingSpeed = "DEWLINE_BENCH_SERVES"
)

// speedWords are what the texts are made of.
var speedWords = strings.Fields(`missile exercise training defence radar minister brigade northern fleet patrol vessel artillery
	statement joint briefing region infantry logistics contract procurement aircraft squadron delivery modernisation budget`)

// speedSource is the serving process, as the benchmark sees it.
type speedSource struct {
	base  string
	feeds []dewline.Feed
}

// serveSpeed starts the serving process; it ends with the benchmark.
func serveSpeed(b *testing.B, feeds int) *speedSource {
	b.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestServeSpeed$", "-test.v")
	cmd.Env = append(os.Environ(), servingSpeed+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	s := &speedSource{}
	for lines := bufio.NewScanner(out); s.base == "" && lines.Scan(); {
		if base, ok := strings.CutPrefix(lines.Text(), "serving "); ok {
			s.base = base
		}
	}
	for i := range feeds {
		s.feeds = append(s.feeds, dewline.Feed{Name: fmt.Sprintf("feed %d", i), URL: fmt.Sprintf("%s/feed/%d", s.base, i)})
	}
	return s
}

// mode tells the serving process how to answer.
func (s *speedSource) mode(b *testing.B, mode string) {
	b.Helper()
	resp, err := http.Get(s.base + "/mode/" + mode)
	if err != nil {
		b.Fatal(err)
	}
	resp.Body.Close()
}

// TestServeSpeed is the serving process.
func TestServeSpeed(t *testing.T) {
	if os.Getenv(servingSpeed) == "" {
		t.Skip("serves the benchmarks")
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("serving http://%s\n", ln.Addr())
	t.Fatal(http.Serve(ln, speedHandler()))
}

func speedHandler() http.Handler {
	var mode atomic.Value
	mode.Store(modeBare)
	var served atomic.Int64
	mux := http.NewServeMux()
	mux.HandleFunc("/mode/{mode}", func(_ http.ResponseWriter, r *http.Request) { mode.Store(r.PathValue("mode")) })
	mux.HandleFunc("/feed/{n}", func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(r.PathValue("n"))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		now := mode.Load()
		if now == modeETag {
			w.Header().Set("ETag", speedETag)
			if r.Header.Get("If-None-Match") == speedETag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
		built := int64(0)
		if now == modeOther {
			built = served.Add(1)
		}
		w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
		_, _ = w.Write(speedFeed(n, built))
	})
	return mux
}

// speedFeed is a feed of 20 items and about 35 kB, as the ministries serve them.
// built is in it, and is no item's.
func speedFeed(n int, built int64) []byte {
	chance := rand.New(rand.NewPCG(uint64(n), 1))
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>`)
	fmt.Fprintf(&b, "<title>Ministry %d</title>\n<link>https://www.mod%d.example/</link>\n<description>News &amp; statements</description>\n"+
		"<language>en-GB</language>\n<!-- built %d -->\n", n, n, built)
	for i := range speedItems {
		fmt.Fprintf(&b, "<item>\n<title>%s No. %d</title>\n<link>https://www.mod%d.example/news/%d</link>\n<dc:creator><![CDATA[Press Office]]></dc:creator>\n"+
			"<pubDate>Mon, 23 Nov 2026 10:%02d:00 +0000</pubDate>\n<category><![CDATA[%s]]></category>\n<guid isPermaLink=\"false\">https://www.mod%d.example/?p=%d</guid>\n"+
			"<description><![CDATA[<p>%s.</p>]]></description>\n<content:encoded><![CDATA[",
			speedText(chance, 5), i, n, i, i, speedText(chance, 1), n, i, speedText(chance, 20))
		for range 6 {
			fmt.Fprintf(&b, "<p>The %s <a href=\"https://www.mod%d.example/a/%d\">%s</a> of the %s &#8211; %s.</p>\n",
				speedText(chance, 5), n, i, speedText(chance, 2), speedText(chance, 3), speedText(chance, 5))
		}
		b.WriteString("]]></content:encoded>\n</item>\n")
	}
	b.WriteString("</channel></rss>")
	return []byte(b.String())
}

func speedText(chance *rand.Rand, words int) string {
	var b strings.Builder
	for i := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(speedWords[chance.IntN(len(speedWords))])
	}
	return b.String()
}
