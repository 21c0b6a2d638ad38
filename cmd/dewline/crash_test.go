package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dewline/store"
)

// kills is how often the daemon is killed.
const kills = 50

// The daemon is killed at random moments while feeds publish and receivers fail,
// hang, or take an alert without an answer. Every matching item reaches every
// receiver in the end, a repetition carries the id that it had before, and the
// store is sound after every death.
func TestCrash(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	t.Parallel() // most of it is waiting
	const feeds = 4
	src, hooks, mails := newSource(t), newSink(), newSink()
	var temper temper
	hooks.mood, mails.mood = temper.mood, temper.mood
	dir := t.TempDir()
	cfg := configure(t, dir, crashConfig(src, feeds, hooks.hook(t), mails.post(t)))

	press := &press{src: src, feeds: feeds}
	for life := range kills {
		p := begin(t, "dewline", cfg)
		press.issue(life)
		p.killWithin(900*time.Millisecond, dir)
	}
	temper.calm.Store(true)
	p := launch(t, cfg)
	for what, s := range map[string]*sink{"hook": hooks, "mail": mails} {
		s.alerts(t, len(press.matching))
		for alert, ids := range s.ids() {
			if len(ids) != 1 {
				t.Errorf("%s: %s came under %d ids", what, alert, len(ids))
			}
		}
		for _, e := range press.matching {
			if !s.has(e) {
				t.Errorf("%s: %s never came", what, e.guid)
			}
		}
	}
	p.stop()
	sound(t, filepath.Join(dir, "dewline.db"))
	if n := do(t, "deliveries", "list", "-c", cfg, "--state", "dead"); n != "" {
		t.Errorf("dead letters:\n%s", n)
	}
}

// killWithin kills the daemon at some moment, and checks the store that it leaves.
func (p *process) killWithin(longest time.Duration, dir string) {
	p.t.Helper()
	select {
	case <-time.After(50*time.Millisecond + rand.N(longest)): // the moment of death, not a wait for anything
	case <-p.gone:
		p.t.Fatalf("the daemon ended by itself:\n%s", p.tail(20))
	}
	p.kill()
	sound(p.t, filepath.Join(dir, "dewline.db"))
}

// has reports whether an alert on this entry was taken: a hook names the guid, a
// mail the title.
func (s *sink) has(e entry) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range s.taken {
		if x.guid == e.guid || strings.HasSuffix(x.guid, e.title) {
			return true
		}
	}
	return false
}

func crashConfig(src *source, feeds int, hook string, smtp int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `
store: dewline.db
http: {listen: "127.0.0.1:0"}
fetch: {schedule: "@every 1s", timeout: 5s, per_site: 16, allow_private: [127.0.0.0/8]}
rules: [{name: anti-missile, query: anti-missile, alert: [hook, desk]}]
receivers:
  - {name: hook, webhook: {url: "%s"}}
  - {name: desk, email: {to: [desk@example.org], from: dewline@example.org}}
smtp: {host: 127.0.0.1, port: %d, tls: none}
feeds:
`, hook, smtp)
	for i := range feeds {
		fmt.Fprintf(&b, "  - {url: \"%s/%d.xml\", name: feed-%d, first_poll: alert}\n", src.URL, i, i)
	}
	return b.String()
}

// press publishes. An entry stays in its feed for good: what is tested is what
// becomes of it, not what a feed's window hides.
type press struct {
	src   *source
	feeds int

	mu       sync.Mutex
	entries  map[int][]entry
	matching []entry
}

// issue publishes a matching and another entry in one of the feeds.
func (p *press) issue(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.entries == nil {
		p.entries = make(map[int][]entry)
	}
	feed := n % p.feeds
	hit := entry{guid: fmt.Sprintf("guid-%d", n), title: fmt.Sprintf("Statement number-%d.", n), text: "On the anti-missile issue."}
	p.entries[feed] = append(p.entries[feed], hit, entry{guid: fmt.Sprintf("other-%d", n), title: "Parade", text: "Music."})
	p.matching = append(p.matching, hit)
	p.src.publish(fmt.Sprintf("/%d.xml", feed), p.entries[feed]...)
}

// sound checks the store as it was left.
func sound(t testing.TB, path string) {
	t.Helper()
	if _, err := os.Stat(path); os.IsNotExist(err) {
		return // killed before it was made
	}
	db, err := store.Open(path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Check(context.Background()); err != nil {
		t.Fatalf("the store is not sound: %v", err)
	}
}
