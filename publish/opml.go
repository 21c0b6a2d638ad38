package publish

import (
	"bytes"
	"time"

	"dewline"
)

// outputs lists the output feeds as OPML 2.0, each once, as Atom, which says
// most.
func (p *Publisher) outputs(old *document, now time.Time) (*document, error) {
	if old != nil {
		return old, nil // rules never change
	}
	var all []dewline.Feed
	for _, name := range p.order {
		c := p.channels[name]
		all = append(all, dewline.Feed{Name: c.title, URL: p.url(address{channel: c, format: formats[0]}, 0)})
	}
	var b bytes.Buffer
	if err := dewline.WriteOPML(&b, "dewline: output feeds", all); err != nil {
		return nil, err
	}
	return newDocument("text/x-opml", b.Bytes(), 0, old, true, now)
}
