package parser

import (
	"bytes"
	"encoding/base64"
	"html"
	"strings"
	"unicode/utf8"
)

// decode64 decodes the text of an Atom element that is said to be base64, and makes the element one
// of HTML. What is no text, a picture say, is left out. It reports whether the element was written.
func (m *mender) decode64(elem *open, end int) bool {
	if m.result.root != "feed" || !m.is64() {
		return false
	}
	lt := bytes.IndexByte(m.src[end:], '<')
	if lt < 0 || !bytes.HasPrefix(m.src[end+lt:], []byte("</"+string(elem.name))) {
		return false
	}
	text, err := base64.StdEncoding.DecodeString(string(bytes.Join(bytes.Fields(m.src[end:end+lt]), nil)))
	if err != nil {
		return false
	}
	m.bind("type", "html")
	m.bind("mode", "escaped")
	m.writeTag(elem.name, end, false)
	if !utf8.Valid(text) {
		text = nil
	}
	m.replace(end, end+lt, html.EscapeString(string(scrub(text))))
	return true
}

// is64 reports whether the current tag says that its text is base64: by Atom 0.3's mode, or by a type
// that is no text.
func (m *mender) is64() bool {
	if len(m.attrs) == 0 {
		return false
	}
	if strings.EqualFold(m.value("mode"), "base64") {
		return true
	}
	kind, sub, _ := strings.Cut(strings.ToLower(m.value("type")), "/")
	switch kind {
	case "image", "audio", "video", "font":
		return !strings.Contains(sub, "xml") && m.value("href") == ""
	case "application":
		return sub == "octet-stream" || sub == "pdf" || sub == "zip"
	}
	return false
}
