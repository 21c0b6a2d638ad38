package config

import (
	"net/netip"
	"time"

	"dewline"
)

// Config is a configuration without a fault.
type Config struct {
	Path      string   // the file, as it was named
	Included  []string // the files that it includes
	Store     string   // the database, an absolute path
	HTTP      HTTP
	Fetch     Fetch
	Feeds     []dewline.Feed
	Concepts  []dewline.Concept // as configured; the built-in ones are not among them
	Rules     []dewline.Rule
	Receivers []dewline.Receiver
	Health    []string      // receivers that are told of the health of feeds and of other receivers
	SMTP      *dewline.SMTP // nil where none is configured
	Warnings  []Problem     // what is probably not meant, and refused nothing
}

// HTTP is how the page, the output feeds and the API are served.
type HTTP struct {
	Listen   string // host:port
	BaseURL  string // what links start with; no slash at the end
	Public   bool   // BaseURL was written, and can be reached from outside as far as can be told
	Auth     *Auth  // nil: nobody is asked who they are
	AuthNone bool   // `auth: none`: meant so, even beyond loopback
}

// Auth is the one account of HTTP basic authentication.
type Auth struct {
	Username string
	Password dewline.Secret
}

// Fetch is how sources are asked.
type Fetch struct {
	Schedule     string        // of a feed that names none
	WebSub       string        // of a feed that says nothing: auto, on or off
	Timeout      time.Duration // of one request, redirects and body included
	MaxBody      int64         // bytes, after decompression
	Concurrency  int           // requests at one time
	PerSite      int           // requests at one time to one registrable domain
	UserAgent    string
	AllowPrivate []netip.Prefix // networks that may be asked although not public
	Route        dewline.Route  // of a feed that names none
}

// Checks are judgements that belong to other rooms. Each may return a
// *dewline.SyntaxError or dewline.SyntaxErrors, whose positions are then shown in the
// file.
type Checks struct {
	// Queries judges the configured concepts, and gives the judge of queries that
	// may name them.
	Queries  func(concepts []dewline.Concept) Queries
	Schedule func(string) error
	// Certificates judges the text of a ca_file. A warning is of what will not
	// help to trust any server.
	Certificates func(pem string) (warnings []string, err error)
	Selector     func(string) error // of `page:`
	// Service judges the address of a chat or push service. What it says shows
	// nothing of the address.
	Service func(address string) error
	// Template judges a receiver's template.
	Template func(text string, isHTML bool) error
}

// Queries is the query language with the concepts of one configuration.
type Queries struct {
	// Check judges a query. A warning is of what is probably not meant.
	Check  func(query string) (warnings []*dewline.SyntaxError, err error)
	Faults []ConceptFault
	// Warnings are of the concepts' terms.
	Warnings []ConceptFault
}

// ConceptFault is what is wrong with one of the concepts.
type ConceptFault struct {
	Concept int // its index
	Term    int // the index of the term; -1: it is the name
	Err     error
}
