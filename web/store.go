package web

import (
	"context"
	"time"

	"dewline"
)

// Store is what the page is read from. All methods may be called at the same
// time from many goroutines; each answer is one consistent view, and two
// answers may be of different moments.
type Store interface {
	Feeds
	Items
	Matches
	Outbox
	Sums
}

// Feeds are the sources as they stand.
type Feeds interface {
	// Feeds are the states of the configured feeds, by name; the list is the
	// caller's.
	Feeds(ctx context.Context) ([]dewline.FeedState, error)
	// Polls are a feed's poll records, the newest first.
	Polls(ctx context.Context, feed dewline.Key, f dewline.PollFilter) ([]dewline.Poll, error)
}

// Items are the stored statements.
type Items interface {
	// Item is an item in its current version; an fs.ErrNotExist where there
	// is none.
	Item(ctx context.Context, key dewline.Key) (dewline.Item, error)
	// Versions are all versions of an item, the current one last.
	Versions(ctx context.Context, key dewline.Key) ([]dewline.Item, error)
	// Watched is what is known of the page of an item; the zero value where it is not watched.
	Watched(ctx context.Context, key dewline.Key) (dewline.Watch, error)
	// Story is the story that an item is in, with its first items; an fs.ErrNotExist where it is in none.
	Story(ctx context.Context, item dewline.Key, limit int) (dewline.Story, []dewline.Member, error)
	// LatestItems are the items first seen since a time, the newest first,
	// from before a Seq on; 0 is from the newest.
	LatestItems(ctx context.Context, before uint64, since time.Time, limit int) ([]dewline.Item, error)
}

// Matches are what the rules found.
type Matches interface {
	// Matches are what a rule found, the newest first, from before a Seq on: each
	// item with its match, and of copies the head. For rule "" they are what any
	// rule found, each once, with all its matches.
	Matches(ctx context.Context, rule string, before uint64, limit int) ([]dewline.Matched, error)
	// MatchesOf are the matches of one item, in the order of recording.
	MatchesOf(ctx context.Context, item dewline.Key) ([]dewline.Match, error)
	// MatchCount is how many statements a rule found.
	MatchCount(ctx context.Context, rule string) (uint64, error)
}

// Outbox is what was and is to be told.
type Outbox interface {
	// Deliveries are the chosen deliveries, the newest first.
	Deliveries(ctx context.Context, f dewline.DeliveryFilter) ([]dewline.Delivery, error)
	// Receiver is what is known of a receiver; of one never heard of, its
	// name alone.
	Receiver(ctx context.Context, name string) (dewline.ReceiverState, error)
}

// Sums are the store's counters. Reading them is cheap at any size.
type Sums interface {
	Counts(ctx context.Context) (dewline.Counts, error)
}
