package monitor

import (
	"fmt"
	"time"
)

const (
	firstStorePause = 2 * time.Second
	maxStorePause   = time.Minute
)

// storeFault is the state of a store that refuses commits: a full disk, say.
// Polling pauses, for a poll that cannot be committed only burdens the source;
// after the pause one poll is let through as a probe.
type storeFault struct {
	err   error
	since time.Time
	pause time.Duration
	until time.Time // no poll begins before
	probe bool      // one was let through, and is under way
}

// storeFailed notes a refused commit.
func (m *Monitor) storeFailed(err error, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fault.err == nil {
		m.fault.since = now
		m.Log.Error("the store refuses commits; polling pauses until it takes them again, nothing is lost", "err", err)
	}
	m.fault.err = err
	if now.Before(m.fault.until) && !m.fault.probe { // one of the polls that were under way
		return
	}
	m.fault.probe = false
	m.fault.pause = min(max(2*m.fault.pause, firstStorePause), maxStorePause)
	m.fault.until = now.Add(m.fault.pause)
}

// storeWorks notes a commit that was taken.
func (m *Monitor) storeWorks() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fault.err != nil {
		m.Log.Info("the store takes commits again", "failed_since", m.fault.since.UTC())
		m.fault = storeFault{}
	}
}

// admit says how many polls may begin now, out of free, and until when to wait
// if none.
func (m *Monitor) admit(now time.Time, free int) (int, time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.fault.err == nil:
		return free, time.Time{}
	case now.Before(m.fault.until):
		return 0, m.fault.until
	}
	return min(free, 1), time.Time{}
}

// began notes that polls begin. While the store fails it was one, the probe: if
// it takes longer than the pause, another one is let through.
func (m *Monitor) began(polls int, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fault.err != nil && polls > 0 {
		m.fault.probe, m.fault.until = true, now.Add(max(m.fault.pause, firstStorePause))
	}
}

// Ready returns why polls cannot be committed at present, or nil.
func (m *Monitor) Ready() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fault.err == nil {
		return nil
	}
	return fmt.Errorf("the store refuses commits since %s: %w", m.fault.since.UTC().Format(time.RFC3339), m.fault.err)
}
