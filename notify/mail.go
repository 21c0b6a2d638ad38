package notify

import (
	"context"
	"errors"
	netmail "net/mail"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"dewline"

	"github.com/wneessen/go-mail"
)

// mailbox tells by e-mail.
type mailbox struct {
	to      []string
	from    string
	domain  string // what our Message-IDs end with
	leave   string // how mails say that one can leave the list
	line    *line
	baseURL string
	forms   forms
}

func newMail(e dewline.Email, server dewline.SMTP, baseURL string) *mailbox {
	return &mailbox{to: e.To, from: e.From, domain: domainOf(e.From), leave: unsubscribe(e), line: newLine(server), baseURL: baseURL}
}

// unsubscribe is the way to leave (RFC 2369): as configured, or a mail to the sender.
func unsubscribe(e dewline.Email) string {
	if e.Unsubscribe != "" {
		return "<" + e.Unsubscribe + ">"
	}
	from := e.From
	if a, err := netmail.ParseAddress(from); err == nil {
		from = a.Address
	}
	return "<mailto:" + url.PathEscape(from) + "?subject=unsubscribe>"
}

// Close hangs up. The next mail dials again.
func (b *mailbox) Close() error {
	b.line.close()
	return nil
}

// with has mails written by templates, as far as there are any.
func (b *mailbox) with(f forms) *mailbox {
	b.forms = f
	return b
}

// domainOf is the part of an address behind the @.
func domainOf(from string) string {
	if a, err := netmail.ParseAddress(from); err == nil {
		return a.Address[strings.LastIndexByte(a.Address, '@')+1:]
	}
	return "dewline.invalid"
}

// patience is how many attempts the others wait for a recipient who may be taken later: who is greylisted is taken
// after minutes, whose mailbox is full is not, and nobody else is to miss a mail for that.
const patience = 2

// send hands the mail over. A recipient whom the server refuses for good, or time and again, does
// not keep it from the others; the answer names them.
func (b *mailbox) send(ctx context.Context, m *message) (string, error) {
	to, refused := b.to, []string(nil)
	for {
		msg, err := b.compose(m, to)
		if errors.As(err, new(*formError)) {
			return "", err
		}
		if err != nil {
			return "", &failure{err: err, final: true}
		}
		err = b.line.send(ctx, msg)
		if err == nil || msg.IsDelivered() { // what fails after the server took it over is of no interest
			return strings.Join(append([]string{accepted(msg)}, refused...), "; "), nil
		}
		var fault *mail.SendError
		if !errors.As(err, &fault) {
			return "", err
		}
		left := withoutRefused(to, fault, m.tries >= patience)
		if len(left) == len(to) || len(left) == 0 {
			return "", &failure{err: errors.New(oneLine(fault.Error())), final: permanent(fault)}
		}
		to, refused = left, append(refused, "refused: "+oneLine(fault.Error()))
	}
}

// accepted is what the server said when it took the mail.
func accepted(m *mail.Msg) string {
	if said := oneLine(m.ServerResponse()); said != "" {
		return said
	}
	return "250"
}

// withoutRefused leaves out the recipients that the server refused for good.
// Where one of them may be taken later, all wait for that, until it was long enough. The
// library names the refused in its text only.
func withoutRefused(to []string, fault *mail.SendError, longEnough bool) []string {
	if fault.Reason != mail.ErrSMTPRcptTo || !permanent(fault) && !longEnough {
		return to
	}
	_, list, _ := strings.Cut(fault.Error(), "affected recipient(s): ")
	list, _, _ = strings.Cut(list, ", affected message ID")
	refused := strings.Split(list, ", ")
	return slices.DeleteFunc(slices.Clone(to), func(rcpt string) bool {
		a, err := netmail.ParseAddress(rcpt)
		return err == nil && slices.Contains(refused, "<"+a.Address+">")
	})
}

// permanent reports that every reply of the server was one that will not change
// (RFC 5321 §4.2.1). Of several replies the library keeps the last one's code.
func permanent(fault *mail.SendError) bool {
	return !fault.IsTemp() && fault.ErrorCode() >= 500 && !temporary.MatchString(fault.Error())
}

// temporary finds a reply that may change among several.
var temporary = regexp.MustCompile(`[:,] 4\d\d `)
