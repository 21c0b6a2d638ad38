package notify

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"dewline"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

const (
	// mailDial is how long the mail server may take to greet us and let us in.
	mailDial = 20 * time.Second
	// mailTimeout is how long a mail may take; servers that check a message while it is handed over are slow.
	mailTimeout = 2 * time.Minute
	// mailIdle is how long a connection is kept for the next mail.
	mailIdle = 10 * time.Second
	// mailsALine bounds the mails of a connection: servers do too, and refuse what is over it.
	mailsALine = 50
)

// line is the way to the mail server: a burst of mails goes over one connection.
type line struct {
	server  dewline.SMTP
	tls     *tls.Config   // nil but in tests, which have a certificate of their own
	timeout time.Duration // of a mail
	keep    time.Duration // for the next mail

	mu   sync.Mutex   // one mail at a time; guards all below
	open *smtp.Client // nil: there is no connection
	conn net.Conn     // what open speaks over
	sent int          // mails over it
	idle *time.Timer  // hangs up
}

func newLine(server dewline.SMTP) *line {
	return &line{server: server, timeout: mailTimeout, keep: mailIdle}
}

// send hands a mail over. A connection that was kept and does not take the beginning of a mail is given up for a new
// one, for the server may have closed it, or had enough of it. When ctx ends, so does the connection.
func (l *line) send(ctx context.Context, msg *mail.Msg) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	kept := l.open != nil
	err := l.try(ctx, msg)
	var fault *mail.SendError
	if kept && errors.As(err, &fault) && (fault.Reason == mail.ErrConnCheck || fault.Reason == mail.ErrSMTPMailFrom) {
		l.hangUp()
		err = l.try(ctx, msg)
	}
	if err != nil && !(errors.As(err, &fault) && fault.Reason == mail.ErrSMTPRcptTo) {
		l.hangUp()
	}
	if l.sent++; l.sent >= mailsALine {
		l.hangUp()
	}
	if l.open != nil {
		l.idle = time.AfterFunc(l.keep, l.close)
	}
	return err
}

// try sends over the connection, and makes it where there is none.
func (l *line) try(ctx context.Context, msg *mail.Msg) error {
	if l.idle != nil {
		l.idle.Stop()
	}
	if err := l.dial(ctx); err != nil {
		return fmt.Errorf("%s:%d: %w", l.server.Host, l.server.Port, err)
	}
	conn := l.conn
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	sender, err := l.client(l.timeout)
	if err != nil {
		return err
	}
	return sender.SendWithSMTPClient(l.open, msg)
}

// dial connects, unless there is a connection.
func (l *line) dial(ctx context.Context) error {
	if l.open != nil {
		return nil
	}
	client, err := l.client(mailDial)
	if err != nil {
		return err
	}
	l.open, err = client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		l.hangUp()
	}
	return err
}

// hangUp ends the connection, politely where the server listens.
func (l *line) hangUp() {
	if l.open != nil && l.open.UpdateDeadline(time.Second) == nil {
		_ = l.open.Quit()
	}
	if l.conn != nil {
		l.conn.Close()
	}
	l.open, l.conn, l.sent = nil, nil, 0
}

// close hangs up when no mail is under way.
func (l *line) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.hangUp()
}

// client is the library's, with a time limit for each of its steps.
func (l *line) client(limit time.Duration) (*mail.Client, error) {
	opts := []mail.Option{
		mail.WithPort(l.server.Port), mail.WithTimeout(limit), mail.WithoutNoop(), mail.WithDialContextFunc(l.connect),
		// Where a mail cannot be delivered later on, its sender gets the headers of it and no more.
		mail.WithDSNMailReturnType(mail.DSNMailReturnHeadersOnly), mail.WithDSNRcptNotifyType(mail.DSNRcptNotifyFailure),
	}
	switch l.server.TLS {
	case dewline.TLSImplicit:
		opts = append(opts, mail.WithSSL())
	case dewline.TLSNone:
		opts = append(opts, mail.WithTLSPolicy(mail.NoTLS))
	default:
		opts = append(opts, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if l.tls != nil {
		opts = append(opts, mail.WithTLSConfig(l.tls))
	}
	if l.server.Username != "" {
		opts = append(opts, mail.WithUsername(l.server.Username), mail.WithPassword(l.server.Password.Reveal()), l.auth())
	}
	return mail.NewClient(l.server.Host, opts...)
}

// connect dials, and keeps hold of the connection: only so can it be ended while the server does not answer.
func (l *line) connect(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := new(net.Dialer).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	if l.server.TLS == dewline.TLSImplicit {
		config := l.tls
		if config == nil {
			config = &tls.Config{ServerName: l.server.Host, MinVersion: tls.VersionTLS12}
		}
		secured := tls.Client(conn, config)
		if err := secured.HandshakeContext(ctx); err != nil {
			conn.Close()
			return nil, err
		}
		conn = secured
	}
	l.conn = conn
	return conn, nil
}

// auth chooses the strongest way to log in that the server offers. On a connection that was secured by us, or left in
// clear by the administrator, the password may go as it is.
func (l *line) auth() mail.Option {
	if l.server.TLS == dewline.TLSStart {
		return mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover)
	}
	return mail.WithOpportunisticSMTPAuth(mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthSCRAMSHA1, mail.SMTPAuthCramMD5,
		mail.SMTPAuthPlainNoEnc, mail.SMTPAuthLoginNoEnc)
}
