package dewline_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// files are the module's files whose names end so, tools' folders left out.
func files(t *testing.T, suffix string) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch name := d.Name(); {
		case err != nil:
			return err
		case d.IsDir() && path != "." && (strings.HasPrefix(name, ".") || name == "testdata"):
			return fs.SkipDir
		case !d.IsDir() && strings.HasSuffix(name, suffix):
			paths = append(paths, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Fatalf("there are no %s files here", suffix)
	}
	return paths
}

func text(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

var link = regexp.MustCompile(`\]\(([^)\s#]+)(#[^)\s]*)?\)`)

// A link of the documentation leads to a file that is there.
func TestLinksOfTheDocumentation(t *testing.T) {
	checked := 0
	for _, page := range files(t, ".md") {
		for _, m := range link.FindAllStringSubmatch(text(t, page), -1) {
			if strings.Contains(m[1], ":") { // another place of the web
				continue
			}
			checked++
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", page, m[1])
			}
		}
	}
	if checked == 0 {
		t.Error("no link was found")
	}
}

var (
	testName = regexp.MustCompile("`(Test[A-Z][A-Za-z0-9]*)`")
	clause   = regexp.MustCompile(`"([a-z][^"]*)"`)
)

// A test that the documentation names is there.
func TestNamedTestsExist(t *testing.T) {
	var tests strings.Builder
	for _, path := range files(t, "_test.go") {
		tests.WriteString(text(t, path))
	}
	for _, page := range files(t, ".md") {
		for _, m := range testName.FindAllStringSubmatch(text(t, page), -1) {
			if !strings.Contains(tests.String(), "\nfunc "+m[1]+"(t *testing.T)") {
				t.Errorf("%s names %s, which is not there", page, m[1])
			}
		}
	}
}

// Every invariant is written down, and what guards it in the store's contract is
// part of that contract.
func TestInvariantsHaveTheirTests(t *testing.T) {
	page := text(t, "ARCHITECTURE.md")
	_, invariants, found := strings.Cut(page, "\n## Invariants\n")
	invariants, _, ends := strings.Cut(invariants, "\n## ")
	if !found || !ends {
		t.Fatal("ARCHITECTURE.md has no section on invariants")
	}
	contract := text(t, "store/storetest/storetest.go")
	for _, m := range clause.FindAllStringSubmatch(strings.Join(strings.Fields(invariants), " "), -1) {
		if !strings.Contains(contract, `"`+m[1]+`":`) {
			t.Errorf("ARCHITECTURE.md names %q, which is not in the store's contract", m[1])
		}
	}
	if n := len(clause.FindAllString(invariants, -1)); n < 8 {
		t.Errorf("only %d parts of the store's contract are named", n)
	}
	for _, n := range "12345678" {
		if !strings.Contains(invariants, "\n"+string(n)+". **") {
			t.Errorf("invariant %c is missing", n)
		}
	}
}
