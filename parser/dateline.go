package parser

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dewline"
)

// dateline reads place, date and agency from the start of a text, in the forms of
// the press. It is told from prose by what prose has not: capitals and a dash, an
// agency, a known place with a date.
func (r *originReader) dateline(lead string) (s dewline.Source) {
	first, _ := utf8.DecodeRuneInString(lead)
	switch {
	case strings.ContainsRune("(（[［【「《", first):
		return r.bracketed(lead)
	case unicode.Is(unicode.Han, first):
		return r.hanLine(lead)
	case unicode.Is(unicode.Arabic, first):
		return r.arabicLine(lead)
	case first == '/':
		return r.signedFirst(lead)
	case (unicode.IsUpper(first) || unicode.IsLower(first)) && mayBegin(lead), unicode.Is(unicode.Devanagari, first):
		if s = r.signedFirst(lead); !s.IsZero() {
			return s
		}
		return r.placeLine(lead)
	}
	return s
}

// mayBegin reports whether a text that begins with a letter may begin with a dateline. It
// is what nearly every text is asked alone, so it is quick.
func mayBegin(lead string) bool {
	word := firstWord(firstBytes(lead, 48))
	if _, n := utf8.DecodeRuneInString(word); n < len(word) {
		if second, _ := utf8.DecodeRuneInString(word[n:]); unicode.IsUpper(second) {
			return true
		}
	}
	return firstWords[strings.ToLower(word)]
}

// The signs behind which the text begins. A single hyphen is one only between spaces, or
// behind a bracket or a full stop.
var dashes = []string{"---", "--", "—", "–", "―", "─"}

// cutDash takes a dash from the start of a text. strong says that it is one that nobody
// writes in prose.
func cutDash(s string) (rest string, ok, strong bool) {
	trimmed := strings.TrimLeft(s, " \u00a0.:")
	for _, d := range dashes {
		if rest, ok := strings.CutPrefix(trimmed, d); ok {
			return strings.TrimLeft(rest, " \u00a0-"), true, d[0] == '-'
		}
	}
	if rest, ok := strings.CutPrefix(trimmed, "- "); ok {
		return strings.TrimLeft(rest, " "), true, false
	}
	return s, false, false
}

// placeLine reads a dateline that begins with its place.
func (r *originReader) placeLine(lead string) (s dewline.Source) {
	end := leadEnd(lead)
	if end <= 0 {
		return s
	}
	p, ok := r.placeAndDate(lead[:end])
	if !ok {
		return s
	}
	rest := strings.TrimLeft(lead[end:], " \u00a0")
	name, rest, inBrackets := cutSigned(rest)
	after, dash, strong := cutDash(rest)
	if dash && name == "" { // "МОСКВА, 23 ноя — РИА Новости. …", "REDSTONE ARSENAL, Ala. — April 10, 2026 — …"
		name = leadingAgency(after)
		if p.source.Issued.IsZero() {
			p.source.Issued = r.betweenDashes(after)
		}
	}
	if !p.certain(agency(name) != "", inBrackets && isName(name) && len(strings.Fields(name)) <= 3, dash, strong) {
		return s
	}
	if isName(name) || agency(name) != "" {
		p.source.Name = strings.Trim(name, " \u00a0")
	}
	return p.source
}

// leadEnd is where place and date end: at a dash, a bracket, a slash.
func leadEnd(lead string) int {
	const most = 90
	head := firstBytes(lead, most)
	end := -1
	for _, mark := range []string{"--", "—", "–", "―", " - ", ".- ", "(", "（", " /", "./", "/ "} {
		if i := strings.Index(head, mark); i >= 0 && (end < 0 || i < end) {
			end = i
		}
	}
	if i := agencySentence(head); i > 0 && (end < 0 || i < end) { // "Москва. 23 ноября. ИНТЕРФАКС"
		end = i
	}
	return end
}

// agencySentence is where an agency stands that is a sentence of its own among the first.
func agencySentence(head string) int {
	at := 0
	for range 4 {
		i := strings.Index(head[at:], ". ")
		if i < 0 {
			return -1
		}
		at += i + 2
		if leadingAgency(head[at:]) != "" {
			return at
		}
	}
	return -1
}

// cutSigned takes "(Reuters)", "/ТАСС/" or "РИА Новости." from the start of what stands behind
// place and date.
func cutSigned(s string) (name, rest string, inBrackets bool) {
	for _, pair := range []struct{ open, shut string }{{"(", ")"}, {"（", "）"}, {"/", "/"}} {
		inside, ok := strings.CutPrefix(s, pair.open)
		if !ok {
			continue
		}
		if name, rest, ok = strings.Cut(inside, pair.shut); ok && len(name) <= 40 {
			return strings.TrimSpace(name), rest, true
		}
	}
	if name = leadingAgency(s); name != "" {
		return name, s[len(name):], false
	}
	return "", s, false
}

// leadingAgency is the agency that a text begins with, as a sentence or an apposition.
func leadingAgency(s string) string {
	head := firstBytes(s, 48)
	end := strings.IndexAny(head, ".,:—–/")
	for end > 0 && end+1 < len(head) && head[end] == '.' && head[end+1] != ' ' { // INTERFAX.RU
		next := strings.IndexAny(head[end+1:], ".,:—–/ ")
		if next < 0 {
			return ""
		}
		end += 1 + next
	}
	if i := strings.Index(head, " - "); i > 0 && (end < 0 || i < end) {
		end = i
	}
	if end <= 0 {
		return ""
	}
	return agency(strings.TrimSpace(head[:end]))
}

// betweenDashes is the date that stands alone before the next dash.
func (r *originReader) betweenDashes(s string) (day time.Time) {
	end := -1
	for _, d := range dashes {
		if i := strings.Index(firstBytes(s, 40), d); i > 0 && (end < 0 || i < end) {
			end = i
		}
	}
	if end < 0 {
		return day
	}
	return r.dayAlone(s[:end])
}

// lineHead is the head of a dateline: place, region, date.
type lineHead struct {
	source dewline.Source
	caps   bool // the place is written in capitals
	known  bool // it is one of places
	region bool // a state or country stands behind it
}

// certain reports whether a head is a dateline and no prose.
func (p *lineHead) certain(known, bracketed, dash, strong bool) bool {
	dated := !p.source.Issued.IsZero()
	switch {
	case known && (p.caps || p.known || dated && dash):
		return true
	case bracketed && dated && (p.caps || p.known) && dash:
		return true
	case !dash:
		return false
	case dated && (p.caps || p.known), p.caps && p.region, p.caps && p.known:
		return true
	}
	return p.caps && strong
}

// placeAndDate reads what stands before the first dash.
func (r *originReader) placeAndDate(s string) (p lineHead, ok bool) {
	s = strings.TrimRight(s, " \u00a0.")
	place, rest := cutPlace(s)
	if !isPlace(place) {
		return p, false
	}
	p.caps, p.known = inCapitals(place), places[strings.ToLower(place)]
	for rest != "" {
		var part string
		part, rest, _ = strings.Cut(rest, ",")
		part = strings.TrimSpace(part)
		switch day := r.dayAlone(part + continued(&rest, part)); {
		case !day.IsZero():
			p.source.Issued = day
		case isRegion(part) && !p.region:
			p.region = true
		case part == "":
		default:
			return p, false
		}
	}
	p.source.Place = capitalised(place)
	return p, true
}

func isRegion(s string) bool {
	s = strings.ToLower(s)
	return regions[s] || regions[s+"."]
}

// cutPlace cuts the place from what stands behind it.
func cutPlace(s string) (place, rest string) {
	for i, c := range s {
		switch {
		case c == ',' || c == '，' || c == ':':
			return s[:i], s[i+utf8.RuneLen(c):]
		case c == '.' && strings.HasPrefix(s[i+1:], " ") && len(strings.TrimRight(s[:i], ".")) > 3:
			return s[:i], s[i+1:]
		case unicode.IsDigit(c) && i > 0: // "BERLIN 23 November"
			return strings.TrimSpace(s[:i]), s[i:]
		}
	}
	return s, ""
}

// continued is the year that a comma divides from its day: "Nov. 23, 2026".
func continued(rest *string, part string) string {
	year := strings.TrimSpace(*rest)
	digits := len(year) - len(strings.TrimLeft(year, "0123456789"))
	if digits != 4 || !strings.ContainsFunc(part, unicode.IsDigit) {
		return ""
	}
	*rest = strings.TrimLeft(year[4:], " ,.")
	return ", " + year[:4]
}

// isPlace reports what may be the name of a place.
func isPlace(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 5 || utf8.RuneCountInString(s) > 40 || utf8.RuneCountInString(s) < 3 || noPlaces[strings.ToLower(s)] {
		return false
	}
	for _, c := range s {
		if !unicode.IsLetter(c) && !unicode.IsMark(c) && !strings.ContainsRune(" -'’./\u00a0‑", c) {
			return false
		}
	}
	return !noPlaces[strings.ToLower(words[0])] || len(words) > 1 && places[strings.ToLower(s)]
}

// inCapitals reports a name of which every letter is one, and which has a vowel: what
// has none is an abbreviation.
func inCapitals(s string) bool {
	vowel := false
	for _, c := range s {
		if unicode.IsLower(c) {
			return false
		}
		vowel = vowel || strings.ContainsRune("AEIOUYÄÖÜÉÈÁÍÓÚАЕЁИОУЫЭЮЯІЇЄΑΕΗΙΟΥΩİ", c)
	}
	return vowel && strings.IndexFunc(s, unicode.IsUpper) >= 0
}

// lesser are the words that stay small inside a place's name.
var lesser = commaSet(`of, the, de, del, da, do, dos, das, di, du, la, le, les, el, am, an, der, im, bei, sur, en, na, nad, and, на, над`)

// capitalised is a place that was written in capitals as people write it.
func capitalised(place string) string {
	if !inCapitals(place) || utf8.RuneCountInString(place) <= 3 {
		return place
	}
	words := strings.Split(place, " ")
	for i, w := range words {
		lower := strings.ToLower(w)
		if strings.Contains(w, ".") || i > 0 && lesser[lower] {
			if lesser[lower] {
				words[i] = lower
			}
			continue
		}
		words[i] = titled(lower)
	}
	return strings.Join(words, " ")
}

// titled makes the first letter of each part of a word large: "Ростов-на-Дону".
func titled(w string) string {
	parts := strings.Split(w, "-")
	for i, p := range parts {
		if r, n := utf8.DecodeRuneInString(p); n > 0 && (i == 0 || !lesser[p]) {
			parts[i] = string(unicode.ToTitle(r)) + p[n:]
		}
	}
	return strings.Join(parts, "-")
}

// signedFirst reads a dateline that begins with its agency: "ТАСС, 23 ноября.", "/ТАСС/.".
func (r *originReader) signedFirst(lead string) (s dewline.Source) {
	if inside, ok := strings.CutPrefix(lead, "/"); ok {
		name, _, _ := strings.Cut(inside, "/")
		return dewline.Source{Name: agency(name)}
	}
	name := leadingAgency(lead)
	if name == "" {
		return s
	}
	rest := strings.TrimLeft(lead[len(name):], " ,\u00a0")
	if end := strings.IndexAny(firstBytes(rest, 40), ".—–"); end > 0 {
		s.Issued = r.dayAlone(rest[:end])
	}
	if _, dash, _ := cutDash(lead[len(name):]); s.Issued.IsZero() && !dash {
		return s
	}
	s.Name = name
	return s
}
