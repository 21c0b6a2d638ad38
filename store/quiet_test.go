package store_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"dewline"
)

// Invariant 7: while nothing is due nothing is written, not one byte, whoever
// looks; registering the same feeds again is no news either.
func TestAQuietStoreDoesNotWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dewline.db")
	db := open(t, path)
	defer db.Close()
	var feeds []dewline.Feed
	for i := range 10_000 {
		feeds = append(feeds, dewline.Feed{Name: fmt.Sprint(i), URL: fmt.Sprintf("http://%d.test/", i), Schedule: "@hourly"})
	}
	if err := db.Register(ctx, feeds, noon); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for minute := range 180 {
		now := noon.Add(-3*time.Hour + time.Duration(minute)*time.Minute)
		if claimed, err := db.ClaimFeeds(ctx, now, now.Add(time.Hour), 100); len(claimed) > 0 || err != nil {
			t.Fatal(len(claimed), err)
		}
		if alerts, err := db.ClaimDeliveries(ctx, "desk", now, now.Add(time.Hour), 100); len(alerts) > 0 || err != nil {
			t.Fatal(len(alerts), err)
		}
	}
	if err := db.Register(ctx, feeds, noon.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, after) {
		t.Error("the file was written to")
	}
}

// Poll records of a feed are kept for five weeks, and taken away a few at a time.
func TestPollRecordsAreTakenAway(t *testing.T) {
	db := opened(t, filepath.Join(t.TempDir(), "dewline.db"))
	defer db.Close()
	const day = 24 * 3600
	for n := range 50 {
		c := fat(t, db, n)
		c.Poll.At = noon.Add(time.Duration(n*day) * time.Second)
		if err := db.Commit(ctx, c); err != nil {
			t.Fatal(err)
		}
	}
	polls, err := db.Polls(ctx, feed.Key(), dewline.PollFilter{})
	if err != nil {
		t.Fatal(err)
	}
	newest, oldest := polls[0], polls[len(polls)-1]
	if len(polls) != 36 || !newest.At.Equal(noon.Add(49*day*time.Second)) || !oldest.At.Equal(noon.Add(14*day*time.Second)) {
		t.Errorf("%d records, from %s to %s", len(polls), oldest.At, newest.At)
	}
	if newest.Feed != feed.Key() || newest.New != 1 || newest.Entries != 1 {
		t.Errorf("the newest: %+v", newest)
	}
}
