package dewline

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Outline is one feed of an OPML file.
type Outline struct {
	Title      string   // title, else text; may be empty
	URL        string   // xmlUrl: absolute, http or https
	Link       string   // htmlUrl; may be empty
	Language   string   // as written
	Categories []string // as written, such as /Boston/Weather
	Folders    []string // the outlines it stands in, outermost first
	Line       int      // where it stands, from 1
}

// maxFolders bounds how deep outlines may stand in one another.
const maxFolders = 100

// ReadOPML reads the feeds of an OPML file, version 1 or 2, in any encoding and
// spelling that is met. skipped says in words which outlines are no feeds that
// can be fetched. The error, with its line, says why the rest cannot be read;
// what was read before it is returned as well.
func ReadOPML(r io.Reader) (outlines []Outline, skipped []string, err error) {
	p := opmlReader{dec: opmlDecoder(r)}
	err = p.read()
	return p.outlines, p.skipped, err
}

// opmlDecoder forgives what exporters get wrong, and reads what they encode.
func opmlDecoder(r io.Reader) *xml.Decoder {
	in := bufio.NewReader(r)
	head, _ := in.Peek(3) // a shorter file has no byte order mark
	marked := slices.ContainsFunc([]string{"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"}, func(bom string) bool { return strings.HasPrefix(string(head), bom) })
	var text io.Reader = in
	if marked {
		text = transform.NewReader(in, unicode.BOMOverride(unicode.UTF8.NewDecoder()))
	}
	dec := xml.NewDecoder(text)
	dec.Strict, dec.Entity = false, xml.HTMLEntity
	dec.CharsetReader = func(label string, body io.Reader) (io.Reader, error) {
		if marked { // a byte order mark is truer than what the file says
			return body, nil
		}
		return charset.NewReaderLabel(label, body)
	}
	return dec
}

type opmlReader struct {
	dec      *xml.Decoder
	rooted   bool
	open     []openOutline
	outlines []Outline
	skipped  []string
}

// openOutline is an outline whose end was not read yet.
type openOutline struct {
	title string
	line  int
	used  bool // it is a feed, or outlines stand in it
}

func (p *opmlReader) read() error {
	for {
		token, err := p.dec.Token()
		switch {
		case errors.Is(err, io.EOF) && p.rooted:
			return nil
		case errors.Is(err, io.EOF):
			return errors.New("this is not OPML: it holds no XML element")
		case err != nil:
			return p.fault(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if err := p.begin(t); err != nil {
				return err
			}
		case xml.EndElement:
			if strings.EqualFold(t.Name.Local, "outline") {
				p.end()
			}
		}
	}
}

// fault says what the XML reader met, with the line.
func (p *opmlReader) fault(err error) error {
	line, _ := p.dec.InputPos()
	var bad *xml.SyntaxError
	if errors.As(err, &bad) {
		return fmt.Errorf("line %d: %s", bad.Line, bad.Msg)
	}
	return fmt.Errorf("line %d: %w", line, err)
}

func (p *opmlReader) begin(t xml.StartElement) error {
	if !p.rooted && !strings.EqualFold(t.Name.Local, "opml") {
		return fmt.Errorf("this is not OPML: it begins with <%s>", t.Name.Local)
	}
	p.rooted = true
	if !strings.EqualFold(t.Name.Local, "outline") {
		return nil
	}
	line, _ := p.dec.InputPos()
	if len(p.open) >= maxFolders {
		return fmt.Errorf("line %d: outlines stand more than %d deep in one another", line, maxFolders)
	}
	p.outline(t, line)
	return nil
}

// outline takes a feed, or opens a folder.
func (p *opmlReader) outline(t xml.StartElement, line int) {
	attr := map[string]string{}
	for _, a := range t.Attr {
		if name := strings.ToLower(a.Name.Local); attr[name] == "" {
			attr[name] = strings.TrimSpace(a.Value)
		}
	}
	o := Outline{
		Title: oneLine(attr["title"]), Link: attr["htmlurl"], Language: attr["language"],
		Categories: list(attr["category"]), Line: line,
	}
	if o.Title == "" {
		o.Title = oneLine(attr["text"])
	}
	if n := len(p.open); n > 0 {
		p.open[n-1].used = true
	}
	for _, f := range p.open {
		o.Folders = append(o.Folders, f.title)
	}
	address, written := attr["xmlurl"]
	p.open = append(p.open, openOutline{title: o.Title, line: line, used: written})
	if !written {
		return
	}
	var err error
	if o.URL, err = feedURL(address); err != nil {
		p.skip(line, o.Title, err.Error())
		return
	}
	p.outlines = append(p.outlines, o)
}

func (p *opmlReader) end() {
	n := len(p.open) - 1
	if n < 0 {
		return
	}
	if last := p.open[n]; !last.used {
		p.skip(last.line, last.title, "it has no xmlUrl and holds no outlines")
	}
	p.open = p.open[:n]
}

func (p *opmlReader) skip(line int, title, why string) {
	if title == "" {
		title = "an outline without a title"
	}
	p.skipped = append(p.skipped, fmt.Sprintf("line %d, %s: %s", line, title, why))
}

// feedURL is an address that can be fetched. feed: is an old way to mark one.
func feedURL(s string) (string, error) {
	if rest, ok := strings.CutPrefix(s, "feed://"); ok {
		s = "http://" + rest
	}
	s = strings.TrimPrefix(s, "feed:")
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("%q is not an http or https address", s)
	}
	if u.User != nil {
		return "", errors.New("its address holds a username or password")
	}
	return s, nil
}

// oneLine is a title without line breaks and runs of space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// list splits what OPML separates by commas.
func list(s string) []string {
	var all []string
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// The form of OPML 2.0 as it is written.
type (
	opmlFile struct {
		XMLName xml.Name      `xml:"opml"`
		Version string        `xml:"version,attr"`
		Title   string        `xml:"head>title"`
		Docs    string        `xml:"head>docs"`
		Body    []opmlOutline `xml:"body>outline"`
	}
	opmlOutline struct {
		Type     string `xml:"type,attr"`
		Text     string `xml:"text,attr"`
		Title    string `xml:"title,attr"`
		URL      string `xml:"xmlUrl,attr"`
		Category string `xml:"category,attr,omitempty"`
		Language string `xml:"language,attr,omitempty"`
	}
)

// WriteOPML writes the feeds as an OPML 2.0 file, their tags as categories.
func WriteOPML(w io.Writer, title string, feeds []Feed) error {
	file := opmlFile{Version: "2.0", Title: title, Docs: "http://opml.org/spec2.opml"}
	for _, f := range feeds {
		file.Body = append(file.Body, opmlOutline{
			Type: "rss", Text: f.Name, Title: f.Name, URL: f.URL,
			Category: strings.Join(f.Tags, ","), Language: f.Language,
		})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(file); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
