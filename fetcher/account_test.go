package fetcher

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"dewline"
)

var desk = &dewline.Account{Username: "desk", Password: "s3cret"}

// A 401 says what to do: which account is wanted, and whether one was sent.
func TestAccount(t *testing.T) {
	challenge := "Basic realm=\"press\""
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if name, pass, _ := r.BasicAuth(); name != "desk" || pass != "s3cret" {
			w.Header().Set("WWW-Authenticate", challenge)
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		io.WriteString(w, sample)
	})
	away := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, url, http.StatusFound) })
	for _, c := range []struct {
		name, url, challenge string
		account              *dewline.Account
		headers              map[string]string
		detail               string
	}{
		{"right", url, "Basic", desk, nil, ""},
		{"none", url, "Basic realm=x", nil, nil, "HTTP 401 Unauthorized; the server asks for a username and password; configure basic_auth"},
		{"none, and not said", url, "", nil, nil, "configure basic_auth"},
		{"wrong", url, "Basic realm=x", &dewline.Account{Username: "desk", Password: "other"}, nil, `does not take the username "desk"`},
		{"another kind", url, "Negotiate", nil, nil, "by Negotiate, which basic_auth is not"},
		{"a wrong token", url, "Bearer", nil, map[string]string{"authorization": "Bearer s3cret"}, "does not take the header Authorization"},
		{"elsewhere", away, "Basic realm=x", desk, nil, "is sent to " + strings.TrimPrefix(away, "http://") + " only"},
	} {
		challenge = c.challenge
		r := newClient(t).Fetch(t.Context(), dewline.Feed{URL: c.url, Account: c.account, Headers: c.headers}, dewline.FeedState{})
		if c.detail == "" {
			if r.Status != dewline.StatusOK {
				t.Errorf("%s: %s: %s", c.name, r.Status, r.Detail)
			}
			continue
		}
		if r.Status != dewline.StatusForbidden || !strings.Contains(r.Detail, c.detail) || strings.Contains(r.Detail, "s3cret") {
			t.Errorf("%s: %s: %s\nwant %s", c.name, r.Status, r.Detail, c.detail)
		}
	}
}

// The user agent of a feed goes wherever its redirects lead.
func TestUserAgent(t *testing.T) {
	var agents []string
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		agents = append(agents, r.UserAgent())
		io.WriteString(w, sample)
	})
	away := serve(t, func(w http.ResponseWriter, r *http.Request) {
		agents = append(agents, r.UserAgent())
		http.Redirect(w, r, url, http.StatusFound)
	})
	c := newClient(t)
	c.Fetch(t.Context(), dewline.Feed{URL: away, UserAgent: "other/2"}, dewline.FeedState{})
	c.Fetch(t.Context(), dewline.Feed{URL: url}, dewline.FeedState{})
	if got := strings.Join(agents, " "); got != "other/2 other/2 test/1" {
		t.Error(got)
	}
}

// wall is a server that asks everybody to agree to its cookies, once.
func wall(t *testing.T, agreed *int) string {
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("consent"); err == nil {
			io.WriteString(w, sample)
			return
		}
		*agreed++
		http.SetCookie(w, &http.Cookie{Name: "consent", Value: fmt.Sprint(*agreed), Path: "/"})
		http.Redirect(w, r, r.URL.Path, http.StatusFound)
	})
}

// A feed with cookies keeps them from poll to poll, and for itself; one without
// them gets through the wall anew each time.
func TestCookiesAreKept(t *testing.T) {
	agreed := 0
	url := wall(t, &agreed)
	c := newClient(t)
	for _, step := range []struct {
		feed   dewline.Feed
		agreed int
	}{
		{dewline.Feed{Name: "a", URL: url, Cookies: true}, 1},
		{dewline.Feed{Name: "a", URL: url, Cookies: true}, 1},
		{dewline.Feed{Name: "b", URL: url, Cookies: true}, 2},
		{dewline.Feed{Name: "c", URL: url}, 3},
		{dewline.Feed{Name: "c", URL: url}, 4},
		{dewline.Feed{Name: "a", URL: url, Cookies: true}, 4},
	} {
		r := c.Fetch(t.Context(), step.feed, dewline.FeedState{})
		if r.Status != dewline.StatusOK || agreed != step.agreed {
			t.Fatalf("%s: %s (%s), agreed %d times, want %d", step.feed.Name, r.Status, r.Detail, agreed, step.agreed)
		}
	}
	if len(c.jars.all) != 2 {
		t.Errorf("%d jars for two feeds with cookies", len(c.jars.all))
	}
}

// A configured cookie is sent beside those that the server sets.
func TestConfiguredCookie(t *testing.T) {
	sent := ""
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		sent = r.Header.Get("Cookie")
		if _, err := r.Cookie("consent"); err != nil {
			http.SetCookie(w, &http.Cookie{Name: "consent", Value: "1"})
			http.Redirect(w, r, "/", http.StatusFound)
			return
		}
		io.WriteString(w, sample)
	})
	feed := dewline.Feed{Name: "a", URL: url, Headers: map[string]string{"cookie": "member=7"}}
	r := newClient(t).Fetch(t.Context(), feed, dewline.FeedState{})
	if r.Status != dewline.StatusOK || sent != "member=7; consent=1" {
		t.Errorf("%s: %s; sent %q", r.Status, r.Detail, sent)
	}
}

// A server cannot fill the memory with cookies; and one that tries is sent its
// newer ones.
func TestCookiesAreBounded(t *testing.T) {
	n, most, newest := 0, 0, 0
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		most = max(most, len(r.Cookies()))
		for _, c := range r.Cookies() {
			number, _ := strconv.Atoi(strings.TrimPrefix(c.Name, "count"))
			newest = max(newest, number)
		}
		http.SetCookie(w, &http.Cookie{Name: "large", Value: strings.Repeat("x", maxCookie)})
		for range 30 {
			n++
			http.SetCookie(w, &http.Cookie{Name: fmt.Sprintf("count%d", n), Value: "x", MaxAge: 1000})
		}
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "x"})
		io.WriteString(w, sample)
	})
	c := newClient(t)
	feed := dewline.Feed{Name: "a", URL: url, Cookies: true}
	for range 50 {
		if r := c.Fetch(t.Context(), feed, dewline.FeedState{}); r.Status != dewline.StatusOK {
			t.Fatalf("%s: %s", r.Status, r.Detail)
		}
		if kept := c.jars.all[feed.Key()]; len(kept.have) > maxCookies {
			t.Fatalf("%d cookies are kept", len(kept.have))
		}
	}
	if most > maxCookies || newest < n-2*maxCookies {
		t.Errorf("up to %d cookies were sent, the newest %d of %d", most, newest, n)
	}
}

// An article is asked for as its feed is: the account and the headers go to the
// feed's own server only, the rest everywhere.
func TestArticlesTakeTheWayOfTheirFeed(t *testing.T) {
	var seen *http.Request
	page := func(w http.ResponseWriter, r *http.Request) { seen = r; io.WriteString(w, sample) }
	home, elsewhere := serve(t, page), serve(t, page)
	p := &forward{}
	feed := dewline.Feed{
		Name: "a", URL: home + "/feed", Account: desk, UserAgent: "own/1", Headers: map[string]string{"X-Key": "k"},
		Route: dewline.Route{Proxy: dewline.Secret(serve(t, p.ServeHTTP))},
	}
	c := newClient(t, func(o *Options) {
		o.ParseArticle = func(context.Context, dewline.Document) dewline.Article {
			return dewline.Article{Status: dewline.StatusOK}
		}
	})
	for i, at := range []string{home, elsewhere} {
		a := c.FetchArticle(t.Context(), feed, dewline.Item{URL: at + "/article"})
		if a.Status != dewline.StatusOK || len(p.asked) != i+1 || seen.UserAgent() != "own/1" {
			t.Fatalf("%s: %s; the proxy was asked %q", a.Status, a.Detail, p.asked)
		}
		_, _, account := seen.BasicAuth()
		if own := at == home; account != own || (seen.Header.Get("X-Key") != "") != own {
			t.Errorf("%s was sent %v", at, seen.Header)
		}
	}
}
