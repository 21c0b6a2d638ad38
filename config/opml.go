package config

import (
	"bytes"
	"encoding/json"
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
func (l *loader) opml(e *feedSection, schedule string, all *sources) []dewline.Feed {
	common := l.common(e, schedule)
	all.tagged(common.Tags)
	for _, s := range []text{e.URL, e.Name} {
		if s.tried() {
			l.report(s.place, 1, "`"+s.key+":` stands beside `opml:`", "every feed of the file has its own; remove one of the two")
		}
	}
	outlines, err := l.outlines(e.OPML)
	if err != nil {
		all.unknown = true
		if e.OPML.set {
			l.wrong(e.OPML.scalar, fmt.Sprintf("cannot read the feeds of %q: %v", e.OPML.value, reason(err)), "a relative path is looked for beside this file")
		}
		return nil
	}
	var feeds []dewline.Feed
	for _, n := range nameOutlines(outlines, all.byName) {
		f := common
		f.Name, f.URL, f.Tags = n.name, n.URL, union(common.Tags, n.tags())
		if f.Language == "" {
			f.Language = n.language()
		}
		if first, twice := all.byURL[n.canonical]; twice {
			l.wrong(e.OPML.scalar, fmt.Sprintf("%q holds %s (its line %d), which is watched already by line %d", e.OPML.value, n.URL, n.Line, first.line),
				"remove one of them: a feed is watched once")
			continue
		}
		all.byURL[n.canonical], all.byName[f.Name] = e.OPML.place, e.OPML.place
		all.names[f.Name] = true
		all.tagged(f.Tags)
		feeds = append(feeds, f)
	}
	return feeds
}

// outlines reads the OPML file that a key names.
func (l *loader) outlines(s text) ([]dewline.Outline, error) {
	if s.failed || s.value == "" {
		return nil, fmt.Errorf("no file is named")
	}
	src, err := readRegular(resolve(l.dir, s.value), maxOPML)
	if err != nil {
		return nil, err
	}
	outlines, skipped, err := dewline.ReadOPML(bytes.NewReader(src))
	if err != nil {
		return nil, err
	}
	if len(outlines) == 0 {
		return nil, fmt.Errorf("no feed in it (%d outlines without a usable xmlUrl)", len(skipped))
	}
	for _, why := range skipped {
		l.warn(s.scalar, fmt.Sprintf("an outline of %q is not watched: %s", s.value, why), "correct its xmlUrl, or remove the outline")
	}
	return outlines, nil
}

// named is an outline with the name of its feed.
type named struct {
	dewline.Outline
	name      string
	canonical string
	address   string // host and path
}

// nameOutlines gives each address of the outlines one feed and each feed a name
// of its own: its title, else its host and path. Where several feeds have one
// title, or it is taken, all of them are told apart by their address, so that
// no name depends on the order of the file: a name is a feed's identity.
func nameOutlines(outlines []dewline.Outline, taken map[string]place) []named {
	var all []named
	seen, titles := map[string]bool{}, map[string]int{}
	for _, o := range outlines {
		u, err := url.Parse(o.URL)
		if err != nil || seen[canonical(u)] { // the feed stands in a second folder
			continue
		}
		seen[canonical(u)] = true
		n := named{Outline: o, canonical: canonical(u), address: u.Host + u.Path, name: printable(o.Title)}
		if n.name == "" {
			n.name = n.address
		}
		titles[n.name]++
		all = append(all, n)
	}
	used := map[string]bool{}
	free := func(name string) bool {
		_, is := taken[name]
		return !is && !used[name]
	}
	for i := range all {
		n := &all[i]
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
	return all
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

// tags are the outline's categories.
func (n *named) tags() []string {
	var tags []string
	for _, c := range n.Categories {
		if tag := printable(strings.Trim(c, "/ ")); tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
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

func union(a, b []string) []string {
	all := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

// ImportOPML writes the feeds of an OPML file as YAML to be pasted below feeds:
// in config.yaml. skipped says what was left out, and why.
func ImportOPML(w io.Writer, r io.Reader) (skipped []string, err error) {
	outlines, skipped, err := dewline.ReadOPML(r)
	if err != nil {
		return skipped, err
	}
	feeds := nameOutlines(outlines, nil)
	if len(feeds) < len(outlines) {
		skipped = append(skipped, fmt.Sprintf("addresses that stand in the file more than once: %d", len(outlines)-len(feeds)))
	}
	for _, n := range feeds {
		if _, err := io.WriteString(w, n.yaml()); err != nil {
			return skipped, err
		}
	}
	return skipped, nil
}

// yaml is the outline as an entry of feeds.
func (n *named) yaml() string {
	var b strings.Builder
	fmt.Fprintf(&b, "  - url: %s\n    name: %s\n", quote(n.URL), quote(n.name))
	if tags := n.tags(); len(tags) > 0 {
		for i, t := range tags {
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
