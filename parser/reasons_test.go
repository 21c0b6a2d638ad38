package parser

import (
	"slices"
	"strings"
	"testing"

	"dewline"
)

// Where this parser reads otherwise than Python's feedparser, and why. What is not listed here counts as
// a fault against the shares that conformance_test.go and corpus_test.go demand; what is listed and
// does agree is listed in error.

// otherChecks are the checks of conformance documents that do not hold.
var otherChecks = map[string]string{
	"entities/lang.xml": "&lang; is U+27E8 in HTML 5; feedparser has HTML 4's U+2329, which is another character today",
	"entities/rang.xml": "&rang; is U+27E9 in HTML 5",
	"wellformed/http/headers_content_location-relative.xml":           "Content-Location is no base of links any more (RFC 7231, appendix B), because servers send what is none",
	"wellformed/lang/entry_title_xml_lang_inherit_3.xml":              "an item has one language, that of the text that says most: here the summary's, not the title's",
	"wellformed/lang/http_content_language_entry_title_inherit.xml":   "Content-Language is a server's setting more often than the text's language; without another sign the text itself tells",
	"wellformed/lang/http_content_language_entry_title_inherit_2.xml": "as above",
	"wellformed/namespace/atomsvgdesc.xml":                            "the title and the description of a drawing stand for it and are no text of the page",
	"wellformed/namespace/atomsvgtitle.xml":                           "as above",
	"wellformed/sanitize/entry_content_iframe.xml":                    "what stands inside a frame's tags is shown by no browser that knows frames",
	"wellformed/sanitize/entry_summary_iframe.xml":                    "as above",
}

// otherDocuments are the real documents that yield other items.
var otherDocuments = map[string]string{
	"nmdias__iTunes.xml":     "its only item has its title in <itunes:title>; the reference has an empty item",
	"rometools__ep1_v4a.xml": "an item holds the version that it was in conflict with (SSE); the reference takes that for one more item",
	"rometools__ep2_v4a.xml": "as above",
	"rometools__v4.xml":      "as above",
}

// reasoned reports whether a document is listed; what is listed must differ.
func reasoned(t *testing.T, list map[string]string, file string, differs bool) bool {
	t.Helper()
	_, listed := list[file]
	if listed && !differs {
		t.Errorf("%s is listed as read otherwise, and is not", file)
	}
	return listed
}

// halfEntry reports whether the reference has one entry more because the document is cut in it, and what
// would identify it may stand behind the cut. It is read when the document is whole.
func halfEntry(p dewline.Parsed, want int) bool {
	return p.Status == dewline.StatusCut && entries(p) == want-1 && !slices.ContainsFunc(p.Entries, func(e dewline.Entry) bool { return e.Partial })
}

// evenJIS writes the characters alike for which Python's table of Shift_JIS differs from the one that
// browsers use (WHATWG).
var evenJIS = strings.NewReplacer("〜", "～", "−", "－", "‖", "∥", "¢", "￠", "£", "￡", "¬", "￢")
