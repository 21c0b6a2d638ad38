package publish

import (
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
)

// address is what a path and its query ask for.
type address struct {
	channel channel
	format  *format // nil: the list of feeds
	before  uint64  // the page of what is older than this Seq; 0: the newest
}

// format is one of the forms that a feed is written in.
type format struct {
	suffix string
	mime   string
	render func(*Publisher, page) ([]byte, error)
}

var formats = []*format{
	{suffix: "atom", mime: "application/atom+xml", render: (*Publisher).atom},
	{suffix: "rss", mime: "application/rss+xml", render: (*Publisher).rss},
	{suffix: "json", mime: "application/feed+json", render: (*Publisher).json},
}

const opmlPath = "/feeds.opml"

// path is the address below the base URL, without its page.
func (a address) path() string {
	if a.format == nil {
		return opmlPath
	}
	return "/feeds/" + a.channel.name + "." + a.format.suffix
}

// url is the absolute address of a page; 0 is the newest.
func (p *Publisher) url(a address, before uint64) string {
	u := p.base + a.path()
	if before != 0 {
		u += "?before=" + strconv.FormatUint(before, 10)
	}
	return u
}

// fault is an answer to a request that asks for something that is not there.
type fault struct {
	status int
	text   string
}

// find reads an address. Parameters that it does not know mean nothing.
func (p *Publisher) find(u *url.URL) (address, *fault) {
	if u.Path == opmlPath {
		return address{}, nil
	}
	file, ok := strings.CutPrefix(u.Path, "/feeds/")
	name, suffix := file, strings.TrimPrefix(path.Ext(file), ".")
	if suffix != "" {
		name = strings.TrimSuffix(file, "."+suffix)
	}
	want := address{format: formatOf(suffix)}
	var known bool
	if want.channel, known = p.channels[name]; !ok || !known || want.format == nil {
		return want, &fault{http.StatusNotFound, p.instead(name, known)}
	}
	if from := u.Query().Get("before"); from != "" {
		n, err := strconv.ParseUint(from, 10, 64)
		if err != nil || n == 0 {
			return want, &fault{http.StatusBadRequest,
				"before= takes a number from a link of this feed; without it, the newest page is at " + p.url(want, 0)}
		}
		want.before = n
	}
	return want, nil
}

func formatOf(suffix string) *format {
	for _, f := range formats {
		if f.suffix == suffix {
			return f
		}
	}
	return nil
}

// listed is how many feeds an error names.
const listed = 20

// instead says what there is in place of what was asked for.
func (p *Publisher) instead(name string, known bool) string {
	var b strings.Builder
	if known {
		fmt.Fprintf(&b, "there is no such form of this feed. There are:\n")
		for _, f := range formats {
			fmt.Fprintf(&b, "%s\n", p.url(address{channel: p.channels[name], format: f}, 0))
		}
		return b.String()
	}
	fmt.Fprintf(&b, "there is no such feed. Each is there as .atom, .rss and .json:\n")
	for i, other := range p.order {
		if i == listed {
			fmt.Fprintf(&b, "and %d more\n", len(p.order)-listed)
			break
		}
		fmt.Fprintf(&b, "%s/feeds/%s.atom\n", p.base, other)
	}
	fmt.Fprintf(&b, "The whole list is %s%s\n", p.base, opmlPath)
	return b.String()
}
