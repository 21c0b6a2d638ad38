package parser

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"

	"dewline"
)

const (
	maxPages    = 200     // of a PDF; a statement has few
	maxPDFText  = 1 << 20 // bytes of text that are taken
	maxPDFTitle = 500
)

// IsPDF reports whether a document is a PDF, whatever its server calls it.
func IsPDF(doc dewline.Document) bool {
	return bytes.Contains(doc.Body[:min(len(doc.Body), 1024)], []byte("%PDF-"))
}

// PDF is what was read of a PDF.
type PDF struct {
	Title string // its own, from its description
	Text  string // blocks, as Text makes them
	Cut   bool   // there is more
}

// ReadPDF reads the text of a PDF. A document can be made so that this takes all
// time or memory there is: call it where both have an end, in a process of its own.
func ReadPDF(body []byte) (p PDF, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("it cannot be read: %v", fault)
		}
	}()
	r, err := pdf.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return p, fmt.Errorf("it cannot be read: %w", err)
	}
	title := []rune(line(strings.ToValidUTF8(r.Trailer().Key("Info").Key("Title").Text(), "")))
	if p.Title = string(title[:min(len(title), maxPDFTitle)]); fileTitle.MatchString(p.Title) {
		p.Title = ""
	}
	var t pdfText
	pages := r.NumPage()
	for n := 1; n <= min(pages, maxPages) && t.out.Len() < maxPDFText; n++ {
		t.page(r.Page(n))
	}
	p.Cut = pages > maxPages || t.out.Len() >= maxPDFText
	p.Text = plain(strings.ToValidUTF8(t.out.String(), "\uFFFD"))
	return p, nil
}

// fileTitle is what programs write where nobody gave a title.
var fileTitle = regexp.MustCompile(`(?i)^microsoft (word|powerpoint)|^untitled|\.(docx?|pdf|indd|rtf|odt|pptx?)$`)

// PDFArticle is the article that a PDF is, or why it is none.
func PDFArticle(doc dewline.Document, p PDF, err error) dewline.Article {
	if err != nil {
		return unfit(dewline.UnfitNoText, "a PDF: "+err.Error())
	}
	if letterCount(p.Text) == 0 {
		return unfit(dewline.UnfitNoText, "a PDF of pictures, or in a form of its own")
	}
	a := dewline.Article{Title: p.Title, Text: p.Text, HTML: paragraphsOf(p.Text), Form: "PDF"}
	if p.Cut {
		a.Form = "PDF, of which the beginning was read"
	}
	return finish(doc, a, nil)
}

// paragraphsOf is plain text as mark-up.
func paragraphsOf(text string) dewline.UnsafeHTML {
	var b strings.Builder
	for block := range strings.SplitSeq(text, "\n\n") {
		b.WriteString("<p>" + escaper.Replace(block) + "</p>\n")
	}
	return dewline.UnsafeHTML(b.String())
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// pdfText puts the characters of a PDF together, which it knows by their places
// alone: lines, words, and blocks where the distance of lines is large.
type pdfText struct {
	out     bytes.Buffer
	x, y, w float64 // where the last character stands, and how wide it is
	begun   bool    // a character of this page was written
}

// In parts of the size of the type: what is a space between words, another line,
// and another block.
const (
	wordGap  = 0.18
	lineGap  = 0.4
	blockGap = 1.75
)

func (t *pdfText) page(p pdf.Page) {
	defer func() {
		_ = recover() // a page that cannot be read takes none of the others along
	}()
	t.begun = false
	t.out.WriteString("\n\n")
	for _, c := range p.Content().Text {
		if t.out.Len() >= maxPDFText {
			return
		}
		t.character(c)
	}
}

func (t *pdfText) character(c pdf.Text) {
	size := math.Abs(c.FontSize)
	if size == 0 || math.IsNaN(size) {
		size = 10
	}
	down := math.Abs(c.Y - t.y)
	switch {
	case !t.begun:
	case down > blockGap*size:
		t.out.WriteString("\n\n")
	case down > lineGap*size:
		t.newLine(c.S)
	case c.X-(t.x+t.w) > wordGap*size:
		t.out.WriteByte(' ')
	}
	t.begun, t.x, t.y, t.w = true, c.X, c.Y, c.W
	t.out.WriteString(c.S)
}

// newLine begins a line. A word that was divided at the end of the last one is
// put together: whoever looks for anti-missile finds antimissile too.
func (t *pdfText) newLine(next string) {
	r, _ := utf8.DecodeRuneInString(next)
	before, divided := bytes.CutSuffix(t.out.Bytes(), []byte("-"))
	last, _ := utf8.DecodeLastRune(before)
	if divided && unicode.IsLower(r) && unicode.IsLetter(last) {
		t.out.Truncate(len(before))
		return
	}
	t.out.WriteByte('\n')
}
