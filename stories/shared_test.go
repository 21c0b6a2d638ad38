package stories_test

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"dewline"
	"dewline/facts"
	"dewline/stories"
)

// shared is a folder of the documents that are not ours, or skips the test.
func shared(t testing.TB, folder string) string {
	t.Helper()
	dir := os.Getenv("DEWLINE_SHARED_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "data")
	}
	path := filepath.Join(dir, folder)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("no shared data: %v", err)
	}
	return path
}

// index finds copies as a store does: by keys.
type index struct {
	judge *stories.Judge
	with  map[uint64][]int
	items []*dewline.Item
}

func newIndex() *index {
	return &index{judge: stories.New(facts.Differ), with: make(map[uint64][]int)}
}

// add adds an item, and gives those before it that share a key with it.
func (x *index) add(it *dewline.Item) (candidates []int) {
	seen := make(map[int]bool)
	for _, k := range x.judge.Keys(it) {
		for _, i := range x.with[k] {
			if !seen[i] {
				seen[i] = true
				candidates = append(candidates, i)
			}
		}
		x.with[k] = append(x.with[k], len(x.items))
	}
	x.items = append(x.items, it)
	return candidates
}

// Articles of which some are another one with words left out, put in or replaced: those pairs are
// found by a key, and no other pair is joined.
func TestMinHashArticles(t *testing.T) {
	dir := shared(t, "neardup")
	for _, size := range []string{"100", "1000", "2500"} {
		truth := make(map[[2]string]bool)
		for _, l := range strings.Split(readAll(t, filepath.Join(dir, "minhash_articles_"+size+".truth")), "\n") {
			if f := strings.Fields(l); len(f) == 2 {
				slices.Sort(f)
				truth[[2]string(f)] = true
			}
		}
		x := newIndex()
		var names []string
		found, joined, compared := 0, 0, 0
		for _, l := range strings.Split(strings.TrimSpace(readAll(t, filepath.Join(dir, "minhash_articles_"+size+".train"))), "\n") {
			name, text, _ := strings.Cut(l, " ")
			names = append(names, name)
			it := &dewline.Item{Language: "en", Content: text}
			for _, i := range x.add(it) {
				pair := []string{names[i], name}
				slices.Sort(pair)
				r := x.judge.Compare(x.items[i], it)
				compared++
				is := truth[[2]string(pair)]
				if is {
					found++
				}
				if r.Same {
					joined++
				}
				if r.Same && !is {
					t.Errorf("%s: joined %v: %+v", size, pair, r)
				}
				if is {
					t.Logf("%s: %v: joined %v, %d facts differ", size, pair, r.Same, len(r.Differ))
				}
			}
		}
		if found < len(truth) {
			t.Errorf("%s: %d of %d pairs found", size, found, len(truth))
		}
		t.Logf("%s: %d of %d found, %d joined, %d compared", size, found, len(truth), joined, compared)
	}
}

func readAll(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// First sentences of reports of one navy: each is another report.
func TestReportsOfOneNavy(t *testing.T) {
	dir := shared(t, "neardup")
	for _, name := range []string{"dvids_gold.csv", "dvids_scale_set.csv", "dvids_scale_set_ext.csv"} {
		rows, err := csv.NewReader(strings.NewReader(readAll(t, filepath.Join(dir, name)))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		x := newIndex()
		joined := 0
		for _, row := range rows[1:] {
			it := &dewline.Item{Language: "en", URL: row[2], Summary: row[3]}
			for _, i := range x.add(it) {
				other := x.items[i]
				if r := x.judge.Compare(other, it); r.Same {
					joined++
					likeEnough(t, other.Summary, it.Summary)
				}
			}
		}
		t.Logf("%s: %d items, %d joined", name, len(x.items), joined)
	}
}

// likeEnough reports texts of which the shorter one's words do not nearly all stand in the other:
// a measure that the judgement does not use.
func likeEnough(t *testing.T, a, b string) {
	t.Helper()
	x, y := strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b))
	if len(x) > len(y) {
		x, y = y, x
	}
	n := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			n++
		}
	}
	const least = 0.6 // of the words; reports of one kind have half in common
	if float64(n) < least*float64(len(x)) {
		t.Errorf("joined, with %d of %d words in common:\n%s\n%s", n, len(x), a, b)
	}
}

// Headlines of a day: whatever is joined is the same headline.
func TestHeadlines(t *testing.T) {
	dir := shared(t, "neardup")
	x := newIndex()
	var candidates [][2]int
	for s := bufio.NewScanner(strings.NewReader(readAll(t, filepath.Join(dir, "nickcie_defense_headlines.jsonl")))); s.Scan(); {
		var h struct {
			Title, URL, Source, Summary, Language string
			Published                             time.Time
		}
		if json.Unmarshal(s.Bytes(), &h) != nil {
			continue
		}
		it := (&dewline.Item{Title: h.Title, URL: h.URL, Summary: h.Summary, Language: h.Language, Published: h.Published, Feed: dewline.FeedRef{Name: h.Source, URL: h.URL}})
		for _, i := range x.add(it) {
			candidates = append(candidates, [2]int{i, len(x.items) - 1})
		}
	}
	joined := 0
	for _, c := range candidates {
		earlier, later := x.items[c[0]], x.items[c[1]]
		if r := x.judge.Compare(earlier, later); r.Same {
			joined++
			likeEnough(t, earlier.Title+" "+earlier.Summary, later.Title+" "+later.Summary)
			t.Logf("%v\n  %s: %s | %.200s\n  %s: %s | %.200s", r.Differ, earlier.Feed.Name, earlier.Title, earlier.Summary, later.Feed.Name, later.Title, later.Summary)
		}
	}
	t.Logf("%d items, %d joined", len(x.items), joined)
}

var figure = regexp.MustCompile(`\d+`)

// In real articles each number is changed, and a negation put in: none is ever a copy.
func TestChangedArticles(t *testing.T) {
	dir := shared(t, "articles")
	j := stories.New(facts.Differ)
	paths, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	changes, words := 0, 0
	for _, path := range paths {
		language := filepath.Base(path)[:2]
		text := readAll(t, path)
		first := &dewline.Item{Language: language, Content: text}
		check := func(what, changed string) {
			changes++
			if r := j.Compare(first, &dewline.Item{Language: language, Content: changed}); r.Copy() {
				t.Errorf("%s: suppressed: %s", filepath.Base(path), what)
			}
		}
		for _, m := range figure.FindAllStringIndex(text, -1) {
			was := text[m[0]:m[1]]
			if block := blockAt(text, m[0]); !strings.ContainsFunc(block, unicode.IsLetter) {
				continue // when the page was made
			}
			last := was[len(was)-1]
			now := was[:len(was)-1] + string('0'+(last-'0'+3)%10)
			check(was+" > "+now+" in "+around(text, m[0]), text[:m[0]]+now+text[m[1]:])
		}
		for _, was := range strings.Fields(text) {
			if words++; words%7 != 0 || utf8.RuneCountInString(was) < 5 || strings.ContainsAny(was, ".,:;") {
				continue
			}
			changed := strings.Replace(text, " "+was+" ", " Qandor ", 1)
			if changed != text {
				check(was+" > Qandor", changed)
			}
			if changed = strings.Replace(text, " "+was+" ", " "+negation[language]+" "+was+" ", 1); changed != text {
				check("not "+was, changed)
			}
		}
		for _, pair := range strings.Fields(opposites[language]) {
			was, now, _ := strings.Cut(strings.ReplaceAll(pair, "_", " "), "/")
			if changed := strings.Replace(text, was, now, 1); changed != text {
				check(was+" > "+now, changed)
			}
		}
		for _, m := range twoNames.FindAllStringSubmatch(text, 8) {
			if m[1] != m[3] {
				check(m[0]+" turned round", strings.Replace(text, m[0], " "+m[3]+m[2]+m[1], 1))
			}
		}
		if r := j.Compare(first, &dewline.Item{Language: language, Content: text}); !r.Copy() {
			t.Errorf("%s: no copy of itself: %+v", path, r)
		}
	}
	t.Logf("%d changes in %d articles", changes, len(paths))
}

var negation = map[string]string{"en": "not", "ru": "не", "uk": "не", "zh": "不", "ko": "안"}

// opposites are words that make another fact where one stands in the place of the other, by language; _ is a space.
var opposites = map[string]string{
	"en": `_killed_/_wounded_ _destroyed_/_damaged_ _will_/_may_ _may_/_will_ _is_/_is_not_ _was_/_will_be_ _all_/_some_ _many_/_few_ _first_/_second_ _northern_/_southern_ _south_/_north_ _east_/_west_
		_increase/_decrease _more_/_less_ _before_/_after_ _after_/_before_ _arrived_/_departed_ _opened_/_closed_ _million_/_billion_ _hundreds_/_thousands_ _dozens_/_hundreds_ _half_/_third_
		_ballistic_/_cruise_ _missile_/_drone_ _missiles_/_drones_ _Monday/_Tuesday _Tuesday/_Wednesday _Thursday/_Friday _Friday/_Saturday _Sunday/_Monday _March_/_May_ _confirmed/_denied _soldiers_/_civilians_ _only_/_also_ _no_/_some_ _not_/_ _with_/_without_`,
	"ru": `_не_/_ север/юг восток/запад убит/ранен уничтожили/повредили понедельник/вторник вторник/среду _марта/_мая _июня/_июля все_/некоторые_ тысяч/миллионов подтвердил/опроверг больше/меньше после_/до_ будет_/не_будет_ может_/не_может_`,
	"uk": `_не_/_ північ/південь схід/захід загинули/поранені знищили/пошкодили понеділок/вівторок вівторок/середу _березня/_травня всі_/деякі_ тисяч/мільйонів підтвердив/спростував більше/менше після_/до_ буде_/не_буде_ може_/не_може_`,
	"zh": `不/ 没有/有 东/西 南/北 北/南 死亡/受伤 成功/失败 周一/周二 上午/下午 全部/部分 第一/第二 万/亿 中国/印度 美国/英国 英国/法国 导弹/无人机 证实/否认 增加/减少 以前/以后 可能/不可能`,
	"ko": `북한/남한 한국/일본 미국/중국 없다/있다 오전/오후 탄도/순항 증가/감소 확인/부인`,
}

// twoNames are two names in a sentence.
var twoNames = regexp.MustCompile(` (\p{Lu}\p{Ll}{3,})( [^.\n]{4,40} )(\p{Lu}\p{Ll}{3,})`)

// blockAt is the line of a text in which a place is.
func blockAt(text string, i int) string {
	end := strings.IndexByte(text[i:], '\n')
	if end < 0 {
		end = len(text) - i
	}
	return text[strings.LastIndexByte(text[:i], '\n')+1 : i+end]
}

func around(text string, i int) string {
	return strings.ToValidUTF8(text[max(0, i-30):min(len(text), i+30)], "")
}
