package parser

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dewline"
)

// dayAlone is the day that a text names which holds little beside it: a weekday, an
// article. In prose any number may be a day.
func (r *originReader) dayAlone(s string) time.Time {
	s = strings.TrimSpace(s)
	if n := len(strings.Fields(s)); n > 6 || utf8.RuneCountInString(s) > 32 {
		return time.Time{}
	}
	return r.day(s)
}

// bracketed reads a dateline that begins with a bracket: "(Reuters) –", "(서울=연합뉴스)",
// "【北京=共同】", "（新华社北京11月23日电）".
func (r *originReader) bracketed(lead string) (s dewline.Source) {
	_, n := utf8.DecodeRuneInString(lead)
	end := strings.IndexAny(firstBytes(lead, 120), ")）]］】」》")
	if end < n {
		return s
	}
	_, shut := utf8.DecodeRuneInString(lead[end:])
	inside, behind := strings.TrimSpace(lead[n:end]), lead[end+shut:]
	if s = r.hanSigned(inside); s.Name != "" {
		return s
	}
	if s = r.hanLine(inside); s.Name != "" {
		return s
	}
	name := agency(inside)
	if name == "" {
		return s
	}
	after, dash, _ := cutDash(behind)
	if dash { // "(ANSA) - ROMA, 23 NOV -"
		s = r.placeLine(after)
	} else if place, rest, ok := strings.Cut(strings.TrimSpace(behind), ","); ok { // "(AP) VOORHEES, N.J. …"
		region, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
		if isPlace(place) && inCapitals(place) && isRegion(region) {
			s.Place = capitalised(place)
		}
	}
	s.Name = name
	return s
}

// hanSigned reads what ends with an agency of East Asia, the place before it:
// "北京=共同", "ワシントン共同", "東京 ２３日 ロイター", "서울=연합뉴스".
func (r *originReader) hanSigned(inside string) (s dewline.Source) {
	for _, name := range hanAgencies {
		before, ok := strings.CutSuffix(inside, name)
		if !ok {
			continue
		}
		before = strings.TrimRight(before, "=＝ \u3000・·-")
		place := strings.Fields(narrow.Replace(before))
		if len(place) > 0 {
			if last := place[len(place)-1]; strings.HasSuffix(last, "日") || strings.HasSuffix(last, "일") {
				s.Issued = r.anyDay(last)
				place = place[:len(place)-1]
			}
		}
		where := strings.Join(place, " ")
		if strings.ContainsAny(where, "。、，,：:") || utf8.RuneCountInString(where) > 16 {
			return dewline.Source{}
		}
		s.Name, s.Place = name, where
		return s
	}
	return s
}

var narrow = strings.NewReplacer("０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9", "\u3000", " ")

// anyDay is a day as East Asia writes it, of which year and month may be left out.
func (r *originReader) anyDay(s string) time.Time {
	if t := r.day(s); !t.IsZero() {
		return t
	}
	if n, err := strconv.Atoi(strings.TrimRight(s, "日일")); err == nil {
		return r.monthDay(n)
	}
	return time.Time{}
}

// hanWire is the dateline of Chinese agencies and papers: "新华社北京11月23日电（记者…）".
var hanWire = regexp.MustCompile(`^(?:据|據)?\s?(\p{Han}{1,6}?[社网網报報台]|央视新闻|央视军事|澎湃新闻|AFP)(?:(?:特派|特约|驻\p{Han}{1,8})?(?:记者|記者)[\p{Han}、，, ]{1,24}?)?[\s·]?([\p{Han}·]{0,12}?)\s?((?:(?:\d{4}年)?\d{1,2}月)?\d{1,2}日)(?:\p{Han}{0,2})(?:电|電|讯|訊|消息)`)

// paperItself is how a paper calls itself, which says nothing.
var paperItself = map[string]bool{"本报": true, "本報": true, "本台": true, "本网": true, "本網": true, "本社": true}

func (r *originReader) hanLine(lead string) (s dewline.Source) {
	head := narrow.Replace(firstBytes(lead, 160))
	if !strings.Contains(head, "日") || !strings.ContainsAny(head, "电電讯訊消") {
		return s
	}
	m := hanWire.FindStringSubmatch(head)
	if m == nil {
		return s
	}
	name, place := m[1], m[2]
	if strings.Contains(m[0], "记者") || strings.Contains(m[0], "記者") {
		place = "" // it cannot be told from the names
	}
	if !paperItself[name] {
		if !slices.Contains(hanAgencies, name) {
			return s
		}
		s.Name = name
	}
	s.Place, s.Issued = place, r.anyDay(m[3])
	return s
}

// arabicLine reads the dateline of agencies that write in Arabic script: place, date and
// agency, divided by slashes, dashes or brackets.
func (r *originReader) arabicLine(lead string) (s dewline.Source) {
	fields := strings.FieldsFunc(firstBytes(lead, 160), func(c rune) bool { return strings.ContainsRune("/-–—()،", c) })
	for i, f := range fields[:min(len(fields), 5)] {
		f = strings.Trim(f, " \u00a0.:")
		if i == 0 && !isArabicPlace(f) {
			return s
		}
		if i > 0 && arabicAgencies[f] {
			s.Name = f
			s.Place, s.Issued = r.arabicPlace(fields[:i])
			return s
		}
		if utf8.RuneCountInString(f) > 30 {
			return s
		}
	}
	return s
}

func isArabicPlace(s string) bool {
	return s != "" && len(strings.Fields(s)) <= 6 && utf8.RuneCountInString(s) <= 40
}

func (r *originReader) arabicPlace(fields []string) (place string, day time.Time) {
	place, on, ok := strings.Cut(strings.TrimSpace(fields[0]), " في ")
	if ok {
		day = r.dayAlone(on)
	}
	for _, f := range fields[1:] {
		if day.IsZero() {
			day = r.dayAlone(f)
		}
	}
	if strings.IndexFunc(place, unicode.IsDigit) >= 0 {
		place = ""
	}
	return place, day
}
