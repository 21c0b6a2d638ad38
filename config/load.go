package config

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"dewline"
)

// Load reads the configuration from a file. The error holds every fault of it,
// as Errors; a file with a fault gives no configuration.
func Load(path string, checks Checks) (*Config, error) {
	cfg, _, err := Check(path, checks)
	return cfg, err
}

// Check is Load for who wants to know everything: the warnings come also where there
// is no configuration because of a fault.
func Check(path string, checks Checks) (*Config, []Problem, error) {
	src, err := readConfig(path)
	if err != nil {
		return nil, nil, Errors{{File: path, Msg: err.Error(), Hint: "name another file with -c or $DEWLINE_CONFIG"}}
	}
	return check(path, src, checks)
}

func readConfig(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the configuration: %w", reason(err))
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("cannot read the configuration: %w", reason(err))
	}
	if len(src) > maxFile {
		return nil, fmt.Errorf("the configuration is longer than %d MiB", maxFile>>20)
	}
	return src, nil
}

// reason is a file error without the path, which is shown already.
func reason(err error) error {
	var bad *os.PathError
	if errors.As(err, &bad) {
		return bad.Err
	}
	return err
}

// Default is the configuration of an empty file, which Load refuses for want of
// feeds.
func Default() *Config {
	l := &loader{decoder: decoder{document: &document{}}}
	shape := newSection(shapeType).Elem().Interface().(file)
	return l.build(&shape)
}

// loader judges what the decoder read.
type loader struct {
	decoder
	checks   Checks
	public   bool                       // hubs can reach us
	informed []string                   // receivers that are told of the health of a feed that names none
	queries  Queries                    // with the concepts of this file
	cas      map[string]certificateFile // by path
}

func load(path string, src []byte, checks Checks) (*Config, error) {
	cfg, _, err := check(path, src, checks)
	return cfg, err
}

func check(path string, src []byte, checks Checks) (*Config, []Problem, error) {
	doc, faults := parse(src)
	doc.file, doc.dir = path, filepath.Dir(path)
	l := &loader{decoder: decoder{document: doc, nodes: maxNodes + len(src)}, checks: checks}
	for _, f := range faults {
		l.report(f.place, f.width, f.msg, f.hint)
	}
	if len(faults) > 0 {
		return nil, nil, l.inOrder(l.problems)
	}
	cfg := l.config()
	warnings := l.inOrder(l.warnings)
	if len(l.problems) > 0 {
		return nil, warnings, l.inOrder(l.problems)
	}
	cfg.Path, cfg.Warnings = path, warnings
	return cfg, warnings, nil
}

func (l *loader) config() *Config {
	const howToBegin = "begin with feeds:, then - url: https://… below it"
	if l.root == nil {
		l.problems = append(l.problems, Problem{File: l.file, Msg: "the configuration is empty", Hint: howToBegin})
		return nil
	}
	v := newSection(shapeType)
	l.read(l.root, scalar{place: place{line: 1, column: 1}}, v.Elem())
	shape := v.Interface().(*file)
	if !shape.set {
		return nil
	}
	included := l.include(shape)
	cfg := l.build(shape)
	cfg.Included = included
	if len(cfg.Feeds) == 0 && len(l.problems) == 0 {
		l.problems = append(l.problems, Problem{File: l.file, Msg: "there are no feeds: nothing would be watched", Hint: howToBegin})
	}
	return cfg
}

// build makes the configuration of its shape. It goes on after a fault: what it
// returns counts only if there was none.
func (l *loader) build(f *file) *Config {
	cfg := &Config{Store: l.store(f.Store), HTTP: l.http(&f.HTTP), Fetch: l.fetch(&f.Fetch)}
	l.informed = l.health(f.Health, nil)
	cfg.Health = l.informed
	sources := l.feeds(f.Feeds, &cfg.Fetch)
	cfg.Feeds = sources.feeds
	cfg.SMTP = l.smtp(f.SMTP)
	receivers := l.receivers(f.Receivers, f.SMTP != nil)
	cfg.Receivers = receivers.all
	l.audible(f, receivers.names)
	cfg.Concepts = l.concepts(&f.Concepts)
	cfg.Rules = l.rules(f.Rules, sources, receivers.names)
	return cfg
}

// store is the absolute path of the database.
func (l *loader) store(s text) string {
	if scheme, _, ok := strings.Cut(s.value, "://"); ok {
		if strings.HasPrefix(scheme, "postgres") {
			l.wrong(s.scalar, "`store: postgres://` is not supported yet", "name a file, such as dewline.db")
		} else {
			l.wrong(s.scalar, "the store is a file, not an address", "name a file, such as dewline.db")
		}
		return ""
	}
	if s.set && s.value == "" {
		l.wrong(s.scalar, "`store:` is empty", "name a file, such as dewline.db")
		return ""
	}
	dir := l.dir
	if first, _, _ := strings.Cut(os.Getenv("STATE_DIRECTORY"), ":"); first != "" {
		dir = first
	}
	path, err := filepath.Abs(resolve(dir, s.value))
	if err != nil {
		l.wrong(s.scalar, fmt.Sprintf("cannot tell where %s is: %v", s.value, err), "write an absolute path")
	}
	return path
}

// resolve is a path relative to a directory, unless it is absolute.
func resolve(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}

// syntaxCheck asks another room about an expression.
func (l *loader) syntaxCheck(s scalar, check func(string) error, value string) {
	if check == nil {
		return
	}
	l.blame(s, check(value))
}

// blame reports what another room found wrong with an expression, at its place.
func (l *loader) blame(s scalar, err error) {
	faults := dewline.SyntaxFaults(err)
	switch {
	case err == nil:
	case len(faults) > 0 && s.set:
		for _, f := range faults {
			l.wrongPart(s, f.Offset, max(f.End, f.Offset+1), f.Msg, f.Hint)
		}
	default:
		l.wrong(s, err.Error(), "")
	}
}
