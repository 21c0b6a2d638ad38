package dewline

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Edit is a stretch of a text that two versions have in common, or that one alone has.
type Edit struct {
	Op   EditOp `json:"op"`
	Text string `json:"text"` // of EditSkip nothing
}

// EditOp says which version has a stretch.
type EditOp string

// The kinds of stretches.
const (
	EditEqual  EditOp = "equal"  // both; as the newer one has it
	EditDelete EditOp = "delete" // the older one alone
	EditInsert EditOp = "insert" // the newer one alone
	EditSkip   EditOp = "skip"   // what is left out here stands in both
)

// FieldDiff is what differs in one field of an item.
type FieldDiff struct {
	Field string `json:"field"` // title, summary or content
	Edits []Edit `json:"edits"`
}

// DiffItems are the differences of what a reader sees between two versions: of the
// fields that differ, whole. Typography does not count.
func DiffItems(before, after *Item) (all []FieldDiff) {
	for _, field := range []string{FieldTitle, FieldSummary, FieldContent} {
		edits := DiffText(before.Text(field), after.Text(field))
		if len(edits) > 1 || len(edits) == 1 && edits[0].Op != EditEqual {
			all = append(all, FieldDiff{field, edits})
		}
	}
	return all
}

// DiffText cuts two texts into words and says which ones were deleted and inserted.
// Where words are written without spaces (Han, Kana, Thai) a word is a character. A
// deleted stretch stands before what was inserted in its place.
func DiffText(before, after string) []Edit {
	a, b := diffWords(before), diffWords(after)
	var d diffing
	for _, run := range Compare(keys(a), keys(b)) {
		if run.Same {
			d.equal(texts(a[run.A0:run.A1]), texts(b[run.B0:run.B1]))
			continue
		}
		d.deleted += texts(a[run.A0:run.A1])
		d.inserted += texts(b[run.B0:run.B1])
	}
	d.flush()
	return d.edits
}

// diffing collects edits, so that words replaced one after another are one edit.
type diffing struct {
	edits             []Edit
	deleted, inserted string
	gapA, gapB        string // white space that both have, behind what was collected
}

func (d *diffing) equal(a, b string) {
	if d.deleted+d.inserted != "" && strings.TrimSpace(b) == "" && !strings.Contains(b, "\n\n") {
		d.deleted, d.inserted = d.deleted+a, d.inserted+b
		d.gapA, d.gapB = a, b
		return
	}
	d.flush()
	d.put(EditEqual, b)
}

// flush ends a replacement. Of white space that was taken for its middle and turns
// out to be its end nothing is said: it is the same in both.
func (d *diffing) flush() {
	deleted, inserted := d.deleted, d.inserted
	same := ""
	if d.gapB != "" && strings.HasSuffix(deleted, d.gapA) && strings.HasSuffix(inserted, d.gapB) {
		same = d.gapB
		deleted, inserted = strings.TrimSuffix(deleted, d.gapA), strings.TrimSuffix(inserted, d.gapB)
	}
	d.put(EditDelete, deleted)
	d.put(EditInsert, inserted)
	d.deleted, d.inserted, d.gapA, d.gapB = "", "", "", ""
	d.put(EditEqual, same)
}

func (d *diffing) put(op EditOp, text string) {
	if text == "" {
		return
	}
	if n := len(d.edits); n > 0 && d.edits[n-1].Op == op {
		d.edits[n-1].Text += text
		return
	}
	d.edits = append(d.edits, Edit{op, text})
}

// diffWord is a word, a mark or white space, and what it is compared by.
type diffWord struct{ text, key string }

func keys(words []diffWord) []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = w.key
	}
	return all
}

func texts(words []diffWord) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w.text)
	}
	return b.String()
}

func diffWords(s string) []diffWord {
	var all []diffWord
	for len(s) > 0 {
		n := diffWordLen(s)
		all = append(all, diffWord{s[:n], diffKey(s[:n])})
		s = s[n:]
	}
	return all
}

func diffKey(word string) string {
	switch {
	case strings.TrimSpace(word) != "":
		return string(AppendPlain(nil, word))
	case strings.Count(word, "\n") > 1:
		return "\n\n" // the end of a block
	}
	return " "
}

// diffWordLen is how long the first word of a text is.
func diffWordLen(s string) int {
	first, n := utf8.DecodeRuneInString(s)
	switch {
	case unicode.IsSpace(first):
		return n + leading(s[n:], unicode.IsSpace)
	case first == '.':
		return leading(s, func(r rune) bool { return r == '.' })
	case unspaced(first), !wordRune(first):
		return n + leading(s[n:], follows)
	}
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		after, _ := utf8.DecodeRuneInString(s[n+size:])
		before, _ := utf8.DecodeLastRuneInString(s[:n])
		switch {
		case wordRune(r) && !unspaced(r), follows(r), joinsWord(before, r, after):
			n += size
		default:
			return n
		}
	}
	return n
}

func leading(s string, is func(rune) bool) int {
	return len(s) - len(strings.TrimLeftFunc(s, is))
}

// joinsWord reports whether a mark between two characters makes one word of them: an
// apostrophe between letters, a point or comma between digits.
func joinsWord(before, mark, after rune) bool {
	switch mark {
	case '\'', '’':
		return unicode.IsLetter(before) && unicode.IsLetter(after)
	case '.', ',', ':', '٫', '٬':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	}
	return false
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// follows reports what belongs to the character before it.
func follows(r rune) bool { return unicode.IsMark(r) || unseen(r) }

// unspaced reports a letter of a script that puts no space between words.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// ShortenEdits leaves out what is far from any change: more than so many words of
// what both versions have, before, between and behind the changes.
func ShortenEdits(edits []Edit, words int) []Edit {
	var out []Edit
	for i, e := range edits {
		if e.Op != EditEqual {
			out = append(out, e)
			continue
		}
		all := diffWords(e.Text)
		head, tail := 2*words, 2*words // a word and the space behind it
		if i == 0 {
			head = 0
		}
		if i == len(edits)-1 {
			tail = 0
		}
		if len(all) <= head+tail+2 {
			out = append(out, e)
			continue
		}
		out = appendText(out, texts(all[:head]))
		out = append(out, Edit{Op: EditSkip})
		out = appendText(out, texts(all[len(all)-tail:]))
	}
	return out
}

func appendText(edits []Edit, text string) []Edit {
	if text == "" {
		return edits
	}
	return append(edits, Edit{EditEqual, text})
}
