package notify

import (
	"time"

	"dewline"
)

// samples are messages of every event, with all that one may have and with as little as
// one may have: what tells these tells everything.
func samples() []*message {
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	item := dewline.Item{
		Key: dewline.Key{1}, Feed: dewline.FeedRef{Name: "Ministry", URL: "https://ministry.example/feed", Tags: []string{"ministry"}},
		GUID: "1", URL: "https://ministry.example/1", Title: "A sample of \"dewline\"", Summary: "A sample.", Language: "en",
		Authors: []string{"Press office"}, Categories: []string{"Samples"}, Published: at.Add(-time.Hour), Updated: at, FirstSeen: at,
		Source: dewline.Source{Name: "Ministry", Place: "Geneva", Issued: at.Truncate(24 * time.Hour)}, Version: 2,
		Also: []dewline.FeedRef{{Name: "All news", URL: "https://ministry.example/all"}},
	}
	match := dewline.Match{
		Rule: dewline.RuleRef{Name: "sample", Title: "Sample"}, Item: item.Key, Version: 2, At: at, Snippet: "A sample.",
		Hits: []dewline.Hit{{Term: "sample", Field: dewline.FieldTitle, Text: "sample", Start: 2, End: 8}},
	}
	bare := dewline.Item{Key: dewline.Key{2}, Feed: dewline.FeedRef{Name: "Ministry"}, FirstSeen: at, Version: 1}
	feed := func(state dewline.HealthState, group *dewline.FeedGroup) *dewline.FeedEvent {
		return &dewline.FeedEvent{Feed: item.Feed, Feeds: group, At: at, Health: dewline.Health{State: state, Reason: "timeout", Since: at, Detail: "no answer", Remedy: "wait"}}
	}
	return []*message{
		{event: dewline.EventMatched, at: at, match: match, item: item, story: &dewline.StoryRef{ID: dewline.StoryKey(item.Key), Items: 3}},
		{event: dewline.EventMatched, at: at, match: dewline.Match{Rule: match.Rule, At: at}, item: bare},
		{event: dewline.EventChanged, at: at, match: match, item: item, change: &dewline.Change{
			From: 1, To: 2, Reasons: []dewline.Reason{{Kind: dewline.ReasonAppears, New: "sample"}},
			Diff: []dewline.FieldDiff{{Field: dewline.FieldTitle, Edits: []dewline.Edit{{Op: dewline.EditInsert, Text: "A sample"}}}},
		}},
		{event: dewline.EventRemoved, at: at, match: match, item: item, removal: &dewline.Removal{Present: at, Absent: at, Checks: 3, Answer: "404 Not Found"}},
		{event: dewline.EventFailing, at: at, feed: feed(dewline.HealthFailing, nil)},
		{event: dewline.EventFailing, at: at, feed: feed(dewline.HealthFailing, &dewline.FeedGroup{Failing: 2, Of: 3, Names: []string{"Ministry", "Navy"}})},
		{event: dewline.EventSilent, at: at, feed: feed(dewline.HealthSilent, nil)},
		{event: dewline.EventRecovered, at: at, feed: feed(dewline.HealthOK, nil)},
		{event: dewline.EventReceiverFailing, at: at, peer: &dewline.ReceiverEvent{Receiver: "desk", At: at, Health: dewline.Health{State: dewline.HealthFailing, Since: at, Detail: "no answer", Remedy: "wait"}}},
		{event: dewline.EventReceiverRecovered, at: at, peer: &dewline.ReceiverEvent{Receiver: "desk", At: at, Health: dewline.Health{State: dewline.HealthOK, Since: at}}},
		testMessage("sample", at),
		sampleSummary(at, &message{event: dewline.EventMatched, at: at, match: match, item: item}),
	}
}

func sampleSummary(at time.Time, part *message) *message {
	return &message{
		event: dewline.EventSummary, at: at, match: dewline.Match{At: at}, receiver: "desk", count: 2, parts: []*message{part},
		summary: &dewline.Summary{Reason: dewline.HoldDigest, From: at.Add(-time.Hour), Until: at, Sums: []dewline.RuleSum{{Rule: part.match.Rule, Count: 2}}},
	}
}
