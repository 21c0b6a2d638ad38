package monitor

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"dewline"
)

// press answers for articles, and notes when it was asked.
type press struct {
	start  time.Time
	asked  []time.Duration
	answer func(n int) dewline.Article // of the n-th request
}

func (p *press) FetchArticle(context.Context, dewline.Feed, dewline.Item) dewline.Article {
	p.asked = append(p.asked, time.Since(p.start))
	return p.answer(len(p.asked) - 1)
}

// inText matches items whose content holds the word, and all by their titles.
type inText struct{}

func (inText) Match(it *dewline.Item) (list []dewline.Match) {
	list = append(list, dewline.Match{Rule: dewline.RuleRef{Name: "title"}, Item: it.Key, Version: it.Version, Alert: []string{"desk"}})
	if strings.Contains(it.Content, "missile") {
		list = append(list, dewline.Match{Rule: dewline.RuleRef{Name: "text"}, Item: it.Key, Version: it.Version, Alert: []string{"desk"}})
	}
	return list
}

// desk is a monitor with one owed text, at work within a bubble.
func desk(t *testing.T, quiet bool, answer func(n int) dewline.Article) (*memory, *press) {
	t.Helper()
	feed := dewline.Feed{Name: "x", URL: "http://x.test/", Schedule: "@yearly", FullText: true}
	store, p := newMemory([]dewline.Feed{feed}), &press{start: time.Now(), answer: answer}
	it := dewline.Item{Key: dewline.Key{1}, Title: "Statement", URL: "http://x.test/1", Summary: "A short teaser.", Version: 1}
	store.items[it.Key] = []dewline.Item{it}
	store.texts[it.Key] = dewline.TextTask{Feed: feed.Key(), Item: it.Key, Version: 1, Quiet: quiet, Due: time.Now()}
	m, err := New(Options{Store: store, Articles: p, Judge: inText{}, Feeds: []dewline.Feed{feed}, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- m.RunTexts(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return store, p
}

func came(text string) dewline.Article {
	return dewline.Article{Status: dewline.StatusOK, Text: text, HTML: dewline.UnsafeHTML(text), Form: "page", Source: dewline.Source{Name: "China Military"}}
}

const wholeText = "The whole text, which says of the missile all that there is to say of it, and more."

// A text that does not come is asked for again after 1 and 10 minutes, 1 and 6 hours, a day and
// another one, each a little less; then it is given up, and the item says so.
func TestTextsAreTriedForDays(t *testing.T) {
	for name, c := range map[string]struct {
		answer dewline.Article
		tries  int
		state  dewline.TextState
		says   string
	}{
		"no service":     {dewline.Article{Status: dewline.StatusUnavailable, Detail: "HTTP 503"}, 7, dewline.TextFailed, "given up after 7 tries: HTTP 503"},
		"a bot wall":     {dewline.Article{Status: dewline.StatusChallenge, Detail: "the link leads to a bot wall's page"}, 7, dewline.TextKept, "bot wall"},
		"an error page":  {dewline.Article{Status: dewline.StatusOK, Unfit: dewline.UnfitError}, 7, dewline.TextKept, "reports an error"},
		"not there":      {dewline.Article{Status: dewline.StatusNotFound, Detail: "HTTP 404"}, 3, dewline.TextFailed, "given up after 3 tries: HTTP 404"},
		"gone":           {dewline.Article{Status: dewline.StatusGone, Detail: "HTTP 410"}, 3, dewline.TextFailed, "HTTP 410"},
		"a login":        {dewline.Article{Status: dewline.StatusOK, Unfit: dewline.UnfitLogin}, 3, dewline.TextKept, "wants a login"},
		"pictures":       {dewline.Article{Status: dewline.StatusOK, Unfit: dewline.UnfitNoText, Detail: "a PDF of pictures"}, 1, dewline.TextKept, "a PDF of pictures"},
		"not public":     {dewline.Article{Status: dewline.StatusBlocked, Detail: "not public"}, 1, dewline.TextFailed, "given up after one try: not public"},
		"no more text":   {came("A short teaser."), 1, dewline.TextKept, "it has 12 letters, the article has 12"},
		"the whole text": {came(wholeText), 1, dewline.TextFetched, "letters from a page"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				store, p := desk(t, false, func(int) dewline.Article { return c.answer })
				time.Sleep(7 * 24 * time.Hour)
				synctest.Wait()
				if len(p.asked) != c.tries {
					t.Fatalf("%d tries, want %d: %v", len(p.asked), c.tries, p.asked)
				}
				for i, wait := range textDelays[:c.tries-1] {
					if got := p.asked[i+1] - p.asked[i]; got > wait+maxNap || got < wait*4/5 {
						t.Errorf("try %d came %s after the one before, want about %s", i+2, got, wait)
					}
				}
				got := store.item(dewline.Key{1}).FullText
				if got.State != c.state || !strings.Contains(got.Detail, c.says) {
					t.Errorf("%s: %q", got.State, got.Detail)
				}
				for i, try := range store.tried[:c.tries-1] {
					if st := try.Item.FullText; st.State != dewline.TextPending || !strings.Contains(st.Detail, fmt.Sprintf("try %d: ", i+1)) {
						t.Errorf("after try %d the item says %+v", i+1, st)
					}
				}
			})
		})
	}
}

// A challenge page today, the article tomorrow.
func TestATextComesLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, p := desk(t, false, func(n int) dewline.Article {
			if n < 4 {
				return dewline.Article{Status: dewline.StatusChallenge, Detail: "a bot wall"}
			}
			return came(wholeText)
		})
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		it := store.item(dewline.Key{1})
		if len(p.asked) != 5 || it.Content != wholeText || it.Summary != "A short teaser." || it.Version != 1 || it.Source.Name != "China Military" {
			t.Fatalf("%d tries, %+v", len(p.asked), it)
		}
		last := store.tried[4]
		var rules []string
		for _, m := range last.Matches {
			if !m.FullText || len(m.Alert) == 0 {
				t.Errorf("%+v", m)
			}
			rules = append(rules, m.Rule.Name)
		}
		if !last.Replaced || !slices.Equal(rules, []string{"title", "text"}) || len(store.tried[0].Matches) != 0 {
			t.Errorf("judged: %v", rules)
		}
	})
}

func TestRetryAfterHoldsTexts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, p := desk(t, false, func(n int) dewline.Article {
			if n == 0 {
				return dewline.Article{Status: dewline.StatusRateLimited, RetryAfter: 3 * time.Hour}
			}
			return came(wholeText)
		})
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		if len(p.asked) != 2 || p.asked[1] < 3*time.Hour || p.asked[1] > 3*time.Hour+maxNap {
			t.Errorf("asked at %v", p.asked)
		}
	})
}

// What a quiet text matches alerts nobody.
func TestQuietTextsAlertNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, _ := desk(t, true, func(int) dewline.Article { return came(wholeText) })
		time.Sleep(time.Minute)
		synctest.Wait()
		c := store.tried[0]
		if len(c.Matches) != 2 || c.Matches[0].Alert != nil || c.Matches[1].Alert != nil || !c.Item.FullText.Quiet {
			t.Errorf("%+v", c)
		}
	})
}

// A refused commit is tried again after a pause; a panic in what reads an article ends that try alone.
func TestTextsOutliveFaults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, p := desk(t, false, func(n int) dewline.Article {
			if n == 0 {
				panic("an article")
			}
			return came(wholeText)
		})
		time.Sleep(30 * time.Second)
		synctest.Wait()
		if st := store.item(dewline.Key{1}).FullText; len(p.asked) != 1 || !strings.Contains(st.Detail, "a fault of dewline's own") {
			t.Fatalf("%v, %+v", p.asked, st)
		}
		store.mu.Lock()
		store.failText = fmt.Errorf("stale: %w", dewline.ErrRefused)
		store.mu.Unlock()
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		if n := len(p.asked); n < 3 || n > 7 {
			t.Errorf("%d requests in five minutes of refusals", n)
		}
		store.mu.Lock()
		store.failText = nil
		store.mu.Unlock()
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if it := store.item(dewline.Key{1}); it.Content != wholeText {
			t.Errorf("%+v", it.FullText)
		}
	})
}

// Without a feed with full_text nothing is looked up, and the loop ends when it is told to.
func TestNoTexts(t *testing.T) {
	m, err := New(Options{Store: nil, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := m.RunTexts(ctx); err != nil {
		t.Error(err)
	}
}
