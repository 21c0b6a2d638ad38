package web_test

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"dewline"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// To look at the pages oneself: go test ./web -run Browser -pictures /tmp/pages.
// The picture in the README is made by `make screenshot`.
var (
	pictures   = flag.String("pictures", "", "write pictures of all pages into this `folder`")
	screenshot = flag.String("screenshot", "", "write the picture of the README to this `file`")
)

// browser is one tab of a real Chromium that can reach this machine only.
type browser struct {
	testing.TB
	ctx context.Context

	mu       sync.Mutex
	hosts    map[string]bool // that the pages asked
	messages []string        // of the console, violations of the policy among them
}

func startBrowser(t testing.TB) *browser {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "headless-shell", "headless_shell", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no chromium on this machine (Debian: apt-get install chromium): the pages were not looked at in a browser")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.Flag("lang", "en-GB"),
	)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, opts...)
	t.Cleanup(cancel)
	b := &browser{TB: t, hosts: make(map[string]bool)}
	b.ctx, cancel = chromedp.NewContext(ctx, chromedp.WithListener(b.note))
	t.Cleanup(cancel)
	b.do(chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		if _, err := cdp.Call(ctx, tab, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, tab, log.Enable, cdp.Empty{})
		return err
	}))
	return b
}

// note keeps what the tests judge. It runs inside the browser's read loop.
func (b *browser) note(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if u, err := url.Parse(e.Request.URL); err == nil && u.Scheme != "about" {
			b.hosts[u.Host] = true
		}
	case *log.EventEntryAdded:
		b.messages = append(b.messages, fmt.Sprintf("%s: %s (%s)", e.Entry.Source, e.Entry.Text, e.Entry.URL))
	case *runtime.EventConsoleAPICalled:
		b.messages = append(b.messages, fmt.Sprintf("console.%s", e.Type))
	case *runtime.EventExceptionThrown:
		b.messages = append(b.messages, e.ExceptionDetails.Text)
	}
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// scheme is the reader's wish for light or dark.
func scheme(name string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}},
		})
		return err
	})
}

func eval[T any](b *browser, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return v
}

// picture writes the whole page, where pictures are wanted.
func (b *browser) picture(name string) {
	b.Helper()
	if *pictures != "" {
		b.write(filepath.Join(*pictures, name+".png"), chromedp.FullScreenshot(100))
	}
}

func (b *browser) write(path string, take chromedp.Action[[]byte]) {
	b.Helper()
	png, err := chromedp.Run(b.ctx, take)
	if err == nil {
		err = os.WriteFile(path, png, 0o644)
	}
	if err != nil {
		b.Fatal(err)
	}
}

// quiet fails where the pages asked another host, or the console has anything
// to say.
func (b *browser) quiet(server string) {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for host := range b.hosts {
		if "http://"+host != server {
			b.Errorf("a page asked %s", host)
		}
	}
	for _, m := range b.messages {
		b.Errorf("the console says: %s", m)
	}
}

// TestBrowser looks at every page as a reader does: on the narrowest phone and
// on a desk, light and dark.
func TestBrowser(t *testing.T) {
	b := startBrowser(t)
	s := newSample(t, time.Now())
	s.many(30)
	server := httptest.NewServer(s.handler())
	defer server.Close()

	for name, path := range map[string]string{
		"overview": "/", "item": "/items/" + s.ids["tag:mod.example.org,2026:118"].String(), "hostile": "/items/" + s.ids[hostile.GUID].String(),
		"status": "/status", "rules": "/rules", "deliveries": "/deliveries", "filtered": "/?rule=anti-missile",
		"search": "/search?query=missile", "asked": "/search", "warned": "/search?query=missile+or+" + strings.Repeat("radar", 30),
	} {
		for _, look := range []struct {
			name          string
			width, height int64
		}{{"phone", 360, 740}, {"tablet", 820, 1180}, {"desk", 1360, 900}} {
			b.do(chromedp.EmulateViewport(look.width, look.height), scheme("light"), chromedp.Navigate(server.URL+path))
			if over := eval[int](b, "document.scrollingElement.scrollWidth - innerWidth"); over > 0 {
				t.Errorf("%s on a %s: %d pixels wider than the screen; the widest: %s", path, look.name, over, eval[string](b, widest))
			}
			if n := eval[int](b, "document.querySelectorAll('h1').length"); n != 1 {
				t.Errorf("%s: %d h1", path, n)
			}
			light := eval[string](b, ground)
			b.picture(name + "-" + look.name)
			b.do(scheme("dark"))
			if dark := eval[string](b, ground); dark == light || brightness(t, dark) > 80 || brightness(t, light) < 200 {
				t.Errorf("%s: the ground is %s in the light and %s in the dark", path, light, dark)
			}
			if bad := eval[[]string](b, contrast); len(bad) > 0 {
				t.Errorf("%s in the dark: too little contrast: %v", path, bad)
			}
			b.picture(name + "-" + look.name + "-dark")
			b.do(scheme("light"))
			if bad := eval[[]string](b, contrast); len(bad) > 0 {
				t.Errorf("%s in the light: too little contrast: %v", path, bad)
			}
		}
	}
	b.quiet(server.URL)
}

// brightness is the sum of the first three numbers of rgb(…).
func brightness(t *testing.T, colour string) int {
	t.Helper()
	var r, g, blue int
	if _, err := fmt.Sscanf(strings.NewReplacer("rgb(", "", ")", "", ",", "").Replace(colour), "%d %d %d", &r, &g, &blue); err != nil {
		t.Fatalf("%q: %v", colour, err)
	}
	return (r + g + blue) / 3
}

const (
	ground = `getComputedStyle(document.body).backgroundColor`

	// widest names the element that reaches farthest to the right.
	widest = `[...document.querySelectorAll('body *')].map(e => [e.getBoundingClientRect().right, e.tagName + '.' + e.className])
		.sort((a, b) => b[0] - a[0])[0].join(' ')`

	// contrast lists texts below WCAG AA's 4.5 to 1 on what they stand on.
	contrast = `(() => {
		const channels = c => c.match(/[\d.]+/g).map(Number);
		const light = c => { const [r, g, b] = c.slice(0, 3).map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
			return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
		const under = e => { for (; e; e = e.parentElement) { const c = channels(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; }
			return [255, 255, 255]; };
		const bad = new Set();
		for (const e of document.querySelectorAll('body *')) {
			if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
			const [a, b] = [light(channels(getComputedStyle(e).color)), light(under(e))];
			const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
			if (ratio < 4.5) bad.add(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2));
		}
		return [...bad];
	})()`
)

// TestBrowserMarks reads the marked words from the page as it is shown.
func TestBrowserMarks(t *testing.T) {
	b := startBrowser(t)
	s := newSample(t, time.Now())
	server := httptest.NewServer(s.handler())
	defer server.Close()

	b.do(chromedp.Navigate(server.URL))
	const marks = `[...document.querySelectorAll('.match')].map(m => [...m.querySelectorAll('mark')].map(e => e.innerText).join('|'))`
	got := eval[[]string](b, marks)
	want := []string{
		"anti-missile|anti-missile|missile defence|exercise", "Hypersonic|Hypersonic", "反导|反导", "exercise", "<b>anti-missile</b>|<b>anti-missile</b>",
		"противоракетной|противоракетный",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("marked on the page:\n%q, want\n%q", got, want)
	}
	if n := eval[int](b, "document.querySelectorAll('script, iframe, style, svg, [onerror], [style]').length"); n != 0 {
		t.Errorf("%d elements on the page came out of a text", n)
	}
	b.do(chromedp.Navigate(server.URL+"/items/"+s.ids[hostile.GUID].String()),
		chromedp.Navigate(server.URL+"/items/"+dewline.Key{1}.String()))
	if text := eval[string](b, "document.querySelector('main').innerText"); !strings.Contains(text, "There is no item with this id") {
		t.Errorf("the page of an unknown item says %q", text)
	}
	b.mu.Lock()
	b.messages = nil // Chromium notes the 404
	b.mu.Unlock()
	b.quiet(server.URL)
}

// TestBrowserBelowAPath: behind a proxy that takes a path away, everything is
// found without being told the path.
func TestBrowserBelowAPath(t *testing.T) {
	b := startBrowser(t)
	s := newSample(t, time.Now())
	server := httptest.NewServer(http.StripPrefix("/some/watch", s.handler()))
	defer server.Close()

	b.do(chromedp.Navigate(server.URL + "/some/watch/items/" + s.ids["zh"].String()))
	if !eval[bool](b, "document.styleSheets[0].cssRules.length > 50 && document.querySelector('.brand img').naturalWidth > 0") {
		t.Error("the style sheet or the icon was not found")
	}
	links := eval[[]string](b, "[...document.querySelectorAll('a[href], link[href]')].map(e => e.href)")
	for _, to := range links {
		if path, ok := strings.CutPrefix(to, server.URL); ok && !strings.HasPrefix(path, "/some/watch/") {
			t.Errorf("a link leads out of the path: %s", to)
		}
	}
	b.do(chromedp.Click(chromedp.CSS(".brand")), chromedp.WaitVisible(chromedp.CSS(".match h3 a")), chromedp.Click(chromedp.CSS(".match h3 a")),
		chromedp.WaitVisible(chromedp.CSS("article.item")))
	if at := eval[string](b, "location.pathname"); !strings.HasPrefix(at, "/some/watch/items/") {
		t.Errorf("a click on the first match leads to %s", at)
	}
	b.quiet(server.URL)
}

// TestBrowserSearch searches as a reader does, from the box of a page that lies
// deeper, under the policy that the pages are served with.
func TestBrowserSearch(t *testing.T) {
	b := startBrowser(t)
	s := newSample(t, time.Now())
	server := httptest.NewServer(http.StripPrefix("/some/watch", s.handler()))
	defer server.Close()

	b.do(chromedp.Navigate(server.URL + "/some/watch/items/" + s.ids["zh"].String()))
	eval[bool](b, "(document.querySelector('#find').value = '反导 形势') !== ''")
	b.do(chromedp.Click(chromedp.CSS(".find button")), chromedp.WaitVisible(chromedp.CSS(".match mark")))
	if at := eval[string](b, "location.pathname"); at != "/some/watch/search" {
		t.Errorf("the search leads to %s", at)
	}
	got := eval[string](b, "document.querySelector('#query').value + ': ' + [...document.querySelectorAll('.match mark')].map(e => e.innerText).join('|')")
	if got != "反导 形势: 反导|反导形势" {
		t.Errorf("found: %s", got)
	}
	eval[bool](b, "(document.querySelector('#query').value = '反导 (') !== ''")
	b.do(chromedp.Click(chromedp.CSS(".search button")), chromedp.WaitVisible(chromedp.CSS("#fault")))
	const caret = `(() => { const [q, c] = document.querySelector('#fault code').innerText.split('\n'); return q.slice(0, 4) + '|' + c; })()`
	if text := eval[string](b, caret); text != "反导 (|     ^" {
		t.Errorf("the fault is shown as %q", text)
	}
	b.mu.Lock()
	b.messages = nil // Chromium notes the 400
	b.mu.Unlock()
	b.quiet(server.URL)
}

// TestScreenshot makes the picture of the README.
func TestScreenshot(t *testing.T) {
	if *screenshot == "" {
		t.Skip("no picture is wanted; `make screenshot` makes one")
	}
	b := startBrowser(t)
	s := sampleOf(t, time.Now())
	server := httptest.NewServer(s.handler())
	defer server.Close()
	b.do(chromedp.EmulateViewport(1240, 860, chromedp.EmulateScale(1.5)), scheme("light"), chromedp.Navigate(server.URL))
	b.write(*screenshot, chromedp.CaptureScreenshot())
}
