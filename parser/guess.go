package parser

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// guessed are the charsets among which a text without a usable declaration is looked for. Of two that read
// it equally well the first one counts.
var guessed = []string{
	"windows-1252", "windows-1251", "koi8-r", "koi8-u", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "windows-1250", "iso-8859-2", "windows-1254",
	"windows-1253", "iso-8859-7", "windows-1255", "windows-1256", "iso-8859-6", "windows-874", "windows-1257", "ibm866", "iso-8859-5",
	"maccyrillic", "ibm855", "ibm852", "macintosh", "ibm850",
}

// guessBytes is how much of a body is read with each of them.
const guessBytes = 24 << 10

// guess is the charset in which a body reads best, with how well that is: near 1 for a text of ordinary
// words, below 0 for none. Empty if the body is ASCII.
func guess(body []byte) (charset string, best float64) {
	first := slices.IndexFunc(body, func(b byte) bool { return b >= utf8.RuneSelf })
	if first < 0 {
		return "", 0
	}
	sample := sampleOf(body, first)
	best = -100
	for _, name := range guessed {
		if s := plausible(sample, lookup(name)); s > best+1e-9 {
			charset, best = name, s
		}
	}
	return charset, best
}

// sampleOf is the part of a body that begins with the text around its first byte that is not ASCII.
func sampleOf(body []byte, first int) []byte {
	sample := body[max(0, bytes.LastIndexByte(body[:first], '>')):]
	return sample[:min(len(sample), guessBytes)]
}

// nonsense reports whether a body is none of ordinary words in a charset, and reads well in another one:
// pages that are said to be in a Western charset are often Cyrillic or Chinese.
func nonsense(body []byte, enc encoding.Encoding) (charset string, ok bool) {
	first := slices.IndexFunc(body, func(b byte) bool { return b >= utf8.RuneSelf })
	if first < 0 || plausible(sampleOf(body, first), enc) > doubtful {
		return "", false
	}
	charset, how := guess(body)
	return charset, how > certain
}

// A text that reads worse than doubtful is looked at a second time; one that reads better than certain is
// what it seems.
const (
	doubtful = 0.1
	certain  = 0.6
)

// plausible is how well a body reads in a charset.
func plausible(sample []byte, enc encoding.Encoding) float64 {
	text := []rune(string(bytes.TrimSuffix(transcode(sample, enc), []byte("\uFFFD"))))
	counts, all, pairs, broken := map[rune]int{}, 0, 0, 0.0
	for i, r := range text {
		before := rune(' ')
		if i > 0 {
			before = text[i-1]
		}
		if r >= 0x80 {
			counts[r]++
			all++
			broken += fault(r, before)
			if before >= 0x80 && script(r) == latin && script(before) == latin {
				pairs++
			}
			continue
		}
		if before >= 0x80 && asciiLetter(r) && script(before) > latin {
			broken++ // a word of two scripts
		}
	}
	if all == 0 {
		return 0
	}
	if 2*pairs > all { // no Latin language has so many letters in a row that are not ASCII's
		broken += float64(pairs)
	}
	if broken > float64(all) { // no alphabet makes up for it
		return -broken / float64(all)
	}
	best := -100.0
	for _, a := range alphabets {
		best = max(best, a.weigh(counts))
	}
	return (best - broken) / float64(all)
}

// The scripts that count as one another's in a word.
const (
	none = iota
	latin
	cyrillic
	other
)

func script(r rune) int {
	switch {
	case !unicode.IsLetter(r):
		return none
	case unicode.Is(unicode.Latin, r):
		return latin
	case unicode.Is(unicode.Cyrillic, r):
		return cyrillic
	}
	return other
}

func asciiLetter(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' }

// fault is how much a character speaks against a text, by itself and behind the one before it.
func fault(r, before rune) float64 {
	switch {
	case r == '\uFFFD' || r >= 0x80 && r < 0xA0 || unicode.Is(unicode.Co, r):
		return 4
	case unicode.IsUpper(r) && unicode.IsLower(before):
		return 1.5 // aB
	case unicode.IsLetter(r) && asciiLetter(before) && script(r) > latin:
		return 1
	case !unicode.IsLetter(r) && !unicode.IsMark(r) && unicode.IsLetter(before) && !strings.ContainsRune(ordinary, r):
		return 1 // a sign in a word
	}
	return 0
}

// ordinary are the signs that texts of all languages hold.
const ordinary = "\u00a0«»“”„‘’‚–—…•·№©®°§€、。，：；！？（）「」『』《》【】・〜～ー،؛؟"

// alphabet is what a language is written with: its letters beside ASCII's, the most frequent ones first.
type alphabet struct {
	rank  map[rune]int
	count int
	ideal func(r rune) float64 // of a language that is written with thousands of characters
}

// weigh sums up how much the characters speak for the language.
func (a *alphabet) weigh(counts map[rune]int) float64 {
	sum := 0.0
	for r, n := range counts {
		sum += float64(n) * a.weight(r)
	}
	return sum
}

func (a *alphabet) weight(r rune) float64 {
	if strings.ContainsRune(ordinary, r) {
		return 0.5
	}
	if a.ideal != nil {
		return a.ideal(r)
	}
	rank, known := a.rank[unicode.ToLower(r)]
	switch {
	case !known:
		return -1
	case rank*3 < a.count:
		return 1
	case rank*3 < 2*a.count:
		return 0.7
	}
	return 0.3
}

func letters(frequent string) alphabet {
	a := alphabet{rank: map[rune]int{}}
	for _, r := range frequent {
		a.rank[r] = a.count
		a.count++
	}
	return a
}

// alphabets by language. Of Latin ones the letters beside ASCII's are enough.
var alphabets = []alphabet{
	letters("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"), // Russian
	letters("оанивіетрслкдумпзяьбгйчхцжшюїєщфґ"), // Ukrainian
	letters("аоиентрсвлкдпмзъугбчщжцйяшхфюь"),    // Bulgarian
	letters("аоиенрстјкувдмлпгзбчцшжћхђњљфџ"),    // Serbian
	letters("аоиетнрсвклдпмјуѓќшжчцѕџњљзбгхф"),   // Macedonian
	letters("αοιετσνηυρπκμλςόίάέγδήωθχύφβώξζψϊΐϋΰ"),
	letters("יוהלאבתמרשנםדעקפגחצטזכסןךףץ"),
	letters("اليمونرتبةعدسفهكقأحجشطصخإذىئزثآضغءظؤًٌَُِّْ"),
	letters("اینردمهوتسبشلکزپگخجحعفقعغچطصضذژثظئآ"),
	letters("านรกเองมยลวดทสตะปบคหแจพชขใไโผภศธซณฟษถญฐฎฏฑฒฉฌฝฬฮๆฯำ่้ัีิื์ุูึ็๊๋"),
	letters("éàèêçâîôûùëïœüÿ"),
	letters("éàèçêîôâûëïùœæñöäüáíóúãõåøß"),
	letters("äüößéÄÖÜẞ"),
	letters("áéíóúñüªº"),
	letters("ãçáéíóõêâúàôªº"),
	letters("àèéìòùî"),
	letters("äåöéàü"),
	letters("øåæéäöü"),
	letters("ðáíéþúóæöý"),
	letters("ąęłóśćżńź"),
	letters("íáěéřšýčžůúňťďó"),
	letters("áíéýúčšžľťôňäďóŕĺ"),
	letters("éáőóíöűüú"),
	letters("ăîâșțşţ"),
	letters("čšžćđ"),
	letters("ıüşçğöâîû"),
	letters("ėšžųįūąčę"),
	letters("āīēšūžņķčļģ"),
	letters("äõöüšž"),
	{ideal: japaneseWeight},
	{ideal: chineseWeight},
	{ideal: koreanWeight},
}

func japaneseWeight(r rune) float64 {
	switch {
	case unicode.In(r, unicode.Hiragana, unicode.Katakana) && r < 0xFF00:
		return 1.2
	case unicode.Is(unicode.Katakana, r): // of half width
		return 0.3
	case unicode.Is(unicode.Han, r) && leads(japanese.EUCJP, r, 0xB0, 0xCF):
		return 0.6
	}
	return -1
}

func koreanWeight(r rune) float64 {
	if unicode.Is(unicode.Hangul, r) {
		return 1
	}
	return -1
}

func chineseWeight(r rune) float64 {
	switch {
	case !unicode.Is(unicode.Han, r):
		return -1
	case strings.ContainsRune(frequentHan, r):
		return 2
	case leads(simplifiedchinese.GBK, r, 0xB0, 0xD7) || leads(traditionalchinese.Big5, r, 0xA4, 0xC6):
		return 0.5
	}
	return -0.5
}

// frequentHan are characters that make up a third of any Chinese text, simplified and traditional.
const frequentHan = "的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會可主发發年动動同工也能下过過子说說产產" +
	"面而方后後多定行学學法所民得经經十三之进進等部度家力高自二理起小现現实實加量都两兩体體制机機当當使点點从從业業本去性好应應开開合还還因由其" +
	"前外天政四日事平形相全表间間与與关關各重新线線内內数數正反明原利比或但第向道此变變条條问問意建月公无無系军軍演习習部队隊防空导導弹彈飞飛"

// leads reports whether a charset has the character in a range of its first bytes: the ones that are common
// in its language stand together.
func leads(enc encoding.Encoding, r rune, from, to byte) bool {
	b, err := enc.NewEncoder().Bytes([]byte(string(r)))
	return err == nil && len(b) == 2 && b[0] >= from && b[0] <= to
}
