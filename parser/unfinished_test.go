package parser

import (
	"strings"
	"testing"
)

// A "<" that never becomes a tag is text: nothing of what follows it is lost.
func TestTagsWithoutAnEnd(t *testing.T) {
	for in, want := range map[string]string{
		"range <THAAD launchers in Korea":                   "range <THAAD launchers in Korea",
		"tests <b THAAD":                                    "tests <b THAAD",
		"Speed <Mach 5. THAAD deployed.":                    "Speed <Mach 5. THAAD deployed.",
		"Speed <Mach 5. <p>THAAD deployed.</p>":             "Speed <Mach 5. <p>THAAD deployed.",
		"tests <b THAAD <i>and</i> Patriot":                 "tests <b THAAD and Patriot",
		"tests </b THAAD <i>and</i> Patriot":                "tests </b THAAD and Patriot",
		`<a href="/x>THAAD deployed</a> in <b>Korea</b>`:    "THAAD deployed in Korea",
		`<a href="/x>THAAD</a><p>deployed <b Patriot &amp;`: "THAAD\n\ndeployed <b Patriot &",
		"a <!-- THAAD deployed":                             "a <!-- THAAD deployed",
		"a <!-- b <p> THAAD":                                "a <!-- b\n\nTHAAD",
		"a <? THAAD":                                        "a <? THAAD",
		"a </ THAAD":                                        "a </ THAAD",
		"a </THAAD deployed":                                "a </THAAD deployed",
		"a <b":                                              "a",
		"a </b":                                             "a",
		"a <br /":                                           "a",
		`a <a href="http://x.exa`:                           "a", // a summary of so many characters
		`a <img src='http://x.example/1' alt=x wid=`:        "a",
		`a <img src="http://x.example/1" alt="THAAD la`:     `a <img src="http://x.example/1" alt="THAAD la`,
		`<img alt="a<b" src=x>c`:                            "c",
		`<p title="1 < 2">c</p>`:                            "c",
	} {
		if got := Text(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
		if bad := foul("content", Text(in)); bad != "" {
			t.Errorf("%q has %s", Text(in), bad)
		}
	}
}

// The title and the summary of an item, from the document on.
func TestTextsWithPointedBrackets(t *testing.T) {
	entry := func(title, summary string) string {
		return atomOf(`<entry><id>1</id><title` + title + `</title><summary` + summary + `</summary></entry>`)
	}
	item := func(title, summary string) string {
		return rssOf(`<item><guid>1</guid><title>` + title + `</title><description>` + summary + `</description></item>`)
	}
	for name, c := range map[string]struct{ body, title, summary string }{
		"RSS":                        {item("range &lt;THAAD launchers in Korea", "Speed &lt;Mach 5. THAAD deployed."), "range <THAAD launchers in Korea", "Speed <Mach 5. THAAD deployed."},
		"RSS, CDATA":                 {item("<![CDATA[tests <b THAAD]]>", "<![CDATA[<p>tests <b THAAD</p>]]>"), "tests <b THAAD", "tests <b THAAD"},
		"RSS, not well-formed":       {item("tests <b THAAD", "range <THAAD launchers"), "tests <b THAAD", "range <THAAD launchers"},
		"Atom, text":                 {entry(` type="text">tests &lt;b THAAD`, ` type="text">if a&lt;b and c&gt;d`), "tests <b THAAD", "if a<b and c>d"},
		"Atom, no type":              {entry(`>tests &lt;b THAAD`, `>if a&lt;b and c&gt;d`), "tests <b THAAD", "if a<b and c>d"},
		"Atom, HTML":                 {entry(` type="html">tests &lt;b>THAAD&lt;/b>`, ` type="html">a&amp;amp;b &lt;i>c`), "tests THAAD", "a&b c"},
		"Atom, HTML that says text":  {entry(` type="text">tests &lt;b>THAAD&lt;/b>`, `>&lt;p>a &amp;amp; b`), "tests THAAD", "a & b"},
		"Atom, references that text": {entry(`>Don&amp;#8217;t`, `>a&lt;br/>b`), "Don’t", "a b"},
		"Atom, another's type":       {atomOf(`<entry><id>1</id><title type="html">&lt;b>x</title><source><title type="text">y</title></source></entry>`), "x", ""},
	} {
		it := items(t, c.body)[0]
		if it.Title != c.title || it.Summary != c.summary {
			t.Errorf("%s: title %q, summary %q; want %q, %q", name, it.Title, it.Summary, c.title, c.summary)
		}
	}
	it := items(t, item("x", "<![CDATA[<p>Speed</p> <Mach 5. THAAD deployed.]]>"))[0]
	if html := it.HTML.Sanitise(); !strings.Contains(html, "Mach 5. THAAD deployed.") {
		t.Errorf("shown is %q", html)
	}
}
