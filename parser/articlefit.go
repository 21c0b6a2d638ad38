package parser

import (
	"cmp"
	"net/url"
	slashes "path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"dewline"
)

// A page is the item's if it shares words with it. The measures count words in a
// way that needs no language: the beginnings of words, and pairs of characters
// in scripts that write none.
const (
	// sharedText is the part of an item's words that its article holds; the real
	// ones hold more than half, others next to nothing.
	sharedText = 0.35
	// sharedTitle is the part of a title's words that is found again in the
	// page's; then less of the text is enough, for a teaser may be an advertisement.
	sharedTitle = 0.6
	someText    = 0.12
	// stub is the number of letters under which a page may be a login, an error or a
	// question about cookies with the article's title on it.
	stub = 600
	// strangeTitle is the part of a title's words under which a page is called
	// something else. What it is called then counts, whatever it says.
	strangeTitle = 0.2
)

// unfitFor is why the page is not the item's article; empty if it is.
func unfitFor(doc dewline.Document, a *dewline.Article, p *webPage) dewline.Unfit {
	it := doc.Item
	if it == nil {
		return ""
	}
	if ledAstray(it.URL, doc.URL) {
		return dewline.UnfitFront
	}
	var titles []string
	if p != nil {
		titles = p.titles
	}
	a.Text = untitled(a.Text, append(titles, it.Title))
	said := letterCount(a.Text)
	if said == 0 {
		return emptyAs(p)
	}
	title, all := wordsOf(it.Title), aboutOf(it)
	share := wordsOf(a.Text).share(all)
	titled := wordsOf(strings.Join(append(titles, a.Title), " ")).share(title)
	related := len(all) < 2 || share >= sharedText || titled >= sharedTitle && share >= someText
	doubtful := !related || said < stub && (share < sharedText || 2*said < 3*letterCount(it.Summary))
	if p != nil && doubtful {
		if why := p.reason(a.Text, said); why != "" {
			return why
		}
	}
	if p != nil && len(title) > 1 && titled < strangeTitle {
		if why := p.calledOther(); why != "" {
			return why
		}
	}
	if !related {
		return dewline.UnfitOther
	}
	return ""
}

// untitled is a text without the blocks that repeat a title: the item has it, and
// they prove nothing of the others.
func untitled(text string, titles []string) string {
	blocks := strings.Split(text, "\n\n")
	return strings.Join(slices.DeleteFunc(blocks, func(b string) bool { return slices.Contains(titles, b) }), "\n\n")
}

// aboutOf are the words that an item's article should share.
func aboutOf(it *dewline.Item) wordSet {
	if it == nil {
		return nil
	}
	return wordsOf(it.Title + " " + firstBytes(it.Summary, 4<<10))
}

// emptyAs is what a document without text is. A page may say it in its title, or by a field for a password.
func emptyAs(p *webPage) dewline.Unfit {
	switch {
	case p == nil:
		return dewline.UnfitNoText
	case loginWords.MatchString(p.called()):
		return dewline.UnfitLogin
	}
	return cmp.Or(p.calledOther(), p.reason("", 0))
}

var (
	missingWords = regexp.MustCompile(`(?im)\b404\b|not found|page (was )?(missing|removed)|no longer available|` +
		`не найден|не існує|не знайдено|页面不存在|找不到|未找到|見つかりません|찾을 수 없|` +
		`introuvable|nicht gefunden|no encontrad|no se encuentra|non trovat|não encontrad|nie znaleziono|bulunamadı|غير موجود`)
	errorWords = regexp.MustCompile(`(?im)\b403\b|^50[023]( *[-–—|:]|$)|access denied|forbidden|bad gateway|\berrors?\b|` +
		`ошибка|нет доступа|помилка|无法访问|出错|エラー|오류|erreur|fehler|خطأ`)
	loginWords = regexp.MustCompile(`(?i)\b(log|sign)[ -]?(in|on)\b|members only|anmeld|einloggen|connexion|se connecter|iniciar sesi|acceder|accedi|zaloguj|přihl|bejelentkez|` +
		`\bgiriş|вход|войти|авторизац|увійти|вхід|登录|登入|登錄|ログイン|로그인|تسجيل الدخول`)
	consentWords = regexp.MustCompile(`(?i)cookie|consent|gdpr|privacy|datenschutz|einwilligung|согласи|файлы куки|隐私|クッキー|쿠키|confidentialité|privacidad`)
)

// reason names what a page is that says little of its item.
func (p *webPage) reason(text string, said int) dewline.Unfit {
	fault := dewline.Unfit("")
	if said < stub {
		fault = faultIn(strings.Join(p.titles, "\n") + "\n" + firstBytes(text, 300))
	}
	switch {
	case p.passwords > 0 && said < stub:
		return dewline.UnfitLogin
	case fault != "":
		return fault
	case said < 5*stub && len(consentWords.FindAllStringIndex(text, 3)) == 3:
		return dewline.UnfitConsent
	case said < 40:
		return dewline.UnfitShell
	}
	return ""
}

// calledOther names what a page is by its titles alone. A login or an error page may say much, and list the news
// of the day, with the words of the item.
func (p *webPage) calledOther() dewline.Unfit {
	called := p.called()
	switch fault := faultIn(called); {
	case p.passwords > 0 && loginWords.MatchString(called):
		return dewline.UnfitLogin
	case fault != "":
		return fault
	case consentWords.MatchString(called):
		return dewline.UnfitConsent
	}
	return ""
}

// called is what a page calls itself.
func (p *webPage) called() string { return strings.Join(p.named[:], "\n") }

// faultIn is the fault that a page reports in these words; empty: none. Where it says that the page is not there, that
// is what it says, however it calls it.
func faultIn(words string) dewline.Unfit {
	switch {
	case missingWords.MatchString(words):
		return dewline.UnfitMissing
	case errorWords.MatchString(words):
		return dewline.UnfitError
	}
	return ""
}

// ledAstray reports whether a link was led on to a front page: of the site, of
// another one, or of the part of the site in which the article should be.
func ledAstray(asked, came string) bool {
	from, err1 := url.Parse(asked)
	to, err2 := url.Parse(came)
	if err1 != nil || err2 != nil || to.RawQuery != "" && to.RawQuery == from.RawQuery {
		return false
	}
	was, is := frontless(from.Path), frontless(to.Path)
	if was == "" && from.RawQuery == "" || was == is && was != "" && from.Hostname() == to.Hostname() {
		return false
	}
	if is == "" {
		return to.RawQuery == ""
	}
	return strings.HasPrefix(was, is+"/")
}

// frontless is a path without what front pages are called, and without a
// language that is the whole of it.
func frontless(p string) string {
	p = strings.Trim(slashes.Clean("/"+p), "/")
	last := p[strings.LastIndexByte(p, '/')+1:]
	if name, _, _ := strings.Cut(strings.ToLower(last), "."); name == "index" || name == "default" || name == "home" {
		p = strings.TrimRight(strings.TrimSuffix(p, last), "/")
	}
	if len(p) == 2 {
		return ""
	}
	return p
}

func firstBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}

// wordSet are the words of a text, so far as texts are compared by them.
type wordSet map[string]bool

const (
	wordHead  = 5 // letters by which a word is known, whatever its ending
	leastWord = 3 // letters; shorter ones are in every text
)

// wordsOf are the words of a text.
func wordsOf(s string) wordSet {
	set := make(wordSet)
	var word []rune
	flush := func() {
		if len(word) >= leastWord {
			set[string(word[:min(len(word), wordHead)])] = true
		}
		word = word[:0]
	}
	var before rune // of a script without word boundaries
	for _, r := range strings.ToLower(s) {
		switch {
		case unbroken(r):
			flush()
			if before != 0 {
				set[string([]rune{before, r})] = true
			}
			before = r
			continue
		case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
			word = append(word, r)
		default:
			flush()
		}
		before = 0
	}
	flush()
	return set
}

// unbroken reports a script that is written without, or with few, spaces.
func unbroken(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// share is the part of some words that the set holds; 0 of none.
func (w wordSet) share(of wordSet) float64 {
	if len(of) == 0 {
		return 0
	}
	n := 0
	for x := range of {
		if w[x] {
			n++
		}
	}
	return float64(n) / float64(len(of))
}
