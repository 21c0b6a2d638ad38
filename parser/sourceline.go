package parser

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dewline"
)

const (
	// headBlocks and tailBlocks are how many blocks of a text are looked at: a
	// byline, a date and a caption may stand before the dateline, and behind
	// the source line what the page shows below its articles.
	headBlocks = 4
	tailBlocks = 3
	// shortBlock is the length of what is not the text itself yet.
	shortBlock = 300
	// maxLead is how much of a block is looked at.
	maxLead = 240
	// maxName bounds a source's name.
	maxName      = 90
	maxNameWords = 9
)

// sourceOf reads what a text says of its own origin: a source line ("(Source: China Military; issued
// March 29, 2017)", "来源：新华社") and a dateline ("GENEVA ---", "МОСКВА, 23 ноя — РИА Новости."), at
// its start or, for a source line, at its end. A date without a year is the one nearest to ref, which
// may be zero. What is not certain is left out: a false source is worse than none.
func sourceOf(text, language string, ref time.Time) (s dewline.Source) {
	if text == "" {
		return s
	}
	r := originReader{language: language, ref: ref}
	rest := text
	for range headBlocks {
		block, after, more := strings.Cut(rest, "\n\n")
		found, ended := r.head(block)
		s.Complete(found)
		if ended || !more {
			break
		}
		rest = after
	}
	if s.Name == "" {
		s.Complete(r.tail(text))
	}
	return s
}

// originReader reads the origin of one text.
type originReader struct {
	language string
	ref      time.Time
}

// head reads a block at the start of a text: a source line, and behind it or in its
// place a dateline. ended says that the text itself has begun.
func (r *originReader) head(block string) (s dewline.Source, ended bool) {
	lead := firstBytes(block, maxLead)
	s, used := r.sourceLine(lead, len(block) <= maxLead)
	line := r.dateline(strings.TrimLeft(lead[used:], " "))
	s.Complete(line)
	return s, !line.IsZero() || len(block) > shortBlock
}

// tail reads a source line at the end of a text, or the agency in brackets that ends it.
func (r *originReader) tail(text string) (s dewline.Source) {
	const most = tailBlocks * (maxLead + 2)
	cut := len(text) > most
	if cut {
		text = text[len(text)-most:]
	}
	for i := range tailBlocks {
		at := strings.LastIndexByte(text, '\n') - 1 // texts have line breaks in pairs alone
		block := text[max(at, 0):]
		block = strings.TrimSpace(block)
		if whole := at >= 0 || !cut; whole && len(block) <= maxLead {
			if s, _ = r.sourceLine(block, true); s.Name != "" {
				return s
			}
		}
		if i == 0 {
			if name := signed(block); name != "" {
				return dewline.Source{Name: name}
			}
		}
		if at < 0 {
			return s
		}
		text = text[:at]
	}
	return s
}

// signed is the agency in brackets that a text ends with.
func signed(block string) string {
	block = strings.TrimRight(block, " .")
	inside, ok := strings.CutSuffix(block, ")")
	if !ok {
		return ""
	}
	at := strings.LastIndexByte(inside, '(')
	if at < 0 || len(inside)-at > 40 {
		return ""
	}
	return agency(inside[at+1:])
}

// sourceLabels are the words before a source's name.
var sourceLabels = commaSet(`source, источник, джерело, крыніца, източник, извор, извештај, quelle, fuente, fonte, källa, kilde, kaynak, źródło, zdroj, πηγή, lähde, bron, sursa, sursă, מקור, المصدر, منبع, 
स्रोत, nguồn, sumber, mənbə, forrás, izvor, vir, allikas, avots, šaltinis, 来源, 來源, 稿源, 稿件来源, 信息来源, 文章来源, 消息来源, 文章來源, 新闻来源, 出典, 出处, 出處, 情報源, 출처`)

// sourceLine reads a source line at the start of a lead, and says how much of it that is. whole
// says that the lead is all of its block.
func (r *originReader) sourceLine(lead string, whole bool) (s dewline.Source, used int) {
	if strings.Contains(lead, "源") || strings.Contains(lead, "출처") {
		if s, used = r.factsLine(lead, whole); s.Name != "" {
			return s, used
		}
	}
	inner := strings.TrimLeft(lead, "([（【［「〔*_– \u00a0")
	bracket := len(inner) < len(lead) && strings.ContainsAny(lead[:len(lead)-len(inner)], "([（【［「〔")
	label, rest, ok := cutColon(inner)
	if !ok {
		if rest, ok = strings.CutPrefix(inner, "SOURCE "); ok && whole && !bracket {
			return r.named(rest, ""), len(lead)
		}
		return s, 0
	}
	if !sourceLabels[strings.ToLower(strings.TrimSpace(label))] {
		return s, 0
	}
	body, behind := rest, ""
	if bracket {
		end := strings.IndexAny(rest, ")]）】］」〕")
		if end < 0 {
			return s, 0
		}
		_, n := utf8.DecodeRuneInString(rest[end:])
		body, behind = rest[:end], rest[end+n:]
	} else if !whole || len(rest) > 2*maxName {
		return s, 0
	}
	name, more := cutName(body)
	s = r.named(name, more)
	if s.Name == "" {
		return s, 0
	}
	return s, len(lead) - len(behind)
}

// cutColon cuts at the first colon, which must come soon.
func cutColon(s string) (label, rest string, ok bool) {
	head := s[:min(len(s), 48)]
	at, n := strings.IndexByte(head, ':'), 1
	if wide := strings.Index(head, "："); wide >= 0 && (at < 0 || wide < at) {
		at, n = wide, len("：")
	}
	if at < 0 {
		return "", "", false
	}
	return s[:at], s[at+n:], true
}

// cutName cuts what is behind a name: a date, another fact.
func cutName(s string) (name, more string) {
	if at := strings.IndexAny(s, ";；|｜"); at >= 0 {
		_, n := utf8.DecodeRuneInString(s[at:])
		return s[:at], s[at+n:]
	}
	return s, ""
}

// named makes a source of a name and what stands behind it; nothing where the name is none.
func (r *originReader) named(name, more string) (s dewline.Source) {
	name = strings.TrimSpace(name)
	if head, tail, ok := strings.Cut(name, ","); ok {
		if day := r.day(tail); !day.IsZero() {
			name, s.Issued = strings.TrimSpace(head), day
		}
	}
	name = strings.TrimRight(name, " .。,，-–—")
	if !isName(name) {
		return dewline.Source{}
	}
	s.Name = name
	if day := r.day(more); !day.IsZero() {
		s.Issued = day
	}
	return s
}

// nobody are the words of sources that do not wish to be named, and of what is no source of a text.
var nobody = commaSet(`official, officials, person, people, sources, source, familiar, unnamed, anonymous, diplomat, diplomats, insider, insiders, witness, witnesses, unknown, n/a, various, own, photo, image, video, getty, screenshot,
чиновник, неизвестен, собственная, фото, видео`)

// isName reports whether a text may be the name of a source.
func isName(s string) bool {
	words := strings.Fields(s)
	if s == "" || len(s) > maxName || len(words) > maxNameWords || strings.Contains(s, "://") || strings.ContainsAny(s, "!?？！。;\"“”") {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsLetter(first) && !unicode.IsDigit(first) {
		return false
	}
	if unicode.IsLower(first) && !(len(words) == 1 && strings.Contains(strings.Trim(s, "."), ".")) {
		return false // prose; a host's name may begin so
	}
	for _, w := range words {
		if nobody[strings.ToLower(strings.Trim(w, ".,'"))] {
			return false
		}
	}
	return true
}

// agency is a name as its agency signs with it; empty if nobody does.
func agency(s string) string {
	s = strings.Trim(s, " \u00a0.,*")
	if agencies[strings.ToLower(s)] {
		return s
	}
	if one, _, ok := strings.Cut(s, "/"); ok && agencies[strings.ToLower(one)] {
		return s
	}
	return ""
}
