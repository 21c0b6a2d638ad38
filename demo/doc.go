// Package demo holds sample feeds of invented ministries and serves them, so that
// dewline shows itself without network and configuration. It knows formats,
// encodings and the faults of real sources; it knows nothing of the parts that
// read them, and takes the same way to them as any publisher: HTTP.
//
// # To add a sample
//
//  1. Write the feed as feeds/NAME.xml or feeds/NAME.json: in UTF-8, whatever it is
//     served in, and without an XML declaration, which is written as it is served.
//     Invent the publisher; its host, if it needs one, ends in .example.
//  2. Add a line to the table in source.go: where it is served, as what content
//     type and encoding, and how the server behaves.
//
// That is all: every item that links to a page below the feed's own folder gets
// that page, with the text that the feed carries. Where a page should say more
// than the feed does, write its paragraphs as pages/FOLDER/PAGE.
//
// The files are text/template templates, because a sample should look as if it was
// published today:
//
//	{{base}}               http://HOST:PORT of this server
//	{{rss "2h"}}           the time 2 hours before the demo began, as RSS writes it
//	{{iso "2h"}}           the same as Atom, RDF and JSON Feed write it
//	{{if after "30s"}}…    what is served from 30 seconds after the demo began
//	{{range .Statements}}  what the live feed holds now (statement.go)
//	{{xml .Title}}         a text escaped for XML
//
// The mark <!-- cut --> is where the server ends the document in the middle.
//
// What is served is a function of the time alone: the same moment gives the same
// bytes, so that an unchanged feed is unchanged.
package demo
