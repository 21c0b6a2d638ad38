package filter

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"dewline"
)

// sharedData is a file of the data that is not part of the project.
func sharedData(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("DEWLINE_SHARED_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "data")
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("needs the shared data: %v", err)
	}
	return path
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The report that the project was made for is found by its title and by its text.
func TestSeedArticle(t *testing.T) {
	text := readFile(t, sharedData(t, "seed-article.txt"))
	title, body, _ := strings.Cut(text, "\n")
	r := mustCompile(t, dewline.Rule{Name: "anti-missile", Query: "anti-missile"})
	matches := r.Match(&dewline.Item{Title: title, Content: body})
	if len(matches) != 1 {
		t.Fatalf("%d matches", len(matches))
	}
	in := make(map[string]int)
	for _, h := range matches[0].Hits {
		in[h.Field]++
		if !strings.EqualFold(h.Text, "anti-missile") {
			t.Errorf("hit %+v", h)
		}
	}
	// Anti-Ballistic Missile is another term.
	if want := strings.Count(strings.ToLower(body), "anti-missile"); in["title"] != 1 || in["content"] != want {
		t.Errorf("hits by field: %v, want 1 in the title and %d in the content", in, want)
	}
}

// Every one of the articles, which were chosen because they mention missiles or air
// defence, is found by these words.
func TestArticles(t *testing.T) {
	dir := sharedData(t, "articles")
	paths, err := filepath.Glob(filepath.Join(dir, "*-*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d articles, %v", len(paths), err)
	}
	const query = `missile OR rocket OR air-defence OR air-defense OR THAAD OR ICBM
		OR ракета OR ПВО OR ПРО OR балістичний OR ракетний OR зенитный OR зенітний OR противоздушный
		OR 导弹 OR 反导 OR 拦截 OR 防空 OR 火箭 OR 미사일 OR 방공 OR 요격 OR ППО OR 铁穹`
	r := mustCompile(t, dewline.Rule{Name: "any", Query: query})
	for _, path := range paths {
		it := &dewline.Item{Content: readFile(t, path)}
		matches := r.Match(it)
		if len(matches) == 0 {
			t.Errorf("%s is not found", filepath.Base(path))
		}
		for _, m := range matches {
			for _, h := range m.Hits {
				if it.Content[h.Start:h.End] != h.Text {
					t.Errorf("%s: %+v", filepath.Base(path), h)
				}
			}
		}
	}
}

// On real texts every form of the language finds what the reference finds.
func TestArticlesAreTheReference(t *testing.T) {
	queries := []string{
		"missile NEAR/5 (launch OR test OR strike)", "(air OR missile) ONEAR/2 defence", "(air OR missile) ONEAR/2 defense", `"air defense" NEAR/10 Patriot*`,
		"(ракета OR ракет*) NEAR/5 (ПВО OR ППО OR перехват* OR збил*)", "*ракет*", "балістичн* ONEAR/1 ракета", "导弹 NEAR/10 (拦截 OR 防御)", "미사일 NEAR/6 (발사 OR 요격)",
		"*미사일", "missil*", "*missile*", "inter?ept*", "anti-miss*", `"ballistic miss*"`, "def?n?e*", "/[ast]h?-[0-9]{2,4}/", "/(s|с)-[34]00/", "/patriot|thaad|iron dome/",
		"/[0-9]+ (missiles|drones)/", "/ракет(а|ы|у|и)/ NEAR/8 /[0-9]+/", "/[0-9]{2,3}[枚架]/", "missile -(missile NEAR/10 test)", "title:missile OR content:/icbm/",
		"S-400 OR C-RAM OR surface-to-air OR Kh-*1 OR Х-10?", "=Patriot NEAR/10 =US", "drone NEAR/3 drone NEAR/3 drone",
	}
	var rules []dewline.Rule
	for _, q := range queries {
		rules = append(rules, dewline.Rule{Name: q, Query: q})
	}
	r := mustCompile(t, rules...)
	paths, err := filepath.Glob(filepath.Join(sharedData(t, "articles"), "*-*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d articles, %v", len(paths), err)
	}
	hit := make(map[string]bool)
	for _, path := range paths {
		title, body, _ := strings.Cut(readFile(t, path), "\n")
		it := &dewline.Item{Title: title, Content: body}
		got, want := r.Match(it), refMatch(rules, it)
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", filepath.Base(path), got, want)
		}
		for _, m := range got {
			hit[m.Rule.Name] = true
		}
	}
	t.Logf("%d of %d queries match some article", len(hit), len(queries))
	if len(hit) < len(queries)/2 {
		t.Errorf("only %d of %d queries match some article", len(hit), len(queries))
	}
}
