package filter

// With many rules most of the time of a judgement is waiting for memory: what the
// rules want of a word, of a pair, of a rule itself lies anywhere in many megabytes.
// A processor waits for many places at once as long as nothing depends on them. So
// the work is done in steps, for many tokens or rules each, and before each step what
// it needs is touched: read, and added to a sum that nobody asks for.

// lookAt is for how many tokens the steps are done at once.
const lookAt = 128

// look takes what the atoms of the last tokens are to the rules.
func (s *scratch) look() {
	from := s.looked
	s.looked = len(s.tokens)
	var room [2][1]atom // for a token's atoms and for those of the one before
	for i := from; i < len(s.tokens); i++ {
		for _, a := range s.memo.list(s.tokens[i].atoms, &room[0]) {
			s.touched += s.atoms[a].epoch
		}
	}
	s.adjoining = s.adjoining[:0]
	var left []atom
	if from > 0 {
		left = s.memo.list(s.tokens[from-1].atoms, &room[(from-1)%2])
	}
	for i := from; i < len(s.tokens); i++ {
		atoms := s.memo.list(s.tokens[i].atoms, &room[i%2])
		for _, a := range atoms {
			s.sawAtom(a, int32(i))
		}
		if s.tokens[i].gap != gapBlock {
			s.neighbours(left, atoms, int32(i))
		}
		left = atoms
	}
	s.lookAtPairs()
}

func (s *scratch) sawAtom(a atom, token int32) {
	v := &s.atoms[a]
	if v.epoch != s.epoch {
		s.begins(v)
	}
	v.fields |= 1 << s.field
	if v.located {
		s.note(v, token)
	}
}

// adjoining are two neighbours that may be a pair of the rules, and the second token;
// then the number of the pair.
type adjoining struct {
	left, right atom
	token, pair int32
}

// neighbours notes the pairs that two neighbouring tokens may make.
func (s *scratch) neighbours(left, right []atom, token int32) {
	for _, a := range left {
		after := s.atoms[a].after
		if after == 0 {
			continue
		}
		for _, b := range right {
			if after&bitOf(b) != 0 && s.atoms[b].before&bitOf(a) != 0 && s.rules.pairs.may(a, b) {
				s.adjoining = append(s.adjoining, adjoining{left: a, right: b, token: token})
			}
		}
	}
}

func (s *scratch) lookAtPairs() {
	pairs := &s.rules.pairs
	for i := range s.adjoining {
		s.touched += uint32(pairs.first(s.adjoining[i].left, s.adjoining[i].right).number)
	}
	found := s.adjoining[:0]
	for _, p := range s.adjoining {
		if p.pair = pairs.slot(p.left, p.right).number - 1; p.pair >= 0 {
			found = append(found, p)
			s.touched += s.pairs[p.pair].epoch
		}
	}
	for i := range found {
		v := &s.pairs[found[i].pair]
		if v.epoch != s.epoch {
			s.begins(v)
		}
		s.note(v, found[i].token)
	}
}

// note notes a token as a place, after those that were noted before.
func (s *scratch) note(v *seen, token int32) {
	n := int32(len(s.places))
	s.places = append(s.places, spot{token, -1})
	if v.first < 0 {
		v.first = n
	} else {
		s.places[v.last].next = n
	}
	v.last = n
}

// begins notes that something is in the item, and calls its watchers.
func (s *scratch) begins(v *seen) {
	v.epoch, v.fields, v.first = s.epoch, 0, -1
	if v.watchers > 0 {
		s.called = append(s.called, part{v.from, v.from + v.watchers})
	}
}

// summon makes the rules candidates that were called.
func (s *scratch) summon() {
	watchers := s.rules.watchers
	touched := uint32(0)
	for _, c := range s.called {
		touched += uint32(watchers[c.from])
	}
	for _, c := range s.called {
		for _, r := range watchers[c.from:c.to] {
			touched += s.asked[r].epoch
		}
	}
	s.ask(s.rules.always)
	for _, c := range s.called {
		s.ask(watchers[c.from:c.to])
	}
	for _, r := range s.candidates {
		touched += uint32(s.rules.code[s.asked[r].code].arg)
	}
	for _, r := range s.candidates {
		touched += s.needs(&s.rules.code[s.asked[r].code])
	}
	s.touched += touched
}

// needs touches what the answer to an instruction needs.
func (s *scratch) needs(in *instruction) uint32 {
	switch in.op & questions {
	case askAtom:
		return s.atoms[in.arg].epoch
	case askPair:
		return s.pairs[in.arg].epoch
	case askForm:
		return uint32(s.rules.forms[in.arg].pair)
	case askTerm:
		return s.verdicts[in.arg].epoch + uint32(s.rules.terms[in.arg].only)
	}
	return 0
}

// touchMatched touches what is told of the rules that hold.
func (s *scratch) touchMatched(held []int32) {
	touched := int32(0)
	for _, n := range held {
		touched += s.rules.labels[s.asked[n].code].term + s.rules.rules[n].alert
	}
	s.touched += uint32(touched)
}

func (s *scratch) ask(rules []int32) {
	for _, r := range rules {
		if s.asked[r].epoch != s.epoch {
			s.asked[r].epoch = s.epoch
			s.candidates = append(s.candidates, r)
		}
	}
}
