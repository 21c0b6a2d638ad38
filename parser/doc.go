// Package parser turns the bytes of a response into entries: it decodes the
// text, tells a feed from a web page and from a bot wall, mends what is not
// well-formed, and reads RSS, RDF, Atom and JSON Feed, the lists of web pages and sitemaps.
//
// It knows documents and nothing else: no network, no file, no clock, no memory of
// what was served before. Every byte it reads is hostile; whatever the bytes are,
// its time and memory are bounded by a small multiple of their number, and the
// outcome is a status that the administrator understands.
//
// The order of the work, each step in its own file:
//
//	decode  bytes → UTF-8          (charset.go, charsetname.go, guess.go, doubled.go)
//	sniff   what is it?            (sniff.go, page.go)
//	mend    well-formed or repaired, within bounds, and in forms that gofeed knows (mend.go, tag.go, root.go,
//	        inline.go, base64.go, entity.go, namespace.go; JSON: jsonguard.go)
//	read    gofeed and our JSON reader → fields as served (rss.go, atom.go, channel.go, jsonfeed.go)
//	tell    identity, duplicates   (identity.go)
//	make    fields → item, only where asked for (item.go, text.go, date.go, …)
//
// Where the configuration says that the address is no feed, the step of reading is another: list.go and its like read a
// page by selectors (selector.go, tree.go), sitemap.go a sitemap. propose.go and its like look for the selectors of a page,
// for a person to judge; nothing is watched by what they guess.
//
// The article behind an item's link has a way of its own: article.go, which tells it from what is none
// (articlefit.go), and pdf.go. What a text says of its origin is read by sourceline.go and dateline.go.
package parser
