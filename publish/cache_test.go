package publish

import (
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
)

func TestUnchangedFeedIsNotReadAgain(t *testing.T) {
	l := filled(3)
	p := publisher(l)
	for range 5 {
		read(t, p, "/feeds/all.atom")
		read(t, p, "/feeds/all.atom?utm_source=x")
	}
	if l.reads != 1 {
		t.Errorf("the store was read %d times", l.reads)
	}
	l.touch()
	read(t, p, "/feeds/all.atom")
	if l.reads != 2 {
		t.Errorf("after a commit, the store was read %d times", l.reads)
	}
}

// A commit that does not concern a feed makes it neither rendered nor packed again.
func TestCommitElsewhereKeepsTheDocument(t *testing.T) {
	l := filled(3)
	p := publisher(l)
	read(t, p, "/feeds/anti-missile.atom")
	kept := p.cache.slots["/feeds/anti-missile.atom"].doc
	l.put(briefing(9), found, snippet, pro)
	read(t, p, "/feeds/anti-missile.atom")
	if p.cache.slots["/feeds/anti-missile.atom"].doc != kept {
		t.Error("the document was made again")
	}
	l.put(briefing(10), found, snippet, anti)
	read(t, p, "/feeds/anti-missile.atom")
	if p.cache.slots["/feeds/anti-missile.atom"].doc == kept {
		t.Error("the document was not made again")
	}
}

func TestManyPollsAtOnceMakeItOnce(t *testing.T) {
	l := filled(30)
	p := publisher(l)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { ask(p, http.MethodGet, "/feeds/all.json") })
	}
	all.Wait()
	if l.reads != 1 {
		t.Errorf("the store was read %d times", l.reads)
	}
}

func TestCacheIsBounded(t *testing.T) {
	var c cache
	made := 0
	get := func(path string, size int) {
		t.Helper()
		d, err := c.get(path, 1, func(*document) (*document, error) {
			made++
			return &document{packed: make([]byte, size)}, nil
		})
		if err != nil || len(d.packed) != size {
			t.Fatal(err)
		}
	}
	const each = cacheLimit / 10
	get("often", each)
	for n := range 100 {
		get(fmt.Sprint(n), each)
		get("often", each)
		if c.size > cacheLimit || len(c.slots) != c.used.Len() {
			t.Fatalf("%d bytes in %d slots", c.size, len(c.slots))
		}
	}
	if made != 101 {
		t.Errorf("%d documents were made, want each once", made)
	}
	if len(c.slots) != 10 {
		t.Errorf("%d documents are kept", len(c.slots))
	}
	get("larger than all", 2*cacheLimit)
	if c.size != 0 || len(c.slots) != 0 {
		t.Errorf("%d bytes in %d slots", c.size, len(c.slots))
	}
}

func TestCacheKeepsNoFailure(t *testing.T) {
	var c cache
	bad := errors.New("bad")
	if _, err := c.get("x", 1, func(*document) (*document, error) { return nil, bad }); !errors.Is(err, bad) {
		t.Fatal(err)
	}
	want := &document{packed: []byte("x")}
	if got, err := c.get("x", 1, func(*document) (*document, error) { return want, nil }); got != want || err != nil {
		t.Fatal(got, err)
	}
	// A slower request with an older revision takes the newer document.
	if got, _ := c.get("x", 0, func(*document) (*document, error) { return nil, bad }); got != want {
		t.Error("an older revision replaced a newer one")
	}
}
