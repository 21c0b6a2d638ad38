package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
	"dewline/notify"
	"dewline/store"
)

// sendroom is the sending half of the daemon over a real store, in the time of a synctest bubble.
type sendroom struct {
	*testing.T
	path  string
	db    *store.DB
	stop  func()
	items int

	mu     sync.Mutex
	told   []hooked         // guarded by mu, as what follows
	refuse func(hooked) int // the status of an answer; 0: taken

	silences []dewline.Key // that cover what is published
}

// hooked is a hook as it was received.
type hooked struct {
	ID   string `json:"-"`
	At   time.Time
	Body string `json:"-"`
	Type dewline.Event
	Data struct {
		Rule    dewline.RuleRef
		Item    struct{ GUID string }
		Feed    dewline.FeedRef
		Reason  dewline.HoldReason
		Count   int
		More    int
		Rules   []dewline.RuleSum
		Alerts  []hooked
		Silence *dewline.Silence
	}
}

// what names what a hook tells.
func (h hooked) what() string {
	switch {
	case h.Type == dewline.EventSummary:
		return fmt.Sprintf("%s of %d", h.Data.Reason, h.Data.Count)
	case h.Data.Feed.Name != "":
		return h.Data.Feed.Name
	}
	return h.Data.Item.GUID
}

var press01 = dewline.Feed{Name: "press", URL: "https://press.test/", Schedule: "@hourly"}

func newSendroom(t *testing.T) *sendroom {
	t.Helper()
	r := &sendroom{T: t, path: filepath.Join(inMemory(t), "dewline.db")}
	r.open()
	return r
}

// inMemory is a folder for thousands of transactions that need no disk: in memory, where the system has such a place.
func inMemory(t *testing.T) string {
	t.Helper()
	const shm = "/dev/shm"
	if info, err := os.Stat(shm); err != nil || !info.IsDir() {
		return t.TempDir()
	}
	dir, err := os.MkdirTemp(shm, "dewline-test-") //nolint:usetesting // t.TempDir is on the disk
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func (r *sendroom) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func (r *sendroom) open() {
	r.Helper()
	var err error
	r.db, err = store.Open(r.path, store.Options{})
	r.must(err)
	r.must(r.db.Register(r.Context(), []dewline.Feed{press01}, time.Now()))
}

// start begins to send to the receiver hook, with these controls.
func (r *sendroom) start(c dewline.Controls) {
	r.Helper()
	alerts, err := notify.New(r.db, notify.Options{
		Receivers: []dewline.Receiver{{Name: "hook", Webhook: &dewline.Webhook{URL: "http://hook.test/"}, Controls: c}},
		BaseURL:   "http://watch.test", Transport: r, Log: slog.New(slog.DiscardHandler),
	})
	r.must(err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := alerts.Run(ctx); err != nil {
			r.Error(err)
		}
	}()
	r.stop = func() { cancel(); <-done }
}

// close stops, checks the store and closes it.
func (r *sendroom) close() {
	r.Helper()
	r.stop()
	r.must(r.db.Check(r.Context()))
	r.must(r.db.Close())
}

// RoundTrip receives a hook.
func (r *sendroom) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	h := hooked{ID: req.Header.Get("webhook-id"), At: time.Now(), Body: string(body)}
	if err := json.Unmarshal(body, &h); err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	status := http.StatusNoContent
	if r.refuse != nil {
		if s := r.refuse(h); s != 0 {
			status = s
		}
	}
	if status < 300 {
		r.told = append(r.told, h)
	}
	return answer(req, status, http.Header{}), nil
}

// answer is an answer without a body.
func answer(req *http.Request, status int, header http.Header) *http.Response {
	return &http.Response{StatusCode: status, Status: fmt.Sprint(status), Header: header, Body: http.NoBody, Request: req}
}

// publish commits so many items that a rule matches, each named by its number.
func (r *sendroom) publish(n int, critical bool) {
	r.Helper()
	bring(r.T, r.db, r.items, n, time.Now().Add(24*time.Hour), dewline.Match{
		Alert: []string{"hook"}, Critical: critical, Silences: r.silences,
		Hits: []dewline.Hit{{Term: "statement", Field: dewline.FieldTitle, Text: "Statement", End: 9}},
	})
	r.items += n
}

// bring commits so many items, each named by its number from the first on, that a rule matches like this, as a poll
// does. The feed is due again at the given time.
func bring(t *testing.T, db *store.DB, first, n int, due time.Time, like dewline.Match) {
	t.Helper()
	now := time.Now()
	st, ok, err := db.ClaimFeed(t.Context(), press01.Key(), now, now.Add(time.Minute))
	if err != nil || !ok {
		t.Fatalf("the feed cannot be claimed: %v", err)
	}
	c := &dewline.Commit{State: st, Known: make(map[dewline.Key]dewline.Known)}
	c.State.Due = due
	for i := range n {
		guid := fmt.Sprint(first + i)
		it := dewline.Item{
			Key:  dewline.ItemKey(press01.Key(), dewline.Identity{Kind: dewline.IdentityGUID, Value: guid}),
			Feed: press01.Ref(), GUID: guid, Title: "Statement " + guid, Version: 1, FirstSeen: now,
		}
		c.New = append(c.New, it)
		c.Known[it.Key] = dewline.Known{Fingerprint: it.TextHash(), Text: it.TextHash(), Version: 1}
		m := like
		m.Rule, m.Item, m.Version, m.Snippet = dewline.RuleRef{Name: "missile", Title: "Missile"}, it.Key, 1, it.Title
		c.Matches = append(c.Matches, m)
	}
	c.Poll = dewline.Poll{Feed: st.Key, At: now, Status: dewline.StatusOK, Entries: n, New: n, Matches: n}
	if err := db.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

// trouble queues an alert of a feed's health.
func (r *sendroom) trouble(feed string) {
	r.Helper()
	_, err := r.db.Tell(r.Context(), dewline.Bulletin{Notices: []dewline.Notice{{
		Event: dewline.EventFailing, Alert: []string{"hook"}, About: dewline.FeedEvent{
			Feed: dewline.FeedRef{Name: feed}, At: time.Now(), Health: dewline.Health{State: dewline.HealthFailing, Since: time.Now()},
		},
	}}}, time.Now())
	r.must(err)
}

// pass lets time go by, within which the dispatcher looks into its outbox.
func (r *sendroom) pass(d time.Duration) {
	time.Sleep(d + time.Minute)
	synctest.Wait()
}

// heard is what was told since the last time.
func (r *sendroom) heard() []hooked {
	r.mu.Lock()
	defer r.mu.Unlock()
	told := r.told
	r.told = nil
	return told
}

// answer sets what the receiver answers.
func (r *sendroom) answer(refuse func(hooked) int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.refuse = refuse
}

// expect compares what was told since the last time.
func (r *sendroom) expect(when string, want ...string) {
	r.Helper()
	var got []string
	for _, h := range r.heard() {
		got = append(got, h.what())
	}
	if !slices.Equal(got, want) {
		r.Errorf("%s: told %q, want %q", when, got, want)
	}
}

// sums are the sums of the receiver's alerts that are not zero.
func (r *sendroom) sums() map[dewline.DeliveryState]uint64 {
	r.Helper()
	counts, err := r.db.Counts(r.Context())
	r.must(err)
	sums := counts.Deliveries["hook"]
	for state, n := range sums {
		if n == 0 {
			delete(sums, state)
		}
	}
	return sums
}

// balance checks that every alert is in one state.
func (r *sendroom) balance(when string, want map[dewline.DeliveryState]uint64) {
	r.Helper()
	if got := r.sums(); fmt.Sprint(got) != fmt.Sprint(want) {
		r.Errorf("%s: %v, want %v", when, got, want)
	}
}

// publishAgain makes the feed due and publishes.
func (r *sendroom) publishAgain(n int, critical bool) {
	r.Helper()
	r.db.HastenFeed(press01.Key(), time.Now())
	r.publish(n, critical)
}
