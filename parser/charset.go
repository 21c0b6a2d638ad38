package parser

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// detectBytes is how much of a body statistical detection looks at.
const detectBytes = 64 << 10

// decode makes UTF-8 of a body, and says in words which charset it was and who said so.
// The order: byte order mark, the pattern of UTF-16/32, valid UTF-8 (legacy text
// practically never is), the HTTP header, the declaration in the document,
// statistics. A declared charset counts only where it decodes the body; the one with the
// fewest impossible characters wins.
func decode(body []byte, contentType string) ([]byte, string) {
	if enc, name, skip := byMark(body); enc != nil || skip > 0 {
		return transcode(body[skip:], enc), name
	}
	if bytes.HasPrefix(body, []byte("\x4C\x6F\xA7\x94")) { // "<?xm" of EBCDIC
		return ebcdic(body)
	}
	header, declared := headerCharset(contentType), declaredCharset(body)
	if utf8.Valid(body) && plainUTF8(body, header, declared) {
		if text, name, ok := sevenBits(body); ok {
			return text, name
		}
		return body, labelUTF8(header, declared)
	}
	if asUTF8, ok := scratched(body); ok {
		return asUTF8, "utf-8 (with invalid bytes)"
	}
	best := candidate{faults: -1}
	best.try(body, header, "HTTP header")
	best.try(body, declared, "declared")
	if best.good(body) {
		if other, ok := nonsense(body, best.enc); ok {
			best = candidate{faults: -1}
			best.try(body, other, "detected")
		}
		return best.text, best.name
	}
	found, how := guess(body)
	best.try(body, found, "detected")
	if how < certain {
		best.try(body, chardet.Detect(body[:min(len(body), detectBytes)]).Encoding, "detected")
	}
	if !best.good(body) { // it has a character for nearly every byte, and would beat all others
		best.try(body, "windows-1252", "assumed")
	}
	return best.text, best.name
}

// candidate is the best decoding so far.
type candidate struct {
	text   []byte
	name   string
	enc    encoding.Encoding
	faults int // characters that no text has; -1 if nothing was tried
}

// try decodes with a charset and keeps the result if it has fewer faults.
func (c *candidate) try(body []byte, charset, who string) {
	enc := lookup(charset)
	if enc == nil || c.faults == 0 {
		return
	}
	text := transcode(body, enc)
	whole := bytes.TrimSuffix(text, []byte("\uFFFD")) // a document may be cut in a character
	if n := faults(whole); c.faults < 0 || n < c.faults {
		c.text, c.enc, c.faults, c.name = text, enc, n, strings.ToLower(charset)+" ("+who+")"
	}
}

// good reports whether the decoding has so few faults that they are the text's own: for
// each at least a hundred bytes that are not ASCII.
func (c *candidate) good(body []byte) bool {
	high := 0
	for _, b := range body {
		if b >= utf8.RuneSelf {
			high++
		}
	}
	return c.faults >= 0 && c.faults*100 <= high
}

// faults counts the characters that no text has: replacements and C1 controls.
func faults(text []byte) int {
	return bytes.Count(text, []byte("\uFFFD")) + bytes.Count(text, []byte("\xC2\x80")) +
		bytes.Count(text, []byte("\xC2\x81")) + bytes.Count(text, []byte("\xC2\x8D")) +
		bytes.Count(text, []byte("\xC2\x8F")) + bytes.Count(text, []byte("\xC2\x90")) + bytes.Count(text, []byte("\xC2\x9D"))
}

// transcode decodes a body; a nil encoding is UTF-8.
func transcode(body []byte, enc encoding.Encoding) []byte {
	if enc == nil {
		return body
	}
	text, err := enc.NewDecoder().Bytes(body)
	if err != nil { // the decoders replace what they cannot read; this one could not go on
		return bytes.ToValidUTF8(body, []byte("\uFFFD"))
	}
	return text
}

// byMark knows a charset by its byte order mark, or by the zero bytes that the first "<" or
// "{" of UTF-16 and UTF-32 brings.
func byMark(b []byte) (enc encoding.Encoding, name string, skip int) {
	const noMark, little, big = unicode.IgnoreBOM, unicode.LittleEndian, unicode.BigEndian
	le32, be32 := utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	le16, be16 := unicode.UTF16(little, noMark), unicode.UTF16(big, noMark)
	starts := func(s string) bool { return bytes.HasPrefix(b, []byte(s)) }
	switch {
	case starts("\xEF\xBB\xBF"):
		if utf8.Valid(b) {
			return nil, "utf-8 (byte order mark)", 3
		}
		return unicode.UTF8, "utf-8 (byte order mark, with invalid bytes)", 3
	case starts("\xFF\xFE\x00\x00"):
		return le32, "utf-32le (byte order mark)", 4
	case starts("\x00\x00\xFE\xFF"):
		return be32, "utf-32be (byte order mark)", 4
	case starts("\xFF\xFE"):
		return le16, "utf-16le (byte order mark)", 2
	case starts("\xFE\xFF"):
		return be16, "utf-16be (byte order mark)", 2
	case starts("<\x00\x00\x00"), starts("{\x00\x00\x00"):
		return le32, "utf-32le (sniffed)", 0
	case starts("\x00\x00\x00<"), starts("\x00\x00\x00{"):
		return be32, "utf-32be (sniffed)", 0
	case starts("<\x00"), starts("{\x00"):
		return le16, "utf-16le (sniffed)", 0
	case starts("\x00<"), starts("\x00{"):
		return be16, "utf-16be (sniffed)", 0
	}
	return nil, "", 0
}

// sevenBits decodes the charsets that hide in ASCII: ISO-2022-JP switches by an escape, HZ by "~{" and
// back by "~}".
func sevenBits(body []byte) ([]byte, string, bool) {
	switch {
	case bytes.Contains(body, []byte("\x1B$B")) || bytes.Contains(body, []byte("\x1B$@")):
		return transcode(body, japanese.ISO2022JP), "iso-2022-jp (sniffed)", true
	case bytes.Contains(body, []byte("~{")) && len(hz.FindAll(body, 2)) > 1:
		return transcode(body, simplifiedchinese.HZGB2312), "hz-gb-2312 (sniffed)", true
	}
	return nil, "", false
}

var hz = regexp.MustCompile(`~\{(?:[!-w][!-~])+~\}`)

// ebcdic decodes a body by the declaration in it, for which the common code page is enough.
func ebcdic(body []byte) ([]byte, string) {
	text := transcode(body, charmap.CodePage037)
	switch enc := lookup(declaredCharset(text)); enc {
	case charmap.CodePage1047, charmap.CodePage1140:
		return transcode(body, enc), "ebcdic (declared)"
	}
	return text, "ebcdic (sniffed)"
}

// plainUTF8 reports whether a body of valid UTF-8 is UTF-8. It may be a 7-bit charset
// (ISO-2022-JP) in disguise, or so short a text of two-byte characters (GBK) that it is
// valid by accident.
func plainUTF8(body []byte, header, declared string) bool {
	name := header
	if name == "" {
		name = declared
	}
	enc := lookup(name)
	if enc == nil || enc == unicode.UTF8 {
		return true
	}
	wide := utf8.RuneCount(body) != len(body)
	if !wide {
		return enc != japanese.ISO2022JP && enc != simplifiedchinese.HZGB2312 || !bytes.ContainsAny(body, "\x1B~")
	}
	few := 0
	for _, c := range body {
		if c >= utf8.RuneSelf {
			if few++; few > 12 {
				return true
			}
		}
	}
	return faults(transcode(body, enc)) > 0
}

func labelUTF8(header, declared string) string {
	switch {
	case lookup(header) == unicode.UTF8:
		return "utf-8 (HTTP header)"
	case header == "" && lookup(declared) == unicode.UTF8:
		return "utf-8 (declared)"
	}
	return "utf-8 (sniffed)"
}

// scratched recognises UTF-8 with some invalid bytes, which become U+FFFD: for every such
// byte there are many good characters.
func scratched(body []byte) ([]byte, bool) {
	good, bad := 0, 0
	for b := body; len(b) > 0; {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		b = b[n:]
	}
	if good == 0 || bad*20 > good {
		return nil, false
	}
	return bytes.ToValidUTF8(body, []byte("\uFFFD")), true
}

func headerCharset(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		_, after, ok := strings.Cut(strings.ToLower(contentType), "charset=")
		if !ok {
			return ""
		}
		after, _, _ = strings.Cut(after, ";")
		return strings.Trim(after, `"' `)
	}
	return strings.Trim(params["charset"], `"' `)
}

var (
	xmlEncoding = regexp.MustCompile(`(?i)^[^<]{0,64}<\?xml\s[^>]{0,200}?encoding\s*=\s*["']?([A-Za-z0-9._:+-]{1,40})`)
	metaCharset = regexp.MustCompile(`(?i)<meta\s[^>]{0,200}?charset\s*=\s*["']?([A-Za-z0-9._:+-]{1,40})`)
)

// declaredCharset is what the document says of itself: XML declaration or HTML meta.
func declaredCharset(body []byte) string {
	head := body[:min(len(body), 1024)]
	if m := xmlEncoding.FindSubmatch(head); m != nil {
		return string(m[1])
	}
	if m := metaCharset.FindSubmatch(head); m != nil {
		return string(m[1])
	}
	return ""
}
