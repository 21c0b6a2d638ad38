package dewline

import "time"

// Receiver is somebody who is told. Exactly one of Email, Webhook and Exec is
// set.
type Receiver struct {
	Name    string
	Email   *Email
	Webhook *Webhook
	Exec    *Exec
}

// Email is a receiver reached by mail.
type Email struct {
	To   []string
	From string
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
