package fetcher

import (
	"net/http"
	"net/url"
	"strings"

	"dewline"
)

// offered is what an answer's Link headers say of push (RFC 8288; WebSub, section
// 4). from is where the answer came from.
func offered(h http.Header, from *url.URL) (o dewline.PushOffer) {
	for _, line := range h.Values("Link") {
		for line != "" {
			var l link
			l, line = nextLink(line)
			for _, rel := range strings.Fields(strings.ToLower(l.rel)) {
				switch rel {
				case "hub":
					o.AddHub(l.address(from))
				case "self":
					o.SetTopic(l.address(from))
				}
			}
		}
	}
	return o
}

// offer is what a source offers in all: what the headers say comes before what the
// document says. A source that names no address of its own is known by the one
// that answered.
func offer(headers, document dewline.PushOffer, from string) dewline.PushOffer {
	o := headers
	if o.IsZero() {
		o.Hubs = document.Hubs
	}
	if o.IsZero() {
		return dewline.PushOffer{}
	}
	o.SetTopic(document.Topic)
	o.SetTopic(from)
	return o
}

// link is one link of a header.
type link struct{ target, rel string }

func (l link) address(from *url.URL) string {
	to, err := from.Parse(l.target)
	if l.target == "" || err != nil || !fetchable(to) {
		return ""
	}
	return to.String()
}

// nextLink reads the first link of a header's value, and returns what stands
// behind it. What is no link is passed over up to the next comma.
func nextLink(s string) (l link, rest string) {
	s = strings.TrimLeft(s, " \t,")
	if target, after, ok := strings.Cut(strings.TrimPrefix(s, "<"), ">"); ok && strings.HasPrefix(s, "<") {
		l.target, s = strings.TrimSpace(target), after
	}
	for s != "" && s[0] != ',' {
		var name, value string
		name, value, s = nextParam(s)
		if l.rel == "" && strings.EqualFold(name, "rel") { // of several the first counts
			l.rel = value
		}
		// Of another document than this one the answer may say what it likes.
		if strings.EqualFold(name, "anchor") && value != "" {
			l.target = ""
		}
	}
	return l, s
}

// nextParam reads one parameter: ; name=value or ; name="value".
func nextParam(s string) (name, value, rest string) {
	s = strings.TrimLeft(s, "; \t")
	end := strings.IndexAny(s, "=;,")
	if end < 0 {
		return strings.TrimSpace(s), "", ""
	}
	name, s = strings.TrimSpace(s[:end]), s[end:]
	if s[0] != '=' {
		return name, "", s
	}
	s = strings.TrimLeft(s[1:], " \t")
	if !strings.HasPrefix(s, `"`) {
		end = strings.IndexAny(s+",", ";,")
		return name, strings.TrimSpace(s[:end]), s[end:]
	}
	value, rest = quotedValue(s[1:])
	return name, value, strings.TrimLeft(rest, " \t")
}

// quotedValue reads up to the closing quotation mark.
func quotedValue(s string) (value, rest string) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:]
		case s[i] == '\\' && i+1 < len(s):
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String(), ""
}
