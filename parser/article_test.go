package parser

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"dewline"
)

const address = "https://mod.example/news/2026/briefing.html"

// briefing is the item whose article the pages below are, or are not.
var briefing = dewline.Item{
	URL: address, Title: "Examplian, Otherland Militaries Hold Joint Briefing on Anti-Missile Issue",
	Summary: "The two militaries spoke in Geneva on the sidelines of the conference.",
}

const (
	par1 = "The militaries of Examplia and Otherland held a joint briefing on global and regional anti-missile situations in Geneva on Tuesday morning, on the sidelines of the conference on disarmament."
	par2 = "The deployment of the new system far exceeds any need of defence, the representative of Examplia said, and will hinder the process of disarmament, strain the strategic balance and lead to a race in space."
	par3 = "Representatives of the countries that take part in the conference attended the briefing, which was the second of its kind; the first one was held in October on the sidelines of a forum."
)

// site is a page as ministries serve them: the article among what all pages have.
func site(title, article string) string {
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>` + title + ` | Ministry</title>
<script>var a = "script text";</script><style>p { color: red }</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news/">News</a></li><li><a href="/forces/">Forces</a></li></ul></nav>
` + article + `
<aside class="related"><h3>More news</h3><ul><li><a href="/1">The minister visits a school of the army</a></li></ul></aside>
<footer><p>Ministry of Defence of Examplia, 1 Army Street. All rights reserved. Cookies.</p></footer></body></html>`
}

func readArticle(t *testing.T, page string, change ...func(*dewline.Document)) dewline.Article {
	t.Helper()
	doc := dewline.Document{Body: []byte(page), ContentType: "text/html; charset=utf-8", URL: address, Item: &briefing}
	for _, f := range change {
		f(&doc)
	}
	return Article(doc)
}

func TestArticle(t *testing.T) {
	body := "<p>" + par1 + "</p><p>" + par2 + "</p><p>" + par3 + "</p>"
	table := `<table><tr><th>Year</th><th>Launchers</th></tr><tr><td>2025</td><td>Twelve</td></tr><tr><td>2026</td><td>Fourteen</td></tr></table>`
	title := "<h1>" + briefing.Title + "</h1>"
	for name, page := range map[string]string{
		"divs":         site(briefing.Title, `<div class="content">`+title+body+`</div>`),
		"article":      site(briefing.Title, `<main><article>`+title+body+`</article></main>`),
		"body by name": site(briefing.Title, `<div><div itemprop="articleBody">`+body+`</div></div>`),
		"linked data": site(briefing.Title, `<div id="root"></div><script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"x",
			"articleBody":"`+par1+`\n`+par2+`\n`+par3+`"}]}</script>`),
		"line breaks": site(briefing.Title, `<div class="text">`+par1+"<br><br>"+par2+"<br><br>"+par3+`</div>`),
		"legacy":      site(briefing.Title, `<table><tr><td width="200"><font size="1">Menu</font></td><td><font size="2"><p>`+par1+`</p><p>`+par2+`</p><p>`+par3+`</p></font></td></tr></table>`),
	} {
		t.Run(name, func(t *testing.T) {
			a := readArticle(t, page)
			if a.Status != dewline.StatusOK || a.Unfit != "" {
				t.Fatalf("%+v", a)
			}
			for _, want := range []string{par1, par2, par3} {
				if !strings.Contains(a.Text, want) {
					t.Errorf("the text lacks %q:\n%s", want, a.Text)
				}
			}
			if !strings.Contains(a.Text, "\n\n"+par2[:20]) {
				t.Errorf("paragraphs are no blocks:\n%s", a.Text)
			}
			for _, not := range []string{"Home", "script text", "color: red", "All rights reserved", "visits a school"} {
				if strings.Contains(a.Text, not) {
					t.Errorf("the text holds %q:\n%s", not, a.Text)
				}
			}
		})
	}
	t.Run("tables stay", func(t *testing.T) {
		a := readArticle(t, site(briefing.Title, `<article>`+body+table+`</article>`))
		if !strings.Contains(a.Text, "Fourteen") {
			t.Errorf("%s", a.Text)
		}
	})
	t.Run("words that are no errors", func(t *testing.T) {
		text := "The 500 troops of the counter-terrorism brigade train with the S-500 until Friday."
		a := Article(dewline.Document{
			Body: []byte(site("Counter-Terrorism Command", "<article><p>"+text+"</p></article>")), ContentType: "text/html", URL: address,
			Item: &dewline.Item{URL: address, Title: "Brigade trains", Summary: "The counter-terrorism brigade is training."},
		})
		if a.Unfit != "" || a.Text != text {
			t.Errorf("%+v", a)
		}
	})
	t.Run("short statements", func(t *testing.T) {
		short := "The militaries of Examplia and Otherland will hold a joint briefing on Tuesday."
		a := readArticle(t, site(briefing.Title, `<article>`+title+`<p>`+short+`</p></article>`))
		if a.Unfit != "" || !strings.Contains(a.Text, short) {
			t.Errorf("%+v", a)
		}
	})
}

func TestArticleSaysWhoAndWhen(t *testing.T) {
	page := site("x", `<article><h1>The Title</h1><p>`+par1+"</p><p>"+par2+`</p><img src="/a.jpg"><a href="b.html">b</a></article>`)
	page = strings.Replace(page, "<head>", `<head><base href="https://mod.example/deep/"><meta property="article:published_time" content="2026-11-23T10:00:00+01:00"><meta name="author" content="Jane Doe">`, 1)
	a := readArticle(t, page)
	if a.Title != "The Title" || a.Language != "en" || len(a.Authors) != 1 || a.Authors[0] != "Jane Doe" ||
		!a.Published.Equal(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", a)
	}
	if html := string(a.HTML); !strings.Contains(html, `"https://mod.example/a.jpg"`) || !strings.Contains(html, `"https://mod.example/deep/b.html"`) {
		t.Errorf("links: %s", html)
	}
}

// What is not the article never takes the place of what the feed said.
func TestUnfitPages(t *testing.T) {
	filler := "Please choose one of the following possibilities to continue to our services. "
	for name, c := range map[string]struct {
		page   string
		at     string // where the request ended; the article's address by default
		kind   string
		unfit  dewline.Unfit
		status dewline.Status
	}{
		"bot wall":            {page: `<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>`, status: dewline.StatusChallenge},
		"login":               {page: site("Log in", `<form><p>Log in to read on.</p><input type="text"><input type="password"></form>`), unfit: dewline.UnfitLogin},
		"login with title":    {page: site(briefing.Title, `<article><h1>`+briefing.Title+`</h1><p>This is for members. Sign in.</p></article><form><input type=password></form>`), unfit: dewline.UnfitLogin},
		"a long login":        {page: site("Log in", `<main><h1>Log in to read on</h1><form><input type=password></form><p>`+par1+`</p><p>`+par2+`</p></main>`), unfit: dewline.UnfitLogin},
		"a 404 with the news": {page: site("Page not found", `<main><h1>Sorry!</h1><p>Our latest statements:</p><ul><li>`+briefing.Title+" "+par1+`</li><li>`+par2+`</li></ul></main>`), unfit: dewline.UnfitMissing},
		"consent and news":    {page: site("Your privacy", `<main><p>Before you read on, choose.</p><p>`+par1+`</p><p>`+par2+`</p></main>`), unfit: dewline.UnfitConsent},
		"consent":             {page: site("Before you continue", `<main><p>We use cookies. `+strings.Repeat(filler, 5)+`Our cookie policy says which cookies.</p></main>`), unfit: dewline.UnfitConsent},
		"soft 404":            {page: site("404 – Page not found", `<main><p>`+filler+`The page was moved or deleted.</p></main>`), unfit: dewline.UnfitMissing},
		"soft 404 in Russian": {page: site("Страница не найдена", `<main><p>Возможно, она была удалена или перемещена.</p></main>`), unfit: dewline.UnfitMissing},
		"soft 404 in Chinese": {page: site("页面不存在", `<main><p>您访问的页面已被删除。</p></main>`), unfit: dewline.UnfitMissing},
		"shell":               {page: `<!doctype html><html><head><title>App</title></head><body><div id="root"></div><script src="/app.js"></script></body></html>`, unfit: dewline.UnfitShell},
		"a login and nothing": {page: site("Members", `<form><input type="text"><input type="password"></form>`), unfit: dewline.UnfitLogin},
		"a login by scripts":  {page: `<html><head><title>Sign in</title></head><body><div id="root"></div></body></html>`, unfit: dewline.UnfitLogin},
		"an empty 404":        {page: `<html><head><title>Page not found</title></head><body><div id="root"></div></body></html>`, unfit: dewline.UnfitMissing},
		"access denied":       {page: site("Access Denied", `<main><p>You do not have permission to view this page on this server.</p></main>`), unfit: dewline.UnfitError},
		"an empty refusal":    {page: `<html><head><title>403 Forbidden</title></head><body></body></html>`, unfit: dewline.UnfitError},
		"nothing":             {page: "", unfit: dewline.UnfitShell},
		"another article":     {page: site("Cup", `<article><h1>Football</h1><p>`+strings.Repeat("The team of the navy won the cup after a long match against the air force. ", 20)+`</p></article>`), unfit: dewline.UnfitOther},
		"front page":          {page: site("Ministry", `<main><p>`+par1+`</p></main>`), at: "https://mod.example/", unfit: dewline.UnfitFront},
		"front page in en":    {page: site("Ministry", `<main><p>`+par1+`</p></main>`), at: "https://mod.example/en/index.html", unfit: dewline.UnfitFront},
		"the list of news":    {page: site("News", `<main><p>`+par1+`</p></main>`), at: "https://mod.example/news/", unfit: dewline.UnfitFront},
		"another host's":      {page: site("Portal", `<main><p>`+par1+`</p></main>`), at: "https://portal.example", unfit: dewline.UnfitFront},
		"JSON":                {page: `{"a": 1}`, kind: "application/json", unfit: dewline.UnfitNoPage},
		"picture":             {page: "\x89PNG\r\n\x1a\n\x00\x00", kind: "image/png", unfit: dewline.UnfitNoPage},
		"feed":                {page: `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>`, kind: "text/xml", unfit: dewline.UnfitNoPage},
		"too deep":            {page: site("x", strings.Repeat("<div>", 5000)+par1), unfit: dewline.UnfitHostile},
		"too many":            {page: site("x", strings.Repeat("<p>x</p>", maxArticleTags)+par1), unfit: dewline.UnfitHostile},
		"too long":            {page: site("x", strings.Repeat(par1, 1+maxArticle/len(par1))), unfit: dewline.UnfitHostile},
	} {
		t.Run(name, func(t *testing.T) {
			a := readArticle(t, c.page, func(d *dewline.Document) {
				if c.at != "" {
					d.URL = c.at
				}
				if c.kind != "" {
					d.ContentType = c.kind
				}
			})
			if c.status == "" {
				c.status = dewline.StatusOK
			}
			if a.Status != c.status || a.Unfit != c.unfit {
				t.Errorf("%s, unfit %q (%s)\n%.300s", a.Status, a.Unfit, a.Detail, a.Text)
			}
			if a.Text != "" {
				t.Errorf("it has a text: %.100s", a.Text)
			}
		})
	}
}

// A page is its item's in any script, whatever the endings of the words.
func TestArticlesAreKnownInAnyScript(t *testing.T) {
	for name, c := range map[string]struct{ title, text string }{
		"Russian": {"Минобороны сообщило об испытании противоракеты", "Новая противоракета системы была успешно испытана на полигоне Сары-Шаган, сообщили в Минобороны в понедельник. " +
			"Испытания прошли по плану, все задачи выполнены, противоракета поразила условную цель с заданной точностью."},
		"Chinese": {"中俄两军举行反导问题联合吹风会", "中国和俄罗斯军队代表二十三日在日内瓦举行反导问题联合吹风会。双方代表在吹风会上表示，部署全球反导系统破坏战略平衡。"},
		"Korean":  {"국방부, 미사일 방어체계 시험 발표", "국방부는 23일 새로운 미사일 방어체계의 시험이 성공적으로 진행됐다고 밝혔다. 이번 시험은 계획대로 이뤄졌다."},
		"Arabic":  {"وزارة الدفاع تعلن اختبار منظومة صاروخية", "أعلنت وزارة الدفاع يوم الاثنين نجاح اختبار منظومة صاروخية جديدة في الميدان، وجرى الاختبار وفق الخطة المقررة."},
	} {
		t.Run(name, func(t *testing.T) {
			it := dewline.Item{URL: address, Title: c.title}
			for what, want := range map[string]dewline.Unfit{c.text: "", par1 + " " + par2 + " " + par3: dewline.UnfitOther} {
				a := Article(dewline.Document{Body: []byte(site("x", "<article><p>"+what+"</p></article>")), URL: address, Item: &it})
				if a.Unfit != want {
					t.Errorf("%.40s: unfit %q, want %q", what, a.Unfit, want)
				}
			}
		})
	}
}

func TestLedAstray(t *testing.T) {
	for _, c := range []struct {
		from, to string
		astray   bool
	}{
		{"https://a.example/news/1", "https://a.example/news/1", false},
		{"http://a.example/news/1", "https://www.a.example/news/1/", false},
		{"https://a.example/?p=1", "https://a.example/", true},
		{"https://a.example/?p=1", "https://a.example/?p=1", false},
		{"https://a.example/?p=1", "https://a.example/2026/11/statement/", false},
		{"https://a.example/go/1", "https://b.example/press/statement", false},
		{"https://a.example/go/1", "https://b.example/de/", true},
		{"https://a.example/en/1", "https://a.example/en/", true},
		{"https://a.example/", "https://a.example/", false},
	} {
		if got := ledAstray(c.from, c.to); got != c.astray {
			t.Errorf("%s to %s: %v", c.from, c.to, got)
		}
	}
}

// Whatever a page is made of, reading it takes a bounded time.
func TestHostileArticles(t *testing.T) {
	n := maxArticleTags/2 - 20
	for name, page := range map[string]string{
		"links":       strings.Repeat(`<a href="x">word, word</a> `, n),
		"paragraphs":  strings.Repeat("<p>word, word, word, word, word, word</p>", n),
		"nested":      strings.Repeat("<div>word, ", 400) + strings.Repeat("<p>word</p>", n/2),
		"breaks":      "<div>" + strings.Repeat("word<br><br>", n/2) + "</div>",
		"tables":      strings.Repeat("<table><tr><td>word, word, word, word</td></tr></table>", n/4),
		"open":        strings.Repeat("<b><i>word", n/2),
		"attributes":  "<div " + strings.Repeat(`a="b" `, 100_000) + ">" + par1 + "</div>",
		"one long":    "<p>" + strings.Repeat("word, ", 500_000) + "</p>",
		"linked data": `<script type="application/ld+json">` + strings.Repeat(`[`, 500_000) + `</script>`,
		"classes":     strings.Repeat(`<div class="share share share share share">word</div>`, n/2),
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			readArticle(t, "<!doctype html><html><body>"+page+"</body></html>")
			t.Log(fmt.Sprint(time.Since(began).Round(time.Millisecond)))
		})
	}
}

func FuzzArticle(f *testing.F) {
	f.Add(site("x", "<article><p>"+par1+"</p></article>"), "text/html")
	f.Add(`<div itemprop=articleBody><table><td>`+par1, "")
	f.Add(`<script type="application/ld+json">{"@type":["NewsArticle"],"author":[[],{"name":1}],"articleBody":"<p>"}</script>`, "text/html")
	f.Fuzz(func(t *testing.T, page, kind string) {
		a := Article(dewline.Document{Body: []byte(page), ContentType: kind, URL: address, Item: &briefing})
		if a.Status == dewline.StatusInternal {
			t.Fatal(a.Detail)
		}
		if a.Unfit != "" && a.Text != "" {
			t.Errorf("unfit, and it has a text")
		}
	})
}

// A page that repeats the teaser and wants a login is no article, although it says a little more.
func TestPaywall(t *testing.T) {
	page := site(briefing.Title, `<article><h1>`+briefing.Title+`</h1><p>`+briefing.Summary+`</p><p>Sign in to go on.</p></article><form><input type=password></form>`)
	if a := readArticle(t, page); a.Unfit != dewline.UnfitLogin {
		t.Errorf("%+v", a)
	}
}
