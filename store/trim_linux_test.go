package store_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dewline"
	"dewline/store"
)

// The file's pages do not stay in the process's memory for ever, and reading goes
// on while they are taken out.
func TestTrim(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dewline.db")
	db := opened(t, path)
	defer db.Close()
	stop, ended := make(chan struct{}), make(chan int)
	go func() { // readers, all the while
		n := 0
		for {
			select {
			case <-stop:
				ended <- n
				return
			default:
			}
			for _, err := range db.Items(ctx, time.Time{}, "") {
				if err != nil {
					t.Error(err)
				}
				if n++; n%50 == 0 {
					break
				}
			}
		}
	}()
	for n := range 250 {
		if err := db.Commit(ctx, fat(t, db, n)); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	if n := <-ended; n == 0 {
		t.Error("nothing was read meanwhile")
	}
	holds(t, db, 250)
	before := mapped(t, path)
	for n := range 99 { // a hundred writes trim, whenever the last trim was
		if err := db.Commit(ctx, idle(t, db, n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Commit(ctx, idle(t, db, 99)); err != nil { // waits for the trim
		t.Fatal(err)
	}
	if after := mapped(t, path); after > before/2 {
		t.Errorf("%d kB of the file are in memory after it was read whole, %d kB after it was trimmed", before, after)
	}
	holds(t, db, 250)
}

// idle is a commit of a poll that brought nothing.
func idle(t *testing.T, db *store.DB, n int) *dewline.Commit {
	t.Helper()
	db.ReleaseFeed(feed.Key())
	st, ok, err := db.ClaimFeed(ctx, feed.Key(), noon, noon.Add(time.Hour))
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	return &dewline.Commit{State: st, Poll: dewline.Poll{Feed: st.Key, At: noon.Add(time.Hour + time.Duration(n)*time.Second)}}
}

// mapped is how much of a file stands in this process's memory, in kB.
func mapped(t *testing.T, path string) (kb int) {
	t.Helper()
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	ours := false
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := lines.Text()
		if strings.Contains(line, "-") && strings.Contains(line, " r") {
			ours = strings.HasSuffix(line, path)
		}
		if rest, ok := strings.CutPrefix(line, "Rss:"); ok && ours {
			n := 0
			if _, err := fmt.Sscan(rest, &n); err != nil {
				t.Fatal(err)
			}
			kb += n
		}
	}
	return kb
}
