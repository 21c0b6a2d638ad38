package notify

import (
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"dewline"

	"github.com/wneessen/go-mail"
)

// notice is a mail on the health of a feed or a receiver, for both of its forms.
type notice struct {
	Title string
	Lines []noticeLine
	Names []string // of feeds that failed together
	More  int      // feeds that are not named
	Link  string   // its page
}

type noticeLine struct{ Name, Value string }

//go:embed notice.html
var noticeHTML string

var noticeTemplate = template.Must(template.New("notice").Parse(noticeHTML))

// composeFeed writes the mail on a feed's health. The mails on one feed hang together.
func (b *mailbox) composeFeed(m *message, to []string) (*mail.Msg, error) {
	n := newNotice(m, b.baseURL)
	msg, err := b.envelope(m, to, subject("dewline", n.Title), "feed."+dewline.FeedKey(threadOf(m.feed)).String(), listID("health", b.domain))
	if err != nil {
		return nil, err
	}
	return msg, b.write(msg, m, n.text(), noticeTemplate, n)
}

// threadOf is what the mails on an event hang on: the feed, or that many failed.
func threadOf(e *dewline.FeedEvent) string {
	if e.Feeds != nil {
		return "many feeds"
	}
	return e.Feed.Name
}

// composePeer writes the mail on another receiver's health.
func (b *mailbox) composePeer(m *message, to []string) (*mail.Msg, error) {
	n := newPeerNotice(m, b.baseURL)
	msg, err := b.envelope(m, to, subject("dewline", n.Title), "receiver."+dewline.FeedKey(m.peer.Receiver).String(), listID("health", b.domain))
	if err != nil {
		return nil, err
	}
	return msg, b.write(msg, m, n.text(), noticeTemplate, n)
}

func newPeerNotice(m *message, baseURL string) notice {
	n := notice{Title: oneLine(m.peer.Headline()), Link: m.link(baseURL)}
	h := m.peer.Health
	n.add([]noticeLine{
		{"Receiver", m.peer.Receiver}, {"State", string(h.State)}, {"Since", date(h.Since)}, {"Noticed", date(m.at)},
		{"What happened", h.Detail}, {"What to do", h.Remedy},
	})
	return n
}

func newNotice(m *message, baseURL string) notice {
	h := m.feed.Health
	n := notice{Title: oneLine(m.feed.Headline(m.event)), Link: m.link(baseURL)}
	n.add([]noticeLine{
		{"Source", m.feed.Feed.Name}, {"Address", m.feed.Feed.URL}, {"State", string(h.State)}, {"Reason", h.Reason},
		{"Since", date(h.Since)}, {"Noticed", date(m.at)}, {"What happened", h.Detail}, {"What to do", h.Remedy},
	})
	if g := m.feed.Feeds; g != nil {
		n.Names, n.More = g.Names, g.Failing-len(g.Names)
	}
	return n
}

// add puts lines in that say something.
func (n *notice) add(lines []noticeLine) {
	for _, l := range lines {
		if l.Value = oneLine(l.Value); l.Value != "" {
			n.Lines = append(n.Lines, l)
		}
	}
}

// text is the plain form.
func (n notice) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", n.Title)
	for _, l := range n.Lines {
		fmt.Fprintf(&b, "%-14s %s\n", l.Name+":", l.Value)
	}
	for _, name := range n.Names {
		fmt.Fprintf(&b, "  - %s\n", oneLine(name))
	}
	if n.More > 0 {
		fmt.Fprintf(&b, "  and %d more\n", n.More)
	}
	fmt.Fprintf(&b, "%-14s %s\n", "In dewline:", n.Link)
	return b.String()
}
