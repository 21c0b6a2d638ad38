package notify

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os/exec"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"dewline"
)

// chatTimeout is how long a service may take: a courier that is not back is ended.
const chatTimeout = 30 * time.Second

// chat tells by a chat or push service, each message by a courier of its own.
type chat struct {
	address dewline.Secret
	url     *url.URL
	service string
	kind    kind
	forms   forms
	baseURL string
	courier func(ctx context.Context) *exec.Cmd
	allow   []netip.Prefix
	timeout time.Duration
	log     Logger
}

//go:embed chat.txt
var chatText string

// talk is what a service is told.
var talk = builtIn(chatText, "")

func newChat(s dewline.Service, f forms, opts Options) (*chat, error) {
	if opts.Courier == nil {
		return nil, errors.New("there is no courier for services")
	}
	u, name, fault := parseService(s.URL.Reveal())
	if fault != nil {
		return nil, fault
	}
	return &chat{
		address: s.URL, url: u, service: name, kind: kinds[name], forms: f, baseURL: opts.BaseURL,
		courier: opts.Courier, allow: opts.Allow, timeout: chatTimeout, log: opts.Log,
	}, nil
}

func (c *chat) send(ctx context.Context, m *message) (string, error) {
	t := m.telling(c.baseURL)
	title, body, err := c.compose(t)
	if err != nil {
		return "", err
	}
	r, err := c.dispatch(ctx, errand{URL: c.address.Reveal(), Title: title, Body: body, Plain: !c.forms.body.tells(t), Allow: c.allow})
	if err != nil {
		return "", err
	}
	for _, line := range r.Log {
		c.log.Info("told", "text", line)
	}
	if r.Error != "" {
		return r.Answer, &failure{err: errors.New(r.Error), final: r.Final, gone: r.Gone, after: r.After}
	}
	return r.Answer, nil
}

// dispatch sends a courier and waits for its report.
func (c *chat) dispatch(ctx context.Context, e errand) (r report, err error) {
	given, err := json.Marshal(e)
	if err != nil {
		return r, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	cmd := contained(c.courier(ctx))
	var out bytes.Buffer
	var said tail
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(given), &out, &said
	err = cmd.Run()
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return r, fmt.Errorf("%s did not answer within %s", c.service, c.timeout)
	case err != nil:
		return r, fmt.Errorf("the courier to %s: %w%s", c.service, err, withoutTokens(said.suffix(), c.url))
	}
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		return r, fmt.Errorf("the courier to %s brought no report", c.service)
	}
	return r, nil
}

// compose writes the title and the text, as long as the service takes them. The
// snippet gives way first, then the end.
func (c *chat) compose(t *Telling) (title, body string, err error) {
	if title, err = c.forms.subjectOf(t, headline(t.subject())); err != nil {
		return "", "", err
	}
	title = c.harmless(title)
	if most := c.kind.title; most > 0 && utf8.RuneCountInString(title) > most {
		title = string([]rune(title)[:most-1]) + "…"
	}
	first := ""
	if !c.kind.shows(c.url) {
		first, title = title+"\n\n", ""
	}
	text := talk.body
	if c.forms.body.tells(t) {
		text = c.forms.body
	}
	for try := range 3 {
		if body, err = text.render(t); err != nil {
			return "", "", err
		}
		body = first + c.harmless(strings.TrimSpace(body))
		switch over := c.kind.over(body); {
		case over <= 0:
			return title, body, nil
		case try == 0:
			t = t.excerpted(c.kind.less(t.Snippet, over+len(ellipsis)))
		case try == 1:
			t = t.excerpted("")
		default:
			body = c.kind.less(body, over+len(ellipsis)) + ellipsis
		}
	}
	return title, body, nil
}

const ellipsis = " …"

// excerpted is the telling with less of its snippet.
func (t *Telling) excerpted(snippet string) *Telling {
	less := *t
	if less.Snippet = snippet; snippet != "" {
		less.Snippet += ellipsis
	}
	less.Marked = dewline.MarkWords(less.Snippet, t.Matches)
	return &less
}

// harmless keeps what a source wrote from calling everybody in the room, or from
// being read as a command of the service.
func (c *chat) harmless(text string) string {
	switch c.service {
	case "slack", "googlechat", "hangouts": // as Slack wants text to be given
		return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
	}
	return everybody.ReplaceAllString(text, "@\u2060$1") // a joiner, which is not seen
}

// everybody finds what chat services read as a call to all.
var everybody = regexp.MustCompile(`(?i)@(everyone\b|here\b|all\b|channel\b|room\b|\*)`)
