package dewline

import "time"

// Feed is one source as the administrator configured it.
type Feed struct {
	Name      string   // unique; the feed's identity
	URL       string   // absolute, http or https
	Tags      []string // for rules to choose by
	Schedule  string   // a cron expression, @every or adaptive; never empty once configured
	Language  string   // BCP 47; when set it overrides what the feed says
	FirstPoll FirstPoll
	Push      bool              // the hubs that it names are subscribed at
	FullText  bool              // the linked article is fetched and judged too
	Headers   map[string]string // sent to the feed's own host only
	UserAgent string            // what its servers are told about us; empty: the client's
	Cookies   bool              // the cookies of its servers are kept from poll to poll
	Account   *Account          // sent to the feed's own host only; nil: none
	Route     Route
	Page      *PageList // the address is a web page with a list; nil: it is a feed
	Sitemap   *Sitemap  // the address is a sitemap; nil: it is none
	Health    []string  // names of the receivers that are told of its health
}

// Key is the feed's key.
func (f Feed) Key() Key { return FeedKey(f.Name) }

// Ref is what the feed's items say of their source.
func (f Feed) Ref() FeedRef { return FeedRef{Name: f.Name, URL: f.URL, Tags: f.Tags} }

// FeedRef names an item's source.
type FeedRef struct {
	Name string   `json:"name"`
	URL  string   `json:"url"`
	Tags []string `json:"tags"`
}

// FirstPoll says what becomes of the matches that a feed holds when it is read
// for the first time.
type FirstPoll string

// What a first poll may do.
const (
	FirstPollPublish FirstPoll = "publish" // published, nobody is alerted (the default)
	FirstPollAlert   FirstPoll = "alert"   // alerted like any later match
)

// FeedState is what is known of a feed between two polls. The store keeps it;
// a poll reads it, and commits its successor together with the items that the
// poll brought.
type FeedState struct {
	Key      Key    `json:"key"`
	Name     string `json:"name"`
	URL      string `json:"url"`      // the configured address at the last poll
	Schedule string `json:"schedule"` // the configured schedule; another one makes the feed due
	Revision uint64 `json:"revision"` // counts commits; a commit presents the revision it claimed

	Reading string `json:"reading,omitempty"` // the configured way to read it at the last poll

	// The validators and the fingerprint of the last body that was wholly
	// taken in. They belong to URL and Reading: a feed whose address was changed is
	// asked without them.
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	BodyHash     Key    `json:"body_hash,omitzero"`

	Index map[string]PartState `json:"index,omitempty"` // the parts of an index of sitemaps, by their addresses
	List  *FoundList           `json:"list,omitempty"`  // the list that was found on its page; nil: none was looked for, or found yet

	// What the feed says of itself.
	Title    string `json:"title,omitempty"`
	Link     string `json:"link,omitempty"`
	Language string `json:"language,omitempty"`

	Offer PushOffer `json:"offer,omitzero"` // of push, as of the last body read

	// Churns is set while the feed gives known statements other GUIDs or addresses.
	Churns bool `json:"churns,omitempty"`

	Hints Hints `json:"hints,omitzero"`

	// Health. Status is the outcome of the last poll, since StatusSince.
	Status      Status     `json:"status"`
	Detail      string     `json:"detail,omitempty"` // the status in words, with the remedy
	StatusSince time.Time  `json:"status_since,omitzero"`
	Failures    int        `json:"failures,omitempty"`   // polls failed in a row
	Trouble     Trouble    `json:"trouble,omitzero"`     // polls in a row that were not as they should be, those that were cut or empty among them
	Stillness   *Stillness `json:"silence,omitempty"`    // where it is silent
	MovedTo     string     `json:"moved_to,omitempty"`   // the target of a permanent redirect (301, 308)
	MovedSince  time.Time  `json:"moved_since,omitzero"` // since when it is that target
	HTTPStatus  int        `json:"http_status,omitempty"`

	FirstRead  time.Time `json:"first_read,omitzero"` // end of the quiet first poll; zero until a body was read whole, or twice in part
	LastPoll   time.Time `json:"last_poll,omitzero"`
	LastOK     time.Time `json:"last_ok,omitzero"`     // last poll that was answered well (200 read, or 304)
	LastNew    time.Time `json:"last_new,omitzero"`    // last poll that brought a new item
	LastChange time.Time `json:"last_change,omitzero"` // last poll that was answered with another body than the one before
	LastBody   time.Time `json:"last_body,omitzero"`   // last poll that was answered with a whole body
	Due        time.Time `json:"due"`                  // the next poll
	Items      int       `json:"items,omitempty"`      // items in the last body read
	Total      uint64    `json:"total,omitempty"`      // items ever stored
	Polled     PollSums  `json:"polled,omitzero"`      // sums over all polls since they are kept
	Gap        *Gap      `json:"gap,omitempty"`        // the last one, open or closed
	Gaps       GapSums   `json:"gaps,omitzero"`
	Rhythm     Rhythm    `json:"rhythm,omitzero"` // when the source publishes
	Told       Told      `json:"-"`               // what receivers know of its health; changed by a Bulletin alone
	Texts      TextSums  `json:"-"`               // filled in where states are listed

	// Push is the subscription by which news come, or would come; nil where no hub was
	// asked. Filled in where states are listed.
	Push *Subscription `json:"-"`

	// Wait is what keeps the running daemon from polling it; nil: nothing, or no daemon runs. It is never
	// stored; filled in where states are shown.
	Wait *Wait `json:"-"`
}

// Status is the outcome of a poll, and so a feed's health. The log, the metric
// and the page use the same word.
type Status string

// The outcomes of a poll.
const (
	StatusNew         Status = "new"          // never polled
	StatusOK          Status = "ok"           // read, or not modified
	StatusCut         Status = "cut"          // the document ends in the middle; what stood before the cut was read
	StatusEmpty       Status = "empty"        // a feed without a single item
	StatusHTML        Status = "html"         // a web page where a feed should be
	StatusBrokenList  Status = "broken-list"  // a web page in which the selectors find no list
	StatusChallenge   Status = "challenge"    // a bot wall's page
	StatusNotFeed     Status = "not-a-feed"   // neither a feed nor a page
	StatusMalformed   Status = "malformed"    // a feed that cannot be parsed
	StatusHostile     Status = "hostile"      // refused by the guard: nesting, element count, entity bomb
	StatusEncoding    Status = "bad-encoding" // a body that its Content-Encoding does not describe
	StatusTooLarge    Status = "too-large"    // over the size limit after decompression
	StatusTimeout     Status = "timeout"      // slower than fetch.timeout
	StatusDNS         Status = "dns"          // the name does not resolve
	StatusTLS         Status = "tls"          // the certificate or the handshake was refused
	StatusConnection  Status = "connection"   // refused, reset or cut
	StatusBlocked     Status = "blocked"      // not a public address, and not in fetch.allow_private
	StatusRedirects   Status = "redirects"    // more than 10 redirects, or a redirect to nowhere
	StatusNotFound    Status = "not-found"    // 404
	StatusGone        Status = "gone"         // 410
	StatusForbidden   Status = "forbidden"    // 401, 403, 451
	StatusRateLimited Status = "rate-limited" // 429
	StatusUnavailable Status = "unavailable"  // 503
	StatusServerError Status = "server-error" // other 5xx
	StatusHTTPError   Status = "http-error"   // any other status
	StatusInternal    Status = "internal"     // a fault of dewline's own, contained
)

// Statuses lists every outcome, for metrics and documentation.
var Statuses = []Status{
	StatusNew, StatusOK, StatusCut, StatusEmpty, StatusHTML, StatusBrokenList, StatusChallenge, StatusNotFeed, StatusMalformed,
	StatusHostile, StatusEncoding, StatusTooLarge, StatusTimeout, StatusDNS, StatusTLS, StatusConnection,
	StatusBlocked, StatusRedirects, StatusNotFound, StatusGone, StatusForbidden, StatusRateLimited,
	StatusUnavailable, StatusServerError, StatusHTTPError, StatusInternal,
}

// Healthy reports whether the feed was read as it should be. A cut or empty
// feed was read, but somebody should look at it.
func (s Status) Healthy() bool { return s == StatusOK || s == StatusNew }

// Read reports whether the poll took items in, so that what it brought counts
// as the feed's content.
func (s Status) Read() bool { return s == StatusOK || s == StatusCut || s == StatusEmpty }
