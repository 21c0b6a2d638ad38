package fetcher

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"dewline"

	"pgregory.net/rapid"
)

func parse(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestSiteOf(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.mod.go.jp/feed": "mod.go.jp", "https://feeds.mil.example.com/": "example.com",
		"https://a.gov.uk/x": "a.gov.uk", "http://b.a.gov.uk.:8080/x": "a.gov.uk", "http://localhost:81/": "localhost:81",
		"http://127.0.0.1:81/": "127.0.0.1:81", "http://127.0.0.1/": "127.0.0.1:80", "https://[::1]/": "[::1]:443",
	} {
		if got := dewline.Site(parse(t, address)); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

// However requests come, no site gets more than its share, all together no more
// than all, and nobody waits for ever.
func TestTurns(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		all, perSite := rapid.IntRange(1, 6).Draw(rt, "all"), rapid.IntRange(1, 3).Draw(rt, "perSite")
		asked := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 30).Draw(rt, "sites")
		synctest.Test(t, func(t *testing.T) {
			turns := newTurns(all, perSite)
			var total atomic.Int32
			at := map[string]*atomic.Int32{"a": {}, "b": {}, "c": {}}
			var work sync.WaitGroup
			for i, site := range asked {
				work.Go(func() {
					done, err := turns.take(t.Context(), site, "")
					if err != nil {
						t.Error(err)
						return
					}
					if total.Add(1) > int32(all) || at[site].Add(1) > int32(perSite) {
						t.Error("over the limit")
					}
					time.Sleep(time.Duration(1+i%5) * time.Second)
					at[site].Add(-1)
					total.Add(-1)
					done()
				})
			}
			work.Wait()
			if len(turns.sites.of) != 0 {
				t.Error("sites without requests are remembered")
			}
		})
	})
}

// A site that hangs with a long queue leaves the common places to the others.
func TestSlowSiteHoldsOnlyItsShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(3, 2)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		for range 10 {
			go turns.take(ctx, "slow", "") // never done
		}
		synctest.Wait()
		done, err := turns.take(ctx, "good", "")
		if err != nil {
			t.Fatal(err)
		}
		done()
	})
}

// Waiting for a turn is not the source's fault and does not count as its time.
func TestWaitingIsNotTimed(t *testing.T) {
	release := make(chan struct{})
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/first" {
			<-release
		}
		io.WriteString(w, sample)
	})
	c := newClient(t, func(o *Options) { o.PerSite = 1 })
	var first, second dewline.Response
	var work sync.WaitGroup
	work.Go(func() { first = c.Fetch(t.Context(), dewline.Feed{URL: url + "/first"}, dewline.FeedState{}) })
	work.Go(func() { second = c.Fetch(t.Context(), dewline.Feed{URL: url + "/second"}, dewline.FeedState{}) })
	close(release)
	work.Wait()
	if first.Status != dewline.StatusOK || second.Status != dewline.StatusOK {
		t.Fatalf("%s, %s", first.Status, second.Status)
	}
}

// A body that waits to be read, while others are read that take their time, does not keep who stops; and
// nothing is read any more once somebody stops.
func TestReadingStopsWithItsContext(t *testing.T) {
	c := newClient(t, func(o *Options) {
		o.Parse = func(dewline.Document) dewline.Parsed {
			t.Error("what nobody wants was read")
			return dewline.Parsed{}
		}
	})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	f := &fetch{client: c}
	c.read(ctx, f, &body{bytes: []byte(sample)})
	for range cap(c.parsing) {
		c.parsing <- struct{}{}
	}
	c.read(ctx, f, &body{bytes: []byte(sample)})
	if f.resp.Status != dewline.StatusTimeout {
		t.Errorf("status %q", f.resp.Status)
	}
}

func TestFetchStopsWithItsContext(t *testing.T) {
	url := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		newClient(t).Fetch(ctx, dewline.Feed{URL: url}, dewline.FeedState{})
		close(ended)
	}()
	cancel()
	<-ended
}
