package parser

import (
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"":                     "",
		"plain":                "plain",
		"  a \n b\tc  ":        "a b c",
		"a\n\nb":               "a\n\nb",
		"a\r\n \r\nb":          "a\n\nb",
		"<p>a</p><p>b</p>":     "a\n\nb",
		"<p>a\n\nb</p>":        "a b",
		"a<br>b":               "a b",
		"a<br><br/>b":          "a\n\nb",
		"a<br>\n<br>b":         "a\n\nb",
		"<ul><li>a<li>b</ul>c": "a\n\nb\n\nc",
		"<table><tr><td>a</td><td>b</td></tr></table>":         "a\n\nb",
		"anti<b>-</b>missile":                                  "anti-missile",
		"anti<wbr>missile":                                     "antimissile",
		"missile<sup>1</sup> tests<sup>12</sup>.":              "missile 1 tests 12.",
		"le 1<sup>er</sup> régiment, 10<sup>3</sup> t":         "le 1er régiment, 103 t",
		"<ruby>弾道<rp>(</rp><rt>だんどう</rt><rp>)</rp></ruby>ミサイル": "弾道ミサイル",
		"<ruby>弾<rt>だん<rb>道<rt>どう</ruby>ミサイル</p>発射":            "弾道ミサイル\n\n発射",
		"a <rt>b<p>c":                       "a\n\nc",
		"a <rt>b c":                         "a b c",
		"a<img src=x>b":                     "a b",
		"<h1>a</h1>b":                       "a\n\nb",
		"&lt;b&gt; &amp; &quot;":            `<b> & "`,
		"caf&eacute; &#1055;&#x440;&#x43E;": "café Про",
		"a&nbsp;b&#160;c":                   "a b c",
		"soft&shy;hyphen":                   "soft\u00adhyphen",
		"a &xyzzy; b":                       "a &xyzzy; b",
		"AT&T":                              "AT&T",
		"a<script>alert('<p>')</script>b":   "a b",
		"a<style>p{}</style>b":              "a b",
		"a<noscript>n</noscript>b":          "a b",
		"<head><title>t</title></head>a":    "a",
		"a<!-- <p>c</p> -->b":               "ab",
		"a<iframe src=x>i</iframe>b":        "a b",
		"<iframe src=x/>b":                  "b",
		"a<svg><text>s</text></svg>b":       "a b",
		"a<template><p>t</template>b":       "a b",
		"a<script>never closed":             "a",
		"a<noscript>never closed":           "a never closed",
		"1 < 2 > 0":                         "1 < 2 > 0",
		"a <3 b":                            "a <3 b",
		"if a<b and c>d":                    "if ad", // to every browser <b and c> is bold
		"mail <ann.lee@x.example> now":      "mail <ann.lee@x.example> now",
		"<o:p>word</o:p>":                   "word",
		"a<":                                "a<",
		"a<p":                               "a",
		"<p class='a>b'>c</p>":              "c",
		"</div></p>a":                       "a",
		"<![CDATA[a]]>":                     "",
		"don\u0092t \u0096 \u0085":          "don’t – …",
		"a\x00b\x01c\x7fd":                  "a b c d",
		"a\u0081b":                          "a b",
		"bad\xffbyte":                       "bad\uFFFDbyte",
		"бег<b>ло</b>":                      "бегло",
		"导弹<br>防御":                          "导弹 防御",
	} {
		if got := Text(in); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
		if bad := foul("content", Text(in)); bad != "" {
			t.Errorf("%q has %s", Text(in), bad)
		}
	}
}

// However deep or broken mark-up is, its text is made in bounded memory.
func TestTextOfHostileMarkUp(t *testing.T) {
	for name, in := range map[string]string{
		"nested":     strings.Repeat("<div>", 3e5) + "a",
		"misnested":  strings.Repeat("<b><p>", 2e5) + "a",
		"hidden":     strings.Repeat("<svg>", 3e5) + "a",
		"open":       strings.Repeat("<", 2e6) + " a",
		"attributes": "<p " + strings.Repeat("a=b ", 1e6) + ">a",
		"comments":   strings.Repeat("<!--", 3e5) + "a",
		"references": strings.Repeat("&amp", 3e5) + "a",
	} {
		t.Run(name, func(t *testing.T) {
			var got string
			if grown := allocated(func() { got = Text(in) }); grown > 64<<20 {
				t.Errorf("%d MB allocated for %d MB of mark-up", grown>>20, len(in)>>20)
			}
			if !strings.HasSuffix(got, "a") && name != "comments" {
				t.Errorf("the text at the end is lost: …%q", got[max(0, len(got)-20):])
			}
		})
	}
}
