package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dewline"
	"dewline/notify"
	"dewline/store"
)

// town is many receivers, each with its own way to answer, before the sending half of the daemon over a real store.
type town struct {
	*testing.T
	db     *store.DB
	alerts *notify.Dispatcher
	began  time.Time
	items  int

	answers map[string]answering   // by receiver
	mu      sync.Mutex             // guards all below
	tried   map[string][]tryOf     // by receiver, in the order of time
	bodies  map[string][32]byte    // by webhook-id
	manual  map[string][]time.Time // retries by hand, by receiver
}

// answering is what a receiver says to a hook, so long after the beginning: a status, and how long it wants to be left
// alone. 0 is no answer at all, and hang is one that never comes.
type answering func(at time.Duration, h *hooked) (status int, after time.Duration)

const hang = -1

type tryOf struct {
	hooked
	ended time.Time
	ok    bool
	alone bool // it wants to be left alone, for a while or for ever
}

func newTown(t *testing.T, health []string, answers map[string]answering) *town {
	t.Helper()
	c := &town{T: t, began: time.Now(), answers: answers, tried: make(map[string][]tryOf), bodies: make(map[string][32]byte), manual: make(map[string][]time.Time)}
	var err error
	if c.db, err = store.Open(filepath.Join(inMemory(t), "dewline.db"), store.Options{}); err != nil {
		t.Fatal(err)
	}
	c.must(c.db.Register(t.Context(), []dewline.Feed{press01}, c.began))
	var receivers []dewline.Receiver
	for name := range answers {
		receivers = append(receivers, dewline.Receiver{Name: name, Webhook: &dewline.Webhook{URL: "http://" + name + "/"}})
	}
	c.alerts, err = notify.New(c.db, notify.Options{
		Receivers: receivers, Health: health, BaseURL: "http://watch.test", Transport: c, Log: slog.New(slog.DiscardHandler),
	})
	c.must(err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := c.alerts.Run(ctx); err != nil {
			t.Error(err)
		}
	}()
	t.Cleanup(func() {
		cancel()
		<-done
		c.must(c.db.Check(context.Background()))
		c.must(c.db.Close())
	})
	return c
}

func (c *town) must(err error) {
	if err != nil {
		c.Helper()
		c.Fatal(err)
	}
}

// RoundTrip is the town's end of every hook.
func (c *town) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	h := hooked{ID: req.Header.Get("webhook-id"), At: time.Now(), Type: dewline.Event(between(string(body), `{"type":"`, `"`))}
	h.Data.Item.GUID = between(string(body), `"guid":"`, `"`)
	c.mu.Lock()
	if was, seen := c.bodies[h.ID]; seen && was != sha256.Sum256(body) {
		c.Errorf("%s was sent twice with different content", h.ID)
	}
	c.bodies[h.ID] = sha256.Sum256(body)
	c.mu.Unlock()
	receiver := req.URL.Host
	status, after := c.answers[receiver](time.Since(c.began), &h)
	if status == hang {
		<-req.Context().Done()
	}
	c.mu.Lock()
	c.tried[receiver] = append(c.tried[receiver], tryOf{h, time.Now(), status == http.StatusNoContent, after > 0 || status == http.StatusGone})
	c.mu.Unlock()
	if status <= 0 {
		return nil, errors.New("no answer")
	}
	header := http.Header{}
	if after > 0 {
		header.Set("Retry-After", fmt.Sprint(int(after/time.Second)))
	}
	return answer(req, status, header), nil
}

func between(s, before, behind string) string {
	_, s, _ = strings.Cut(s, before)
	s, _, _ = strings.Cut(s, behind)
	return s
}

// publish commits so many items for these receivers.
func (c *town) publish(n int, receivers ...string) {
	c.Helper()
	bring(c.T, c.db, c.items, n, time.Now(), dewline.Match{Alert: receivers})
	c.items += n
	c.alerts.Wake()
}

// retry is what an administrator does by hand.
func (c *town) retry(receiver string) {
	c.Helper()
	_, err := (&setup{db: c.db, alerts: c.alerts}).retry(c.Context(), nil, receiver)
	c.must(err)
	c.manual[receiver] = append(c.manual[receiver], time.Now())
}

func (c *town) sums(receiver string) map[dewline.DeliveryState]uint64 {
	c.Helper()
	counts, err := c.db.Counts(c.Context())
	c.must(err)
	return counts.Deliveries[receiver]
}

// outbox is every delivery by its receiver.
func (c *town) outbox() map[string][]dewline.Delivery {
	c.Helper()
	list, err := c.db.Deliveries(c.Context(), dewline.DeliveryFilter{})
	c.must(err)
	all := make(map[string][]dewline.Delivery)
	for _, d := range list {
		all[d.Receiver] = append(all[d.Receiver], d)
	}
	return all
}

const hour, day = time.Hour, 24 * time.Hour

// during answers otherwise within a time.
func during(from, to time.Duration, status int, usual answering) answering {
	return func(at time.Duration, h *hooked) (int, time.Duration) {
		if from <= at && at < to {
			return status, 0
		}
		return usual(at, h)
	}
}

func well(time.Duration, *hooked) (int, time.Duration) { return http.StatusNoContent, 0 }

// chance is true of so many in a hundred attempts.
func chance(percent uint64, at time.Duration, h *hooked) bool {
	f := fnv.New64a()
	fmt.Fprint(f, h.ID, at)
	return f.Sum64()%100 < percent
}
