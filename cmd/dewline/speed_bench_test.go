package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"dewline"
	"dewline/config"
	"dewline/store"

	"github.com/mmcdole/gofeed"
	"golang.org/x/sys/unix"
)

// What a poll costs over what it must cost: each benchmark polls all feeds with
// everything in place (fetcher, parser, a hundred rules, a store on disk), many at
// a time as the daemon does, and in the same run a bare loop that only fetches and
// parses them, one after another. The figure to look at is x-bare, the ratio of
// the two processor times; what serves the feeds is a process of its own and
// counts in neither.

const (
	speedFeeds   = 1000
	speedWorkers = 16
)

// A first poll: everything is new, judged and stored. The aim is 2.
func BenchmarkFirstPoll(b *testing.B) {
	s := serveSpeed(b, speedFeeds)
	s.mode(b, modeBare)
	var ours, bare cost
	for b.Loop() {
		bare.add(s.bare(b, false))
		p := s.poller(b)
		ours.add(p.round(b, func(o dewline.Poll) bool { return o.New == speedItems }))
		p.close(b)
	}
	report(b, ours, bare)
}

// Unchanged by 304. The aim is 5 times a bare 304.
func BenchmarkNotModified(b *testing.B) {
	s := serveSpeed(b, speedFeeds)
	s.repeated(b, modeETag, modeETag, s.bareNotModified, func(o dewline.Poll) bool { return o.HTTPStatus == http.StatusNotModified })
}

// Answered 200 with the very same bytes. The aim is a quarter.
func BenchmarkIdentical(b *testing.B) {
	s := serveSpeed(b, speedFeeds)
	s.repeated(b, modeBare, modeBare, s.bareFull, func(o dewline.Poll) bool { return o.NotModified && o.HTTPStatus == http.StatusOK })
}

// Answered 200 with other bytes but the same items. The aim is 1.3.
func BenchmarkOtherBytes(b *testing.B) {
	s := serveSpeed(b, speedFeeds)
	s.repeated(b, modeBare, modeOther, s.bareFull, func(o dewline.Poll) bool { return !o.NotModified && o.Seen == speedItems })
}

// repeated measures the second and later polls, which must each end as good says.
func (s *speedSource) repeated(b *testing.B, first, then string, bareRound func(*testing.B) cost, good func(dewline.Poll) bool) {
	p := s.poller(b)
	defer p.close(b)
	s.mode(b, first)
	p.round(b, func(o dewline.Poll) bool { return o.New == speedItems })
	s.mode(b, then)
	var ours, bare cost
	for b.Loop() {
		bare.add(bareRound(b))
		ours.add(p.round(b, good))
	}
	report(b, ours, bare)
}

// cost is what rounds over all feeds took.
type cost struct {
	cpu, wall time.Duration
	feeds     int
}

func (c *cost) add(d cost) { c.cpu, c.wall, c.feeds = c.cpu+d.cpu, c.wall+d.wall, c.feeds+d.feeds }

func (c cost) perFeed() float64 { return c.cpu.Seconds() * 1000 / float64(c.feeds) }

func report(b *testing.B, ours, bare cost) {
	b.ReportMetric(ours.perFeed()/bare.perFeed(), "x-bare")
	b.ReportMetric(ours.perFeed(), "cpu-ms/feed")
	b.ReportMetric(bare.perFeed(), "bare-cpu-ms/feed")
	b.ReportMetric(float64(ours.feeds)/ours.wall.Seconds(), "feeds/s")
}

// spent measures a round over n feeds.
func spent(b *testing.B, n int, round func()) cost {
	runtime.GC()
	cpu, wall := processorTime(b), time.Now()
	round()
	return cost{processorTime(b) - cpu, time.Since(wall), n}
}

// processorTime is what this process has used.
func processorTime(b *testing.B) time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// each calls f for every feed, from several goroutines.
func each(feeds []dewline.Feed, f func(dewline.Feed)) {
	queue := make(chan dewline.Feed)
	var work sync.WaitGroup
	for range speedWorkers {
		work.Go(func() {
			for feed := range queue {
				f(feed)
			}
		})
	}
	for _, feed := range feeds {
		queue <- feed
	}
	close(queue)
	work.Wait()
}

// bare fetches all feeds by a plain client and, unless they are not modified,
// parses them by gofeed.
func (s *speedSource) bare(b *testing.B, conditional bool) cost {
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport}
	return spent(b, len(s.feeds), func() {
		for _, f := range s.feeds {
			if err := bareFetch(client, f.URL, conditional); err != nil {
				b.Error(err)
			}
		}
	})
}

func (s *speedSource) bareFull(b *testing.B) cost        { return s.bare(b, false) }
func (s *speedSource) bareNotModified(b *testing.B) cost { return s.bare(b, true) }

func bareFetch(client *http.Client, url string, conditional bool) error {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	if conditional {
		req.Header.Set("If-None-Match", speedETag)
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if conditional {
		_, err = io.Copy(io.Discard, resp.Body)
		if err == nil && resp.StatusCode != http.StatusNotModified {
			err = fmt.Errorf("status %d, want 304", resp.StatusCode)
		}
		return err
	}
	feed, err := gofeed.NewParser().Parse(resp.Body)
	if err == nil && len(feed.Items) != speedItems {
		err = fmt.Errorf("%d items", len(feed.Items))
	}
	return err
}

// poller is the whole program but its page and its alerts, over a new store.
type poller struct {
	setup *setup
	db    *store.DB
}

func (s *speedSource) poller(b *testing.B) *poller {
	b.Helper()
	dir := b.TempDir()
	cfg, err := config.Load(write(b, dir, "config.yaml", s.config()), checks)
	if err != nil {
		b.Fatal(err)
	}
	db, err := store.Open(filepath.Join(dir, "dewline.db"), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	p := &poller{db: db}
	if p.setup, err = assemble(cfg, db, slog.New(slog.DiscardHandler), hooks{}); err != nil {
		b.Fatal(err)
	}
	if err := p.setup.register(context.Background()); err != nil {
		b.Fatal(err)
	}
	return p
}

// round polls every feed once, and checks that each poll was of the kind that is
// measured.
func (p *poller) round(b *testing.B, good func(dewline.Poll) bool) cost {
	feeds := p.setup.cfg.Feeds
	return spent(b, len(feeds), func() {
		each(feeds, func(f dewline.Feed) {
			out, err := p.setup.monitor.Poll(context.Background(), f.Key())
			if err != nil || !good(out.Poll) {
				b.Errorf("%s: %+v, %v", f.Name, out.Poll, err)
			}
		})
	})
}

func (p *poller) close(b *testing.B) {
	if err := p.setup.dispose(); err != nil {
		b.Error(err)
	}
}

// config is a configuration of all feeds, and of a hundred rules as people write
// them.
func (s *speedSource) config() string {
	var y strings.Builder
	y.WriteString("fetch: {per_site: 64, concurrency: 64, allow_private: [127.0.0.0/8], schedule: \"@every 12h\"}\nhttp: {listen: \"127.0.0.1:0\"}\nfeeds:\n")
	for _, f := range s.feeds {
		fmt.Fprintf(&y, "  - {url: %q, name: %q}\n", f.URL, f.Name)
	}
	y.WriteString("rules:\n")
	for i := range 100 {
		fmt.Fprintf(&y, "  - {name: rule-%d, query: %q}\n", i, speedQuery(i))
	}
	return y.String()
}

// speedQuery is one of the queries, each with terms of its own. One in twenty
// finds something, now and then.
func speedQuery(i int) string {
	a, c := speedWords[i%len(speedWords)], speedWords[(i*7+3)%len(speedWords)]
	switch i % 5 {
	case 0:
		return fmt.Sprintf(`anti-%s OR "%s %s defence"`, a, a, c)
	case 1:
		return fmt.Sprintf(`"%s system%d" OR =THAAD%d`, a, i, i)
	case 2:
		return fmt.Sprintf(`title:(%s treaty%d) -sport%d`, a, i, i)
	case 3:
		return fmt.Sprintf(`(противоракета%d OR 反导%d OR interceptor%d) NOT %s`, i, i, i, a)
	}
	return fmt.Sprintf(`hypersonic%d OR (ballistic%d AND %s)`, i, i, c)
}
