package parser

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dewline"
)

// listPage reads a page of testdata.
func listPage(t *testing.T, name string) dewline.Document {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", "pages", name+".html"))
	if err != nil {
		t.Fatal(err)
	}
	return dewline.Document{Body: body, ContentType: "text/html", URL: "https://mod.example/news/", Feed: dewline.Feed{Name: "x"}}
}

// The list of news of each page is proposed first: all of its items and nothing else, with title, link and date.
func TestProposals(t *testing.T) {
	for name, want := range map[string]struct {
		items       int
		first, link string // title and link of the first
		last        string // title of the last
		summary     string // a part of it
	}{
		"drupal":     {10, "Minister opens the new coastal radar station at Northhaven", "https://mod.example/news/minister-opens-the-new-coastal-radar-station-at-northhaven", "Veterans honoured at the National Memorial", "more would follow"},
		"wordpress":  {8, "Minister opens the new coastal radar station at Northhaven", "https://forces.example/2026/11/minister-opens-the-new-coastal-radar-station-at-northhaven/", "Navy takes over the patrol ship Resolute", "planned a year ago"},
		"typo3":      {7, "Ministerin besucht die Übung Nordwind", "https://mod.example/presse/detail/0", "Sanitätsdienst hilft nach dem Hochwasser", "kündigte weitere Schritte an"},
		"sharepoint": {6, "Minister opens the new coastal radar station at Northhaven", "https://mod.example/en/Media/News/Pages/News500.aspx", "Chief of Staff visits the contingent in Southland", "wished them a pleasant stay"},
		"liferay":    {6, "El ministro inaugura la nueva base aérea del sur", "https://mde.example/noticias/-/asset_publisher/abcXYZ123/content/el-ministro-inaugura-la-nueva-base-aerea-del-sur", "Homenaje a los caídos en la plaza mayor", "El acto contó"},
		"gbk-table":  {8, "国防部举行例行记者会介绍反导系统部署问题", "https://mod.example/news/t20261123_48000.htm", "国防动员法宣传活动在各地举行", ""},
		"zh-list":    {8, "国防部举行例行记者会介绍反导系统部署问题", "https://mod.example/xwfb_2086/16400000.html", "国防动员法宣传活动在各地举行", ""},
		"ja-dl":      {7, "防衛大臣記者会見概要について", "https://mod.example/j/press/news/2026/11/23a.html", "北朝鮮のミサイル等関連情報（第２報）", ""},
		"ko-board":   {7, "국방부, 미사일 방어 체계 도입 계획 발표", "https://mod.example/user/boardView.action?boardId=I_10&boardSeq=88000", "국군의 날 기념행사 개최 결과", ""},
		"ru-bitrix":  {7, "Министр обороны провёл заседание коллегии", "https://mod.example/news/9000/", "Завершился конкурс военных оркестров", ""},
		"ar-rtl":     {6, "وزير الدفاع يستقبل وفدا عسكريا رفيع المستوى", "https://mod.example/ar/news/details/400", "اجتماع اللجنة العسكرية المشتركة في العاصمة", "أكد الجانبان"},
		"govuk":      {10, "Minister opens the new coastal radar station at Northhaven", "https://mod.example/government/news/minister-opens-the-new-coastal-radar-station-at-northhaven", "Veterans honoured at the National Memorial", "next steps"},
		"govpl":      {6, "Minister podpisał umowę na nowe radary", "https://mod.example/web/obrona/wiadomosc-0", "Żołnierze pomagają po powodzi na południu", "Szef resortu"},
		"cs-flat":    {5, "Ministryně zahájila cvičení spojenců na severu", "https://mod.example/scripts/detail.php?id=47000", "Den otevřených dveří na letecké základně", "Akce se zúčastnili"},
		"hashed":     {6, "Ny radarstation tas i bruk på norra kusten", "https://mod.example/sv/aktuellt/2026/11/ny-radarstation-tas-i-bruk-pa-norra-kusten/", "Hemvärnet hjälper till efter översvämningen", ""},
		"dnn":        {10, "Minister opens the new coastal radar station at Northhaven", "https://www.forces.example/News/Releases/Release/Article/4100/minister-opens-the-new-coastal-radar-station-at-northhaven/", "Veterans honoured at the National Memorial", "will go on as planned"},
	} {
		t.Run(name, func(t *testing.T) {
			p := Propose(listPage(t, name))
			if len(p.Lists) == 0 {
				t.Fatalf("nothing is proposed: %s", p.Why)
			}
			best := p.Lists[0]
			t.Logf("%s (%s) %+v", best.Confidence, best.Because, best.Page)
			items := made(best.Parsed)
			if len(items) != want.items {
				for _, it := range items {
					t.Logf("%s %s", it.Title, it.URL)
				}
				t.Fatalf("%d items, want %d", len(items), want.items)
			}
			first, last := items[0], items[len(items)-1]
			if first.Title != want.first || first.URL != want.link || last.Title != want.last {
				t.Errorf("the first %q %s, the last %q", first.Title, first.URL, last.Title)
			}
			if !strings.Contains(first.Summary, want.summary) {
				t.Errorf("summary %q, want …%s…", first.Summary, want.summary)
			}
			if day := first.Published.Format("2006-01-02"); day != "2026-11-23" {
				t.Errorf("the first is of %s (%s), want 2026-11-23", day, first.PublishedAs)
			}
			if best.Confidence == "poor" {
				t.Errorf("confidence %s", best.Confidence)
			}
			// What is proposed is what `page:` then gives.
			doc := listPage(t, name)
			doc.Feed.Page = &best.Page
			again := Parse(doc)
			if again.Status != dewline.StatusOK || len(again.Entries) != want.items {
				t.Errorf("configured, it gives %s, %d items: %s", again.Status, len(again.Entries), again.Detail)
			}
		})
	}
}

func TestNothingToPropose(t *testing.T) {
	for name, why := range map[string]string{"react": "made by a script", "javascript": "call a script", "no-list": "look like news"} {
		if p := Propose(listPage(t, name)); len(p.Lists) > 0 || !strings.Contains(p.Why, why) {
			t.Errorf("%s: %+v, want none: %s", name, p, why)
		}
	}
}

// Pages that are made to harm cost the command no more than a few seconds.
func TestHostileProposals(t *testing.T) {
	var rows strings.Builder
	for i := range 2400 {
		fmt.Fprintf(&rows, `<tr class="c%c d%c"><td><a href="/%d">A headline of some length, number %d</a></td><td>2026-11-23</td></tr>`, 'a'+i%26, 'a'+i%7, i, i)
	}
	for name, body := range map[string]string{
		"a long table": "<table>" + rows.String() + "</table>",
		"deep":         strings.Repeat("<div>", 480) + strings.Repeat(`<p><a href="/x">A headline of some length</a> 2026-11-23</p>`, 3000),
		"links":        strings.Repeat(`<div class=a><div class=b><a href=/x>x</a></div></div>`, 12_000),
	} {
		doc := dewline.Document{Body: []byte("<html><body>" + body), URL: "https://mod.example/news/"}
		p := Propose(doc)
		t.Logf("%s: %d lists, %s", name, len(p.Lists), p.Why)
	}
}

func FuzzPropose(f *testing.F) {
	names, err := filepath.Glob("testdata/pages/*.html")
	if err != nil || len(names) == 0 {
		f.Fatal(err, "no pages")
	}
	for _, name := range names {
		body, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		doc := dewline.Document{Body: body, URL: "https://mod.example/news/", Feed: dewline.Feed{Name: "x"}}
		p := Propose(doc)
		if strings.Contains(p.Why, "fault of dewline") {
			t.Error(p.Why)
		}
		doc.Feed.Page, doc.At = &dewline.PageList{Auto: true}, time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
		found := Parse(doc)
		checkParsed(t, "found", found)
		if (found.List != nil) != found.Status.Read() {
			t.Errorf("%s, and the list is %v", found.Status, found.List)
		}
		for _, l := range p.Lists {
			for _, s := range []string{l.Page.Item, l.Page.Link, l.Page.Title, l.Page.Date, l.Page.Summary} {
				if err := CheckSelector(s); s != "" && err != nil {
					t.Errorf("proposed %q: %v", s, err)
				}
			}
			checkParsed(t, "proposal", l.Parsed)
		}
	})
}
