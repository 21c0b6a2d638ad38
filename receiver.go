package dewline

import "time"

// Receiver is somebody who is told. Exactly one of Email, Webhook, Exec and Service
// is set.
type Receiver struct {
	Name    string
	Email   *Email
	Webhook *Webhook
	Exec    *Exec
	Service *Service

	Template Template
	Controls Controls
}

// Template is what a receiver is told in the place of the built-in text, as templates
// of Go. An empty one stands for what is built in.
type Template struct {
	Subject string // of a mail; the title of a service
	Body    string // the plain text; of a webhook or a program all that it gets
	HTML    string // of a mail
}

// Email is a receiver reached by mail.
type Email struct {
	To   []string
	From string // the author and, as it stands in the envelope, who hears of what cannot be delivered
	// Unsubscribe is the address, of a page or a mailto:, at which a reader leaves. Empty: a mail to From.
	Unsubscribe string
}

// Webhook is a receiver reached by HTTP.
type Webhook struct {
	URL    string
	Secret Secret // as Standard Webhooks spells it: whsec_<base64>, or any bytes; empty: unsigned
	// Previous signs too while a secret is changed: whoever knows either of the two
	// can tell that the hook is ours. Empty: none.
	Previous Secret
}

// Exec is a program that gets the hook's JSON on its standard input.
type Exec struct {
	Command []string
	Timeout time.Duration
}

// Service is a chat or push service, as shoutrrr addresses it.
type Service struct {
	URL Secret // such as ntfy://ntfy.sh/topic; it holds the service's tokens
}

// SMTP is the server that takes the mail.
type SMTP struct {
	Host     string
	Port     int
	TLS      TLSMode
	Username string
	Password Secret
}

// TLSMode says how a mail connection is secured.
type TLSMode string

// The modes of smtp.tls.
const (
	TLSStart    TLSMode = "starttls" // required, never opportunistic
	TLSImplicit TLSMode = "implicit"
	TLSNone     TLSMode = "none"
)

// Secret is a password or key. It does not show itself when it is printed.
type Secret string

// String hides the secret.
func (Secret) String() string { return "[secret]" }

// GoString hides the secret.
func (Secret) GoString() string { return "[secret]" }

// MarshalText hides the secret: it is never written anywhere.
func (Secret) MarshalText() ([]byte, error) { return []byte("[secret]"), nil }

// Reveal is the secret itself.
func (s Secret) Reveal() string { return string(s) }
