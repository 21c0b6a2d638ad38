package main

import (
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"dewline"

	"github.com/rogpeppe/go-internal/testscript"
)

// The scripts in testdata/script are what an administrator types, and what is
// answered.
func TestScripts(t *testing.T) {
	src := newSource(t)
	src.publish("/feed.xml", statement, entry{"cup", "The army's football cup", "Nothing else."})
	src.serve("/page", "text/html; charset=utf-8", []byte(`<!doctype html><html><head><title>Ministry</title>
<link rel="alternate" type="application/atom+xml" title="News" href="/news.atom"></head><body><p>Welcome</p></body></html>`))
	for _, name := range []string{"typo3", "react", "javascript"} {
		body, err := os.ReadFile("../../parser/testdata/pages/" + name + ".html")
		if err != nil {
			t.Fatal(err)
		}
		src.serve("/"+name, "text/html; charset=utf-8", body)
	}
	src.serve("/sitemap.xml", "application/xml", []byte(`<urlset><url><loc>`+src.URL+`/news/anti-missile-talks</loc><lastmod>2026-11-23</lastmod></url>`+
		`<url><loc>`+src.URL+`/about</loc></url></urlset>`))
	src.handle("/validators.xml", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"one"`)
		if r.Header.Get("If-None-Match") == `"one"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "application/rss+xml")
		_, _ = w.Write(rss("validators", statement))
	})
	src.handle("/hub.xml", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Link", `<https://hub.test/>; rel="hub", <https://mod.test/hub.xml>; rel="self"`)
		_, _ = w.Write(rss("hub", statement))
	})
	src.handle("/moved.xml", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/feed.xml", http.StatusMovedPermanently)
	})
	src.publish("/revised.xml", entry{"launch", "A launch", "They launched 3 missiles, the ministry confirmed."})
	revised := dewline.ItemKey(dewline.FeedKey("Revised"), dewline.Identity{Kind: dewline.IdentityGUID, Value: "launch"})
	// edit has the source say something else of the launch: edit TEXT.
	edit := func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) != 1 {
			ts.Fatalf("usage: edit TEXT")
		}
		src.publish("/revised.xml", entry{"launch", "A launch", args[0]})
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("SOURCE", src.URL)
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("GORACE", os.Getenv("GORACE")) // see TestMain
			env.Setenv("REVISED", revised.String())
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "edit": edit},
	})
}

// exits runs a command and checks its exit status: exits 2 dewline check. What it
// prints can be checked as after exec.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND [ARG…]")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exit, ok := err.(*exec.ExitError); ok {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit status %d, want %s", code, args[0])
	}
}
