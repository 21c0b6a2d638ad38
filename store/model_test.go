package store_test

import (
	"errors"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"dewline"
	"dewline/store"

	"pgregory.net/rapid"
)

// A check of the model opens its store some ten times: fewer checks than usual,
// unless the command line says otherwise.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "25"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// Whatever happens in whatever order, polls and edits, answers of receivers,
// restarts and crashes: an item is stored once and keeps its place, a match
// brings each receiver one delivery, and what was delivered is not sent again.
func TestTheStoreKeepsItsModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dir, err := os.MkdirTemp(memory(), "model") //nolint:usetesting // in memory, where a crash is cheap to play
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		m := &model{
			path: filepath.Join(dir, "dewline.db"), now: noon, versions: make(map[dewline.Key][]string),
			outbox: make(map[dewline.Key]dewline.DeliveryState), leased: make(map[dewline.Key]time.Time),
		}
		m.open(t)
		defer func() { m.db.Close() }()
		t.Repeat(map[string]func(*rapid.T){
			"poll":              func(t *rapid.T) { m.ok(t, m.commit(m.draw(t))) },
			"a stale poll":      m.stale,
			"a crash at a poll": m.crashAtPoll,
			"send":              m.send,
			"a crash at a send": m.crashAtSettle,
			"retry":             m.retry,
			"time": func(t *rapid.T) {
				m.now = m.now.Add(time.Duration(rapid.IntRange(1, 60).Draw(t, "minutes")) * time.Minute)
			},
			"restart": m.restart,
			"":        m.compare,
		})
		m.ok(t, m.db.Check(ctx))
	})
}

// memory is a folder that does not wait for a disk, where there is one: the
// model makes thousands of commits.
func memory() string {
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		return "/dev/shm"
	}
	return ""
}

// model is what the store should hold, in plain maps, beside the store.
type model struct {
	path string
	db   *store.DB
	now  time.Time

	order    []dewline.Key                         // of first sight
	versions map[dewline.Key][]string              // titles of each item
	outbox   map[dewline.Key]dewline.DeliveryState // every delivery
	leased   map[dewline.Key]time.Time             // claims that were not given back
}

var modelFeeds = []dewline.Feed{
	{Name: "a", URL: "http://a.test/", Schedule: "@hourly"}, {Name: "b", URL: "http://b.test/", Schedule: "@hourly"},
}

func (m *model) ok(t *rapid.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (m *model) open(t *rapid.T) {
	db, err := store.Open(m.path, store.Options{})
	m.ok(t, err)
	m.db = db
	m.ok(t, db.Register(ctx, modelFeeds, m.now))
	clear(m.leased)
}

func (m *model) restart(t *rapid.T) {
	m.ok(t, m.db.Close())
	m.open(t)
}

// draw is a poll: a few entries of a feed, each with one of a few texts, and a
// rule for each word. Receivers are drawn too: a first poll names none.
func (m *model) draw(t *rapid.T) *dewline.Commit {
	f := rapid.SampledFrom(modelFeeds).Draw(t, "feed")
	m.now = m.now.Add(time.Second)
	st, ok, err := m.db.ClaimFeed(ctx, f.Key(), m.now, m.now.Add(time.Minute))
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	c := &dewline.Commit{State: st, Known: make(map[dewline.Key]dewline.Known)}
	c.State.Due = m.now.Add(time.Hour)
	alert := rapid.SampledFrom([][]string{nil, {"desk"}, {"desk", "hook"}}).Draw(t, "alert")
	titles := rapid.MapOfN(rapid.StringOfN(rapid.RuneFrom([]rune("123456")), 1, 1, -1),
		rapid.SampledFrom([]string{"missile", "radar", "missile radar", "weather"}), 0, 4).Draw(t, "entries")
	for _, guid := range slices.Sorted(maps.Keys(titles)) {
		m.entry(c, f, guid, titles[guid], alert)
	}
	c.Poll = dewline.Poll{Feed: st.Key, At: m.now, Entries: len(titles), New: len(c.New), Changed: len(c.Changed)}
	c.Poll.Seen = c.Poll.Entries - c.Poll.New - c.Poll.Changed
	return c
}

func (m *model) entry(c *dewline.Commit, f dewline.Feed, guid, title string, alert []string) {
	it := dewline.Item{
		Key:  dewline.ItemKey(f.Key(), dewline.Identity{Kind: dewline.IdentityGUID, Value: guid}),
		Feed: f.Ref(), GUID: guid, Title: title,
	}
	known, err := m.db.Known(ctx, f.Key(), []dewline.Key{it.Key})
	if err != nil {
		panic(err)
	}
	old, seen := known[it.Key]
	if seen && old.Text == it.TextHash() {
		return
	}
	it.Version = old.Version + 1
	c.Known[it.Key] = dewline.Known{Text: it.TextHash(), Version: it.Version}
	c.Names = append(c.Names, dewline.Named{Likeness: likenessOf(it), Item: it.Key})
	if seen {
		c.Changed = append(c.Changed, it)
	} else {
		c.New = append(c.New, it)
	}
	for _, word := range strings.Fields(title) {
		if word != "weather" {
			c.Matches = append(c.Matches, dewline.Match{Rule: dewline.RuleRef{Name: word}, Item: it.Key, Version: it.Version, Alert: alert})
		}
	}
}

// commit gives a poll to the store and, where it is taken, to the model. The
// model knows a match as the deliveries and the mark that it was once made.
func (m *model) commit(c *dewline.Commit) error {
	if err := m.db.Commit(ctx, c); err != nil {
		return err
	}
	for _, it := range append(c.New, c.Changed...) {
		if len(m.versions[it.Key]) == 0 {
			m.order = append(m.order, it.Key)
		}
		m.versions[it.Key] = append(m.versions[it.Key], it.Title)
	}
	for _, match := range c.Matches {
		if _, again := m.outbox[match.Key()]; again {
			continue
		}
		m.outbox[match.Key()] = "" // no delivery has a match's key
		for _, receiver := range match.Alert {
			m.outbox[dewline.DeliveryKey(receiver, dewline.EventMatched, match.Rule.Name, match.Item, 0)] = dewline.DeliveryPending
		}
	}
	return nil
}

func likenessOf(it dewline.Item) dewline.Likeness {
	return dewline.Likeness{Page: dewline.PageKey(it.Feed.Name, it.GUID), Title: it.TextHash()}
}

// stale polls twice from one claim.
func (m *model) stale(t *rapid.T) {
	c := m.draw(t)
	m.ok(t, m.commit(c))
	if err := m.db.Commit(ctx, c); !errors.Is(err, store.ErrStale) || !errors.Is(err, dewline.ErrRefused) {
		t.Fatalf("a claim was used twice: %v", err)
	}
}

// crash lets a write happen to a file of which the last step, the meta page, is
// then undone or torn: the process died before it. The write is lost.
func (m *model) crash(t *rapid.T, write func() error) {
	before, err := os.ReadFile(m.path)
	m.ok(t, err)
	m.ok(t, write())
	m.ok(t, m.db.Close())
	after, err := os.ReadFile(m.path)
	m.ok(t, err)
	metas := before[:2*os.Getpagesize()]
	if rapid.Bool().Draw(t, "torn") {
		metas = torn(metas, after[:len(metas)])
	}
	copy(after, metas)
	m.ok(t, os.WriteFile(m.path, after, 0o600))
	m.open(t)
	m.ok(t, m.db.Check(ctx))
}

// torn are the meta pages of which the new one was written to a half. The
// checksum stands at the end of what is written.
func torn(before, after []byte) []byte {
	out := slices.Clone(before)
	for i := range out {
		if before[i] != after[i] { // the first byte that changed made it to the disk
			out[i] = after[i]
			break
		}
	}
	return out
}

func (m *model) crashAtPoll(t *rapid.T) {
	c := m.draw(t)
	m.crash(t, func() error { return m.db.Commit(ctx, c) })
}

func (m *model) claim(t *rapid.T) []dewline.Alert {
	m.now = m.now.Add(time.Second) // an attempt is known by its time
	receiver := rapid.SampledFrom([]string{"desk", "hook"}).Draw(t, "receiver")
	alerts, err := m.db.ClaimDeliveries(ctx, receiver, m.now, m.now.Add(30*time.Minute), rapid.IntRange(1, 3).Draw(t, "limit"))
	m.ok(t, err)
	for _, a := range alerts {
		key := a.Delivery.Key
		if m.outbox[key] != dewline.DeliveryPending {
			t.Fatalf("delivery %s is to be sent, and is %q", key, m.outbox[key])
		}
		if end, held := m.leased[key]; held && end.After(m.now) {
			t.Fatalf("delivery %s is held by two", key)
		}
		if want := m.versions[a.Item.Key][a.Delivery.Match.Version-1]; a.Item.Title != want {
			t.Fatalf("what is told is %q, judged was %q", a.Item.Title, want)
		}
		m.leased[key] = m.now.Add(30 * time.Minute)
	}
	return alerts
}

func (m *model) settlements(t *rapid.T, alerts []dewline.Alert) (list []dewline.Settlement) {
	for _, a := range alerts {
		s := dewline.Settlement{Key: a.Delivery.Key, Attempt: dewline.Attempt{At: m.now}}
		s.State = rapid.SampledFrom([]dewline.DeliveryState{dewline.DeliveryDelivered, dewline.DeliveryPending, dewline.DeliveryDead}).Draw(t, "answer")
		if s.State == dewline.DeliveryPending {
			s.Next = m.now.Add(10 * time.Minute)
		}
		list = append(list, s)
	}
	return list
}

// send settles what was claimed, or gives it back, or forgets it as a worker
// that died.
func (m *model) send(t *rapid.T) {
	alerts := m.claim(t)
	switch rapid.SampledFrom([]string{"settle", "settle", "give back", "die"}).Draw(t, "then") {
	case "settle":
		list := m.settlements(t, alerts)
		m.ok(t, m.db.Settle(ctx, list))
		for _, s := range list {
			m.outbox[s.Key] = s.State
			delete(m.leased, s.Key)
		}
	case "give back":
		for _, a := range alerts {
			m.db.ReleaseDelivery(a.Delivery.Key)
			delete(m.leased, a.Delivery.Key)
		}
	}
}

func (m *model) crashAtSettle(t *rapid.T) {
	list := m.settlements(t, m.claim(t))
	m.crash(t, func() error { return m.db.Settle(ctx, list) })
}

func (m *model) retry(t *rapid.T) {
	var dead []dewline.Key
	for key, state := range m.outbox {
		if state == dewline.DeliveryDead {
			dead = append(dead, key)
			m.outbox[key] = dewline.DeliveryPending
		}
	}
	if n, err := m.db.Retry(ctx, dead, m.now); n != len(dead) || err != nil {
		t.Fatalf("%d of %d dead letters: %v", n, len(dead), err)
	}
}

// compare reads the store as its readers do.
func (m *model) compare(t *rapid.T) {
	var order []dewline.Key
	for it, err := range m.db.Items(ctx, time.Time{}, "") {
		m.ok(t, err)
		order = append(order, it.Key)
		if titles := m.versions[it.Key]; it.Version != len(titles) || it.Title != titles[len(titles)-1] {
			t.Fatalf("item %s is version %d, %q; the model has %q", it.Key, it.Version, it.Title, titles)
		}
	}
	for it, err := range m.db.Items(ctx, time.Time{}, "") {
		m.ok(t, err)
		feed := dewline.FeedKey(it.Feed.Name)
		likes, _, err := m.db.Alike(ctx, feed, []dewline.Likeness{likenessOf(it)})
		m.ok(t, err)
		if same := likes[0].Same; len(same) != 1 || same[0].Item != it.Key || !same[0].Own {
			t.Fatalf("the likeness of item %s names %v", it.Key, likes)
		}
	}
	if !slices.Equal(order, m.order) {
		t.Fatalf("first seen in the order %v, stored %v", m.order, order)
	}
	list, err := m.db.Deliveries(ctx, dewline.DeliveryFilter{})
	m.ok(t, err)
	stored := make(map[dewline.Key]dewline.DeliveryState)
	for _, d := range list {
		if _, twice := stored[d.Key]; twice {
			t.Fatalf("delivery %s is listed twice", d.Key)
		}
		stored[d.Key] = d.State
	}
	want := maps.Clone(m.outbox)
	maps.DeleteFunc(want, func(_ dewline.Key, s dewline.DeliveryState) bool { return s == "" })
	if !maps.Equal(stored, want) {
		t.Fatalf("the outbox holds %v, the model %v", stored, want)
	}
}
