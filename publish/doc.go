// Package publish turns stored matches into output feeds: Atom, RSS 2.0 and
// JSON Feed, of every rule and of all.
//
// It knows the formats, and how they are polled: validators, compression, pages.
// It must not know how anything was fetched or judged, nor write anything: it
// reads what was committed, so a feed can be made again at any time and is the
// same again.
package publish
