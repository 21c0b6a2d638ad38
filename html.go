package dewline

import (
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// Sanitise is the mark-up without anything that runs, frames, submits, styles or
// reaches outside the article: what is left may be shown to a reader. Links and
// pictures keep only http and https addresses, and links take no referrer along.
func (h UnsafeHTML) Sanitise() string { return policy().Sanitize(string(h)) }

// policy is made once; it is safe for concurrent use.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "div", "span", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "code", "kbd", "samp",
		"b", "strong", "i", "em", "u", "s", "small", "sub", "sup", "mark", "abbr", "cite", "dfn", "q", "blockquote",
		"ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "section", "article", "ruby", "rb", "rt", "rp", "bdi", "bdo", "wbr")
	p.AllowTables()
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src", "alt", "width", "height").OnElements("img")
	p.AllowAttrs("dir").Matching(bluemonday.Direction).Globally()
	p.AllowAttrs("lang").Matching(bluemonday.Paragraph).Globally()
	p.AllowURLSchemes("http", "https")
	p.RequireParseableURLs(true)
	p.AllowRelativeURLs(false)
	p.RequireNoReferrerOnLinks(true)
	p.RequireNoFollowOnLinks(true)
	return p
})
