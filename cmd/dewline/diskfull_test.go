package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// limit sets how large a file of the daemon may grow, as a full disk does.
func (p *process) limit(bytes uint64) {
	p.t.Helper()
	pid := p.cmd.Process.Pid
	var old unix.Rlimit
	if err := unix.Prlimit(pid, unix.RLIMIT_FSIZE, nil, &old); err != nil {
		p.t.Fatal(err)
	}
	if err := unix.Prlimit(pid, unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: min(bytes, old.Max), Max: old.Max}, nil); err != nil {
		p.t.Fatal(err)
	}
}

// Without space, polls and sends stop and the state says so; reading goes on.
// With space, work resumes by itself and nothing is lost or told twice.
func TestDiskFull(t *testing.T) {
	src, hooks := newSource(t), newSink()
	src.publish("/a.xml")
	dir := t.TempDir()
	p := launch(t, configure(t, dir, reloadConfig(src, hooks.hook(t), "")))
	_, at := p.polled(0, "a")
	info, err := os.Stat(filepath.Join(dir, "dewline.db"))
	if err != nil {
		t.Fatal(err)
	}
	p.limit(uint64(info.Size()))

	var all []entry
	for i := range 100 {
		all = append(all, entry{fmt.Sprint(i), fmt.Sprintf("Anti-missile statement %d", i), noise(4000)})
	}
	src.publish("/a.xml", all...)
	_, at = p.waitFrom(at, "the store to refuse", func(l logLine) bool { return l["level"] == "ERROR" })
	if status, body := p.get("/readyz"); status != http.StatusServiceUnavailable {
		t.Errorf("readyz: %d %s", status, body)
	}
	for _, path := range []string{"/", "/healthz", "/feeds/all.atom", "/api/v1/feeds"} {
		p.ok(path) // reading goes on
	}

	p.limit(unix.RLIM_INFINITY)
	p.waitFrom(at, "the store to take commits again", func(l logLine) bool { return l.is("the store takes commits again") })
	if got := hooks.alerts(t, len(all)); len(got) != len(all) {
		t.Errorf("%d alerts for %d items", len(got), len(all))
	}
	p.ok("/readyz")
	p.stop()
	sound(t, filepath.Join(dir, "dewline.db"))
}

// noise is text that does not compress well.
func noise(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('!' + rand.IntN(90))
	}
	return string(b)
}
