package notify

import (
	_ "embed"
	"fmt"
	"strings"
	"time"
	"unicode"

	"dewline"

	"github.com/wneessen/go-mail"
)

//go:embed letter.txt
var letterText string

//go:embed letter.html
var letterHTML string

// letter is the mail on an item.
var letter = builtIn(letterText, letterHTML)

// builtIn are the two forms of a mail that dewline brings with it.
func builtIn(text, page string) forms {
	f, err := newForms(dewline.Template{Body: text, HTML: page})
	if err != nil {
		panic(err)
	}
	return f
}

// compose writes the mail of a message. The same message gives the same mail,
// whenever it is written.
func (b *mailbox) compose(m *message, to []string) (*mail.Msg, error) {
	if m.summary != nil {
		return b.composeSummary(m, to)
	}
	t, usual := m.telling(b.baseURL), notice
	var thread string
	list := "health"
	switch {
	case m.feed != nil:
		thread = feedThread(m.feed)
	case m.peer != nil:
		thread = "receiver." + dewline.FeedKey(m.peer.Receiver).String()
	default:
		thread, list, usual = m.thread(), m.match.Rule.Name, letter
	}
	msg, err := b.envelope(m, t, to, heading{headline(t.subject()), thread, list})
	if err != nil {
		return nil, err
	}
	return msg, b.write(msg, t, usual.body.of(t), usual.html.of(t))
}

// thread is what the mails on an item hang on: its story, or itself.
func (m *message) thread() string {
	if m.story != nil {
		return "story." + m.story.ID.String()
	}
	return "item." + m.item.Key.String()
}

// heading is what the headers of a mail say of it.
type heading struct {
	subject string // unless a template gives one
	thread  string // what it hangs on
	list    string // by which filters tell it: a rule, or why it is sent
}

// envelope are the headers of a mail. All mails on one thing hang on one thread, whose root nobody has.
func (b *mailbox) envelope(m *message, t *Telling, to []string, h heading) (*mail.Msg, error) {
	subject, err := b.forms.subjectOf(t, h.subject)
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
	msg.SetGenHeaderPreformatted(mail.HeaderReferences, fmt.Sprintf("<%s@%s>", h.thread, b.domain))
	msg.SetGenHeaderPreformatted("List-Id", listID(h.list, b.domain))
	msg.SetGenHeaderPreformatted("List-Unsubscribe", b.leave)
	msg.SetGenHeaderPreformatted("Auto-Submitted", "auto-generated") // RFC 3834: no holiday answers
	return msg, nil
}

// write gives a mail its two forms, each by the receiver's own template where it has one.
func (b *mailbox) write(msg *mail.Msg, t *Telling, text, page func() (string, error)) error {
	if f := b.forms.body; f.tells(t) {
		text = f.of(t)
	}
	if f := b.forms.html; f.tells(t) {
		page = f.of(t)
	}
	plain, err := text()
	if err != nil {
		return err
	}
	html, err := page()
	if err != nil {
		return err
	}
	msg.SetBodyString(mail.TypeTextPlain, plain)
	msg.AddAlternativeString(mail.TypeTextHTML, html)
	return nil
}

// longestSubject is how many characters of a subject are sent: servers limit the
// size of headers, and refuse a mail for good that has a longer one.
const longestSubject = 250

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
