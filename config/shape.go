package config

// file is config.yaml as it is written. These structs are the manual: every
// key, with its unit, its default (the default tag is the default) and what
// makes it fail. docs/configuration.md says the same for users, and a test
// keeps the two in step. A key of type later belongs to the contract and not to
// this version: it is refused by name.
type file struct {
	section
	// Store is the database's file, relative to the first $STATE_DIRECTORY,
	// else to this file. Fails on a postgres:// address: not supported yet.
	Store text         `yaml:"store" default:"dewline.db"`
	HTTP  httpSection  `yaml:"http"`
	Fetch fetchSection `yaml:"fetch"`
	// Feeds is what is watched. Fails when it is empty, on two feeds of one
	// name and on two feeds of one address.
	Feeds []feedSection `yaml:"feeds"`
	// Rules are the questions asked of every item. Without a rule, items are
	// only stored. Fails on two rules of one name.
	Rules []ruleSection `yaml:"rules"`
	// Receivers are those who can be told. Fails on two of one name.
	Receivers []receiverSection `yaml:"receivers"`
	// SMTP is the server that takes the mail. Needed by an email receiver.
	SMTP *smtpSection `yaml:"smtp"`

	// Concepts are named sets of terms, each a list of queries, that any query
	// may name as @name. One of the name of a built-in concept takes its place.
	// Fails on a bad query, an unknown name and on concepts that name each other
	// in a circle.
	Concepts lists `yaml:"concepts"`

	// Include lists files, relative to this one, whose feeds, rules, concepts and
	// receivers are added to those here; * and ? stand for parts of their names. Fails
	// on a file that is not there, and on any other key in it.
	Include words `yaml:"include"`

	// Health is who is told when a source fails, falls silent or recovers, or the
	// word off: nobody. Default: nobody.
	Health *healthSection `yaml:"health"`
}

// included is a file that config.yaml includes.
type included struct {
	section
	Feeds []feedSection `yaml:"feeds"`
	Rules []ruleSection `yaml:"rules"`
	// Concepts are as those of file.
	Concepts  lists             `yaml:"concepts"`
	Receivers []receiverSection `yaml:"receivers"`
}

// httpSection is the page, the output feeds and the API.
type httpSection struct {
	section
	// Listen is host:port. Fails beyond loopback without auth.
	Listen text `yaml:"listen" default:"127.0.0.1:8423"`
	// BaseURL is what links in feeds and alerts start with. Default: http://
	// and the listening address, with this machine's name for all addresses.
	BaseURL text `yaml:"base_url"`
	// Auth is who may read, or the word none: everybody who can connect.
	Auth *authSection `yaml:"auth"`

	Hub later `yaml:"hub"`
}

// authSection is HTTP basic authentication, or the word none.
type authSection struct {
	section
	word
	// Username fails when it is empty or contains a colon.
	Username text `yaml:"username"`
	// Password is best written as ${VARIABLE}. Fails beside password_file.
	Password secret `yaml:"password"`
	// PasswordFile holds the password, in $CREDENTIALS_DIRECTORY or relative
	// to this file. Fails when it is missing or empty.
	PasswordFile text `yaml:"password_file"`
}

// healthSection says who is told of a source's health, or the word off.
type healthSection struct {
	section
	word
	// Alert names receivers. Fails on one that there is not.
	Alert words `yaml:"alert"`
}

// fetchSection says how sources are asked.
type fetchSection struct {
	section
	// Schedule is when a feed that names no schedule is polled: five cron
	// fields (CRON_TZ=Zone may stand before them), @hourly and the like, or
	// @every DURATION of at least 1s; or adaptive, by the source's own rhythm,
	// with the shortest and the longest interval behind it: adaptive 2m..6h.
	Schedule text `yaml:"schedule" default:"@every 15m"`
	// Timeout bounds one whole request, redirects and body included; at most 1h.
	Timeout amount `yaml:"timeout" default:"30s"`
	// MaxBody bounds a response after decompression; at most 1GiB.
	MaxBody amount `yaml:"max_body" default:"16MiB"`
	// Concurrency is the number of requests at one time; 1 to 10000.
	Concurrency number `yaml:"concurrency" default:"64"`
	// PerSite is the number of requests at one time to one registrable
	// domain; 1 to 1000.
	PerSite number `yaml:"per_site" default:"2"`
	// UserAgent is what sources are told about us.
	UserAgent text `yaml:"user_agent" default:"dewline/1.0"`
	// AllowPrivate lists networks (CIDR) that may be fetched although they
	// are not public. Webhooks obey it too.
	AllowPrivate words `yaml:"allow_private"`
	// WebSub says whether news are pushed to us where a feed names a hub: auto (where
	// http.base_url is an address that hubs can reach), on or off.
	WebSub choice `yaml:"websub" default:"auto"`
	// Proxy is the address of a proxy for every feed that names none: http,
	// https or socks5, with its username and password, these best written as
	// ${VARIABLE}. Fails beside proxy_file.
	Proxy secret `yaml:"proxy"`
	// ProxyFile holds that address, in $CREDENTIALS_DIRECTORY or relative to
	// this file. Fails when it is missing or empty.
	ProxyFile text `yaml:"proxy_file"`
	// CAFile holds certificates (PEM) that count for every feed beside the
	// system's, relative to this file. Fails when it holds none.
	CAFile text `yaml:"ca_file"`
}

// feedSection is one feed by its url, or all feeds of an OPML file by opml.
type feedSection struct {
	section
	// URL is the feed's address, http or https. Fails on a name or password
	// inside it: what is fetched is also shown.
	URL text `yaml:"url"`
	// OPML is a file of feeds, relative to this file, instead of url. The
	// other keys of the entry then hold for each of its feeds.
	OPML text `yaml:"opml"`
	// Name is unique and the feed's identity: renamed, it is a new feed.
	// Default: the URL's host and path; in an OPML file, the title there.
	Name text `yaml:"name"`
	// Tags are what rules choose by. Feeds of an OPML file get the categories
	// and the folders written there as well. Tags that differ in nothing but
	// case are one.
	Tags words `yaml:"tags"`
	// Schedule is as fetch.schedule. Default: that one.
	Schedule text `yaml:"schedule"`
	// Language (BCP 47, such as en or zh-Hans) overrides what the feed says.
	Language text `yaml:"language"`
	// FullText fetches what each item links to, stores its text and matches on it
	// too: docs/sources.md.
	FullText flag `yaml:"full_text" default:"false"`
	// FirstPoll is publish (what the feed holds when it is first read is
	// published, nobody is alerted) or alert.
	FirstPoll text `yaml:"first_poll" default:"publish"`
	// Headers are sent to the feed's own host and to no other. Fails on a
	// header that dewline sets itself.
	Headers pairs `yaml:"headers"`
	// UserAgent is what the feed's servers are told about us. Default:
	// fetch.user_agent. Fails beside a header of this name.
	UserAgent text `yaml:"user_agent"`
	// Cookies keeps what its servers set from poll to poll, in memory. Within
	// one poll, through its redirects, cookies are always kept.
	Cookies flag `yaml:"cookies" default:"false"`
	// BasicAuth is an account, sent to the feed's own host and to no other.
	// Fails beside opml and beside a header Authorization.
	BasicAuth *accountSection `yaml:"basic_auth"`
	// Proxy is as fetch.proxy, for this feed; none: no proxy. Default: that one.
	Proxy secret `yaml:"proxy"`
	// ProxyFile is as fetch.proxy_file, for this feed.
	ProxyFile text `yaml:"proxy_file"`
	// CAFile is as fetch.ca_file, for this feed; the certificates there count
	// as well.
	CAFile text `yaml:"ca_file"`
	// HTTP1 keeps to HTTP/1.1, for a server that does HTTP/2 badly.
	HTTP1 flag `yaml:"http1" default:"false"`

	// Page says where the items stand on a web page that has no feed, or leaves it to dewline to find their list.
	Page *pageSection `yaml:"page"`
	// Sitemap is true where the address is a sitemap, or says which of its addresses are items. Instead of url it may
	// be the sitemap's address. Fails beside page.
	Sitemap *sitemapSection `yaml:"sitemap"`

	// Health is as health at the top, for this feed, or the word off. Default: that one.
	Health *healthSection `yaml:"health"`

	// WebSub is as fetch.websub, for this feed. Default: that one.
	WebSub choice `yaml:"websub"`
}

// accountSection is a username and password for HTTP basic authentication.
type accountSection struct {
	section
	// Username fails when it is empty or contains a colon.
	Username text `yaml:"username"`
	// Password is best written as ${VARIABLE}. Fails beside password_file.
	Password secret `yaml:"password"`
	// PasswordFile holds the password, in $CREDENTIALS_DIRECTORY or relative
	// to this file. Fails when it is missing or empty.
	PasswordFile text `yaml:"password_file"`
}

// pageSection are CSS selectors, each relative to the item's block; @ and the name of an attribute may stand
// behind one. They fail where they are none. Or it is the word auto.
type pageSection struct {
	section
	word
	// Item is the block of one item. Required.
	Item text `yaml:"item"`
	// Link is what leads to the item. Default: the block itself, else its first link.
	Link text `yaml:"link"`
	// Title is the item's title. Default: the link's text.
	Title text `yaml:"title"`
	// Date is where the item's date stands, with or without other text. Default: a <time>.
	Date text `yaml:"date"`
	// Summary is where the item's summary stands. Default: none.
	Summary text `yaml:"summary"`
}

// sitemapSection chooses the items of a sitemap; or the word true, or the sitemap's address.
type sitemapSection struct {
	section
	word
	// Match is a text that an item's address holds behind its host; * in it is any text. Default: all addresses.
	Match text `yaml:"match"`
}

// ruleSection is one question to every item.
type ruleSection struct {
	section
	// Name is unique, and part of the output feed's address: letters without
	// accents, digits, - and _; all is taken.
	Name text `yaml:"name"`
	// Title is for people. Default: the name.
	Title text `yaml:"title"`
	// Query is what to look for, in the query language. Required.
	Query text `yaml:"query"`
	// Tags ask only feeds that have one of these tags. Default: all feeds.
	// Fails on a tag that no feed has: such a rule would never fire.
	Tags words `yaml:"tags"`
	// Feeds ask only the feeds of these names; with tags: of either.
	Feeds words `yaml:"feeds"`
	// Alert names the receivers that are told. Default: none, the rule only
	// publishes. Fails on an unknown receiver.
	Alert words `yaml:"alert"`
	// On is what is told: new, an item that the rule matches for the first time;
	// changed, an edit of what it asks for; removed, that its page is gone.
	On words `yaml:"on" default:"new"`
	// Stories says what re-runs of one statement do: first, the first alerts and
	// the others join it; each, every one alerts and they are known to be one story;
	// or off, nothing is asked.
	Stories text `yaml:"stories" default:"first"`
	// StoryUpdates is the time between two mails that say where else a story ran,
	// 1m to 1w, or off. Fails beside a stories other than first.
	StoryUpdates amount `yaml:"story_updates" default:"1h"`
	// Priority is normal or critical; what is critical passes everything that holds alerts
	// back: silences, digests, quiet hours, budgets.
	Priority text `yaml:"priority" default:"normal"`
}

// receiverSection is somebody who is told, in exactly one way.
type receiverSection struct {
	section
	// Name is unique; rules name it in alert.
	Name    text            `yaml:"name"`
	Email   *emailSection   `yaml:"email"`
	Webhook *webhookSection `yaml:"webhook"`
	Exec    *execSection    `yaml:"exec"`
	// Shoutrrr is a chat or push service, as shoutrrr addresses it.
	Shoutrrr *shoutrrrSection `yaml:"shoutrrr"`
	// Template is what the receiver is told in the place of the built-in text.
	Template *templateSection `yaml:"template"`

	// Quiet are hours in which nothing is sent. What comes then is sent when they end.
	Quiet *quietSection `yaml:"quiet"`
	// Budget is how many alerts are sent one by one in a time, such as 20/h; m and d stand
	// for a minute and a day. The rest is one summary when the time is over. Default: all.
	Budget text `yaml:"budget"`
	// Group gathers what comes within this time of an alert into one summary; at most
	// 24h. Default: nothing is gathered.
	Group amount `yaml:"group"`
}

// emailSection is a receiver reached by mail, through smtp.
type emailSection struct {
	section
	// To lists mail addresses; at least one.
	To words `yaml:"to"`
	// From is the sender's mail address. Required.
	From text `yaml:"from"`
	// Unsubscribe is where a reader leaves the list, as the List-Unsubscribe of each mail says: https://… or mailto:….
	// Default: a mail to from, with the subject unsubscribe.
	Unsubscribe text `yaml:"unsubscribe"`
	// Digest is when everything that came since is sent in one mail: five cron fields
	// (CRON_TZ=Zone may stand before them), @daily and the like, or @every DURATION.
	// Default: each alert is a mail of its own.
	Digest text `yaml:"digest"`
}

// quietSection are the hours of a day in which nothing is sent; they may span midnight.
type quietSection struct {
	section
	// From is when they begin, as 22:00. Required.
	From text `yaml:"from"`
	// To is when they end. Required. Fails where it is from.
	To text `yaml:"to"`
	// Zone is the time zone of both, such as Europe/Berlin. Default: that of this machine.
	Zone text `yaml:"zone"`
}

// webhookSection is a receiver reached by HTTP POST (Standard Webhooks).
type webhookSection struct {
	section
	// URL is where to post. Required.
	URL text `yaml:"url"`
	// Secret signs the hook: whsec_ and base64, or any text. Default: unsigned.
	// Fails beside secret_file.
	Secret secret `yaml:"secret"`
	// SecretFile holds the secret, in $CREDENTIALS_DIRECTORY or relative to
	// this file. Fails when it is missing or empty.
	SecretFile text `yaml:"secret_file"`
	// PreviousSecret signs too, while receivers change to the new secret. Default:
	// none. Fails without a secret, beside previous_secret_file and when it is the secret.
	PreviousSecret secret `yaml:"previous_secret"`
	// PreviousSecretFile holds that secret, as secret_file does.
	PreviousSecretFile text `yaml:"previous_secret_file"`
}

// execSection is a program that gets the hook's JSON on its standard input.
type execSection struct {
	section
	// Command is the program and its arguments, with no shell between. A
	// program with a slash in its name is relative to this file, any other is
	// looked up in $PATH.
	Command words `yaml:"command"`
	// Timeout is when the program is killed; at most 1h.
	Timeout amount `yaml:"timeout" default:"10s"`
}

// shoutrrrSection is a receiver reached by a chat or push service.
type shoutrrrSection struct {
	section
	// URL is the service's address as shoutrrr writes it. It holds tokens: best
	// written with ${VARIABLE}. Fails beside url_file and where shoutrrr refuses it.
	URL secret `yaml:"url"`
	// URLFile holds that address, in $CREDENTIALS_DIRECTORY or relative to this
	// file. Fails when it is missing or empty.
	URLFile text `yaml:"url_file"`
	// Digest is as that of email.
	Digest text `yaml:"digest"`
}

// templateSection are templates of Go (text/template; html/template for html), each in
// the file or in one of its own, relative to this file. Each fails where it cannot tell a
// sample of every event.
type templateSection struct {
	section
	// Subject is a mail's subject, or a service's title.
	Subject text `yaml:"subject"`
	// SubjectFile holds it. Fails beside subject.
	SubjectFile text `yaml:"subject_file"`
	// Body is the plain text of a mail or of a service; of a webhook or a program all
	// that it gets.
	Body text `yaml:"body"`
	// BodyFile holds it. Fails beside body.
	BodyFile text `yaml:"body_file"`
	// HTML is the HTML of a mail.
	HTML text `yaml:"html"`
	// HTMLFile holds it. Fails beside html.
	HTMLFile text `yaml:"html_file"`
}

// smtpSection is the server that takes the mail.
type smtpSection struct {
	section
	// Host is the server's name. Required.
	Host text `yaml:"host"`
	// Port is 1 to 65535. Default: 587 for starttls, 465 for implicit, 25 for none.
	Port number `yaml:"port"`
	// TLS is starttls (required, never given up), implicit or none.
	TLS text `yaml:"tls" default:"starttls"`
	// Username is for a server that asks who we are. Fails without a password.
	Username text `yaml:"username"`
	// Password is best written as ${VARIABLE}. Fails beside password_file.
	Password secret `yaml:"password"`
	// PasswordFile holds the password, in $CREDENTIALS_DIRECTORY or relative
	// to this file. Fails when it is missing or empty.
	PasswordFile text `yaml:"password_file"`
}
