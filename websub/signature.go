package websub

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // hubs may sign with it (WebSub, section 8); as an HMAC it holds
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"hash"
	"strings"
)

// methods are the ways to sign that the specification names.
var methods = map[string]func() hash.Hash{
	"sha1": sha1.New, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New,
}

// signed reports whether the header (X-Hub-Signature: method=hex) signs the body
// with the secret. The comparison takes the same time whatever differs.
func signed(header string, secret, body []byte) bool {
	method, sum, _ := strings.Cut(strings.TrimSpace(header), "=")
	make := methods[strings.ToLower(method)]
	claimed, err := hex.DecodeString(sum)
	if make == nil || err != nil || len(secret) == 0 {
		return false
	}
	mac := hmac.New(make, secret)
	mac.Write(body)
	return hmac.Equal(mac.Sum(nil), claimed)
}
