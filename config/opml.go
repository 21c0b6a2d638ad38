package config

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"dewline"

	"golang.org/x/text/language"
)

// maxOPML bounds an OPML file, in bytes.
const maxOPML = 64 << 20

// opml are the feeds of an OPML file.
func (l *loader) opml(e *feedSection, usual *Fetch, all *sources) []dewline.Feed {
	common := l.common(e, usual)
	common.Tags = all.tagged(common.Tags)
	for _, s := range []text{e.URL, e.Name} {
		if s.tried() {
			l.report(s.place, 1, "`"+s.key+":` stands beside `opml:`", "every feed of the file has its own; remove one of the two")
		}
	}
	if e.Page != nil || e.Sitemap != nil {
		l.report(e.place, 1, "`page:` or `sitemap:` stands beside `opml:`", "the file lists feeds; give a page or a sitemap an entry of its own")
	}
	outlines, skipped, err := l.outlines(e.OPML)
	if err != nil {
		all.unknown = true
		if e.OPML.set {
			l.wrong(e.OPML.scalar, fmt.Sprintf("cannot read the feeds of %q: %v", e.OPML.value, reason(err)), "a relative path is looked for beside this file")
		}
		return nil
	}
	feedsOf, doubles := nameOutlines(outlines, all.byName)
	for _, why := range slices.Concat(skipped, doubles) {
		l.warn(e.OPML.scalar, fmt.Sprintf("an outline of %q is not watched: %s", e.OPML.value, why), "correct it, or remove it")
	}
	var feeds []dewline.Feed
	for _, n := range feedsOf {
		f := common
		f.Name, f.URL, f.Tags = n.name, n.URL, all.tagged(slices.Concat(common.Tags, n.tags))
		if f.Language == "" {
			f.Language = n.language()
		}
		if first, twice := all.byURL[n.canonical]; twice {
			l.wrong(e.OPML.scalar, fmt.Sprintf("%q holds %s (its line %d), which is watched already by %s", e.OPML.value, n.URL, n.Line, l.lineOf(first, e.OPML.place)),
				"remove one of them: a feed is watched once")
			continue
		}
		all.byURL[n.canonical], all.byName[f.Name] = e.OPML.place, e.OPML.place
		all.names[f.Name] = true
		feeds = append(feeds, f)
	}
	return feeds
}

// outlines reads the OPML file that a key names.
func (l *loader) outlines(s text) (outlines []dewline.Outline, skipped []string, err error) {
	if s.failed || s.value == "" {
		return nil, nil, errors.New("no file is named")
	}
	src, err := readRegular(resolve(l.of(s.place).dir, s.value), maxOPML)
	if err != nil {
		return nil, nil, err
	}
	outlines, skipped, err = dewline.ReadOPML(bytes.NewReader(src))
	if err == nil && len(outlines) == 0 {
		err = noFeeds(skipped)
	}
	return outlines, skipped, err
}

// noFeeds says why nothing of a file can be watched.
func noFeeds(skipped []string) error {
	if len(skipped) == 0 {
		return errors.New("no feed in it")
	}
	return fmt.Errorf("no feed in it (%s)", strings.Join(skipped[:min(len(skipped), 3)], "; "))
}

// named is an outline with the name and tags of its feed.
type named struct {
	dewline.Outline
	name      string
	canonical string
	address   string // host and path
	tags      []string
}

// nameOutlines gives each address of the outlines one feed and each feed a name
// of its own: its title, else its host and path. Where several feeds have one
// title, or it is taken, all of them are told apart by their address, so that
// no name depends on the order of the file: a name is a feed's identity. doubles
// says which outlines are others once more.
func nameOutlines(outlines []dewline.Outline, taken map[string]place) (feeds []named, doubles []string) {
	feeds, doubles = distinct(outlines)
	titles := map[string]int{}
	for i := range feeds {
		titles[feeds[i].name]++
	}
	used := map[string]bool{}
	free := func(name string) bool {
		_, is := taken[name]
		return !is && !used[name]
	}
	for i := range feeds {
		n := &feeds[i]
		title := n.name
		whole := strings.TrimPrefix(strings.TrimPrefix(n.canonical, "https://"), "http://")
		for _, name := range []string{title, title + " (" + n.address + ")", title + " (" + whole + ")", n.canonical} {
			if free(name) && (name != title || titles[title] == 1) {
				n.name = name
				break
			}
		}
		used[n.name] = true
	}
	return feeds, doubles
}

// distinct are the outlines of one address each. One that stands in a second
// folder, as exporters write a feed with two labels, gives its tags to the first;
// one that brings nothing new is a double.
func distinct(outlines []dewline.Outline) (feeds []named, doubles []string) {
	seen := map[string]int{}
	for _, o := range outlines {
		u, err := url.Parse(o.URL)
		if err != nil { // ReadOPML has parsed it
			continue
		}
		n := named{Outline: o, canonical: canonical(u), address: u.Host + u.Path, name: cmp.Or(printable(o.Title), u.Host+u.Path), tags: outlineTags(o)}
		i, twice := seen[n.canonical]
		if !twice {
			seen[n.canonical] = len(feeds)
			feeds = append(feeds, n)
			continue
		}
		first := &feeds[i]
		before := len(first.tags)
		if first.tags = union(first.tags, n.tags); len(first.tags) == before {
			doubles = append(doubles, fmt.Sprintf("line %d, %s: its address stands in line %d already", n.Line, n.name, first.Line))
		}
	}
	return feeds, doubles
}

// printable is a title as a name: one line, of bounded length.
func printable(title string) string {
	clean := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, title)
	runes := []rune(strings.Join(strings.Fields(clean), " "))
	const longest = 120
	return strings.TrimSpace(string(runes[:min(len(runes), longest)]))
}

// outlineTags are the folders that an outline stands in, the outermost first, and
// its categories. A comma would end a category when the tags are exported.
func outlineTags(o dewline.Outline) []string {
	var tags []string
	for _, t := range slices.Concat(o.Folders, o.Categories) {
		t = printable(strings.Trim(strings.ReplaceAll(t, ",", " "), "/ "))
		if t != "" {
			tags = union(tags, []string{t})
		}
	}
	return tags
}

// language is the outline's, where it is one.
func (n *named) language() string {
	if _, err := language.Parse(n.Language); err != nil {
		return ""
	}
	return n.Language
}

// union are the tags of both lists. Those that differ in nothing but case are one.
func union(a, b []string) []string {
	all := slices.Clone(a)
	for _, s := range b {
		if !slices.ContainsFunc(all, func(t string) bool { return strings.EqualFold(s, t) }) {
			all = append(all, s)
		}
	}
	return all
}

// Imported is what became of the outlines of an OPML file.
type Imported struct {
	Feeds   int
	Skipped []string // in words, with the line
}

// ImportOPML writes the feeds of an OPML file as YAML to be pasted below feeds:
// in config.yaml. Of a file that cannot be read to its end it writes those that
// came before; the error then says where it ends.
func ImportOPML(w io.Writer, r io.Reader) (Imported, error) {
	outlines, skipped, broken := dewline.ReadOPML(r)
	feeds, doubles := nameOutlines(outlines, nil)
	done := Imported{Skipped: slices.Concat(skipped, doubles)}
	for i := range feeds {
		if _, err := io.WriteString(w, feeds[i].yaml()); err != nil {
			return done, err
		}
		done.Feeds++
	}
	if broken == nil && len(feeds) == 0 {
		broken = noFeeds(nil)
	}
	return done, broken
}

// yaml is the outline as an entry of feeds.
func (n *named) yaml() string {
	var b strings.Builder
	fmt.Fprintf(&b, "  - url: %s\n    name: %s\n", quote(n.URL), quote(n.name))
	if len(n.tags) > 0 {
		tags := make([]string, len(n.tags))
		for i, t := range n.tags {
			tags[i] = quote(t)
		}
		fmt.Fprintf(&b, "    tags: [%s]\n", strings.Join(tags, ", "))
	}
	if lang := n.language(); lang != "" {
		fmt.Fprintf(&b, "    language: %s\n", quote(lang))
	}
	return b.String()
}

// plainYAML is text that YAML reads as itself without quotes.
var plainYAML = regexp.MustCompile(`^(https?://[A-Za-z0-9._~/?=&%+-]+|[A-Za-z][A-Za-z0-9/()._-]*( [A-Za-z0-9/()._-]+)*)$`)

// quote writes a text for YAML, in quotes where it needs them.
func quote(s string) string {
	switch strings.ToLower(s) {
	case "true", "false", "null", "nan", "inf", "y", "n", "yes", "no", "on", "off":
	default:
		if plainYAML.MatchString(s) {
			return s
		}
	}
	var b bytes.Buffer // a JSON string is a YAML string
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(strings.ReplaceAll(s, "${", "$${")) // writing a string to memory cannot fail
	return strings.TrimSpace(b.String())
}
