package websub

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"dewline"
)

// bubble runs a test with one hub in a bubble.
func bubble(t *testing.T, f func(*testing.T, *fakeHub)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { f(t, newHub(t)) })
}

// The whole way: asked, verified, pushed, and left when the feed is not wanted any
// more.
func TestSubscription(t *testing.T) {
	bubble(t, func(t *testing.T, hub *fakeHub) {
		store := newMemory()
		h := start(t, store, map[string]*fakeHub{"hub.test": hub}, uk)
		s := h.want("hub.test", dewline.PushActive)
		form := hub.forms[0]
		for name, want := range map[string]string{"hub.mode": "subscribe", "hub.topic": offer.Topic, "hub.callback": "https://watch.test/websub/" + s.Token, "hub.secret": string(s.Secret), "hub.lease_seconds": "864000"} {
			if form.Get(name) != want {
				t.Errorf("%s is %q, want %q", name, form.Get(name), want)
			}
		}
		if len(s.Token) < 30 || len(s.Secret) < 32 || len(s.Secret) > 200 {
			t.Errorf("token %q, secret of %d bytes", s.Token, len(s.Secret))
		}
		for i, method := range []string{"sha1", "sha256", "sha384", "sha512"} {
			hub.push(method, strings.Repeat("x", i+1))
		}
		synctest.Wait()
		if got := h.sink.taken(); !slices.Equal(got, []string{"x", "xx", "xxx", "xxxx"}) {
			t.Errorf("taken: %q", got)
		}
		h.stop()

		start(t, store, map[string]*fakeHub{"hub.test": hub}) // the feed is not configured any more
		if got := hub.modes(); !slices.Equal(got, []string{"subscribe", "unsubscribe"}) || len(hub.members()) != 0 {
			t.Errorf("asked for %v; members %v", got, hub.members())
		}
		if len(store.subs) != 0 {
			t.Errorf("left in the store: %+v", store.subs)
		}
	})
}

// A restart asks nobody anew, and the hub's pushes are taken as before.
func TestRestart(t *testing.T) {
	bubble(t, func(t *testing.T, hub *fakeHub) {
		store := newMemory()
		h := start(t, store, map[string]*fakeHub{"hub.test": hub}, uk)
		h.stop()
		h = start(t, store, map[string]*fakeHub{"hub.test": hub}, uk)
		hub.push("sha256", "after the restart")
		synctest.Wait()
		if got := h.sink.taken(); len(got) != 1 || len(hub.modes()) != 1 {
			t.Errorf("taken %q, asked for %v", got, hub.modes())
		}
		h.CatchUp()
		if h.sink.hastes() != 1 {
			t.Error("what was pushed while nobody was here is not polled for")
		}
	})
}

// What is not signed as it should be is answered like the rest, and ignored.
func TestSignatures(t *testing.T) {
	bubble(t, func(t *testing.T, hub *fakeHub) {
		h := start(t, newMemory(), map[string]*fakeHub{"hub.test": hub}, uk)
		s := h.want("hub.test", dewline.PushActive)
		const body = "body"
		good := sign("sha256", string(s.Secret), body).Get("X-Hub-Signature")
		for _, signature := range []string{
			"", "sha256=", "sha256", "=", good[:len(good)-1], good + "00", good[:len(good)-2] + "zz", strings.Replace(good, "sha256", "sha1", 1),
			strings.Replace(good, "sha256", "md5", 1), strings.TrimPrefix(good, "sha256="), sign("sha256", "another secret", body).Get("X-Hub-Signature"),
			sign("sha256", "", body).Get("X-Hub-Signature"), sign("sha256", string(s.Secret), body+" ").Get("X-Hub-Signature"),
		} {
			header := http.Header{}
			if signature != "" {
				header.Set("X-Hub-Signature", signature)
			}
			if code, _ := hub.ask(http.MethodPost, callback(&s), body, header); code != http.StatusAccepted {
				t.Errorf("%q is answered %d", signature, code)
			}
		}
		synctest.Wait()
		if got := h.sink.taken(); len(got) != 0 || h.Counts()["bad-signature"] != 13 {
			t.Errorf("taken %q, counted %v", got, h.Counts())
		}
		h.pass(2 * time.Minute)
		if s := h.state("hub.test"); s.LastBad.IsZero() || !s.LastPush.IsZero() {
			t.Errorf("last bad %s, last push %s", s.LastBad, s.LastPush)
		}
		upper := strings.ToUpper(good[:7]) + strings.ToUpper(good[7:])
		hub.ask(http.MethodPost, callback(&s), body, http.Header{"X-Hub-Signature": {upper}})
		synctest.Wait()
		if len(h.sink.taken()) != 1 {
			t.Errorf("%s is no good signature", upper)
		}
	})
}

// A body that comes a second time is the hub's repetition, or somebody brings an old
// one back: it is not taken in again.
func TestReplay(t *testing.T) {
	bubble(t, func(t *testing.T, hub *fakeHub) {
		h := start(t, newMemory(), map[string]*fakeHub{"hub.test": hub}, uk)
		hub.push("sha256", "one")
		hub.push("sha256", "one")
		synctest.Wait()
		if got := h.sink.taken(); len(got) != 1 || h.sink.hastes() != 0 {
			t.Errorf("taken %q, %d polls", got, h.sink.hastes())
		}
		hub.push("sha256", "two")
		hub.push("sha256", "one")
		synctest.Wait()
		if got := h.sink.taken(); !slices.Equal(got, []string{"one", "two"}) || h.sink.hastes() != 1 {
			t.Errorf("taken %q, %d polls", got, h.sink.hastes())
		}
	})
}

// Only what was asked for is verified, and a stranger learns nothing.
func TestVerification(t *testing.T) {
	bubble(t, func(t *testing.T, hub *fakeHub) {
		h := start(t, newMemory(), map[string]*fakeHub{"hub.test": hub}, uk)
		s := h.want("hub.test", dewline.PushActive)
		q := func(mode, topic, challenge string) string {
			return "?" + url.Values{"hub.mode": {mode}, "hub.topic": {topic}, "hub.challenge": {challenge}, "hub.lease_seconds": {"3600"}}.Encode()
		}
		for to, want := range map[string]int{
			callback(&s) + q("subscribe", offer.Topic, "c"):                           200, // again: the hub did not hear us
			callback(&s) + q("subscribe", "https://other.test/", "c"):                 404,
			callback(&s) + q("subscribe", "", "c"):                                    404,
			callback(&s) + q("unsubscribe", offer.Topic, "c"):                         404,
			callback(&s) + q("publish", offer.Topic, "c"):                             404,
			callback(&s) + q("subscribe", offer.Topic, ""):                            400,
			callback(&s) + q("subscribe", offer.Topic, strings.Repeat("c", 1<<16)):    400,
			callback(&s) + "x" + q("subscribe", offer.Topic, "c"):                     404,
			"https://watch.test/websub/" + q("subscribe", offer.Topic, "c"):           404,
			"https://watch.test/websub/a/../b/" + q("subscribe", offer.Topic, "c"):    404,
			"https://watch.test/websub/unknown" + q("subscribe", offer.Topic, "c"):    404,
			"https://watch.test/websub/unknown" + q("denied", offer.Topic, "because"): 404,
		} {
			code, body := hub.ask(http.MethodGet, to, "", nil)
			if code != want || want == 200 && body != "c" || want != 200 && strings.Contains(body, s.Token) {
				t.Errorf("%s: %d %q, want %d", to, code, body, want)
			}
		}
		if code, _ := hub.ask(http.MethodPost, "https://watch.test/websub/unknown", "body", nil); code != http.StatusGone {
			t.Errorf("a push to nobody: %d", code)
		}
		if code, _ := hub.ask(http.MethodPut, callback(&s), "body", nil); code != http.StatusMethodNotAllowed {
			t.Errorf("PUT: %d", code)
		}
		if h.Counts()["unknown"] < 5 {
			t.Errorf("counted %v", h.Counts())
		}
		h.want("hub.test", dewline.PushActive)
	})
}

// A lease is renewed before it ends. When the hub does not renew it, the feed is
// polled as configured; when it comes back, it pushes again.
func TestLease(t *testing.T) {
	bubble(t, func(t *testing.T, hub *fakeHub) {
		hub.lease = "86400"
		h := start(t, newMemory(), map[string]*fakeHub{"hub.test": hub}, uk)
		for range 30 {
			h.pass(6 * time.Hour)
			s := h.want("hub.test", dewline.PushActive)
			if !s.LeaseEnd.After(time.Now()) {
				t.Fatalf("the lease ended %s, it is %s", s.LeaseEnd, time.Now())
			}
		}
		if n := len(hub.modes()); n < 7 || n > 14 {
			t.Errorf("asked %d times in a week", n)
		}
		hub.push("sha256", "news")
		h.pass(time.Minute)
		if !h.Relied(uk.Key(), time.Now()) {
			t.Error("a hub that pushes is not relied upon")
		}
		hub.set(func(x *fakeHub) { x.answer = func(url.Values) int { return 503 } })
		h.pass(25 * time.Hour)
		s := h.state("hub.test")
		if s.State == dewline.PushActive || !strings.Contains(s.Detail, "503") || !strings.Contains(s.Detail, "the hub's own words") {
			t.Errorf("%s: %s", s.State, s.Detail)
		}
		if h.Relied(uk.Key(), time.Now()) || h.sink.hastes() == 0 {
			t.Error("a hub whose lease ended is relied upon, or nobody polls")
		}
		if n := len(hub.modes()); n > 30 {
			t.Errorf("a hub that fails was asked %d times", n)
		}
		hub.set(func(x *fakeHub) { x.answer = nil })
		h.pass(25 * time.Hour)
		h.want("hub.test", dewline.PushActive)
	})
}

// However short a lease is, a hub that fails once while it is to be renewed is asked again before it ends.
func TestARenewalThatFailsOnce(t *testing.T) {
	for _, lease := range []string{"300", "3600", "864000"} {
		bubble(t, func(t *testing.T, hub *fakeHub) {
			hub.lease = lease
			failed := 0
			hub.answer = func(url.Values) int {
				if failed++; failed%2 == 0 {
					return 503
				}
				return 0
			}
			h := start(t, newMemory(), map[string]*fakeHub{"hub.test": hub}, uk)
			first := h.want("hub.test", dewline.PushActive)
			h.pass(2 * time.Until(first.LeaseEnd))
			if s := h.want("hub.test", dewline.PushActive); failed < 4 || !s.Since.Equal(first.Since) {
				t.Errorf("a lease of %s s: asked %d times, active since %s, first since %s", lease, failed, s.Since, first.Since)
			}
		})
	}
}

// What was pushed is in the store at once: a process that is killed then still relies on its hub.
func TestAPushIsInTheBooks(t *testing.T) {
	bubble(t, func(t *testing.T, hub *fakeHub) {
		h := start(t, newMemory(), map[string]*fakeHub{"hub.test": hub}, uk)
		for _, body := range []string{"one", "two"} {
			hub.push("sha256", body)
			synctest.Wait()
			if s := h.state("hub.test"); !s.LastPush.Equal(time.Now()) {
				t.Errorf("%s: the last push was %s", body, s.LastPush)
			}
			time.Sleep(time.Second)
		}
	})
}

// While the disk is slow to take a verification, pushes are taken, and polls know whom to rely upon.
func TestNothingWaitsForTheDisk(t *testing.T) {
	bubble(t, func(t *testing.T, hub *fakeHub) {
		h := start(t, newMemory(), map[string]*fakeHub{"hub.test": hub}, uk)
		h.want("hub.test", dewline.PushActive)
		hold := make(chan struct{})
		h.store.mu.Lock()
		h.store.hold = hold
		h.store.mu.Unlock()
		hub.set(func(x *fakeHub) { x.lease = "7200" })
		go hub.verify(hub.forms[0])
		time.Sleep(time.Second) // it is at the disk
		done := make(chan bool)
		go func() {
			hub.push("sha256", "news")
			done <- h.Relied(uk.Key(), time.Now())
		}()
		select {
		case <-done:
		case <-time.After(time.Minute):
			t.Error("a push waits for the disk")
		}
		close(hold)
		h.pass(time.Second)
		if s := h.want("hub.test", dewline.PushActive); s.LastPush.IsZero() || time.Until(s.LeaseEnd) > 2*time.Hour || len(h.sink.taken()) != 1 {
			t.Errorf("%+v, taken %q", s, h.sink.taken())
		}
	})
}

// A hub that gives no time at all is not asked without end.
func TestShortLeases(t *testing.T) {
	bubble(t, func(t *testing.T, hub *fakeHub) {
		hub.lease = "1"
		h := start(t, newMemory(), map[string]*fakeHub{"hub.test": hub}, uk)
		h.pass(time.Hour)
		if n := len(hub.modes()); n > 61 {
			t.Errorf("asked %d times within an hour", n)
		}
	})
}

// A hub that never verifies, says no, or cannot be reached gives way to the next
// one, and is tried again later.
func TestSeveralHubs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mute, no, good := newHub(t), newHub(t), newHub(t)
		mute.silent = true
		no.answer = func(url.Values) int { return 403 }
		several := dewline.PushOffer{Topic: offer.Topic, Hubs: []string{"https://nowhere.test/", "http://mute.test:80/hub", "https://no.test/", "https://good.test/"}}
		h := start(t, newMemory(), map[string]*fakeHub{"mute.test": mute, "no.test": no, "good.test": good}, uk)
		h.offers(several)
		h.pass(time.Second)
		h.want("nowhere.test", dewline.PushFailed)
		if s := h.want("mute.test", dewline.PushAsking); s.Hub != "https://mute.test/hub" {
			t.Errorf("the secret went to %s", s.Hub)
		}
		h.pass(11 * time.Minute)
		good.push("sha256", "news")
		h.pass(12 * time.Minute)
		good.push("sha256", "more news")
		h.pass(time.Minute)
		live := 0
		for _, s := range h.store.subs {
			if s.State == dewline.PushActive {
				live++
			}
		}
		if live != 1 || len(h.sink.taken()) == 0 {
			t.Errorf("%d hubs push; taken %q", live, h.sink.taken())
		}
		mute.set(func(x *fakeHub) { x.silent = false })
		h.pass(48 * time.Hour)
		if n := len(no.modes()) + len(mute.modes()); n > 6 {
			t.Errorf("while a hub pushes the others were asked %d times", n)
		}
	})
}

// A no ends the subscription, also of a hub that pushed before.
func TestDenied(t *testing.T) {
	bubble(t, func(t *testing.T, hub *fakeHub) {
		h := start(t, newMemory(), map[string]*fakeHub{"hub.test": hub}, uk)
		s := h.want("hub.test", dewline.PushActive)
		q := url.Values{"hub.mode": {"denied"}, "hub.topic": {offer.Topic}, "hub.reason": {"too\nmany\x00 readers"}}
		if code, _ := hub.ask(http.MethodGet, callback(&s)+"?"+q.Encode(), "", nil); code != 200 {
			t.Errorf("the no was answered %d", code)
		}
		h.pass(2 * time.Minute)
		if s := h.want("hub.test", dewline.PushDenied); s.Detail != "the hub said no: too many readers" {
			t.Errorf("detail %q", s.Detail)
		}
		if h.sink.hastes() != 1 {
			t.Error("nobody polls")
		}
		h.pass(25 * time.Hour)
		h.want("hub.test", dewline.PushActive)
	})
}

// What the feed says moves the subscription: to another topic, to another hub, away.
func TestTheOfferChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		one, two := newHub(t), newHub(t)
		h := start(t, newMemory(), map[string]*fakeHub{"hub.test": one, "two.test": two}, uk)
		h.offers(dewline.PushOffer{Hubs: []string{"https://two.test/"}, Topic: offer.Topic})
		h.pass(time.Minute)
		if len(one.members()) != 0 || len(two.members()) != 1 {
			t.Errorf("members %v, %v", one.members(), two.members())
		}
		h.offers(dewline.PushOffer{Hubs: []string{"https://two.test/"}, Topic: "https://mod.test/other"})
		h.pass(time.Minute)
		for _, form := range two.members() {
			if form.Get("hub.topic") != "https://mod.test/other" {
				t.Errorf("the topic is %s", form.Get("hub.topic"))
			}
		}
		h.offers(dewline.PushOffer{})
		h.pass(time.Minute)
		if len(two.members()) != 0 || len(h.store.subs) != 0 {
			t.Errorf("members %v, in the store %v", two.members(), h.store.subs)
		}
	})
}

// A hub that verifies while it is being asked (PubSubHubbub 0.3) is good too.
func TestVerifiedDuringTheRequest(t *testing.T) {
	bubble(t, func(t *testing.T, hub *fakeHub) {
		hub.during = true
		h := start(t, newMemory(), map[string]*fakeHub{"hub.test": hub}, uk)
		h.pass(time.Hour)
		h.want("hub.test", dewline.PushActive)
		if len(hub.modes()) != 1 {
			t.Errorf("asked for %v", hub.modes())
		}
	})
}

// A hub that leaves news out is not relied upon for a day, and then only if it
// pushed again.
func TestMissedNews(t *testing.T) {
	bubble(t, func(t *testing.T, hub *fakeHub) {
		h := start(t, newMemory(), map[string]*fakeHub{"hub.test": hub}, uk)
		relied := func(want bool) {
			t.Helper()
			if got := h.Relied(uk.Key(), time.Now()); got != want {
				t.Errorf("relied upon: %t", got)
			}
		}
		h.pass(time.Hour)
		relied(false) // it has not pushed yet
		hub.push("sha256", "one")
		h.pass(time.Minute)
		relied(true)
		h.poll(3) // the first poll since we listen: what came before us is nobody's fault
		h.pass(time.Hour)
		relied(true)
		h.poll(1)
		h.pass(4 * time.Minute)
		hub.push("sha256", "two") // it was only slower
		h.pass(time.Hour)
		relied(true)
		hub.push("sha256", "three")
		h.poll(1)
		h.pass(time.Hour)
		relied(true)
		h.poll(1)
		h.pass(6 * time.Minute)
		relied(false)
		hub.push("sha256", "four")
		h.pass(time.Hour)
		relied(false)
		h.pass(24 * time.Hour)
		relied(true)
	})
}

// Whatever cannot be taken in becomes a poll, and not one for each.
func TestAPollIsTheSafetyNet(t *testing.T) {
	bubble(t, func(t *testing.T, hub *fakeHub) {
		h := start(t, newMemory(), map[string]*fakeHub{"hub.test": hub}, uk)
		s := h.want("hub.test", dewline.PushActive)
		h.sink.fail = errors.New("the body is no feed")
		for i := range 10 {
			hub.push("sha256", strings.Repeat("x", i))
		}
		synctest.Wait()
		if last := h.sink.hasted[len(h.sink.hasted)-1]; time.Until(last) > 10*time.Minute || time.Until(last) < time.Minute {
			t.Errorf("ten pings have the feed polled as late as %s", time.Until(last))
		}
		large := strings.Repeat("x", 2<<10)
		n := h.sink.hastes()
		if code, _ := hub.ask(http.MethodPost, callback(&s), large, sign("sha256", string(s.Secret), large)); code != http.StatusRequestEntityTooLarge || h.sink.hastes() != n+1 {
			t.Errorf("a body that is too large: %d", code)
		}
		header := sign("sha256", string(s.Secret), "x")
		header.Set("Content-Encoding", "gzip")
		if code, _ := hub.ask(http.MethodPost, callback(&s), "x", header); code != http.StatusUnsupportedMediaType || h.sink.hastes() != n+2 {
			t.Errorf("an encoded body: %d", code)
		}
	})
}

// A feed that is being polled is waited for, in the order in which its pushes came.
func TestABusyFeed(t *testing.T) {
	bubble(t, func(t *testing.T, hub *fakeHub) {
		h := start(t, newMemory(), map[string]*fakeHub{"hub.test": hub}, uk)
		h.sink.busy = 20
		hub.push("sha256", "one")
		hub.push("sha256", "two")
		h.pass(10 * time.Second)
		if got := h.sink.taken(); !slices.Equal(got, []string{"one", "two"}) || h.sink.hastes() != 0 {
			t.Errorf("taken %q, %d polls", got, h.sink.hastes())
		}
		h.sink.busy = 1 << 30
		hub.push("sha256", "three")
		h.pass(time.Minute)
		if h.sink.hastes() != 1 {
			t.Error("a feed that stays busy is not polled after it")
		}
	})
}

// The queue is bounded; what does not fit becomes a poll, and what was accepted is
// taken in before the subscriber ends.
func TestAFlood(t *testing.T) {
	bubble(t, func(t *testing.T, hub *fakeHub) {
		h := start(t, newMemory(), map[string]*fakeHub{"hub.test": hub}, uk)
		h.sink.hold = make(chan struct{})
		for i := range maxWaiting + 100 {
			hub.push("sha256", strings.Repeat("x", i%1000)+strings.Repeat("y", i/1000))
		}
		if h.sink.hastes() == 0 {
			t.Error("the queue has no end")
		}
		ended := make(chan struct{})
		go func() {
			h.stop()
			close(ended)
		}()
		h.pass(time.Minute)
		select {
		case <-ended:
			t.Error("the subscriber ended before what it accepted was taken in")
		default:
		}
		close(h.sink.hold)
		<-ended
		if n := len(h.sink.taken()); n < maxWaiting {
			t.Errorf("%d of %d were taken in before the end", n, maxWaiting)
		}
	})
}

// A hub is not told that a subscription stands before the store knows it.
func TestAFullStore(t *testing.T) {
	bubble(t, func(t *testing.T, hub *fakeHub) {
		store := newMemory()
		store.fail = errors.New("no space")
		h := start(t, store, map[string]*fakeHub{"hub.test": hub}, uk)
		if len(hub.members()) != 0 || !slices.Equal(hub.refusal, []int{503}) {
			t.Errorf("members %v, answers %v", hub.members(), hub.refusal)
		}
		store.mu.Lock()
		store.fail = nil
		store.mu.Unlock()
		h.pass(time.Hour)
		h.want("hub.test", dewline.PushActive)
	})
}

// Where hubs cannot reach us, or the feed does not want it, nobody is asked.
func TestNobodyIsAsked(t *testing.T) {
	bubble(t, func(t *testing.T, hub *fakeHub) {
		off := uk
		off.Push = false
		h := start(t, newMemory(), map[string]*fakeHub{"hub.test": hub}, off)
		h.offers(offer)
		h.pass(time.Hour)
		if len(hub.modes()) != 0 || len(h.store.subs) != 0 {
			t.Errorf("asked for %v", hub.modes())
		}
		if without := New(Options{Feeds: []dewline.Feed{uk}}); len(without.feeds) != 0 {
			t.Error("without an address of ours, feeds are to be pushed")
		}
	})
}

// A hub that says nothing, talks without end, or sends us elsewhere costs a request
// and no more.
func TestHostileHubs(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		says   string
	}{
		"says nothing": {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "deadline"},
		"talks without end": {func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusTeapot)
			for r.Context().Err() == nil {
				if _, err := w.Write([]byte("blah \x1b[31m\xff ")); err != nil {
					return
				}
			}
		}, "418"},
		"redirects in a circle":     {redirect(http.StatusTemporaryRedirect, "https://hub.test/hub"), "redirects more than"},
		"redirects out of the net":  {redirect(http.StatusPermanentRedirect, "http://10.0.0.1/"), "to which the secret is not sent"},
		"redirects to another GET":  {redirect(http.StatusFound, "https://hub.test/other"), "302"},
		"redirects to a local file": {redirect(http.StatusTemporaryRedirect, "file:///etc/passwd"), "to which the secret is not sent"},
		"redirects to nothing":      {redirect(http.StatusTemporaryRedirect, ""), "307"},
		"wants us to wait for ever": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "99999999999999999999")
			w.WriteHeader(429)
		}, "429"},
		"wants us to wait for years": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "999999999")
			w.WriteHeader(429)
		}, "429"},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, hub *fakeHub) {
				hub.raw = c.answer
				h := start(t, newMemory(), map[string]*fakeHub{"hub.test": hub}, uk)
				h.pass(2 * time.Minute)
				s := h.want("hub.test", dewline.PushFailed)
				if !strings.Contains(s.Detail, c.says) || len(s.Detail) > 600 || strings.ContainsAny(s.Detail, "\x1b\n") || !utf8.ValidString(s.Detail) {
					t.Errorf("detail %q", s.Detail)
				}
				if wait := time.Until(s.Next); wait > 24*time.Hour || strings.HasPrefix(name, "wants us to wait") && wait < 23*time.Hour {
					t.Errorf("asked again at %s", s.Next)
				}
			})
		})
	}
}

func redirect(code int, to string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if to != "" {
			w.Header().Set("Location", to)
		}
		w.WriteHeader(code)
	}
}
