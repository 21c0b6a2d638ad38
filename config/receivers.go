package config

import (
	"encoding/base64"
	"fmt"
	"net/mail"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"dewline"
)

// audience are the receivers, with the names that rules may use.
type audience struct {
	all   []dewline.Receiver
	names map[string]bool
}

func (l *loader) receivers(entries []receiverSection, smtp bool) audience {
	a := audience{names: map[string]bool{}}
	seen := map[string]place{}
	for i := range entries {
		e := &entries[i]
		if !e.set {
			continue
		}
		if l.required(e.Name, e.place, "this receiver", "add name:") && l.name(e.Name) {
			l.once(seen, e.Name.value, e.Name.scalar, "the receiver name "+quoted(e.Name.value), "give each receiver its own name")
			a.names[e.Name.value] = true
		}
		a.all = append(a.all, l.receiver(e, smtp))
	}
	return a
}

func (l *loader) receiver(e *receiverSection, smtp bool) dewline.Receiver {
	r := dewline.Receiver{Name: e.Name.value}
	var ways []string
	if e.Email != nil {
		ways = append(ways, "email")
		r.Email = l.email(e.Email, smtp)
	}
	if e.Webhook != nil {
		ways = append(ways, "webhook")
		r.Webhook = l.webhook(e.Webhook)
	}
	if e.Exec != nil {
		ways = append(ways, "exec")
		r.Exec = l.exec(e.Exec)
	}
	if e.Shoutrrr != nil {
		ways = append(ways, "shoutrrr")
		r.Service = l.service(e.Shoutrrr)
	}
	r.Template = l.template(e.Template, strings.Join(ways, " "))
	r.Controls = l.controls(e)
	switch {
	case len(ways) > 1:
		l.report(e.place, 1, "this receiver has "+strings.Join(ways, " and ")+": one receiver is told in one way", "make a receiver of each")
	case len(ways) == 0:
		l.report(e.place, 1, "this receiver has no way to be told", "add email:, webhook:, shoutrrr: or exec:")
	}
	return r
}

func (l *loader) email(s *emailSection, smtp bool) *dewline.Email {
	if !s.set {
		return nil
	}
	if !smtp {
		l.report(s.place, 1, "an email receiver needs a mail server", "add smtp: {host: …} at the end of the file")
	}
	if !s.To.set {
		l.report(s.place, 1, "`email:` has no `to:`", "add to: [somebody@example.org]")
	} else if s.To.empty() {
		l.report(s.To.place, 1, "`to:` is empty", "add to: [somebody@example.org]")
	}
	for _, to := range s.To.items {
		l.mailAddress(to)
	}
	if l.required(s.From, s.place, "`email:`", "add from: dewline@example.org") {
		l.mailAddress(s.From)
	}
	l.leave(s.Unsubscribe)
	return &dewline.Email{To: s.To.values(), From: s.From.value, Unsubscribe: s.Unsubscribe.value}
}

// leave judges where a reader leaves the list.
func (l *loader) leave(s text) {
	if !s.set {
		return
	}
	to, isMail := strings.CutPrefix(s.value, "mailto:")
	to, _, _ = strings.Cut(to, "?")
	_, err := mail.ParseAddress(to)
	switch {
	case strings.ContainsAny(s.value, "<>\"") || strings.ContainsFunc(s.value, unicode.IsSpace) || isMail && err != nil:
		l.wrong(s.scalar, "`unsubscribe:` is not an address", "write https://example.org/leave, or mailto:desk@example.org?subject=leave")
	case !isMail:
		l.address(s)
	}
}

func (l *loader) mailAddress(s text) {
	if _, err := mail.ParseAddress(s.value); err != nil {
		l.wrong(s.scalar, fmt.Sprintf("%q is not a mail address", s.value), "write somebody@example.org, or Somebody <somebody@example.org>")
	}
}

func (l *loader) webhook(s *webhookSection) *dewline.Webhook {
	if !s.set {
		return nil
	}
	if l.required(s.URL, s.place, "`webhook:`", "add url: https://…") {
		l.address(s.URL)
	}
	w := &dewline.Webhook{URL: s.URL.value, Secret: l.signingSecret(s.Secret, s.SecretFile), Previous: l.signingSecret(s.PreviousSecret, s.PreviousSecretFile)}
	switch from := writtenOf(s.PreviousSecret, s.PreviousSecretFile); {
	case w.Previous == "":
	case !s.Secret.tried() && !s.SecretFile.tried():
		l.wrong(from, "`"+from.key+":` stands alone", "write the new secret as secret_file: FILE, or secret: ${VARIABLE}")
	case w.Previous == w.Secret:
		l.wrong(from, "the previous secret is the same as the secret", "remove `"+from.key+":`")
	}
	return w
}

// signingSecret is a secret that signs hooks.
func (l *loader) signingSecret(here secret, path text) dewline.Secret {
	signed, given := l.secret(here, path)
	if encoded, ok := strings.CutPrefix(signed.Reveal(), "whsec_"); ok && given {
		if _, err := base64.StdEncoding.DecodeString(encoded); err != nil {
			l.wrong(writtenOf(here, path), "this secret begins with whsec_ and what follows is not base64", "copy it again from where it was made")
		}
	}
	return signed
}

// writtenOf is where a secret was written: here, or the name of its file.
func writtenOf(here secret, path text) scalar {
	if path.set {
		return path.scalar
	}
	return here.scalar
}

func (l *loader) service(s *shoutrrrSection) *dewline.Service {
	if !s.set {
		return nil
	}
	address, given := l.secret(s.URL, s.URLFile)
	from := writtenOf(s.URL, s.URLFile)
	switch {
	case !given && !s.URL.tried() && !s.URLFile.tried():
		l.report(s.place, 1, "`shoutrrr:` has no address", "add url_file: FILE, or url: ${VARIABLE}")
	case given && l.checks.Service != nil:
		// The address is not in the message, nor where in it the fault is: it is a secret.
		if faults := dewline.SyntaxFaults(l.checks.Service(address.Reveal())); len(faults) > 0 {
			l.wrong(from, faults[0].Msg, faults[0].Hint)
		}
	}
	return &dewline.Service{URL: address}
}

func (l *loader) exec(s *execSection) *dewline.Exec {
	if !s.set {
		return nil
	}
	x := &dewline.Exec{Command: s.Command.values(), Timeout: l.duration(s.Timeout, time.Hour)}
	switch {
	case !s.Command.set:
		l.report(s.place, 1, "`exec:` has no `command:`", "add command: [/usr/local/bin/on-match]")
	case s.Command.failed:
	case s.Command.empty() || x.Command[0] == "":
		l.report(s.Command.place, 1, "`command:` names no program", "write command: [/usr/local/bin/on-match]")
	case strings.ContainsRune(x.Command[0], filepath.Separator):
		program, err := filepath.Abs(resolve(l.of(s.place).dir, x.Command[0]))
		if err != nil {
			l.wrong(s.Command.items[0].scalar, fmt.Sprintf("cannot tell where it is: %v", err), "write an absolute path")
		}
		x.Command[0] = program
	}
	return x
}

// mailPorts are the usual ports of the ways to secure a mail connection.
var mailPorts = map[dewline.TLSMode]int{dewline.TLSStart: 587, dewline.TLSImplicit: 465, dewline.TLSNone: 25}

func (l *loader) smtp(s *smtpSection) *dewline.SMTP {
	if s == nil || !s.set {
		return nil
	}
	l.required(s.Host, s.place, "`smtp:`", "add host: mail.example.org")
	if strings.ContainsAny(s.Host.value, ":/ ") {
		l.wrong(s.Host.scalar, "`host:` is a name alone", "write the port as port:, and no smtp:// before the name")
	}
	server := &dewline.SMTP{Host: s.Host.value, Username: s.Username.value}
	server.TLS = dewline.TLSMode(l.oneOf(s.TLS, string(dewline.TLSStart), string(dewline.TLSImplicit), string(dewline.TLSNone)))
	server.Port = mailPorts[server.TLS]
	if s.Port.set {
		server.Port = l.number(s.Port, 1, 65535)
	}
	var given bool
	server.Password, given = l.secret(s.Password, s.PasswordFile)
	tried := s.Password.tried() || s.PasswordFile.tried()
	switch {
	case s.Username.set && !given && !tried:
		l.wrong(s.Username.scalar, "`username:` has no password", "add password_file: FILE, or password: ${VARIABLE}")
	case given && !s.Username.tried():
		l.report(s.place, 1, "`smtp:` has a password and no `username:`", "add username:")
	}
	return server
}
