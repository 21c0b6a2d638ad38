package parser

import (
	"regexp"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// charsets by names that neither browsers nor IANA know, or under which another one is served than the name
// says: subsets are read as what contains them.
var charsets = func() map[string]encoding.Encoding {
	byName := map[string]encoding.Encoding{}
	for names, enc := range map[string]encoding.Encoding{
		"gb2312 gbk gb_2312-80 x-gbk cp936 euc-cn gb18030": simplifiedchinese.GB18030,
		"cp932 windows-932 ms932":                          japanese.ShiftJIS,
		"ibm855 cp855 855":                                 charmap.CodePage855,
		"maccyrillic mac-cyrillic mac_cyrillic":            charmap.MacintoshCyrillic,
		"cp1251 win-1251 windows1251":                      charmap.Windows1251,
		"tis620 tis-620 iso8859-11 iso-8859-11 cp874":      charmap.Windows874,
		"big5hkscs big5-hkscs cp950 x-x-big5":              traditionalchinese.Big5,
		"cp949 uhc ms949 euckr":                            korean.EUCKR,
		"eucjp":                                            japanese.EUCJP,
		"iso2022_jp iso2022-jp":                            japanese.ISO2022JP,
		"latin-1 latin_1":                                  charmap.Windows1252,
		"cp858":                                            charmap.CodePage858,
		"cp1140 ibm1140":                                   charmap.CodePage1140,
		"hz-gb-2312 hz":                                    simplifiedchinese.HZGB2312,
	} {
		for _, name := range strings.Fields(names) {
			byName[name] = enc
		}
	}
	return byName
}()

var utf16or32 = regexp.MustCompile(`^utf[-_]?(16|32)`)

// lookup finds a charset by name; nil if there is none.
func lookup(name string) encoding.Encoding {
	name = strings.ToLower(strings.TrimSpace(name))
	if name == "" || utf16or32.MatchString(name) {
		return nil // without a mark or zero bytes it is not UTF-16
	}
	if enc := charsets[name]; enc != nil {
		return enc
	}
	for _, spelling := range []string{name, strings.ReplaceAll(name, "_", "-"), strings.Replace(name, "cp", "ibm", 1), strings.Replace(name, "_", "-", 1)} {
		if enc := registered(spelling); enc != nil {
			return enc
		}
	}
	return nil
}

// registered finds a charset by the names that browsers and IANA know; nil also for those that x/text
// names and does not have.
func registered(name string) encoding.Encoding {
	if enc, err := htmlindex.Get(name); err == nil && enc != encoding.Replacement {
		return enc
	}
	for _, index := range []*ianaindex.Index{ianaindex.MIME, ianaindex.IANA} {
		if enc, err := index.Encoding(name); err == nil && enc != nil {
			return enc
		}
	}
	return nil
}
