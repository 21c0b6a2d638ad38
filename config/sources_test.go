package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dewline"
)

// bodies are those that have no feed, by the address of their news.
var bodies = []string{
	"https://www.defense.gouv.fr/salle-de-presse", "https://www.difesa.it/il-ministro/comunicati/elenco/index.html", "https://www.gov.pl/web/obrona-narodowa/aktualnosci5",
	"https://mod.gov.ua/en/news", "https://www.msb.gov.tr/", "https://www.ssb.gov.tr/haberler", "https://www.mnd.gov.tw/news/pressreleaselist",
	"https://www.pib.gov.in/newsite/pmreleases.aspx?mincode=33", "https://www.forsvarsmakten.se/sv/aktuellt/", "https://www.forsvaret.no/aktuelt",
	"https://puolustusvoimat.fi/en/current-issues", "https://www.mod.gov.lv/en/zinas", "https://kam.lt/en/category/news/", "https://www.mo.gov.cz/scripts/detail.php?pgid=194",
	"https://www.mapn.ro/cpresa/", "https://www.mnd.go.kr/", "http://www.mod.gov.cn/gfbw/", "http://www.81.cn/", "http://eng.chinamil.com.cn/",
	"https://www.globaltimes.cn/china/military/", "https://www.mindef.gov.sg/sitemap.xml", "https://www.idf.il/", "https://geetha.mil.gr/", "https://www.mod.bg/",
	"https://mod.gov.ge/", "https://mil.am/", "https://mod.mil.iq/", "https://en.mfa.ir/", "https://mod.gov.sy/", "https://mod.gov.eg/", "https://jaf.mil.jo/",
	"https://eng.mil.ru/", "https://www.nato.int/en/news-and-events/articles/news", "https://www.defence.gov.au/news-events/releases", "https://www.mda.mil/news/",
	"https://www.dtra.mil/", "https://www.stripes.com/", "https://www.army.mod.uk/",
}

// substitutes are what is watched of a body of which nothing can be reached, in its place.
var substitutes = map[string]string{"https://www.mnd.go.kr/": "https://www.korea.kr/rss/dept_mnd.xml"}

// The shipped files of sources are valid beside the shipped configuration, and watch every body that has no feed. The manual
// lists each.
func TestShippedSources(t *testing.T) {
	names, err := filepath.Glob("../sources/*.yaml")
	if err != nil || len(names) < 5 {
		t.Fatalf("%d files of sources: %v", len(names), err)
	}
	main, err := os.ReadFile("../config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"config.yaml": string(main) + "\ninclude: [sources/*.yaml]\n"}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files["sources/"+filepath.Base(name)] = string(src)
	}
	cfg, faults, _ := loadTree(t, files)
	if len(faults) > 0 {
		t.Fatalf("%q", faults)
	}
	watched := map[string]dewline.Feed{}
	for _, f := range cfg.Feeds {
		watched[f.URL] = f
	}
	manual, err := os.ReadFile("../docs/sources.md")
	if err != nil {
		t.Fatal(err)
	}
	if len(bodies) != 38 {
		t.Errorf("%d bodies, want 38", len(bodies))
	}
	for _, address := range bodies {
		feed, is := watched[address]
		if instead, has := substitutes[address]; has {
			if _, is := watched[instead]; !is || !strings.Contains(files["sources/asia-pacific.yaml"], address) {
				t.Errorf("neither %s nor its substitute is known", address)
			}
		} else if !is || feed.Page == nil && feed.Sitemap == nil {
			t.Errorf("%s is not watched", address)
		}
		if !strings.Contains(string(manual), address) {
			t.Errorf("docs/sources.md does not list %s", address)
		}
	}
	for _, address := range []string{"https://www.msb.gov.tr/", "https://en.mfa.ir/", "https://mod.mil.iq/"} {
		if !watched[address].Cookies {
			t.Errorf("%s needs its cookies", address)
		}
	}
	if !watched["https://www.defence.gov.au/news-events/releases"].Route.HTTP1 {
		t.Error("the Australian server breaks off HTTP/2")
	}
}
