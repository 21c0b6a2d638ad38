package stories

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"dewline"
)

// sentence is a sentence, or what stands in a block without an end.
type sentence struct {
	tokens []token
	key    uint64 // of its tokens, in order
	open   bool   // its end was cut off, as a teaser's is
	line   bool   // it is a line of the page and not of the statement
	full   bool   // a mark ends it
}

// statement is an item as it is compared.
type statement struct {
	// heads are the title, and the summary where there is a content beside it: an
	// outlet's own words about the text.
	heads     []sentence
	body      []sentence
	datelines []string          // that were put before the text
	labels    map[uint64]string // by their first words, the figures in lines of the page: the day of a source line
	words     int               // of the body and the title, without the lines of the page
	item      *dewline.Item

	// What words it has; made when it is first asked for.
	has, lower map[uint64]bool // all of them; those that stand in small letters, which are no names
	stems      map[string]bool

	shingle     map[uint64]bool
	shinglesAll int
}

// read takes an item apart.
func read(it *dewline.Item) *statement {
	st := &statement{item: it}
	text, head := it.Content, it.Summary
	if len(text) < len(head) || head == "" {
		text, head = bodyOf(it)
	}
	seen := make(map[uint64]bool)
	if !it.Untitled {
		st.heads = st.add(st.heads, seen, bareTitle(it), false)
	}
	st.body = st.add(st.body, seen, text, true)
	if head != "" {
		st.heads = st.add(st.heads, seen, head, true)
	}
	st.dropBeginnings()
	st.dropEcho()
	for s := range st.sentences() {
		if !s.line {
			st.words += weigh(s.tokens)
		}
	}
	if len(st.body) == 0 { // of a title alone, it is the statement
		st.body, st.heads = st.heads, nil
	}
	return st
}

// bodyOf puts summary and content together where neither is about the other.
func bodyOf(it *dewline.Item) (text, head string) {
	switch {
	case it.Content == "":
		return it.Summary, ""
	case it.Summary == "":
		return it.Content, ""
	}
	return it.Summary + "\n\n" + it.Content, ""
}

// add appends the sentences of a text, each once.
func (st *statement) add(list []sentence, seen map[uint64]bool, text string, body bool) []sentence {
	n := 0 // blocks before this one
	for text != "" {
		var block string
		block, text, _ = strings.Cut(text, "\n")
		if credit := leadingCredit(block); body && n < headBlocks && credit != "" {
			block, text = credit, block[len(credit):]+"\n"+text
		}
		if block = strings.TrimSpace(block); block == "" {
			continue
		}
		if body {
			for range 2 { // an outlet's own may stand before the one that it took over
				if line, rest := cutDateline(block, n < headBlocks); line != "" && (n == 0 || speakers([]string{line}) == nil) {
					st.datelines, block = append(st.datelines, line), rest
				}
			}
			if block = cutSignature(block); text != "" && n < headBlocks && (dayLine(tokensOf(block[:min(len(block), longestLine)])) || nameAbove(block, text)) {
				st.datelines = append(st.datelines, block)
				continue
			}
		}
		list = st.block(list, seen, block, body, n == 0)
		n++
	}
	return list
}

// block appends the sentences of a block; first says that the text begins with it.
func (st *statement) block(list []sentence, seen map[uint64]bool, block string, body, first bool) []sentence {
	tokens, stops, ends := cut(block)
	lines := body && (pageLine(block, tokens, ends) || first && loneWord(tokens))
	from := 0
	for i, stop := range stops {
		// Beside "More details to follow." in one block stands a report.
		line := lines && (len(stops) == 1 || i == 0 && pageLine(block, tokens[:stop.at], ends) || ofPage(tokens[from:stop.at]))
		x := sentence{tokens: tokens[from:stop.at], key: keyOf(tokens[from:stop.at]), open: stop.open, full: stop.full, line: line}
		from = stop.at
		if body && !line && len(list) > 0 && x.belongs(&list[len(list)-1], i == 0) {
			last := &list[len(list)-1]
			x.tokens = slices.Concat(last.tokens, x.tokens)
			x.key = keyOf(x.tokens)
			list = list[:len(list)-1]
		} else if seen[x.key] {
			continue
		}
		seen[x.key] = true
		if line {
			st.label(&x, block)
		}
		list = append(list, x)
	}
	return list
}

// label keeps the figures of a line of the page, but for those of the page's own time.
func (st *statement) label(s *sentence, block string) {
	stamp, labelled := stamped(block, s.tokens)
	n := figures(s.tokens)
	for i := range s.tokens {
		if k := s.tokens[i].key(); n != "" && calendar[k] {
			n += " " + cmp.Or(class[k], k)
		}
	}
	if n == "" || labelled {
		return
	}
	if st.labels == nil {
		st.labels = make(map[uint64]string)
	}
	if stamp {
		st.labels[0] += n + " "
	} else {
		st.labels[s.tokens[0].hash] = n
	}
}

// belongs reports a few words with a figure: a cell of a table, a score. They say nothing
// without what stands before them, and the same may stand behind something else. Where they begin a block,
// they belong to a heading alone.
func (s *sentence) belongs(before *sentence, first bool) bool {
	const few, heading = 10, 24 // half words
	return !before.line && weigh(s.tokens) < few && (!first || !before.full && weigh(before.tokens) < heading) && hasDigits(s.tokens)
}

// stop is where a sentence ends.
type stop struct {
	at   int  // behind so many tokens
	open bool // its end was cut off
	full bool // a mark ends it
}

// cut cuts a block into tokens, and says where in it a sentence ends and where the first tokens
// end.
func cut(block string) (tokens []token, stops []stop, ends []int) {
	s := scanner{text: block}
	from := 0
	for {
		t, ended, ok := s.next()
		// A figure alone is the number of an item of a list.
		if n := len(tokens); n > from && (!ok || ended != goesOn && (n > from+1 || !tokens[from].digits)) {
			stops, from = append(stops, stop{n, ended == trailsOff, ended == stopped}), n
		}
		if !ok {
			return tokens, stops, ends
		}
		tokens = append(tokens, t)
		if len(ends) < mostLabel {
			ends = append(ends, s.at)
		}
	}
}

// tokensOf are the tokens of a text.
func tokensOf(text string) (tokens []token) {
	tokens, _, _ = cut(text)
	return tokens
}

// sentences are all of them.
func (st *statement) sentences() iter.Seq[*sentence] {
	return func(yield func(*sentence) bool) {
		for _, list := range [][]sentence{st.heads, st.body} {
			for i := range list {
				if !yield(&list[i]) {
					return
				}
			}
		}
	}
}

// holds reports that a word stands somewhere in the statement.
func (st *statement) holds(t *token) bool { st.know(); return st.has[t.hash] }

// small reports that a word stands somewhere in small letters.
func (st *statement) small(t *token) bool { st.know(); return st.lower[t.hash] }

func (st *statement) know() {
	if st.has != nil {
		return
	}
	st.has, st.lower = make(map[uint64]bool), make(map[uint64]bool)
	for s := range st.sentences() {
		for i := range s.tokens {
			t := &s.tokens[i]
			st.has[t.hash] = true
			if !t.capital && !t.glyph {
				st.lower[t.hash] = true
			}
		}
	}
}

// dropBeginnings leaves out heads of which the body holds the rest: a teaser that was cut.
func (st *statement) dropBeginnings() {
	heads := st.heads[:0]
	for _, h := range st.heads {
		if !h.open || !beginsOne(&h, st.body) {
			heads = append(heads, h)
		}
	}
	st.heads = heads
}

// dropEcho leaves out a body that is the title with the name of an outlet behind it, as aggregators
// have it.
func (st *statement) dropEcho() {
	const most = 4
	if len(st.heads) != 1 || len(st.body) != 1 {
		return
	}
	title, echo := &st.heads[0], &st.body[0]
	n := len(title.tokens)
	if len(echo.tokens) <= n+most && beginsOne(title, st.body) && !slices.ContainsFunc(echo.tokens[n:], func(t token) bool { return t.digits }) {
		st.body = nil
	}
}

// beginsOne reports a sentence with which one of the others begins.
func beginsOne(s *sentence, others []sentence) bool {
	const least = 4
	return len(s.tokens) >= least && slices.ContainsFunc(others, func(o sentence) bool { return s.begins(&o) })
}

// begins reports that another sentence begins with this one.
func (s *sentence) begins(o *sentence) bool {
	n := len(s.tokens)
	return len(o.tokens) >= n && (keyOf(o.tokens[:n]) == s.key || s.open && cutWithin(s.tokens, o.tokens[:n]))
}

// cutWithin reports that tokens whose end was cut off end within the last word of others: "on the
// sideline of the Confe…". A figure is none that was cut, nor what denies, for the whole of it may be meant; nor a
// name behind few words.
func cutWithin(tokens, whole []token) bool {
	const leastBeforeName = 8
	n := len(tokens) - 1
	end := &tokens[n]
	if end.capital && n > 0 && n < leastBeforeName {
		return false
	}
	return cutWord(end, &whole[n]) && keyOf(tokens[:n]) == keyOf(whole[:n])
}

// cutWord reports a word that was cut off from a whole one.
func cutWord(end, whole *token) bool {
	k := end.key()
	return !end.digits && !end.glyph && !whole.digits && !verdicts[k] && !numberWords[k] && !calendar[k] && strings.HasPrefix(whole.key(), k)
}

// keyOf is a hash of tokens in order.
func keyOf(tokens []token) uint64 {
	h := uint64(len(tokens))
	for i := range tokens {
		h = mix(h ^ tokens[i].hash)
	}
	return h
}

// mix is a bijection that lets no bit stay where it was (the finaliser of splitmix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
