package fetcher

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"dewline"
)

// asIs takes a body for an article.
func asIs(_ context.Context, doc dewline.Document) dewline.Article {
	return dewline.Article{Status: dewline.StatusOK, Text: string(doc.Body), Form: "page"}
}

func articles(o *Options) { o.ParseArticle = asIs }

// However many articles of a site are owed, one is asked for at a time, and a poll of the
// site finds its place beside them.
func TestArticlesLeaveRoomForPolls(t *testing.T) {
	var mu sync.Mutex
	now, most := 0, 0
	came, release := make(chan struct{}, 16), make(chan struct{})
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/feed" {
			fmt.Fprint(w, "<item></item>")
			return
		}
		mu.Lock()
		now++
		most = max(most, now)
		mu.Unlock()
		came <- struct{}{}
		<-release
		mu.Lock()
		now--
		mu.Unlock()
		fmt.Fprint(w, "text")
	})
	c := newClient(t, articles, func(o *Options) { o.PerSite = 2 })
	feed := dewline.Feed{Name: "x", URL: url + "/feed"}
	var work sync.WaitGroup
	for i := range 5 {
		work.Go(func() {
			if a := c.FetchArticle(t.Context(), feed, dewline.Item{URL: fmt.Sprintf("%s/%d", url, i)}); a.Text != "text" {
				t.Errorf("%+v", a)
			}
		})
	}
	<-came
	if resp := c.Fetch(t.Context(), feed, dewline.FeedState{}); resp.Status != dewline.StatusOK {
		t.Errorf("a poll beside articles: %+v", resp)
	}
	close(release)
	work.Wait()
	if most != 1 {
		t.Errorf("%d articles of one site at one time", most)
	}
}

// Between two articles the site is left alone.
func TestArticlesPause(t *testing.T) {
	var mu sync.Mutex
	var ended, began []time.Time
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		began = append(began, time.Now())
		fmt.Fprint(w, "text")
		ended = append(ended, time.Now())
	})
	c := newClient(t, articles)
	for range 3 {
		c.FetchArticle(t.Context(), dewline.Feed{Name: "x", URL: url}, dewline.Item{URL: url + "/a"})
	}
	for i := range 2 {
		if pause := began[i+1].Sub(ended[i]); pause < leastPause {
			t.Errorf("the next article was asked for after %s", pause)
		}
	}
}

// An article that does not come says what happened, without advice that is for feeds; the half of one is none.
func TestArticlesThatDoNotCome(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/missing":
			http.NotFound(w, r)
		case "/later":
			w.Header().Set("Retry-After", "120")
			http.Error(w, "later", http.StatusServiceUnavailable)
		case "/half":
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, "half a text")
		case "/moved":
			http.Redirect(w, r, "/text", http.StatusFound)
		default:
			fmt.Fprint(w, "text")
		}
	})
	c := newClient(t, articles)
	for path, want := range map[string]dewline.Article{
		"/missing": {Status: dewline.StatusNotFound, Detail: "HTTP 404 Not Found", HTTPStatus: 404},
		"/later":   {Status: dewline.StatusUnavailable, Detail: "HTTP 503 Service Unavailable", HTTPStatus: 503, RetryAfter: 2 * time.Minute},
		"/half":    {Status: dewline.StatusConnection, Detail: "the transfer broke off after 11 bytes", HTTPStatus: 200},
		"/moved":   {Status: dewline.StatusOK, HTTPStatus: 200, Text: "text"},
	} {
		got := c.FetchArticle(t.Context(), dewline.Feed{Name: "x", URL: url + "/feed"}, dewline.Item{URL: url + path})
		if got.Status != want.Status || got.Detail != want.Detail || got.HTTPStatus != want.HTTPStatus || got.RetryAfter != want.RetryAfter || got.Text != want.Text {
			t.Errorf("%s: %+v, want %+v", path, got, want)
		}
	}
	if a := c.FetchArticle(t.Context(), dewline.Feed{Name: "x", URL: url}, dewline.Item{URL: "mailto:a@example.org"}); a.Status == dewline.StatusOK {
		t.Errorf("%+v", a)
	}
}
