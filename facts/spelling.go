package facts

import (
	"strconv"
	"strings"

	"dewline"

	"golang.org/x/text/unicode/norm"
)

// mostSpelled is among how many pairs of words one is looked for that is the same.
const mostSpelled = 10_000

// respelled takes out of a hunk what is the same in both texts but for its spelling,
// its inflection, or a typing mistake that was mended.
func (h *hunk) respelled(c *comparison) {
	if len(h.old)*len(h.new) > mostSpelled {
		return
	}
	for i := range h.old {
		for j := range h.new {
			a, b := &h.old[i], &h.new[j]
			if !a.gone && !b.gone && a.kind == b.kind && c.same(a, b) {
				a.gone, b.gone = true, true
				break
			}
		}
	}
	joined(h.old, h.new)
	joined(h.new, h.old)
	h.old, h.new = left(h.old), left(h.new)
}

// joined takes out a compound that one text writes in several words, or with hyphens,
// and the other one in one: Raketen-Abwehr, 탄도 미사일.
func joined(apart, together []fact) {
	for i := range together {
		whole := &together[i]
		for from := range apart {
			if n := composes(apart[from:], whole); n > 0 {
				whole.gone = true
				for k := range n {
					apart[from+k].gone = true
				}
				break
			}
		}
	}
}

// composes is how many names, one after another, are a compound together; zero where
// they are not.
func composes(parts []fact, whole *fact) int {
	key := ""
	for n := range parts {
		p := &parts[n]
		if p.gone || whole.gone || p.kind != dewline.FactName || p.at != parts[0].at+n || len(key) > len(whole.key) {
			return 0
		}
		if key += p.key; n > 0 && bare(key) == bare(whole.key) {
			return n + 1
		}
	}
	return 0
}

func (c *comparison) same(a, b *fact) bool {
	switch a.kind {
	case dewline.FactVerdict:
		return verdict(a.key) == verdict(b.key)
	case dewline.FactNumber:
		return a.key == b.key && a.before == b.before || sameTime(a, b) || a.unit != "" && b.unit != "" && a.unit != b.unit && alikeSize(a.value, b.value)
	case dewline.FactDate:
		if sameDate(a.key, b.key) {
			return true
		}
		if months[a.key] > 0 {
			return months[a.key] == months[b.key]
		}
		return false
	}
	x, y := spelled(a.key), spelled(b.key)
	return x == y || inflected(x, y, c.b.language) || c.typo(x, y) || transliterated(x, y)
}

// sameTime reports a time that one text writes with a colon and the other with a point.
func sameTime(a, b *fact) bool {
	if b.value < 0 {
		a, b = b, a
	}
	hours, minutes, colon := strings.Cut(strings.TrimPrefix(a.key, "#"), ":")
	value, err := strconv.ParseFloat(hours+"."+minutes, 64)
	return colon && err == nil && value == b.value && b.unit == ""
}

// spelled is a word in the one spelling of several; what is of a country is the country.
func spelled(key string) string {
	for range 3 {
		s := spellings[key]
		if s == "" {
			s = spellings[bare(unprefixed(key))]
		}
		if s == "" || s == key {
			break
		}
		key = s
	}
	return british(arabicLetters.Replace(key))
}

// arabicLetters are those that writers put for one another.
var arabicLetters = strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا", "ٱ", "ا", "ى", "ي", "ة", "ه")

// british is an English word as it is spelt in Britain and America alike.
func british(key string) string {
	for _, p := range [][2]string{{"isation", "ization"}, {"ising", "izing"}, {"ised", "ized"}, {"ise", "ize"}, {"defence", "defense"}, {"offence", "offense"}, {"our", "or"}, {"tre", "ter"}, {"ogue", "og"}, {"amme", "am"}} {
		if s, ok := strings.CutSuffix(key, p[0]); ok && len(s) > 2 || ok && p[0] == key {
			return s + p[1]
		}
	}
	return key
}

// shortestName is how many letters a name has that is compared by its sound.
const shortestName = 5

// transliterated reports one name in two ways to write its sounds: Gorbachov and
// Gorbatschow, Shoigu and Chojgu.
func transliterated(a, b string) bool {
	x, y := sounds(a), sounds(b)
	return x == y && len(x) >= shortestName
}

// soundAlike are letters that stand for one sound, the longest first.
var soundAlike = strings.NewReplacer("schtsch", "5", "shch", "5", "tsch", "4", "tch", "4", "sch", "6", "dsch", "7", "dj", "7", "dzh", "7",
	"ch", "4", "sh", "6", "zh", "8", "kh", "h", "ph", "f", "th", "t", "dh", "d", "gh", "g", "ts", "c", "tz", "c", "ks", "x", "ou", "u", "oo", "u", "ee", "i", "ei", "e",
	"iy", "i", "ij", "i", "yy", "i", "ii", "i", "y", "i", "j", "i", "w", "v", "q", "k", "'", "")

func sounds(key string) string {
	if key == "" || key[0] >= 0x80 {
		return ""
	}
	return strings.TrimSuffix(undoubled([]rune(soundAlike.Replace(key))), "i")
}

// endings are what inflection puts behind names, by language.
var endings = func() map[string]map[string]bool {
	cyrillic := set("а я у ю е и ы й о ь ом ем ой ей ою ею ам ям ами ями ах ях ого ому ым им ых их ими ыми ая яя ую юю ої ій і ї ові еві єю")
	m := map[string]map[string]bool{
		"ru": cyrillic, "uk": cyrillic, "be": cyrillic, "bg": set("а та то те ът я ят"), "": cyrillic,
		"de": set("s es n en e er"), "pl": set("a y i e ie u em owi ami ach om o ego emu ym im ej"), "cs": set("a y e u em ovi ou i"),
		"tr": set("in nin a e da de dan den yi i u"), "en": set("s"), "fr": set("s"), "es": set("s es"), "pt": set("s es"), "nl": set("s en"),
	}
	for _, words := range m {
		words[""] = true
	}
	return m
}()

// inflected reports two forms of one word.
func inflected(a, b, language string) bool {
	of := endings[language]
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && (n < len(a) && a[n]&0xC0 == 0x80 || n < len(b) && b[n]&0xC0 == 0x80) {
		n--
	}
	if len([]rune(a[:n])) < 4 {
		return hangulSame(a, b) || arabicSame(a, b)
	}
	return of[a[n:]] && of[b[n:]] || hangulSame(a, b)
}

// particles stand behind Korean nouns, the longest first.
var particles = strings.Fields("으로부터 에게서 에서는 으로는 에서 에게 까지 부터 으로 이라고 라고 이며 은 는 이 가 을 를 의 에 와 과 도 로 만")

func hangulSame(a, b string) bool {
	x, y := bare(a), bare(b)
	return a != b && x != "" && (x == y || x == b || a == y)
}

// bare is a Korean noun without its particle.
func bare(s string) string {
	const shortest = 6 // of two syllables
	if t := unparticled(s); len(t) >= shortest {
		return t
	}
	return s
}

func unparticled(s string) string {
	for _, p := range particles {
		if t, ok := strings.CutSuffix(s, p); ok && t != "" {
			return t
		}
	}
	return s
}

// arabicSame reports words that differ in the letters that are put before them.
func arabicSame(a, b string) bool {
	x, y := unprefixed(a), unprefixed(b)
	return x == y && (x != a || y != b)
}

func unprefixed(s string) string {
	for _, p := range []string{"وال", "بال", "فال", "كال", "ال", "لل", "و", "ב", "ה", "ו"} {
		if t, ok := strings.CutPrefix(s, p); ok && len(t) >= 6 {
			return t
		}
	}
	return s
}

const longWord = 9

// typo reports that one word is the other one mistyped: letters changed places or were
// doubled, or one was left out of a long word, which makes no other name of a name; or
// one letter is wrong in a word that the texts write right elsewhere.
func (c *comparison) typo(a, b string) bool {
	x, y := []rune(norm.NFD.String(a)), []rune(norm.NFD.String(b))
	if len(x) < 5 || len(y) < 5 {
		return false
	}
	if swapped(x, y) || undoubled(x) == undoubled(y) {
		return true
	}
	if len(x) < 6 || len(y) < 6 || distance(x, y) > 1 || len(x) == len(y) && len(x) < 8 {
		return false
	}
	return caseless(x[0]) || len(x) != len(y) && min(len(x), len(y)) >= longWord || c.a.count(b) > 0 && c.a.count(a)+c.b.count(a) == 1
}

// count is how often a word stands in the text.
func (r *reading) count(key string) int {
	if r.counts == nil {
		r.counts = make(map[string]int)
		for _, s := range r.sentences {
			for _, t := range s.tokens {
				r.counts[t.key]++
			}
		}
	}
	return r.counts[key]
}

// swapped reports two words that differ in the order of two neighbouring letters.
func swapped(x, y []rune) bool {
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i] != y[i] {
			return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && string(x[i+2:]) == string(y[i+2:])
		}
	}
	return false
}

func undoubled(x []rune) string {
	var b strings.Builder
	for i, c := range x {
		if i == 0 || c != x[i-1] {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// distance is how many letters are to be put in, left out or replaced; above one it is
// not exact.
func distance(x, y []rune) int {
	if len(x) > len(y) {
		x, y = y, x
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	switch {
	case len(y)-len(x) > 1:
		return 2
	case len(x) == len(y) && i == len(x):
		return 0
	case len(x) == len(y) && string(x[i+1:]) == string(y[i+1:]), len(x) < len(y) && string(x[i:]) == string(y[i+1:]):
		return 1
	}
	return 2
}
