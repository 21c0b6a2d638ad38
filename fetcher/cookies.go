package fetcher

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path"
	"sync"

	"dewline"

	"golang.org/x/net/publicsuffix"
)

// What one feed's servers can make us keep. RFC 6265 §6.1 asks for 50 cookies of
// 4096 bytes from each server.
const (
	maxCookies = 100
	maxCookie  = 4096
)

// jar keeps the cookies of one feed, a bounded number of them. Most jars live for
// one fetch: they carry a cookie through the redirects that set it.
type jar struct {
	mu   sync.Mutex
	kept *cookiejar.Jar // guarded by mu, as what follows
	have map[cookie]bool
}

// cookie is what makes one the successor of another.
type cookie struct{ host, domain, path, name string }

// cookies are those that an address is sent.
func (j *jar) cookies(to *url.URL) []*http.Cookie {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.kept == nil {
		return nil
	}
	return j.kept.Cookies(to)
}

// set takes the cookies of an answer. One too many is not taken.
func (j *jar) set(from *url.URL, all []*http.Cookie) {
	if len(all) == 0 {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.kept == nil {
		j.kept, _ = cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List}) // it has no error to give
		j.have = make(map[cookie]bool)
	}
	var taken []*http.Cookie
	for _, c := range all {
		id := cookie{from.Host, c.Domain, c.Path, c.Name}
		if c.Path == "" {
			id.path = path.Dir(from.Path)
		}
		if len(c.Name)+len(c.Value)+len(c.Domain)+len(c.Path) > maxCookie || len(j.have) >= maxCookies && !j.have[id] {
			continue
		}
		j.have[id] = true
		taken = append(taken, c)
	}
	j.kept.SetCookies(from, taken)
}

// full reports whether nothing more is taken.
func (j *jar) full() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.have) >= maxCookies
}

// jars are those that are kept from poll to poll, for as long as the client
// lives. They are not written to disk: who asks for a consent asks again.
type jars struct {
	mu  sync.Mutex
	all map[dewline.Key]*jar // by feed; guarded by mu
}

// of is the jar for one fetch of a feed. One that is full gives way to an empty
// one: what fills a jar is counting us, and a cookie that matters comes again.
func (s *jars) of(feed *dewline.Feed) *jar {
	if !feed.Cookies {
		return new(jar)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	key := feed.Key()
	kept := s.all[key]
	if kept == nil || kept.full() {
		kept = new(jar)
		if s.all == nil {
			s.all = make(map[dewline.Key]*jar)
		}
		s.all[key] = kept
	}
	return kept
}
