package facts

import (
	"strings"
	"unicode/utf8"

	"dewline"
)

// A sentence that one text alone has may be background that an outlet added. Of its
// facts those are told which the other text has nowhere.

// alone compares a sentence with all of the text that has none like it.
func (c *comparison) alone(s *sentence, old bool) {
	if s.soft && !s.counts() || s.line && c.long() && s.loose() {
		return
	}
	other := c.a
	if old {
		other = c.b
	}
	list := c.facts(s, 0, len(s.tokens))
	list = c.unknown(list, s, other)
	unabbreviated(list, other)
	list = left(list)
	if len(s.tokens) <= mostNames && s.platform() {
		list = s.unposted(list)
	}
	h := hunk{new: list}
	if old {
		h = hunk{old: list}
	}
	run := dewline.Run{A1: len(s.tokens)}
	if old {
		c.ideographs(&h, s, nil, run)
	} else {
		c.ideographs(&h, nil, s, dewline.Run{B1: len(s.tokens)})
	}
	if len(h.old)+len(h.new) > 0 {
		c.hunks = append(c.hunks, h)
	}
}

// mostLoose is how many words a loose line has at most; of letters without spaces, half as many again.
const mostLoose = 12

// fewSentences are too few to say what is furniture round them.
const fewSentences = 3

// long reports that both texts are long enough to see what stands round them.
func (c *comparison) long() bool {
	return min(len(c.a.sentences), len(c.b.sentences)) >= fewSentences
}

// counts reports a caption that says how many something happened to.
func (s *sentence) counts() bool {
	number, happened := false, len(hanHappenings(s.tokens)) > 0
	for i := range s.tokens {
		t := &s.tokens[i]
		number = number || isCount(t)
		happened = happened || happens(t.key)
	}
	return number && happened
}

// isCount reports a number that is no time and no year.
func isCount(t *token) bool { return t.kind == number && t.value >= 0 && !isYear(t) }

// loose reports a short line without an end that says neither how many nor that
// something happened: a link, a heading, a credit.
func (s *sentence) loose() bool {
	size := 0
	for i := range s.tokens {
		t := &s.tokens[i]
		size += 3
		if t.kind == ideograph {
			size--
		}
		if isCount(t) || t.dimension || verdict(t.key) != "" || happens(t.key) {
			return false
		}
	}
	return size <= 3*mostLoose && len(hanHappenings(s.tokens)) == 0
}

// unabbreviated takes out names whose abbreviation the other text has: United States, US.
func unabbreviated(list []fact, other *reading) {
	for i := range list {
		letters := ""
		for k := i; k < len(list) && k < i+5 && list[k].kind == dewline.FactName && (k == i || list[k].start-list[k-1].end <= 4); k++ {
			letters += string([]rune(list[k].key)[:1])
			if k > i && other.knows(letters) {
				for j := i; j <= k; j++ {
					list[j].gone = true
				}
			}
		}
	}
}

// platform reports that a sentence names a place where outlets ask to be followed.
func (s *sentence) platform() bool {
	for i := range s.tokens {
		if platforms[s.tokens[i].key] {
			return true
		}
	}
	return strings.Contains(s.key(), "微 信") || strings.Contains(s.key(), "微 博") || strings.Contains(s.key(), "公 众 号")
}

// unposted are the facts of a sentence beside the names of such places.
func (s *sentence) unposted(list []fact) (all []fact) {
	for _, f := range list {
		if f.kind == dewline.FactName && (platforms[f.key] || platforms[bare(f.key)] || outlets[f.key] || callWords[f.key]) {
			continue
		}
		all = append(all, f)
	}
	return all
}

// unknown are the facts of a sentence that the other text does not have.
func (c *comparison) unknown(list []fact, s *sentence, other *reading) (all []fact) {
	quiet := s.saysNothing()
	for _, f := range list {
		switch f.kind {
		case dewline.FactName:
			if other.knows(f.key) || c.b.language == "de" && germanNoun(s, &f) || isTitle(f.key) || opensSentence(s, &f) {
				continue
			}
		case dewline.FactNumber:
			if other.knowsNumber(&f) {
				continue
			}
		case dewline.FactDate:
			if other.knowsDate(f.key) {
				continue
			}
		case dewline.FactVerdict:
			if v := verdict(f.key); quiet || v == "claims" || v == "" {
				continue
			}
		}
		all = append(all, f)
	}
	return all
}

// opensSentence reports the first word of a sentence that is written with a capital
// for that alone, as its ending shows: "Tensions", "Following".
func opensSentence(s *sentence, f *fact) bool {
	if f.at > 0 || s.titled || s.tokens[0].caseless || len(s.tokens) > 1 && s.tokens[1].capital {
		return false
	}
	if openers[f.key] {
		return true
	}
	for _, e := range openings {
		if strings.HasSuffix(f.key, e) && utf8.RuneCountInString(f.key) > len(e)+2 {
			return true
		}
	}
	return false
}

// germanNoun reports a word behind an article: hardly ever a name in German, but for some.
func germanNoun(s *sentence, f *fact) bool {
	return f.at > 0 && articles[s.tokens[f.at-1].key] && !articled[f.key]
}

// knows reports a word that stands in the text, in some spelling.
func (r *reading) knows(key string) bool {
	if r.known == nil {
		r.learn()
	}
	return r.known[key] || r.known[spelled(key)] || r.known[bare(unprefixed(key))]
}

// knowsNumber reports a number that stands in the text beside the same word.
func (r *reading) knowsNumber(f *fact) bool {
	return r.knows(numberPlace(f.key, "<"+f.before)) || r.knows(numberPlace(f.key, ">"+f.next))
}

func numberPlace(key, beside string) string {
	if len(beside) < 2 {
		return "" // beside nothing
	}
	return "number " + key + beside
}

// knowsDate reports a date that the text has, or its dateline.
func (r *reading) knowsDate(key string) bool {
	if r.knows(key) {
		return true
	}
	for _, d := range r.dates {
		if sameDate(d, key) {
			return true
		}
	}
	return false
}

// learn gathers what stands in the text.
func (r *reading) learn() {
	r.known = make(map[string]bool)
	for i := range r.sentences {
		s := &r.sentences[i]
		for k := range s.tokens {
			t := &s.tokens[k]
			switch t.kind {
			case number:
				r.known[numberPlace(t.key, "<"+s.beside(k, -1))] = true
				r.known[numberPlace(t.key, ">"+s.beside(k, 1))] = true
			case date:
				if !r.known[t.key] {
					r.dates = append(r.dates, t.key)
				}
				r.known[t.key] = true
			default:
				r.known[t.key], r.known[spelled(t.key)], r.known[bare(unprefixed(t.key))] = true, true, true
			}
		}
	}
	delete(r.known, "")
}
