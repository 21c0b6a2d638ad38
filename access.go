package dewline

// Account is a name and password for HTTP basic authentication.
type Account struct {
	Username string
	Password Secret
}

// Route is how a feed's servers are connected to. Feeds of one route share their
// connections; the zero Route is that of a feed with nothing configured.
type Route struct {
	// Proxy is the address of the proxy (http, https, socks5), with its username
	// and password where it wants them. Empty: none.
	Proxy Secret
	// CA are certificates in PEM that count beside the system's.
	CA string
	// HTTP1 keeps to HTTP/1.1.
	HTTP1 bool
}
