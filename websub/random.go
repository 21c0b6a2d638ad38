package websub

import (
	"crypto/rand" //nolint:depguard // a token and a secret must be such as nobody can guess; they identify nothing of ours (docs/adr/0014)
	"encoding/base64"
	"encoding/hex"
)

// newToken is the part of a callback's address that only its hub knows.
func newToken() string {
	var b [24]byte
	_, _ = rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// newSecret is what a hub signs with. It is sent in a form, so it is text.
func newSecret() []byte {
	var b [32]byte
	_, _ = rand.Read(b[:])
	return []byte(hex.EncodeToString(b[:]))
}
