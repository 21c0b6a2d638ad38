package parser

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"dewline"
)

const (
	russian     = "Министерство обороны сообщает: система противоракетной обороны приведена в готовность, расчёты вышли на позиции, учения продолжаются до конца недели."
	chinese     = "国防部新闻发言人就反导问题答记者问：中方一贯反对部署全球反导系统，维护战略平衡与稳定，呼吁有关国家停止相关活动。"
	traditional = "國防部發言人表示，飛彈防禦系統已進入戰備狀態，將持續監控周邊海空域動態，確保國家安全與區域穩定。"
	japanese1   = "防衛省は弾道ミサイル防衛に関する共同訓練を実施したと発表しました。海上自衛隊のイージス艦が参加し、データを共有しました。"
	korean1     = "국방부는 한미 연합 미사일 방어 훈련을 실시했다고 밝혔다. 이번 훈련에는 이지스함과 패트리엇 포대가 참가하였다."
	german      = "Übung der Flugabwehr in Köln: „Die Bundeswehr übt für den Ernstfall“ – größte Maßnahme seit Jahren, heißt es."
)

// in is a feed with this text, in a charset, declared as the declaration says.
func in(text string, enc encoding.Encoding, declaration string) []byte {
	doc := `<?xml version="1.0"` + declaration + `?><rss version="2.0"><channel><title>x</title><item><title>` + text + `</title><guid>1</guid><description>` +
		text + `</description></item></channel></rss>`
	if enc == nil {
		return []byte(doc)
	}
	b, err := enc.NewEncoder().Bytes([]byte(doc))
	if err != nil {
		panic(err)
	}
	return b
}

func as(name string) string { return ` encoding="` + name + `"` }

func TestCharsets(t *testing.T) {
	const mark, noMark, big, little = unicode.UseBOM, unicode.IgnoreBOM, unicode.BigEndian, unicode.LittleEndian
	cp1251, koi8 := charmap.Windows1251, charmap.KOI8R
	gbk, gb, big5 := simplifiedchinese.GBK, simplifiedchinese.GB18030, traditionalchinese.Big5
	bom := func(b []byte) []byte { return append([]byte("\xEF\xBB\xBF"), b...) }
	for name, c := range map[string]struct {
		body        []byte
		contentType string
		want        string // the title
		charset     string // how it was found out
	}{
		"UTF-8":                      {in(russian, nil, ""), "", russian, "utf-8 (sniffed)"},
		"UTF-8, declared":            {in(russian, nil, as("UTF-8")), "", russian, "utf-8 (declared)"},
		"UTF-8, header":              {in(russian, nil, ""), `text/xml; charset="utf-8"`, russian, "utf-8 (HTTP header)"},
		"UTF-8, mark":                {bom(in(russian, nil, as("windows-1251"))), "text/xml; charset=koi8-r", russian, "utf-8 (byte order mark)"},
		"UTF-8 declared another":     {in(russian, nil, as("windows-1251")), "", russian, "utf-8 (sniffed)"},
		"UTF-8 served as another":    {in(russian, nil, ""), "text/xml; charset=iso-8859-1", russian, "utf-8 (sniffed)"},
		"UTF-16LE, mark":             {in(russian, unicode.UTF16(little, mark), as("utf-16")), "", russian, "utf-16le (byte order mark)"},
		"UTF-16BE, mark":             {in(chinese, unicode.UTF16(big, mark), as("utf-16")), "", chinese, "utf-16be (byte order mark)"},
		"UTF-16LE":                   {in(chinese, unicode.UTF16(little, noMark), as("utf-16")), "", chinese, "utf-16le (sniffed)"},
		"UTF-16BE":                   {in(russian, unicode.UTF16(big, noMark), ""), "", russian, "utf-16be (sniffed)"},
		"UTF-32LE":                   {in(russian, utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), ""), "", russian, "utf-32le (byte order mark)"},
		"UTF-8 declared UTF-16":      {in(russian, nil, as("UTF-16")), "", russian, "utf-8 (sniffed)"},
		"windows-1251":               {in(russian, cp1251, as("windows-1251")), "", russian, "windows-1251 (declared)"},
		"windows-1251, header only":  {in(russian, cp1251, ""), "application/rss+xml; charset=Windows-1251", russian, "windows-1251 (HTTP header)"},
		"header before declaration":  {in(russian, cp1251, as("koi8-r")), "text/xml; charset=windows-1251", russian, "windows-1251 (HTTP header)"},
		"windows-1251, sniffed":      {in(russian, cp1251, ""), "", russian, "windows-1251 (detected)"},
		"windows-1251 as UTF-8":      {in(russian, cp1251, as("utf-8")), "text/xml; charset=utf-8", russian, "windows-1251 (detected)"},
		"KOI8-R":                     {in(russian, koi8, as("koi8-r")), "", russian, "koi8-r (declared)"},
		"KOI8-R, sniffed":            {in(russian, koi8, ""), "", russian, "koi8-r (detected)"},
		"GBK":                        {in(chinese, gbk, as("gbk")), "", chinese, "gbk (declared)"},
		"GB2312 that is GBK":         {in(chinese+"朱镕基", gbk, as("gb2312")), "", chinese + "朱镕基", "gb2312 (declared)"},
		"GB18030":                    {in(chinese+"㐀", gb, as("gb18030")), "", chinese + "㐀", "gb18030 (declared)"},
		"GBK, sniffed":               {in(chinese, gbk, ""), "", chinese, ""},
		"GBK as UTF-8":               {in(chinese, gbk, as("utf-8")), "text/xml; charset=utf-8", chinese, ""},
		"Big5":                       {in(traditional, big5, as("big5")), "", traditional, "big5 (declared)"},
		"Big5, sniffed":              {in(traditional, big5, ""), "", traditional, "big5 (detected)"},
		"Shift_JIS":                  {in(japanese1, japanese.ShiftJIS, as("Shift_JIS")), "", japanese1, "shift_jis (declared)"},
		"Shift_JIS, sniffed":         {in(japanese1, japanese.ShiftJIS, ""), "", japanese1, ""},
		"Shift_JIS as UTF-8":         {in(japanese1, japanese.ShiftJIS, as("utf-8")), "", japanese1, ""},
		"EUC-JP":                     {in(japanese1, japanese.EUCJP, as("euc-jp")), "", japanese1, "euc-jp (declared)"},
		"EUC-JP, sniffed":            {in(japanese1, japanese.EUCJP, ""), "", japanese1, "euc-jp (detected)"},
		"ISO-2022-JP":                {in(japanese1, japanese.ISO2022JP, as("iso-2022-jp")), "", japanese1, "iso-2022-jp (declared)"},
		"EUC-KR":                     {in(korean1, korean.EUCKR, as("euc-kr")), "", korean1, "euc-kr (declared)"},
		"EUC-KR, sniffed":            {in(korean1, korean.EUCKR, ""), "", korean1, "euc-kr (detected)"},
		"windows-1252 as ISO-8859-1": {in(german, charmap.Windows1252, as("iso-8859-1")), "", german, "iso-8859-1 (declared)"},
		"windows-1252 as UTF-8":      {in(german, charmap.Windows1252, as("utf-8")), "", german, ""},
		"an unknown charset":         {in(russian, cp1251, as("x-user-defined-9")), "", russian, "windows-1251 (detected)"},
		"ASCII as anything":          {in("Exercise begins", nil, as("euc-kr")), "", "Exercise begins", ""},
		"an invalid byte":            {[]byte(strings.ReplaceAll(string(in(russian, nil, as("utf-8"))), "Мин", "Ми\xFFн")), "", strings.ReplaceAll(russian, "Мин", "Ми\uFFFDн"), "utf-8 (with invalid bytes)"},
		"encoded twice":              {twice(in(russian, nil, as("utf-8"))), "", russian, "utf-8 (declared), encoded twice"},
		"encoded twice, Latin":       {twice(in(german, nil, as("utf-8"))), "", german, "utf-8 (declared), encoded twice"},
		"encoded twice, Chinese":     {twice(in(chinese, nil, as("utf-8"))), "", chinese, "utf-8 (declared), encoded twice"},
		"French before a guillemet":  {in("« Voilà\u00a0», « là\u00a0» et « déjà\u00a0» ; Ã” n’est rien", nil, as("utf-8")), "", "« Voilà », « là » et « déjà » ; Ã” n’est rien", "utf-8 (declared)"},
		"German before a quote":      {in("„Spaß“ und „Gruß“ für übermäßig große Übungen", nil, as("utf-8")), "", "„Spaß“ und „Gruß“ für übermäßig große Übungen", "utf-8 (declared)"},
		"JSON in UTF-16":             {[]byte("\xFF\xFE" + "{\x00}\x00"), "", "", "utf-16le (byte order mark)"},
	} {
		t.Run(name, func(t *testing.T) {
			p := Parse(dewline.Document{Body: c.body, ContentType: c.contentType, URL: "https://x.example/"})
			checkParsed(t, name, p)
			if c.charset != "" && p.Charset != c.charset {
				t.Errorf("charset %q, want %q", p.Charset, c.charset)
			}
			if c.want == "" {
				return
			}
			if len(p.Entries) != 1 {
				t.Fatalf("status %s, %s, charset %s", p.Status, p.Detail, p.Charset)
			}
			if it := p.Entries[0].Make(); it.Title != c.want || it.Summary != c.want {
				t.Errorf("read as %s: %s", p.Charset, it.Title)
			}
		})
	}
}

// twice is UTF-8 taken for windows-1252, as Python and MySQL take it, and encoded again.
func twice(b []byte) []byte {
	var out []rune
	for _, c := range b {
		r := charmap.Windows1252.DecodeByte(c)
		if r == '\uFFFD' {
			r = rune(c)
		}
		out = append(out, r)
	}
	return []byte(string(out))
}

// Truncated multi-byte text at a cut does not change how the rest is read.
func TestACutCharacterIsNoCharset(t *testing.T) {
	body := in(russian, nil, as("utf-8"))
	for n := len(body) - 40; n < len(body); n++ {
		if p := Parse(dewline.Document{Body: body[:n], URL: "https://x.example/"}); len(p.Entries) == 1 && p.Entries[0].Make().Title != russian {
			t.Errorf("cut at %d: read as %s: %s", n, p.Charset, p.Entries[0].Make().Title)
		}
	}
}
