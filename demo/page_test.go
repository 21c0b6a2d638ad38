package demo

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mmcdole/gofeed"
)

func TestEveryLinkLeadsToAPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		h := Handler(time.Now)
		time.Sleep(time.Minute)
		now := time.Now()
		for _, s := range sources {
			if !s.readable() {
				continue
			}
			// Whole, with what stands behind the cut of the one that is cut.
			doc, err := s.render(moment{start: start, now: now, base: "http://" + host, Statements: statements(start, now)})
			if err != nil {
				t.Fatal(err)
			}
			feed, err := gofeed.NewParser().ParseString(doc)
			if err != nil {
				t.Fatalf("%s: %v", s.file, err)
			}
			for _, it := range feed.Items {
				path := strings.TrimPrefix(it.Link, "http://"+host)
				path = strings.Replace(path, "../", "/sanpuru/", 1)
				page, header := get(t, h, path)
				if !bytes.Contains(page, []byte("<h1>"+strings.ReplaceAll(it.Title, "'", "&#39;")+"</h1>")) {
					t.Errorf("%s does not show the title %q:\n%s", path, it.Title, page)
				}
				if got := header.Get("Content-Type"); got != "text/html; charset=utf-8" {
					t.Errorf("%s is %q", path, got)
				}
			}
		}
	})
}

func TestPageSaysMoreThanItsTeaser(t *testing.T) {
	h := Handler(time.Now)
	feed, _ := get(t, h, "/institute/feed.xml")
	page, _ := get(t, h, "/institute/left-open.html")
	if strings.Contains(string(feed), "anti-missile") || !strings.Contains(string(page), "anti-missile") {
		t.Error("the term should be behind the teaser's link, and only there")
	}
}

func TestArabicPageRunsFromRightToLeft(t *testing.T) {
	h := Handler(time.Now)
	if page, _ := get(t, h, "/mithaliya/204"); !strings.Contains(string(page), `<html lang="ar" dir="rtl">`) {
		t.Errorf("%s", page)
	}
	if page, _ := get(t, h, "/yesiguk/88"); !strings.Contains(string(page), `<html lang="ko" dir="ltr">`) {
		t.Errorf("%s", page)
	}
}

func TestIndexListsEverySample(t *testing.T) {
	page, _ := get(t, Handler(time.Now), "/")
	for _, s := range sources {
		if !strings.Contains(string(page), `href="`+s.path+`"`) || s.about == "" {
			t.Errorf("%s is not listed", s.path)
		}
	}
}
