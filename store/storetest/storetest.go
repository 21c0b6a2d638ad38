// Package storetest is the contract of a store as one test suite. Every engine
// runs it: an engine that passes can be put under the daemon.
//
// It knows the nouns and the promises, never an engine.
package storetest

import (
	"context"
	"iter"
	"testing"
	"time"

	"dewline"
)

// Store is what an engine has to offer.
type Store interface {
	Register(ctx context.Context, feeds []dewline.Feed, now time.Time) error
	ClaimFeeds(ctx context.Context, now, until time.Time, limit int) ([]dewline.FeedState, error)
	ClaimFeed(ctx context.Context, feed dewline.Key, now, until time.Time) (dewline.FeedState, bool, error)
	ReleaseFeed(feed dewline.Key)
	SetBack(by time.Duration)
	DeferFeed(feed dewline.Key, until time.Time)
	HastenFeed(feed dewline.Key, at time.Time)
	NextFeed() (time.Time, bool)
	Known(ctx context.Context, feed dewline.Key, items []dewline.Key) (map[dewline.Key]dewline.Known, error)
	Alike(ctx context.Context, feed dewline.Key, of []dewline.Likeness) ([]dewline.Likes, uint64, error)
	Past(ctx context.Context, item dewline.Key) (dewline.Past, error)
	Copies(ctx context.Context, item dewline.Key, keys []uint64, after time.Time) (dewline.Copies, error)
	Story(ctx context.Context, item dewline.Key, limit int) (dewline.Story, []dewline.Member, error)
	Commit(ctx context.Context, c *dewline.Commit) error

	ClaimTexts(ctx context.Context, feeds []dewline.Key, now, until time.Time) ([]dewline.TextJob, error)
	NextText(ctx context.Context, feeds []dewline.Key) (time.Time, bool, error)
	ReleaseText(feed dewline.Key)
	CommitText(ctx context.Context, c *dewline.TextCommit) error

	ClaimWatches(ctx context.Context, feeds []dewline.Key, now, until time.Time) ([]dewline.WatchJob, error)
	NextWatch(ctx context.Context, feeds []dewline.Key) (time.Time, bool, error)
	ReleaseWatch(feed dewline.Key)
	CommitWatch(ctx context.Context, c *dewline.WatchCommit) error
	Watched(ctx context.Context, item dewline.Key) (dewline.Watch, error)

	Feeds(ctx context.Context) ([]dewline.FeedState, error)
	Tell(ctx context.Context, b dewline.Bulletin, now time.Time) (bool, error)
	Item(ctx context.Context, key dewline.Key) (dewline.Item, error)
	Versions(ctx context.Context, key dewline.Key) ([]dewline.Item, error)
	MatchesOf(ctx context.Context, item dewline.Key) ([]dewline.Match, error)
	Matches(ctx context.Context, rule string, before uint64, limit int) ([]dewline.Matched, error)
	Items(ctx context.Context, since time.Time, feed string) iter.Seq2[dewline.Item, error]
	LatestItems(ctx context.Context, before uint64, since time.Time, limit int) ([]dewline.Item, error)
	Sift(ctx context.Context, before uint64, since time.Time, judge func(*dewline.Item) (dewline.Found, bool)) (dewline.Sifted, error)
	MatchCount(ctx context.Context, rule string) (uint64, error)
	Polls(ctx context.Context, feed dewline.Key, f dewline.PollFilter) ([]dewline.Poll, error)
	Revision() uint64
	Counts(ctx context.Context) (dewline.Counts, error)

	ClaimDeliveries(ctx context.Context, receiver string, now, until time.Time, limit int) ([]dewline.Alert, error)
	NextDelivery(ctx context.Context, receiver string) (time.Time, bool, error)
	ReleaseDelivery(key dewline.Key)
	Settle(ctx context.Context, s []dewline.Settlement) error
	Deliveries(ctx context.Context, f dewline.DeliveryFilter) ([]dewline.Delivery, error)
	Hold(ctx context.Context, all []dewline.Holding) error
	Shorten(ctx context.Context, receiver string, reason dewline.HoldReason, latest time.Time) (int, error)
	Bundle(ctx context.Context, t dewline.Together, now time.Time) (int, error)
	Retry(ctx context.Context, keys []dewline.Key, now time.Time) (int, error)
	Receiver(ctx context.Context, name string) (dewline.ReceiverState, error)
	ChangeReceiver(ctx context.Context, name string, change func(*dewline.ReceiverState), notices ...dewline.ReceiverNotice) error
	Hasten(ctx context.Context, receiver string, since time.Time, tries int) (int, error)
	Expired(ctx context.Context, receiver string, since time.Time, limit int) ([]dewline.Key, error)

	Silences(ctx context.Context) ([]dewline.Silence, error)
	SilenceRevision() uint64
	BeginSilence(ctx context.Context, s dewline.Silence) error
	EndSilence(ctx context.Context, key dewline.Key, now time.Time) (s dewline.Silence, held int, err error)

	Subscriptions(ctx context.Context) ([]dewline.Subscription, error)
	PutSubscription(ctx context.Context, s dewline.Subscription) error
	DropSubscription(ctx context.Context, key dewline.Key) error

	Check(ctx context.Context) error
	Close() error
}

// Engine opens the store in a folder; again after Close, it finds what was
// committed.
type Engine struct {
	Open func(t *testing.T, dir string) Store
	// Stale and NotFound are the engine's names for the failures that callers
	// tell apart.
	Stale error
}

// Run runs the whole contract.
func Run(t *testing.T, e Engine) {
	for name, test := range map[string]func(*testing.T, Engine){
		"an item is its key":                            itemIsItsKey,
		"a likeness names an item":                      likenesses,
		"an item of two feeds is one":                   joinedItem,
		"what another feed just told is not told anew":  overtaken,
		"an item changes from what it was read as":      staleBasis,
		"a change of health is told once":               noticeOnce,
		"every poll is on record":                       ledger,
		"a bulletin is told as a whole":                 bulletin,
		"a quiet match is told as news of another feed": quietThenNews,
		"an alert is born with its match":               alertOnce,
		"an edit is told once, with its version":        changeOnce,
		"a page is watched from its match on":           watchQueue,
		"a silence holds until its end":                 silences,
		"a silence that is ended lets go at once":       silenceEnded,
		"a story that was silenced is told after it":    silencedStory,
		"edits and removals are silenced too":           silencedEdit,
		"a removal is told once":                        removedOnce,
		"a quiet first poll alerts nobody, ever":        quietFirstPoll,
		"nothing of a refused commit remains":           refusedCommit,
		"a commit presents the revision it claimed":     staleCommit,
		"a claim is a lease with an end":                leases,
		"a feed can be made due at once":                hastened,
		"what was asked of hubs is kept":                subscribed,
		"no date decides":                               noDateCursor,
		"sums that do not balance are refused":          unbalanced,
		"registering again writes and forgets nothing":  registering,
		"matches are listed newest first, in pages":     matchPages,
		"the latest items are listed in pages":          latestItems,
		"every item is sifted once, the newest first":   siftedOnce,
		"a sieve is bounded":                            siftBounds,
		"deliveries are listed in pages":                deliveryPages,
		"a version is kept when it is superseded":       versions,
		"deliveries keep their order and their end":     deliveries,
		"what is held is due at the end":                heldAlerts,
		"a hold can be made shorter":                    shortenedHolds,
		"a summary is told as one":                      summaries,
		"a summary keeps the order of queueing":         summaryOrder,
		"a summary waits as one":                        heldSummary,
		"a window is kept with what it counts":          windows,
		"a dead letter can be retried":                  deadLetters,
		"each changes his own of a receiver":            receivers,
		"a receiver is told of others once":             peers,
		"what an outage put off is due at its end":      hastenedDeliveries,
		"what is too old is found":                      expired,
		"an edit does not change what is repeated":      frozenAlert,
		"a text is queued with its item":                textQueue,
		"a text makes no version, and alerts once":      textCommit,
		"a text of what is no more so is refused":       staleText,
		"what was owed quietly stays quiet":             quietTexts,
		"a text does not change what is repeated":       textFrozen,
		"who heard one copy is not told the others":     storyToldOnce,
		"what was not told is told by the next copy":    storyUntold,
		"a copy that says more is told":                 storyApart,
		"a copy that is edited breaks out":              storyBrokenOut,
		"copies are one entry, under their head":        storyEntry,
		"copies are found by their keys":                storyCopies,
		"a copy just placed is not overlooked":          storyOvertaken,
		"a text may make an item a copy, or none":       storyTexts,
		"updates on a story wait for the next word":     storyUpdates,
		"a copy goes into the digest of the first one":  storyDigests,
		"what was committed survives a restart":         restart,
		"what is not there is an fs.ErrNotExist":        notThere,
	} {
		t.Run(name, func(t *testing.T) { test(t, e) })
	}
}

var (
	ctx  = context.Background()
	noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	uk   = dewline.Feed{Name: "UK MOD", URL: "http://uk.test/feed", Schedule: "@every 5m", Tags: []string{"uk"}}
	cn   = dewline.Feed{Name: "81.cn", URL: "http://cn.test/feed", Schedule: "@every 5m"}
)

// bench is a store under test with two registered feeds.
type bench struct {
	*testing.T
	Store
	engine Engine
	dir    string
	now    time.Time
}

func open(t *testing.T, e Engine) *bench {
	t.Helper()
	b := &bench{T: t, engine: e, dir: t.TempDir(), now: noon}
	b.Store = e.Open(t, b.dir)
	t.Cleanup(func() { b.ok(b.Check(ctx)); b.ok(b.Close()) })
	b.ok(b.Register(ctx, []dewline.Feed{uk, cn}, noon))
	return b
}

func (b *bench) reopen() {
	b.Helper()
	b.ok(b.Close())
	b.Store = b.engine.Open(b.T, b.dir)
	b.ok(b.Register(ctx, []dewline.Feed{uk, cn}, b.now))
}

func (b *bench) ok(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

func (b *bench) claim(f dewline.Feed) dewline.FeedState {
	b.Helper()
	st, ok, err := b.ClaimFeed(ctx, f.Key(), b.now, b.now.Add(time.Hour))
	b.ok(err)
	if !ok {
		b.Fatalf("%s is held by somebody", f.Name)
	}
	return st
}

func item(f dewline.Feed, guid, title string, version int) dewline.Item {
	return dewline.Item{
		Key:  dewline.ItemKey(f.Key(), dewline.Identity{Kind: dewline.IdentityGUID, Value: guid}),
		Feed: f.Ref(), GUID: guid, Title: title, Version: version,
	}
}

func match(rule string, it dewline.Item, alert ...string) dewline.Match {
	return dewline.Match{
		Rule: dewline.RuleRef{Name: rule, Title: rule}, Item: it.Key, Version: it.Version, Alert: alert,
		Hits: []dewline.Hit{{Term: rule, Field: dewline.FieldTitle, Text: it.Title, End: len(it.Title)}}, Snippet: it.Title,
	}
}

// draft is a commit of new items and of changed ones (version > 1).
func draft(st dewline.FeedState, at time.Time, items []dewline.Item, matches ...dewline.Match) *dewline.Commit {
	c := &dewline.Commit{State: st, Known: make(map[dewline.Key]dewline.Known), Matches: matches}
	c.State.Due = at.Add(5 * time.Minute)
	for _, it := range items {
		c.Known[it.Key] = dewline.Known{Fingerprint: it.TextHash(), Text: it.TextHash(), Version: it.Version}
		if it.Version > 1 {
			c.Changed = append(c.Changed, it)
		} else {
			c.New = append(c.New, it)
		}
	}
	c.Poll = dewline.Poll{Feed: st.Key, At: at, Status: dewline.StatusOK, Entries: len(items), New: len(c.New), Changed: len(c.Changed)}
	return c
}

// poll claims, commits, and moves the time on by a second.
func (b *bench) poll(f dewline.Feed, items []dewline.Item, matches ...dewline.Match) {
	b.Helper()
	b.ok(b.Commit(ctx, draft(b.claim(f), b.now, items, matches...)))
	b.now = b.now.Add(time.Second)
}

func (b *bench) titles(rule string, before uint64, limit int) (list []string) {
	b.Helper()
	matched, err := b.Matches(ctx, rule, before, limit)
	b.ok(err)
	for _, m := range matched {
		list = append(list, m.Item.Title)
	}
	return list
}

func (b *bench) due(receiver string) []dewline.Alert {
	b.Helper()
	alerts, err := b.ClaimDeliveries(ctx, receiver, b.now, b.now.Add(time.Minute), 100)
	b.ok(err)
	return alerts
}

func (b *bench) equal(what string, got, want any) {
	b.Helper()
	if got, want := show(got), show(want); got != want {
		b.Errorf("%s: got %s, want %s", what, got, want)
	}
}
