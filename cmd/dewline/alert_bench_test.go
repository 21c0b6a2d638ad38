package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"dewline"
	"dewline/fetcher"
	"dewline/notify"
	"dewline/store"
)

// alertsASecond is how many matches are committed in a second.
const alertsASecond = 100

// From the commit of a match to the arrival of its hook, on loopback, with a store on disk and a hundred matches a
// second, each in a commit of its own. The figures to look at are the median and the 99th of a hundred; the aim is a median
// below 50 ms.
func BenchmarkAlert(b *testing.B) {
	arrived := make(chan arrival, 10_000)
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at := time.Now()
		var h hooked
		if err := json.NewDecoder(r.Body).Decode(&h); err != nil {
			b.Error(err)
		}
		arrived <- arrival{h.Data.Item.GUID, at}
		w.WriteHeader(http.StatusNoContent)
	}))
	defer hook.Close()
	db, err := store.Open(filepath.Join(b.TempDir(), "dewline.db"), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if err := db.Register(b.Context(), []dewline.Feed{press01}, time.Now()); err != nil {
		b.Fatal(err)
	}
	alerts, err := notify.New(db, notify.Options{
		Receivers: []dewline.Receiver{{Name: "hook", Webhook: &dewline.Webhook{URL: hook.URL, Secret: "word"}}},
		Transport: fetcher.NewTransport([]netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}), Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var sending sync.WaitGroup
	sending.Go(func() { _ = alerts.Run(ctx) })
	defer sending.Wait()
	defer cancel()

	committed := make(map[string]time.Time)
	tick := time.NewTicker(time.Second / alertsASecond)
	defer tick.Stop()
	n := 0
	for b.Loop() {
		<-tick.C
		guid := fmt.Sprint(n)
		n++
		if err := db.Commit(b.Context(), oneMatch(b, db, guid)); err != nil {
			b.Fatal(err)
		}
		committed[guid] = time.Now()
		alerts.Wake()
	}
	var took []time.Duration
	for range n {
		a := <-arrived
		took = append(took, a.at.Sub(committed[a.guid]))
	}
	slices.Sort(took)
	b.ReportMetric(took[len(took)/2].Seconds()*1000, "median-ms")
	b.ReportMetric(took[len(took)*99/100].Seconds()*1000, "p99-ms")
}

type arrival struct {
	guid string
	at   time.Time
}

// oneMatch is a poll that brings one item, which a rule finds.
func oneMatch(b *testing.B, db *store.DB, guid string) *dewline.Commit {
	now := time.Now()
	st, ok, err := db.ClaimFeed(b.Context(), press01.Key(), now, now.Add(time.Minute))
	if err != nil || !ok {
		b.Fatal(ok, err)
	}
	it := dewline.Item{
		Key:  dewline.ItemKey(press01.Key(), dewline.Identity{Kind: dewline.IdentityGUID, Value: guid}),
		Feed: press01.Ref(), GUID: guid, Title: "Statement " + guid, Version: 1, FirstSeen: now,
		Summary: "A paragraph of a statement, as long as they are, on the anti-missile issue and on what the two sides said of it.",
	}
	c := &dewline.Commit{State: st, New: []dewline.Item{it}, Known: map[dewline.Key]dewline.Known{
		it.Key: {Fingerprint: it.TextHash(), Text: it.TextHash(), Version: 1},
	}}
	c.State.Due = now
	c.Matches = []dewline.Match{{
		Rule: dewline.RuleRef{Name: "missile", Title: "Missile"}, Item: it.Key, Version: 1, Alert: []string{"hook"}, Snippet: it.Summary,
		Hits: []dewline.Hit{{Term: "statement", Field: dewline.FieldTitle, Text: "Statement", End: 9}},
	}}
	c.Poll = dewline.Poll{Feed: st.Key, At: now, Status: dewline.StatusOK, Entries: 1, New: 1, Matches: 1}
	return c
}
