package monitor

import "testing"

func TestSections(t *testing.T) {
	for address, want := range map[string]string{
		"https://www.mod.example/news/2026/11/a.html": "mod.example/news/",
		"https://mod.example/en/news/a":               "mod.example/en/news/",
		"https://mod.example/a.html":                  "mod.example/",
		"https://mod.example/2026-11-25/a":            "mod.example/",
		"https://mod.example":                         "mod.example/",
		"mailto:x@mod.example":                        "",
	} {
		if got := sectionOf(address); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
	for _, c := range []struct{ a, b, want string }{
		{"", "mod.example/news/", "mod.example/news/"},
		{"mod.example/news/", "mod.example/news/army/", "mod.example/news/"},
		{"mod.example/news/army/", "mod.example/news/navy/", "mod.example/news/"},
		{"mod.example/news/", "mod.example/newsroom/", "mod.example/"},
		{"mod.example/news/", "other.example/news/", "-"},
		{"mod.example/", "", "-"},
		{"-", "mod.example/", "-"},
	} {
		if got := common(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: %q, want %q", c.a, c.b, got, c.want)
		}
	}
}
