package parser

import "testing"

func TestIsHTML(t *testing.T) {
	for _, s := range []string{
		"<td>anti-missile<td>THAAD", "anti<wbr>missile", "A line.<BR/>Another.", "<!doctype html>", "a <!-- note --> b", "<b>missile</b>", "see <a href=/x>this",
		"<time datetime='2026'>now", "text\n<h2>Head", "<section>\nmissile\n</section>", "</p>", "<name> <p>",
	} {
		if !IsHTML(s) {
			t.Errorf("%q is not recognised", s)
		}
	}
	for _, s := range []string{
		"", "missile", "a < b and c > d", "write <missile> here", "From: <desk@example.org>", "<https://example.org/>", "copy <source> to <object>", "vector<i>", "<title> of the item",
		"<source file>", "<!NOTE>", "a <- b", "<3", "x<y>z", "</nothing>", "<td", "<反导>", "&lt;p&gt;", "<paragraph>", "if a<b && c>d",
	} {
		if IsHTML(s) {
			t.Errorf("%q is taken for HTML", s)
		}
	}
}
