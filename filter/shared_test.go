package filter

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dewline"

	"github.com/goccy/go-yaml"
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

// shippedRules are the rules of the configuration that comes with the program.
func shippedRules(t *testing.T) []dewline.Rule {
	t.Helper()
	var file struct {
		Rules []struct{ Name, Query string }
	}
	if err := yaml.Unmarshal([]byte(readFile(t, "../config.yaml")), &file); err != nil {
		t.Fatal(err)
	}
	var rules []dewline.Rule
	for _, r := range file.Rules {
		rules = append(rules, dewline.Rule{Name: r.Name, Query: r.Query})
	}
	return rules
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

func TestShippedRules(t *testing.T) {
	r := mustCompile(t, shippedRules(t)...)
	for text, want := range map[string][]string{
		"Joint Briefing on Anti-Missile Issue":       {"anti-missile"},
		"The S‑400s arrived":                         {"anti-missile"},
		"испытание комплекса ПРО":                    {"anti-missile"},
		"Рабочая группа про погоду":                  nil,
		"中國反導系統試射彈道導彈":                               {"anti-missile", "ballistic-missile-launch"},
		"북한이 탄도미사일을 발사했다":                            {"ballistic-missile-launch"},
		"北朝鮮が弾道ミサイルを発射した":                            {"ballistic-missile-launch"},
		"Пуск баллистической ракеты":                 {"ballistic-missile-launch"},
		"A hypersonic glide vehicle":                 {"hypersonic"},
		"Гиперзвуковые ракеты Кинжал":                {"hypersonic"},
		"le désarmement nucléaire":                   {"arms-control"},
		"The minister visited a school in the north": nil,
		"감사드립니다":                                     nil,
	} {
		var got []string
		for _, m := range r.Match(&dewline.Item{Content: text}) {
			got = append(got, m.Rule.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: matches %q, want %q", text, got, want)
		}
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
	rules := []dewline.Rule{{Name: "any", Query: query}}
	r := mustCompile(t, append(rules, shippedRules(t)...)...)
	for _, path := range paths {
		it := &dewline.Item{Content: readFile(t, path)}
		matches := r.Match(it)
		if len(matches) == 0 || matches[0].Rule.Name != "any" {
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
