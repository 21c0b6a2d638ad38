package filter

import "regexp/syntax"

// machine runs an expression over a folded text: it finds the leftmost match that
// begins and ends at the edges of words, and of those the longest. Package regexp
// cannot be asked for that: its \b knows ASCII only. All ways to match are followed
// side by side, so that the time is bounded by the product of the lengths of text
// and expression.
type machine struct {
	now, next threads
	stack     []uint32
	start     int // of the best match; -1: none
	end       int
}

// threads are the ways that are followed: each is at an instruction and began
// somewhere. Of those at one instruction the one that began first is kept.
type threads struct {
	list []thread
	at   []int32 // by instruction: where it is in the list, if the list agrees
}

type thread struct {
	pc    uint32
	start int32
}

func (t *threads) reset(n int) {
	t.list = t.list[:0]
	if len(t.at) < n {
		t.at = make([]int32, n)
	}
}

func (t *threads) has(pc uint32) bool {
	i := t.at[pc]
	return int(i) < len(t.list) && t.list[i].pc == pc
}

// finds reports whether the text has a match.
func (m *machine) finds(e *expression, text *foldedText) bool {
	found := false
	m.each(e, text, func(int, int) bool {
		found = true
		return false
	})
	return found
}

// maxWaste bounds how many characters are read again behind matches, in all. Only a
// text that was made for it has matches each of which is looked for to the end of
// a huge block: of such a one the rest of the matches is not listed.
const maxWaste = 1 << 20

// each gives the matches from the left, none overlapping another, until f returns
// false.
func (m *machine) each(e *expression, text *foldedText, f func(start, end int) bool) {
	waste := 0
	for i := 0; i < len(text.runes) && waste < maxWaste; {
		read := m.first(e, text, i)
		if m.start < 0 || !f(m.start, m.end) {
			return
		}
		i = m.end
		waste += read - m.end
	}
}

// first looks for the first match from i on, and returns how far it has read.
func (m *machine) first(e *expression, text *foldedText, i int) int {
	prog := e.prog
	m.start = -1
	m.now.reset(len(prog.Inst))
	m.next.reset(len(prog.Inst))
	for ; i < len(text.runes); i++ {
		if m.start < 0 && e.first.has(text.runes[i]) && text.begins(i) {
			m.follow(prog, text, &m.now, thread{uint32(prog.Start), int32(i)}, i)
		}
		if len(m.now.list) == 0 {
			if m.start >= 0 {
				return i
			}
			continue
		}
		m.step(prog, text, i)
	}
	return i
}

// step reads one character.
func (m *machine) step(prog *syntax.Prog, text *foldedText, i int) {
	r := text.runes[i]
	m.next.list = m.next.list[:0]
	for _, t := range m.now.list {
		if m.start >= 0 && int(t.start) > m.start {
			break // those behind it began later still
		}
		inst := &prog.Inst[t.pc]
		if r != blockEnd && takes(inst, r) {
			m.follow(prog, text, &m.next, thread{inst.Out, t.start}, i+1)
		}
	}
	m.now, m.next = m.next, m.now
}

func takes(inst *syntax.Inst, r rune) bool {
	switch inst.Op {
	case syntax.InstRune, syntax.InstRune1:
		return inst.MatchRune(r)
	case syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
		return true
	}
	return false
}

// follow adds the instructions to which a thread comes without reading.
func (m *machine) follow(prog *syntax.Prog, text *foldedText, to *threads, t thread, i int) {
	m.stack = append(m.stack[:0], t.pc)
	for len(m.stack) > 0 {
		pc := m.stack[len(m.stack)-1]
		m.stack = m.stack[:len(m.stack)-1]
		if to.has(pc) {
			continue
		}
		to.at[pc] = int32(len(to.list))
		to.list = append(to.list, thread{pc, t.start})
		switch inst := &prog.Inst[pc]; inst.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			m.stack = append(m.stack, inst.Arg, inst.Out)
		case syntax.InstCapture, syntax.InstNop:
			m.stack = append(m.stack, inst.Out)
		case syntax.InstEmptyWidth:
			if conditions(text, i)&syntax.EmptyOp(inst.Arg) == syntax.EmptyOp(inst.Arg) {
				m.stack = append(m.stack, inst.Out)
			}
		case syntax.InstMatch:
			m.matched(text, int(t.start), i)
		}
	}
}

// matched notes a match if it is better than the one that is known.
func (m *machine) matched(text *foldedText, start, end int) {
	if text.ends(end) && (m.start < 0 || start < m.start || start == m.start && end > m.end) {
		m.start, m.end = start, end
	}
}

// conditions are what holds between two characters: ^ and $ at the ends of blocks,
// \b at the edge of a word of any script.
func conditions(text *foldedText, i int) syntax.EmptyOp {
	var c syntax.EmptyOp
	if i == 0 || text.runes[i-1] == blockEnd {
		c |= syntax.EmptyBeginText | syntax.EmptyBeginLine
	}
	if i == len(text.runes) || text.runes[i] == blockEnd {
		c |= syntax.EmptyEndText | syntax.EmptyEndLine
	}
	if (text.kind(i-1) != 0) != (text.kind(i) != 0) {
		return c | syntax.EmptyWordBoundary
	}
	return c | syntax.EmptyNoWordBoundary
}

// runeSet is a set of characters by their lowest byte: what is not in it is surely
// not in the set that it stands for.
type runeSet [4]uint64

func (s *runeSet) has(r rune) bool { return s[r>>6&3]&(1<<(r&63)) != 0 }

func (s *runeSet) add(lo, hi rune) {
	for r := lo; r <= min(hi, lo+255); r++ {
		s[r>>6&3] |= 1 << (r & 63)
	}
}

// firstRunesOf are the characters with which a match can begin.
func firstRunesOf(prog *syntax.Prog) (set runeSet) {
	seen := make([]bool, len(prog.Inst))
	var visit func(pc uint32)
	visit = func(pc uint32) {
		if seen[pc] {
			return
		}
		seen[pc] = true
		switch inst := &prog.Inst[pc]; inst.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			visit(inst.Arg)
			visit(inst.Out)
		case syntax.InstCapture, syntax.InstNop, syntax.InstEmptyWidth:
			visit(inst.Out)
		case syntax.InstRune, syntax.InstRune1:
			for i := 0; i < len(inst.Rune); i += 2 {
				set.add(inst.Rune[i], inst.Rune[min(i+1, len(inst.Rune)-1)])
			}
		case syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			set.add(0, 255)
		}
	}
	visit(uint32(prog.Start))
	return set
}
