package filter

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"dewline"

	"github.com/abadojack/whatlanggo"
)

// itemLanguages are the stemmers that an item's words are looked at with. Only for
// Latin words does it matter what language the item is in. What the item claims is
// believed unless the little words that are in every sentence speak against it; an
// item that claims nothing is known by them, too. Where they do not tell, the
// library is asked, which takes fifty times as long.
func itemLanguages(it *dewline.Item) languages {
	claimed := languagesOf(it.Language)
	own, known := latin[baseTag(it.Language)]
	sample := sampleOf(it)
	if known && len(sample) > claimBytes {
		sample = sample[:claimBytes]
	}
	var v votes
	v.count(sample, own, known)
	switch {
	case !v.latin():
		claimed.persian = persianText(sample, claimed.persian)
		return claimed
	case known && !v.against(own):
		return claimed
	case v.clear():
		return v.leader().languages()
	case v.letters < fewLetters && !known && turkishText(sample):
		return tongue(stemTurkish).languages()
	case v.letters < fewLetters:
		return claimed
	}
	if v.best() >= enough {
		claimed = v.leader().languages() // Danish or Norwegian: better one of the two than none
	}
	return detected(sample, claimed)
}

// tongue is a language of the Latin script by its number in the votes: that of its
// stemmer, or one beyond, of those that have none.
type tongue uint8

const (
	tonguePolish = tongue(stemmers) + iota
	tongueCzech
	tongueIndonesian
	tongues
)

// languages are the stemmers of a text in this language.
func (t tongue) languages() languages {
	if t >= tongue(stemmers) || stemmer(t) == stemEnglish {
		return languagesOf("")
	}
	return languages{latin: [2]stemmer{stemEnglish, stemmer(t)}, n: 2}
}

// littleWords are the languages that have a word, as bits: words without which
// hardly a sentence is written, as lists of each language. Single letters are left
// out: they stand in abbreviations, too.
var littleWords = func() map[string]uint32 {
	m := make(map[string]uint32)
	for t, list := range map[tongue]string{
		tongue(stemEnglish):    "the of and to in that for is was with said has by from have which their",
		tongue(stemDanish):     "og det er til af ikke der på med har den blev som efter mod også",
		tongue(stemDutch):      "het een van de en niet voor met zijn wordt naar dat op aan ook bij te",
		tongue(stemFinnish):    "ja on ei että oli se ovat myös mukaan kuin joka hän mutta sekä kun",
		tongue(stemFrench):     "le la les de des et du une est dans que pour par sur au aux ont qui il ce",
		tongue(stemGerman):     "der die das und ist nicht mit von den im für auf wurde eine dem sich ein zu",
		tongue(stemHungarian):  "az és hogy nem egy is meg volt csak ez szerint amely",
		tongue(stemItalian):    "il di che la per non del della una sono con alla nel dei gli ha",
		tongue(stemNorwegian):  "og det er til av ikke på med har som ble den etter mot også",
		tongue(stemPortuguese): "os não uma do da que em para com foi dos das são no na ao",
		tongue(stemRomanian):   "și în de la care cu pe este din nu sunt pentru au fost",
		tongue(stemSpanish):    "el la los de que en las del una por con para se su ha al",
		tongue(stemSwedish):    "och att det är som på inte för av ett den med har till en från",
		tongue(stemTurkish):    "ve bir bu için ile olarak da de olan daha sonra kadar göre",
		tonguePolish:           "na do że się nie jest oraz przez od po które dla",
		tongueCzech:            "na se že je do ve byl pro jako podle která",
		tongueIndonesian:       "yang dan di ke dari untuk dengan ini itu pada akan oleh",
	} {
		for _, word := range strings.Fields(list) {
			m[word] |= 1 << t
		}
	}
	return m
}()

const (
	longestLittle = 8   // bytes
	sampleBytes   = 600 // of a text, that are looked at; and
	claimBytes    = 300 // of one that claims a language
	fewLetters    = 40  // with which no library can tell
	enough        = 3   // little words, by which a claim is confirmed
)

// votes counts little words by language.
type votes struct {
	by      [tongues]int
	letters int // of the Latin script
	others  int // bytes of other scripts
}

// count reads a sample until the language that is claimed is confirmed, or the
// script is seen to be another.
func (v *votes) count(s string, claimed stemmer, known bool) {
	var word [longestLittle]byte
	n := 0
	for i := 0; i <= len(s); i++ {
		c := byte(' ')
		if i < len(s) {
			c = s[i]
		}
		switch {
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
			fallthrough
		case c >= 'a' && c <= 'z', c >= 0xc3 && c <= 0xc9, c >= 0x80 && c < 0xc0: // the last are parts of those
			v.letters++
		case c >= utf8.RuneSelf: // no letter of European languages
			size := runeSize(s[i:])
			i += size - 1
			if v.others += size; v.others > 60 && v.others > v.letters {
				return
			}
			n = longestLittle + 1
			continue
		default:
			if n > 0 && n <= longestLittle && v.word(word[:n], claimed, known) {
				return
			}
			n = 0
			continue
		}
		if n < longestLittle {
			word[n] = c
		}
		n++
	}
}

// word counts a word, and reports whether the claim is confirmed.
func (v *votes) word(word []byte, claimed stemmer, known bool) bool {
	for set := littleWords[string(word)]; set != 0; set &= set - 1 {
		v.by[bits.TrailingZeros32(set)]++
	}
	return known && v.by[claimed] >= enough && v.by[claimed] == v.best()
}

// latin reports whether the sample is of the Latin script.
func (v *votes) latin() bool { return v.letters > v.others && v.letters > 0 }

func (v *votes) leader() tongue {
	best := tongue(0)
	for t := range tongues {
		if v.by[t] > v.by[best] {
			best = t
		}
	}
	return best
}

func (v *votes) best() int { return v.by[v.leader()] }

// against reports whether the little words speak against a language.
func (v *votes) against(s stemmer) bool { return v.best() >= enough+v.by[s] }

// clear reports whether they speak for one alone.
func (v *votes) clear() bool {
	leader := v.leader()
	for t := range tongues {
		if t != leader && v.by[leader] < v.by[t]*2 {
			return false
		}
	}
	return v.by[leader] >= enough
}

// sampleOf is the beginning of the item's text.
func sampleOf(it *dewline.Item) string {
	text := it.Content
	if text == "" {
		text = it.Summary
	}
	if len(text) < 100 {
		text = it.Title + " " + text
	}
	if len(text) > sampleBytes {
		text = text[:sampleBytes]
	}
	return text
}

// detectable are the languages that the library chooses from.
var detectable = map[whatlanggo.Lang]tongue{
	whatlanggo.Eng: tongue(stemEnglish), whatlanggo.Dan: tongue(stemDanish), whatlanggo.Nld: tongue(stemDutch), whatlanggo.Fin: tongue(stemFinnish),
	whatlanggo.Fra: tongue(stemFrench), whatlanggo.Deu: tongue(stemGerman), whatlanggo.Hun: tongue(stemHungarian), whatlanggo.Ita: tongue(stemItalian),
	whatlanggo.Nob: tongue(stemNorwegian), whatlanggo.Por: tongue(stemPortuguese), whatlanggo.Ron: tongue(stemRomanian), whatlanggo.Spa: tongue(stemSpanish),
	whatlanggo.Swe: tongue(stemSwedish), whatlanggo.Tur: tongue(stemTurkish), whatlanggo.Pol: tonguePolish, whatlanggo.Ces: tongueCzech,
	whatlanggo.Ind: tongueIndonesian,
}

var choices = func() whatlanggo.Options {
	m := make(map[whatlanggo.Lang]bool)
	for l := range detectable {
		m[l] = true
	}
	return whatlanggo.Options{Whitelist: m}
}()

// detected asks the library. What it is not sure of it has not said.
func detected(sample string, otherwise languages) languages {
	const most = 300 // bytes: the more, the longer it takes
	if len(sample) > most {
		sample = sample[:most]
	}
	info := whatlanggo.DetectWithOptions(strings.ToValidUTF8(sample, " "), choices)
	if !info.IsReliable() {
		return otherwise
	}
	return detectable[info.Lang].languages()
}
