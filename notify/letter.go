package notify

import (
	_ "embed"
	"fmt"
	"html/template"
	"strings"
	"time"
	"unicode"

	"dewline"

	"github.com/wneessen/go-mail"
)

// letter is what a mail tells, for both of its forms.
type letter struct {
	Event    dewline.Event
	Rule     string
	Title    string
	Feed     string
	Origin   string // what the statement says of where it comes from
	Claimed  string // when the source says it was published
	Seen     string // when dewline first saw it
	Language string
	Snippet  []dewline.Span
	Terms    []string // what matched, where
	URL      string   // the statement itself; empty where it has no safe address
	Link     string   // the item's page
	Changes  []string // why an edit is told
	Edits    []dewline.FieldDiff
	Removal  *dewline.Removal
}

//go:embed letter.html
var letterHTML string

var letterTemplate = template.Must(template.New("letter").Parse(letterHTML))

// compose writes the mail of a message. The same message gives the same mail,
// whenever it is written.
func (b *mailbox) compose(m *message, to []string) (*mail.Msg, error) {
	if m.summary != nil {
		return b.composeSummary(m, to)
	}
	if m.feed != nil {
		return b.composeFeed(m, to)
	}
	if m.peer != nil {
		return b.composePeer(m, to)
	}
	l := newLetter(m, b.baseURL)
	title := l.Title
	if m.change != nil {
		title = "changed: " + title
	}
	if m.removal != nil {
		title = "removed: " + title
	}
	msg, err := b.envelope(m, to, subject(l.Rule, title), fmt.Sprintf("item.%s", m.item.Key), listID(m.match.Rule.Name, b.domain))
	if err != nil {
		return nil, err
	}
	return msg, b.write(msg, m, l.text(), letterTemplate, l)
}

// envelope are the headers of a mail. All mails on one thing hang on one thread, whose root nobody has.
func (b *mailbox) envelope(m *message, to []string, subject, thread, list string) (*mail.Msg, error) {
	subject, err := b.forms.subjectOf(m.telling(b.baseURL), subject)
	if err != nil {
		return nil, err
	}
	msg := mail.NewMsg()
	if err := msg.From(b.from); err != nil {
		return nil, err
	}
	if err := msg.To(to...); err != nil {
		return nil, err
	}
	msg.Subject(subject)
	msg.SetDateWithValue(m.at)
	msg.SetMessageIDWithValue(m.key.String() + "@" + b.domain)
	msg.SetGenHeaderPreformatted(mail.HeaderReferences, fmt.Sprintf("<%s@%s>", thread, b.domain))
	msg.SetGenHeaderPreformatted("List-Id", list)
	msg.SetGenHeaderPreformatted("Auto-Submitted", "auto-generated") // RFC 3834: no holiday answers
	return msg, nil
}

// write gives a mail its two forms, each by the receiver's own template where it has one.
func (b *mailbox) write(msg *mail.Msg, m *message, text string, page *template.Template, data any) (err error) {
	if f := b.forms.body; f != nil {
		if text, err = f.render(m.telling(b.baseURL)); err != nil {
			return err
		}
	}
	msg.SetBodyString(mail.TypeTextPlain, text)
	var html strings.Builder
	if f := b.forms.html; f == nil {
		err = page.Execute(&html, data)
	} else {
		var own string
		own, err = f.render(m.telling(b.baseURL))
		html.WriteString(own)
	}
	if err != nil {
		return err
	}
	msg.AddAlternativeString(mail.TypeTextHTML, html.String())
	return nil
}

// longestSubject is how many characters of a subject are sent: servers limit the
// size of headers, and refuse a mail for good that has a longer one.
const longestSubject = 250

// subject is a header line of what a source wrote.
func subject(rule, title string) string { return headline("[" + rule + "] " + title) }

// headline is a text in one line: short, without characters that turn the direction
// of what stands around them, and without what a mail program would decode (RFC 2047)
// although the source wrote it so.
func headline(text string) string {
	s := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, oneLine(text))
	s = strings.ReplaceAll(s, "=?", "= ?")
	if all := []rune(s); len(all) > longestSubject {
		s = string(all[:longestSubject-1]) + "…"
	}
	return s
}

// listID names a rule's mails for filters (RFC 2919): letters, digits and
// hyphens of the rule's name, under a hash where that does not tell rules apart.
func listID(rule, domain string) string {
	label := strings.Map(func(r rune) rune {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-'):
			return unicode.ToLower(r)
		}
		return '-'
	}, rule)
	if label != rule {
		label = strings.Trim(label, "-") + "-" + dewline.MatchKey(rule, dewline.Key{}).String()[:8]
	}
	return fmt.Sprintf("<%s.dewline.%s>", strings.Trim(label, "-"), domain)
}

func newLetter(m *message, baseURL string) letter {
	it := &m.item
	l := letter{
		Event: m.event, Rule: m.match.Rule.Title, Title: oneLine(it.Title), Feed: it.Feed.Name, Origin: oneLine(it.Source.String()),
		Seen: date(it.FirstSeen), Language: it.Language,
		Snippet: dewline.MarkWords(m.match.Snippet, m.match.Hits), Terms: terms(m.match.Hits), Link: m.link(baseURL), Removal: m.removal,
	}
	if m.change != nil {
		l.Edits = m.change.Diff
		for _, r := range m.change.Reasons {
			l.Changes = append(l.Changes, oneLine(r.String()))
		}
	}
	if l.Title == "" {
		l.Title = "(no title)"
	}
	if t := it.Claimed(); !t.Equal(it.FirstSeen) {
		l.Claimed = date(t)
	}
	if strings.HasPrefix(it.URL, "http://") || strings.HasPrefix(it.URL, "https://") {
		l.URL = it.URL
	}
	return l
}

func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2 January 2006, 15:04 UTC")
}

// terms lists what matched, each term once in each field.
func terms(hits []dewline.Hit) []string {
	var list []string
	seen := make(map[[2]string]bool)
	for _, h := range hits {
		if at := [2]string{h.Term, h.Field}; !seen[at] {
			seen[at] = true
			list = append(list, fmt.Sprintf("%s in the %s: “%s”", h.Term, h.Field, oneLine(h.Text)))
		}
	}
	return list
}

// text is the plain form.
func (l letter) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", l.Title)
	l.changes(&b)
	if l.Removal != nil {
		fmt.Fprintf(&b, "The page is gone: %s.\n\n", l.Removal)
	}
	if len(l.Snippet) > 0 {
		b.WriteString(dewline.Plain(l.Snippet) + "\n\n")
	}
	for _, line := range []struct{ name, value string }{
		{"Source", l.Feed}, {"Issued by", l.Origin}, {"Dated", l.Claimed}, {"First seen", l.Seen}, {"Rule", l.Rule},
		{"Matched", strings.Join(l.Terms, "; ")}, {"Statement", l.URL}, {"In dewline", l.Link},
	} {
		if line.value != "" {
			fmt.Fprintf(&b, "%-11s %s\n", line.name+":", line.value)
		}
	}
	return b.String()
}

// changes writes an edit as wdiff does.
func (l letter) changes(b *strings.Builder) {
	if len(l.Edits) == 0 {
		return
	}
	fmt.Fprintf(b, "The source changed what it says: %s.\n\n", strings.Join(l.Changes, "; "))
	for _, d := range l.Edits {
		fmt.Fprintf(b, "%s:\n", d.Field)
		for _, e := range d.Edits {
			switch e.Op {
			case dewline.EditDelete:
				fmt.Fprintf(b, "[-%s-]", e.Text)
			case dewline.EditInsert:
				fmt.Fprintf(b, "{+%s+}", e.Text)
			case dewline.EditSkip:
				b.WriteString(" … ")
			default:
				b.WriteString(e.Text)
			}
		}
		b.WriteString("\n\n")
	}
}
