package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"

	"dewline"
)

// Auth is the account of HTTP's basic authentication.
type Auth struct {
	Username string
	Password dewline.Secret
}

// required lets through who knows the account; everybody where there is none.
func (a *Auth) required(s *site, next http.Handler) http.Handler {
	if a == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); a.knows(user, password) {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("WWW-Authenticate", `Basic realm="dewline", charset="UTF-8"`)
		s.refuse(w, r, &fault{status: http.StatusUnauthorized, title: "Who are you?", detail: "this page asks for a username and a password"})
	})
}

// knows compares in a time that tells nothing about either word: both are
// compared, as hashes of one length.
func (a *Auth) knows(user, password string) bool {
	same := func(x, y string) int {
		hx, hy := sha256.Sum256([]byte(x)), sha256.Sum256([]byte(y))
		return subtle.ConstantTimeCompare(hx[:], hy[:])
	}
	return same(user, a.Username)&same(password, a.Password.Reveal()) == 1
}
