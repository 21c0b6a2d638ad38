package parser

import (
	"bytes"
	"strings"

	xhtml "golang.org/x/net/html"
)

// htmlNames are the elements whose names nobody writes in pointed brackets otherwise.
var htmlNames = nameSet(`html head body p br hr wbr table thead tbody tfoot tr td th col colgroup ul ol li dl dt dd div span
	h1 h2 h3 h4 h5 h6 hgroup img pre blockquote figcaption strong em sup sub tt abbr dfn kbd samp bdi bdo rb rp rt rtc
	iframe noscript script textarea fieldset optgroup datalist svg nobr frameset noframes`)

// htmlWords are those whose names may as well stand for something: copy <source> to <object>.
var htmlWords = nameSet(`a b i q s u address area article aside audio base big button canvas caption center cite code data del
	details dialog dir embed figure font footer form frame header input ins label legend link main map mark marquee menu meta
	meter nav object option output param picture progress ruby search section select slot small source strike style summary
	template time title track var video`)

func nameSet(list string) map[string]bool {
	set := make(map[string]bool)
	for _, name := range strings.Fields(list) {
		set[name] = true
	}
	return set
}

// IsHTML reports whether a text has an element of HTML, a comment or a document type. An
// element whose name is a word counts where it has an attribute or an end, for text may
// stand in pointed brackets.
func IsHTML(s string) bool {
	tokens := xhtml.NewTokenizer(strings.NewReader(s))
	begun := make(map[string]bool)
	for {
		switch kind := tokens.Next(); kind {
		case xhtml.ErrorToken:
			return false
		case xhtml.DoctypeToken:
			return true
		case xhtml.CommentToken:
			if bytes.HasPrefix(tokens.Raw(), []byte("<!--")) {
				return true
			}
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken, xhtml.EndTagToken:
			name, attributes := tokens.TagName()
			ends := kind == xhtml.EndTagToken
			if htmlNames[string(name)] || htmlWords[string(name)] && (ends && begun[string(name)] || !ends && attributes && hasValue(tokens)) {
				return true
			}
			if htmlWords[string(name)] {
				begun[string(name)] = true
			}
		}
	}
}

// hasValue reports whether one of a tag's attributes has a value: <source file> has none.
func hasValue(tokens *xhtml.Tokenizer) bool {
	for {
		_, value, more := tokens.TagAttr()
		if len(value) > 0 {
			return true
		}
		if !more {
			return false
		}
	}
}
