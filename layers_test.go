package dewline_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The layers of the house (ARCHITECTURE.md) are kept by these tests: a package
// that imports what it must not know fails the build, with the reason.

const module = "dewline"

// pkg is what `go list -json` says of a package.
type pkg struct {
	ImportPath   string
	Dir          string
	GoFiles      []string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// name is the package's folder in the module; the root is "dewline".
func (p pkg) name() string { return strings.TrimPrefix(p.ImportPath, module+"/") }

// tested are the imports of the package's tests.
func (p pkg) tested() []string { return slices.Concat(p.TestImports, p.XTestImports) }

func packages(t *testing.T) []pkg {
	t.Helper()
	// -e: what does not build is for the compiler to say.
	out, err := exec.Command("go", "list", "-e", "-json=ImportPath,Dir,GoFiles,Imports,TestImports,XTestImports", "./...").Output()
	if err != nil {
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			t.Fatalf("go list: %v\n%s", err, failed.Stderr)
		}
		t.Fatal(err)
	}
	var list []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	if len(list) < 5 || list[0].ImportPath != module {
		t.Fatalf("go list shows %d packages, the first %q: is this the module's root?", len(list), list[0].ImportPath)
	}
	return list
}

func ours(path string) bool { return path == module || strings.HasPrefix(path, module+"/") }

// mayImport says why a package may not import another of ours, or nothing.
func mayImport(from, to string, inTest bool) string {
	switch {
	case strings.HasPrefix(from, module+"/cmd/"):
		return "" // wires everything
	case to == from && inTest: // an external test of its own package
		return ""
	case from == module:
		return "the root holds the nouns that all others speak in; whatever it imported, every package would know"
	case strings.HasPrefix(to, module+"/cmd/"):
		return "cmd wires the rooms together; nothing may need the wiring"
	case to == module:
		return ""
	case from == module+"/store" && to == module+"/store/storetest" && inTest:
		return "" // the contract, run on this engine
	case from == module+"/stories" && to == module+"/facts" && inTest:
		return "" // what is a copy is tested with the facts that cmd gives it, not with a stand-in
	}
	return "two rooms speak to each other in the nouns of the root, and are joined in cmd/dewline alone; " +
		"else neither can be changed, tested or replaced by itself. Put the noun into the root, or take a function or " +
		"a small interface as a parameter"
}

func TestLayers(t *testing.T) {
	for _, p := range packages(t) {
		for _, to := range p.Imports {
			if why := mayImport(p.ImportPath, to, false); ours(to) && why != "" {
				t.Errorf("%s imports %s: %s", p.ImportPath, to, why)
			}
		}
		for _, to := range p.tested() {
			if why := mayImport(p.ImportPath, to, true); ours(to) && why != "" {
				t.Errorf("a test of %s imports %s: %s", p.ImportPath, to, why)
			}
		}
	}
}

// outside are packages by which code reaches the world, or by which the world
// reaches into code.
var outside = []string{
	"net", "net/http", "net/smtp", "os", "os/exec", "os/signal", "io/fs", "io/ioutil", "syscall", "plugin", "log", "log/slog",
	"crypto/rand", "math/rand", "math/rand/v2", "database/sql", "golang.org/x/sys/unix", "go.etcd.io/bbolt",
}

// What a package may not know of the world.
var forbidden = map[string]struct {
	imports []string
	why     string
}{
	"dewline": {outside, "the nouns say what things are, never how they are done: no input or output, no chance"},
	"filter": {append([]string{"time"}, outside...), "a judgement is a pure function of item and rules: the same today, tomorrow, " +
		"in the daemon, in `dewline explain` and in a test, and no foreign code runs inside a commit"},
	"facts":   {append([]string{"time"}, outside...), "what differs between two texts is a pure function of them: the same at every attempt to commit, and in a test"},
	"stories": {outside, "whether two items carry one statement is a pure function of them: the same at every attempt to commit, and in a test"},
	"parser":  {outside, "the parser knows a document and nothing else: what it reads is hostile, so it must not be able to reach anything"},
	"config":  {[]string{"net/http", "net/smtp", "os/exec", "crypto/rand", "math/rand", "math/rand/v2", "go.etcd.io/bbolt"}, "checking a configuration has no effect and asks nobody, so that it can be done anywhere"},
	"fetcher": {[]string{"os", "os/exec", "go.etcd.io/bbolt", "math/rand", "math/rand/v2"}, "the fetcher knows HTTP and nothing else; what it got is kept by the store"},
	"monitor": {[]string{"net", "net/http", "os", "go.etcd.io/bbolt", "math/rand", "math/rand/v2"}, "the monitor is given its store and its fetcher; jitter is a hash of the feed"},
	"notify":  {[]string{"go.etcd.io/bbolt", "math/rand", "math/rand/v2"}, "the outbox is the store's; jitter is a hash of the delivery"},
	"publish": {[]string{"os", "os/exec", "go.etcd.io/bbolt", "crypto/rand", "math/rand", "math/rand/v2"}, "an output feed is made from what the store holds, and is the same every time"},
	"store":   {[]string{"net", "net/http", "os/exec", "math/rand", "math/rand/v2"}, "the store keeps what was decided; it asks and decides nothing"},
	"websub":  {[]string{"os", "os/exec", "go.etcd.io/bbolt", "math/rand", "math/rand/v2"}, "hubs are asked by the transport that is given; a token and a secret are crypto/rand's, and nothing else is chance"},
	"web":     {[]string{"os", "os/exec", "go.etcd.io/bbolt"}, "the page reads the store through its interface, and carries what it shows within itself"},
}

func TestWhatARoomMayNotKnow(t *testing.T) {
	for _, p := range packages(t) {
		for _, path := range p.Imports {
			if rule := forbidden[p.name()]; slices.Contains(rule.imports, path) {
				t.Errorf("%s imports %s: %s", p.ImportPath, path, rule.why)
			}
		}
	}
}

// clock are the names of package time that read the clock or wait for it.
var clock = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"}

// Root and parser use package time for dates; they may not look at the clock.
func TestNoClockInNounsAndParser(t *testing.T) {
	for _, p := range packages(t) {
		if p.name() != "dewline" && p.name() != "parser" {
			continue
		}
		for _, name := range p.GoFiles {
			for _, use := range clockUses(t, filepath.Join(p.Dir, name)) {
				t.Errorf("%s: what is read or named must not depend on when; take `now` as a parameter", use)
			}
		}
	}
}

// clockUses lists where a file reads the clock.
func clockUses(t *testing.T, path string) (uses []string) {
	t.Helper()
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains(clock, sel.Sel.Name) {
			uses = append(uses, fmt.Sprintf("%s: time.%s", set.Position(n.Pos()), sel.Sel.Name))
		}
		return true
	})
	return uses
}
