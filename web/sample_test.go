package web_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"dewline"
	"dewline/web"
)

// sample is a store and a configuration in which everything that the page can
// show stands at least once. The texts are made up.
type sample struct {
	*memory
	opts web.Options
	now  time.Time
	ids  map[string]dewline.Key // of items, by GUID
}

func newSample(t testing.TB, now time.Time) *sample {
	return sampleOf(t, now, hostile)
}

// sampleOf is the sample with these items of Defence Review among it.
func sampleOf(t testing.TB, now time.Time, among ...dewline.Item) *sample {
	s := &sample{memory: newMemory(), now: now, ids: make(map[string]dewline.Key)}
	s.opts = web.Options{
		Pushes:  func() map[string]uint64 { return map[string]uint64{"taken": 3, "unknown": 1} },
		BaseURL: "https://watch.example.org/dewline/", Version: "1.2.3", Log: logTo(t),
		Waiting: func(feed dewline.Key, _ time.Time) *dewline.Wait {
			if feed != dewline.FeedKey("Defence Review") {
				return nil
			}
			return &dewline.Wait{Until: now.Add(20 * time.Minute), Why: `its site answered "Defence Review" that it is asked too often`}
		},
		Feed: output, Ready: func() error { return nil },
	}
	s.opts.Search, s.opts.Silences = s.search, s.silences
	s.opts.Retry = s.retry
	s.addRules()
	s.addFeeds()
	s.addItems(among)
	s.addDeliveries()
	return s
}

func (s *sample) addRules() {
	s.opts.Rules = []dewline.Rule{
		{Name: "anti-missile", Title: "Anti-missile issue", Query: `anti-missile OR 反导 OR противоракетн* OR "missile defence"`, Alert: []string{"desk", "hook"}},
		{Name: "hypersonic", Title: "Hypersonic weapons", Query: `hypersonic NOT (rocket OR space)`, Tags: []string{"ministry"}, Feeds: []string{"Defence Review"}},
		{Name: "exercises", Title: "exercises", Query: `exercise OR manoeuvre`, Alert: []string{"script"}},
	}
}

// feed adds a configured feed and its state.
func (s *sample) feed(name, url string, status dewline.Status, change func(*dewline.FeedState), tags ...string) {
	f := dewline.Feed{Name: name, URL: url, Schedule: "@every 15m", Tags: tags}
	s.opts.Feeds = append(s.opts.Feeds, f)
	st := dewline.FeedState{
		Key: f.Key(), Name: name, URL: url, Schedule: f.Schedule, Status: status, StatusSince: s.now.Add(-49 * time.Hour),
		LastPoll: s.now.Add(-4 * time.Minute), LastOK: s.now.Add(-4 * time.Minute), LastNew: s.now.Add(-3 * time.Hour),
		Due: s.now.Add(11 * time.Minute), Items: 20, Total: 1284, HTTPStatus: 200,
	}
	if change != nil {
		change(&st)
	}
	if len(s.feeds) == 0 {
		st.Push = &dewline.Subscription{
			State: dewline.PushActive, Hub: "https://hub.example/", Topic: st.URL, Token: "s3cret-token", Secret: []byte("s3cret"), Since: s.now,
			LeaseEnd: s.now.Add(time.Hour), LastPush: s.now, LastBad: s.now, Missed: s.now, Detail: "the hub answered 503",
		}
	}
	s.feeds = append(s.feeds, st)
}

func (s *sample) addFeeds() {
	s.feed("Ministry of Defence", "https://mod.example.org/feed.atom", dewline.StatusOK, func(st *dewline.FeedState) {
		st.Title, st.Link, st.Language = "News and communications – Ministry of Defence", "https://mod.example.org/news", "en"
		st.Texts = dewline.TextSums{Pending: 2, Fetched: 30, Kept: 3, Failed: 1}
	}, "uk", "ministry")
	s.feed("国防部", "http://mod.example.cn/rss.xml", dewline.StatusOK, func(st *dewline.FeedState) {
		st.Title, st.Link, st.Language = "国防部网 – 新闻", "http://mod.example.cn/", "zh-CN"
		was := dewline.PageList{Item: "li.news", Link: "a", Title: "h3", Date: "span.date", Summary: "p"}
		st.List = &dewline.FoundList{PageList: was, Since: s.now.Add(-time.Hour), Was: &was}
		st.List.Item = "div.item"
	}, "china", "ministry")
	s.feed("Defence Review", "https://review.example.com/rss", dewline.StatusOK, func(st *dewline.FeedState) {
		st.MovedTo = "https://review.example.com/feed/rss.xml"
		st.Gap = &dewline.Gap{From: s.now.Add(-9 * time.Hour), To: s.now.Add(-7 * time.Hour), Why: "the feed names no older pages"}
		st.Gaps = dewline.GapSums{Open: 1, Closed: 2}
	}, "press")
	s.feed("Вестник обороны", "https://vestnik.example.ru/export/rss2.xml", dewline.StatusTimeout, func(st *dewline.FeedState) {
		st.Detail = "no answer within 30s; the server may be overloaded or may refuse this network"
		st.Failures, st.HTTPStatus, st.LastOK = 7, 0, s.now.Add(-50*time.Hour)
		st.Due = s.now.Add(95 * time.Minute)
	}, "russia", "press")
	s.feed("Northern Alliance", "https://alliance.example.int/news.xml", dewline.StatusNotFound, func(st *dewline.FeedState) {
		st.Detail = "404: the feed is not there any more; look for its new address on the site, or remove it"
		st.Failures, st.HTTPStatus = 31, 404
	}, "alliance")
	s.feed("Jane’s cut short", "https://cut.example.net/feed", dewline.StatusCut, func(st *dewline.FeedState) {
		st.Detail = "the document ends in the middle; 12 items before the cut were read"
		st.Items, st.Failures = 12, 1
	})
	s.feed("A feed of tomorrow", "https://new.example.net/feed", dewline.StatusNew, func(st *dewline.FeedState) {
		st.LastPoll, st.LastOK, st.LastNew, st.Items, st.Total, st.HTTPStatus = time.Time{}, time.Time{}, time.Time{}, 0, 0, 0
	})
	for i, f := range s.opts.Feeds {
		for n := range 3 {
			var gap *dewline.Gap
			if g := s.feeds[i].Gap; n == 0 {
				gap = g
			}
			s.polls[f.Key()] = append(s.polls[f.Key()], dewline.Poll{
				Feed: f.Key(), At: s.feeds[i].LastPoll.Add(time.Duration(n-2) * 15 * time.Minute), Took: 312 * time.Millisecond,
				Status: s.feeds[i].Status, Detail: s.feeds[i].Detail, HTTPStatus: 200, NotModified: n == 1, Bytes: 35_000,
				Entries: 20, New: 1, Changed: 1, Seen: 17, Rejected: map[dewline.Rejection]int{dewline.RejectedBlank: 1}, Matches: 1, Gap: gap,
			})
		}
	}
}

func (s *sample) put(ago time.Duration, it dewline.Item, feed int, matches ...dewline.Match) dewline.Item {
	it.Feed = s.opts.Feeds[feed].Ref()
	it = s.add(it, s.now.Add(-ago), matches...)
	s.ids[it.GUID] = it.Key
	return it
}

// found is a match whose words are looked up in the item's texts.
func (s *sample) found(rule int, it *dewline.Item, snippet string, terms ...string) dewline.Match {
	m := dewline.Match{Rule: s.opts.Rules[rule].Ref(), Snippet: snippet, Hits: []dewline.Hit{}}
	for i := 0; i+1 < len(terms); i += 2 {
		for _, field := range []string{dewline.FieldTitle, dewline.FieldSummary, dewline.FieldContent} {
			if at := strings.Index(it.Text(field), terms[i+1]); at >= 0 {
				m.Hits = append(m.Hits, dewline.Hit{Term: terms[i], Field: field, Text: terms[i+1], Start: at, End: at + len(terms[i+1])})
			}
		}
	}
	return m
}

func (s *sample) addItems(among []dewline.Item) {
	plain := dewline.Item{GUID: "plain", Title: "Minister opens new harbour", URL: "https://mod.example.org/harbour", Language: "en",
		Also:     []dewline.FeedRef{s.opts.Feeds[1].Ref()},
		Identity: "told as a new statement: the feed gave it the identity of another item, with which it has nothing in common"}
	s.put(70*time.Hour, plain, 0)

	ru := dewline.Item{
		GUID: "ru", Title: "На полигоне прошли испытания новой противоракетной системы", URL: "https://vestnik.example.ru/2026/118", Language: "ru",
		Summary: "Расчёты отработали перехват баллистических целей; противоракетный комплекс подтвердил характеристики.", PublishedAs: "вчера, 14:05 МСК",
		Authors: []string{"Отдел новостей"},
	}
	s.put(52*time.Hour, ru, 3, s.found(0, &ru, ru.Summary, "противоракетн*", "противоракетной", "противоракетн*", "противоракетный"))

	for _, it := range among {
		s.put(30*time.Hour, it, 2, s.found(0, &it, it.Summary, "anti-missile", "<b>anti-missile</b>"))
	}

	ar := dewline.Item{GUID: "ar", Title: "وزارة الدفاع تعلن عن مناورات مشتركة في exercise الشمال", Language: "ar", Summary: "بدأت المناورات صباح اليوم."}
	s.put(28*time.Hour, ar, 0, s.found(2, &ar, ar.Summary, "exercise", "exercise"))

	zh := dewline.Item{
		GUID: "zh", Title: "国防部：中俄举行反导联合计算机演习", URL: "http://mod.example.cn/2026-11/23/content_1.htm", Language: "zh-CN",
		Summary: "双方就全球和地区反导形势交换意见。", Published: s.now.Add(-5 * time.Hour), Categories: []string{"新闻", "演习"},
	}
	s.put(4*time.Hour, zh, 1, s.found(0, &zh, zh.Summary, "反导", "反导"))

	hyper := dewline.Item{
		GUID: "hyper", Title: "Hypersonic glide body fails its second test", URL: "https://review.example.com/2026/glide", Language: "en",
		Summary:   "The body separated as planned but did not reach the range, the office said on Monday. A third test, with a corrected booster, is due in the spring.",
		Published: s.now.Add(-130 * time.Minute), Authors: []string{"R. Meyer"},
	}
	s.put(2*time.Hour, hyper, 2, s.found(1, &hyper, "Hypersonic glide body fails … "+hyper.Summary, "hypersonic", "Hypersonic"))

	en := dewline.Item{
		GUID: "tag:mod.example.org,2026:118", Title: "Joint briefing on the global and regional anti-missile situation", URL: "https://mod.example.org/news/joint-briefing", Language: "en",
		Summary: "Officials of the two ministries held a joint briefing on the anti-missile situation. They said that missile defence must not harm the security of others.",
		Content: "Officials of the two ministries held a joint briefing on the anti-missile situation on Monday.\n\nThey said that the deployment of missile defence systems in the region “must not harm the security of others”,\nand that hypersonic exercise programmes are watched with concern.\n\nThe next briefing is planned for the spring.",
		Authors: []string{"Press office", "A. Smith"}, Categories: []string{"defence", "arms control"},
		Published: s.now.Add(-26 * time.Minute), Updated: s.now.Add(-20 * time.Minute),
		Source:   dewline.Source{Name: "Examplia Military", Place: "Geneva", Issued: s.now.Add(-26 * time.Minute).UTC().Truncate(24 * time.Hour)},
		FullText: dewline.FullText{State: dewline.TextFetched, Detail: "271 letters from a page"},
	}
	it := s.put(9*time.Minute, en, 0,
		s.found(0, &en, "… held a joint briefing on the anti-missile situation. They said that missile defence must not harm …", "anti-missile", "anti-missile", `"missile defence"`, "missile defence"),
		s.found(2, &en, "… and that hypersonic exercise programmes are watched with concern. …", "exercise", "exercise"),
	)
	s.edit(it.Key, s.now.Add(-2*time.Minute), func(it *dewline.Item) {
		it.Title = strings.Replace(it.Title, "global", "world", 1)
		it.Updated, it.UpdatedAs = time.Time{}, "Monday noon"
	})
	for i := range s.matches { // the first rule was found in the edited text again, the other was not
		if m := &s.matches[i]; m.Item == it.Key && m.Rule.Name == "anti-missile" {
			edited := s.items[len(s.items)-1]
			again := s.found(0, &edited, m.Snippet, "anti-missile", "anti-missile", `"missile defence"`, "missile defence")
			m.Hits, m.Version = again.Hits, 2
		}
	}
}

// hostile is an item of which every field wants to be more than text.
var hostile = dewline.Item{
	GUID:    `"><script>alert("guid")</script>`,
	Title:   `<script>alert(1)</script> & <b>anti-missile</b> ` + "\u202egnp.elissim\u202c <img src=x onerror=alert(2)> " + strings.Repeat("Donaudampfschiff", 20),
	URL:     "javascript:alert(document.domain)",
	Summary: `</p><iframe src="https://evil.example/"></iframe><style>*{display:none}</style> <b>anti-missile</b> {{.}} ` + "\u2066\u202e",
	Content: strings.Repeat("x", 3000) + "\n\n<!-- --><svg onload=alert(3)>",
	Authors: []string{`<a href="javascript:alert(4)">me</a>`}, Categories: []string{"\u202eevil"},
	Language: `en" onmouseover="alert(5)`, PublishedAs: `<i>yesterday</i>`,
}

func (s *sample) addDeliveries() {
	now := s.now
	try := func(ago time.Duration, answer, fault string) dewline.Attempt {
		return dewline.Attempt{At: now.Add(-ago), Took: 214 * time.Millisecond, Answer: answer, Error: fault}
	}
	ref := func(guid string) dewline.Match {
		list, _ := s.MatchesOf(nil, s.ids[guid]) //nolint:staticcheck // memory does not look at it
		return list[0]
	}
	s.queue(dewline.Delivery{Receiver: "hook", Match: ref("ru"), Queued: now.Add(-52 * time.Hour), State: dewline.DeliveryDead, Attempts: []dewline.Attempt{
		try(52*time.Hour, "503 Service Unavailable", "503 Service Unavailable: try later"),
		try(51*time.Hour, "", "dial tcp 192.0.2.7:443: connect: connection refused"),
		try(50*time.Hour, "400 Bad Request", "400 Bad Request: <html>no such hook</html>"),
	}})
	s.queue(dewline.Delivery{Receiver: "desk", Match: ref("zh"), Queued: now.Add(-4 * time.Hour), State: dewline.DeliveryDelivered, Attempts: []dewline.Attempt{
		try(4*time.Hour, "250 2.0.0 Ok: queued as 4F1A2", ""),
	}})
	s.queue(dewline.Delivery{Receiver: "desk", Match: ref("tag:mod.example.org,2026:118"), Queued: now.Add(-9 * time.Minute), State: dewline.DeliveryDelivered, Attempts: []dewline.Attempt{
		try(9*time.Minute, "250 2.0.0 Ok: queued as 4F1B7", ""),
	}})
	s.queue(dewline.Delivery{Receiver: "hook", Match: ref("tag:mod.example.org,2026:118"), Queued: now.Add(-9 * time.Minute), State: dewline.DeliveryPending, Next: now.Add(21 * time.Minute), Attempts: []dewline.Attempt{
		try(9*time.Minute, "502 Bad Gateway", "502 Bad Gateway"), try(4*time.Minute, "", "i/o timeout after 15s"),
	}})
	s.queue(dewline.Delivery{Receiver: "hook", Event: dewline.EventChanged, Match: ref("tag:mod.example.org,2026:118"), Queued: now.Add(-2 * time.Minute),
		State: dewline.DeliveryDelivered, Attempts: []dewline.Attempt{try(2*time.Minute, "204 No Content", "")}, Change: &dewline.Change{
			From: 1, To: 2, Reasons: []dewline.Reason{{Kind: "name", Old: "Geneva", New: "Vienna"}},
			Diff: []dewline.FieldDiff{{Field: dewline.FieldTitle, Edits: []dewline.Edit{{Op: dewline.EditDelete, Text: "global"}, {Op: dewline.EditInsert, Text: "world"}}}},
		}})
	page := dewline.Watch{
		Item: s.ids["tag:mod.example.org,2026:118"], Checks: 5, Present: now.Add(-2 * time.Hour), Absent: now.Add(-time.Hour), Gone: 4,
		Answer: "404 Not Found", Told: now.Add(-15 * time.Minute), Due: now.Add(time.Hour),
	}
	s.watches[page.Item] = page
	s.addStory(page.Item)
	gone := page.Removal()
	s.queue(dewline.Delivery{Receiver: "hook", Event: dewline.EventRemoved, Match: ref("tag:mod.example.org,2026:118"), Queued: now.Add(-15 * time.Minute),
		State: dewline.DeliveryDelivered, Attempts: []dewline.Attempt{try(15*time.Minute, "204 No Content", "")}, Removal: &gone})
	s.queue(dewline.Delivery{Receiver: "hook", Match: ref("hyper"), Queued: now.Add(-time.Minute), State: dewline.DeliveryPending, Next: now})
	s.queue(dewline.Delivery{Receiver: "ops", Event: dewline.EventFailing, Queued: now.Add(-10 * time.Hour), State: dewline.DeliveryDelivered, Feed: &dewline.FeedEvent{
		Feed: dewline.FeedRef{Name: "2 of 3 feeds", Tags: []string{}}, At: now.Add(-10 * time.Hour),
		Feeds:  &dewline.FeedGroup{Failing: 2, Of: 3, Names: []string{"a", "b"}},
		Health: dewline.Health{State: dewline.HealthFailing, Reason: "dns", Since: now.Add(-11 * time.Hour), Detail: "no name resolves", Remedy: "look at the network"},
	}, Attempts: []dewline.Attempt{try(10*time.Hour, "204 No Content", "")}})
	s.queue(dewline.Delivery{Receiver: "script", Match: ref("hyper"), Queued: now.Add(-time.Minute), State: dewline.DeliverySilenced, Hold: &dewline.Hold{
		Reason: dewline.HoldSilence, Since: now.Add(-time.Minute), Until: now.Add(3 * time.Hour), Silence: dewline.Key{9},
	}})
	s.queue(dewline.Delivery{
		Receiver: "hook", Event: dewline.EventSummary, Queued: now.Add(-time.Minute), State: dewline.DeliveryPending, Next: now.Add(time.Minute), Parts: []dewline.Key{{1}},
		Summary: &dewline.Summary{
			Reason: dewline.HoldSilence, Silence: &dewline.Silence{Key: dewline.Key{9}, Rule: "hyper", Comment: "exercise", Begin: now.Add(-time.Hour), End: now.Add(-time.Minute)},
			From: now.Add(-time.Hour), Until: now.Add(-time.Minute), Sums: []dewline.RuleSum{{Rule: dewline.RuleRef{Name: "hyper", Title: "Hypersonic"}, Count: 1}},
		},
	})
	s.queue(dewline.Delivery{Receiver: "hook", Match: ref("hyper"), Queued: now.Add(-time.Hour), State: dewline.DeliveryHeld, In: dewline.Key{8}, Hold: &dewline.Hold{
		Reason: dewline.HoldSilence, Since: now.Add(-time.Hour), Until: now.Add(-time.Minute), Silence: dewline.Key{9},
	}})
	s.receivers["script"] = dewline.ReceiverState{Name: "script", Disabled: true, Reason: "410 Gone", Since: now.Add(-20 * time.Hour)}
	s.receivers["hook"] = dewline.ReceiverState{Name: "hook", Outage: &dewline.Outage{
		Since: now.Add(-70 * time.Minute), Error: "429 Too Many Requests: <b>later</b>", Told: now.Add(-10 * time.Minute), Until: now.Add(time.Hour),
	}}
	hook := s.receivers["hook"]
	s.queue(dewline.Delivery{Receiver: "desk", Event: dewline.EventReceiverFailing, Queued: now.Add(-10 * time.Minute), State: dewline.DeliveryPending, Next: now,
		Peer: &dewline.ReceiverEvent{Receiver: "hook", Health: hook.Health(), At: now.Add(-10 * time.Minute)}})
}

// many adds n matched items of one rule.
func (s *sample) many(n int) {
	for i := range n {
		it := dewline.Item{GUID: fmt.Sprint("many ", i), Title: fmt.Sprintf("Report number %d of an exercise", i), URL: fmt.Sprintf("https://mod.example.org/%d", i)}
		s.put(time.Duration(n-i)*time.Second, it, 0, s.found(2, &it, "", "exercise", "exercise"))
	}
}

// addStory has an item be the copy of one whose head it is, and another that differs from both.
func (s *sample) addStory(head dewline.Key) {
	first, other := &s.items[0], &s.items[1]
	story := dewline.StoryKey(first.Key)
	differs := []dewline.Reason{{Kind: "number", Old: "two", New: "five"}}
	s.story = dewline.Story{Key: story, Items: 3, First: s.now, Last: s.now}
	for _, p := range []dewline.Placed{{Item: first.Key, Of: first.Key, Differs: nil}, {Item: head, Of: first.Key, Standing: 3}, {Item: other.Key, Of: other.Key, Differs: differs}} {
		p.Story = story
		for i := range s.items {
			if s.items[i].Key == p.Item {
				s.items[i].Story = &dewline.StoryRef{ID: story, Items: 3, Differs: p.Differs}
				s.members = append(s.members, dewline.Member{Placed: p, As: s.items[i]})
			}
		}
	}
}
