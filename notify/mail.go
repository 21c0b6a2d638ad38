package notify

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	netmail "net/mail"
	"regexp"
	"slices"
	"strings"
	"time"

	"dewline"

	"github.com/wneessen/go-mail"
)

const (
	// mailDial is how long the mail server may take to greet us.
	mailDial = 20 * time.Second
	// mailTimeout is how long a whole mail may take; servers that check a
	// message while it is handed over are slow.
	mailTimeout = 2 * time.Minute
)

// mailbox tells by e-mail.
type mailbox struct {
	to      []string
	from    string
	domain  string // what our Message-IDs end with
	server  dewline.SMTP
	baseURL string
	forms   forms
	tls     *tls.Config // nil but in tests, which have a certificate of their own
}

func newMail(e dewline.Email, server dewline.SMTP, baseURL string) *mailbox {
	return &mailbox{to: e.To, from: e.From, domain: domainOf(e.From), server: server, baseURL: baseURL}
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

// send hands the mail over. A recipient whom the server refuses for good does
// not keep it from the others; the answer names them.
func (b *mailbox) send(ctx context.Context, m *message) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, mailTimeout)
	defer cancel()
	client, err := b.client()
	if err != nil {
		return "", err
	}
	to, refused := b.to, []string(nil)
	for {
		msg, err := b.compose(m, to)
		if errors.As(err, new(*formError)) {
			return "", err
		}
		if err != nil {
			return "", &failure{err: err, final: true}
		}
		err = client.DialAndSendWithContext(ctx, msg)
		if err == nil || msg.IsDelivered() { // what fails after the server took it over is of no interest
			return strings.Join(append([]string{accepted(msg)}, refused...), "; "), nil
		}
		var fault *mail.SendError
		if !errors.As(err, &fault) {
			return "", fmt.Errorf("%s:%d: %w", b.server.Host, b.server.Port, err)
		}
		left := withoutRefused(to, fault)
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
// Where one of them may be taken later, all wait for that. The library names the
// refused in its text only.
func withoutRefused(to []string, fault *mail.SendError) []string {
	if fault.Reason != mail.ErrSMTPRcptTo || !permanent(fault) {
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

func (b *mailbox) client() (*mail.Client, error) {
	opts := []mail.Option{
		mail.WithPort(b.server.Port), mail.WithTimeout(mailDial), mail.WithoutNoop(),
	}
	switch b.server.TLS {
	case dewline.TLSImplicit:
		opts = append(opts, mail.WithSSL())
	case dewline.TLSNone:
		opts = append(opts, mail.WithTLSPolicy(mail.NoTLS))
	default:
		opts = append(opts, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if b.tls != nil {
		opts = append(opts, mail.WithTLSConfig(b.tls))
	}
	if b.server.Username != "" {
		opts = append(opts, mail.WithUsername(b.server.Username), mail.WithPassword(b.server.Password.Reveal()), b.auth())
	}
	return mail.NewClient(b.server.Host, opts...)
}

// auth chooses the strongest way to log in that the server offers. On a
// connection that the administrator left in clear, the password may go in clear.
func (b *mailbox) auth() mail.Option {
	if b.server.TLS != dewline.TLSNone {
		return mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover)
	}
	return mail.WithOpportunisticSMTPAuth(mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthSCRAMSHA1, mail.SMTPAuthCramMD5,
		mail.SMTPAuthPlainNoEnc, mail.SMTPAuthLoginNoEnc)
}
