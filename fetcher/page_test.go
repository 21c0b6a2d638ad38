package fetcher

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
)

// An older page is read as the feed is, and only from the feed's site: a feed sends us nowhere else.
func TestFetchPage(t *testing.T) {
	var asked atomic.Int32
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.URL.Query().Get("paged") != "2" || r.Header.Get("If-None-Match") != "" {
			http.Error(w, "no such page", http.StatusNotFound)
			return
		}
		io.WriteString(w, sample)
	})
	c := newClient(t)
	feed := dewline.Feed{Name: "x", URL: url + "/feed"}
	if r := c.FetchPage(t.Context(), feed, url+"/feed?paged=2"); r.Status != dewline.StatusOK || len(r.Entries) == 0 {
		t.Errorf("%s %s, %d entries", r.Status, r.Detail, len(r.Entries))
	}
	if r := c.FetchPage(t.Context(), feed, url+"/feed?paged=3"); r.Status != dewline.StatusNotFound {
		t.Errorf("a page that is not there: %s", r.Status)
	}
	before := asked.Load()
	other := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("another site was asked") })
	for _, address := range []string{other + "/feed?paged=2", "file:///etc/passwd", "::"} {
		if r := c.FetchPage(t.Context(), feed, address); r.Status == dewline.StatusOK || r.Detail == "" {
			t.Errorf("%s: %s %s", address, r.Status, r.Detail)
		}
	}
	if asked.Load() != before {
		t.Error("the feed's own server was asked for an address of another one")
	}
}

// Hosts of many names at one address get more at one time than one site does, and no more than four times as much; who is
// elsewhere does not wait for them.
func TestTurnsByAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(100, 2)
		var now, most atomic.Int32
		var work sync.WaitGroup
		for i := range 30 {
			work.Go(func() {
				done, err := turns.take(t.Context(), strings.Repeat("x", i+1), "192.0.2.1")
				if err != nil {
					t.Error(err)
					return
				}
				if n := now.Add(1); n > most.Load() {
					most.Store(n)
				}
				time.Sleep(time.Second)
				now.Add(-1)
				done()
			})
		}
		synctest.Wait()
		began := time.Now()
		done, err := turns.take(t.Context(), "elsewhere", "192.0.2.2")
		if err != nil || time.Since(began) > 0 {
			t.Errorf("elsewhere: %v after %s", err, time.Since(began))
		}
		done()
		work.Wait()
		if most.Load() != 2*sitesAtAddress || len(turns.addresses.of) != 0 {
			t.Errorf("%d at one time, %d addresses remembered", most.Load(), len(turns.addresses.of))
		}
	})
}

// The places of a site rest between two requests; those of this machine do not.
func TestTurnsRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(100, 2)
		turns.rest = 100 * time.Millisecond
		for site, want := range map[string]time.Duration{"example.org": 400 * time.Millisecond, "127.0.0.1:80": 0} {
			began := time.Now()
			for range 10 {
				done, err := turns.take(t.Context(), site, "")
				if err != nil {
					t.Fatal(err)
				}
				done()
			}
			if took := time.Since(began); took != want {
				t.Errorf("%s: ten requests in %s, want %s", site, took, want)
			}
		}
		time.Sleep(time.Second)
		if synctest.Wait(); len(turns.sites.of) != 0 {
			t.Error("sites without requests are remembered")
		}
	})
}

// Where a host is, is learned from its connections.
func TestAddressesAreLearned(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, sample) })
	c := newClient(t)
	host := parse(t, url).Host
	if at := c.hosts.at(host); at != "" {
		t.Errorf("%s is known before it was asked: %s", host, at)
	}
	c.Fetch(t.Context(), dewline.Feed{URL: url}, dewline.FeedState{})
	if at := c.hosts.at(host); at != "127.0.0.1" {
		t.Errorf("%s is at %q", host, at)
	}
}
