package parser

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"dewline"
)

// makePDF is a PDF of one page with these lines, each at its distance from the one before.
func makePDF(title string, content string) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(s string) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(offsets), s)
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>")
	object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content))
	widths := strings.TrimSpace(strings.Repeat("500 ", 224))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255 /Widths [" + widths + "] >>")
	object("<< /Title (" + title + ") >>")
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, at)
	return b.Bytes()
}

const statementPDF = `BT /F1 12 Tf 72 760 Td (Joint briefing on the anti-) Tj 0 -14 Td (missile issue, held in Geneva) Tj
0 -14 Td [(with several coun) -20 (tries) -600 (attending)] TJ
0 -40 Td (The second paragraph.) Tj ET`

func TestPDF(t *testing.T) {
	body := makePDF("A statement", statementPDF)
	if !IsPDF(dewline.Document{Body: body}) || IsPDF(dewline.Document{Body: []byte("<html>")}) {
		t.Error("a PDF is not told from a page")
	}
	p, err := ReadPDF(body)
	want := "Joint briefing on the antimissile issue, held in Geneva with several countries attending\n\nThe second paragraph."
	if err != nil || p.Title != "A statement" || p.Text != want {
		t.Errorf("%q, %q, %v", p.Title, p.Text, err)
	}
	if p, _ := ReadPDF(makePDF("Microsoft Word - statement.docx", statementPDF)); p.Title != "" {
		t.Errorf("a program's title: %q", p.Title)
	}
	it := dewline.Item{URL: "https://mod.example/a.pdf", Title: "Joint briefing in Geneva"}
	doc := dewline.Document{Body: body, URL: it.URL, Item: &it}
	if a := PDFArticle(doc, p, err); a.Unfit != "" || a.Text != want || !strings.HasPrefix(string(a.HTML), "<p>Joint briefing") {
		t.Errorf("%+v", a)
	}
	it.Title = "Football cup of the navy won by the submarine flotilla"
	if a := PDFArticle(doc, p, err); a.Unfit != dewline.UnfitOther {
		t.Errorf("another document's text: %+v", a)
	}
}

func TestPDFsWithoutText(t *testing.T) {
	for name, body := range map[string][]byte{
		"no PDF":   []byte("%PDF-1.4\nnothing"),
		"cut":      makePDF("x", statementPDF)[:500],
		"pictures": makePDF("x", "q 100 0 0 100 0 0 cm /Im1 Do Q"),
	} {
		p, err := ReadPDF(body)
		a := PDFArticle(dewline.Document{Body: body}, p, err)
		if a.Unfit != dewline.UnfitNoText || a.Detail == "" || a.Text != "" {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

// Whatever the page of a PDF draws, it is read or refused. What never ends is ended by the process that
// reads it; here the documents are short.
func FuzzPDF(f *testing.F) {
	f.Add("A statement", statementPDF)
	f.Add("", "BT /F1 12 Tf [(a) -300 (b)] TJ T* (c) ' 1 2 (d) \" ET")
	f.Add("\\376\\377\\000A", "BT /F2 0 Tf 1 0 0 1 1e99 -1e99 Tm (x-) Tj 0 -14 Td (y) Tj ET Q Q")
	f.Fuzz(func(t *testing.T, title, content string) {
		if len(title)+len(content) > 16<<10 {
			return
		}
		p, err := ReadPDF(makePDF(title, content))
		a := PDFArticle(dewline.Document{}, p, err)
		if (a.Unfit == "") == (a.Text == "") {
			t.Errorf("unfit %q, text %q", a.Unfit, a.Text)
		}
	})
}
