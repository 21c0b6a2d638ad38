package publish

// link is a relation of a page to another address.
type link struct{ rel, href string }

// links are the relations of a paged feed (RFC 5005, section 3). A page is named
// by where it begins, so what arrives meanwhile moves nothing from one page to
// another; for the same reason there is no `previous`: the page before a page
// depends on where the reader came from.
func (p *Publisher) links(pg page) []link {
	all := []link{{"self", p.url(pg.address, pg.before)}}
	if pg.next != 0 || pg.before != 0 {
		all = append(all, link{"first", p.url(pg.address, 0)})
	}
	if pg.next != 0 {
		all = append(all, link{"next", p.url(pg.address, pg.next)})
	}
	return all
}
