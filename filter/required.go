package filter

import (
	"regexp/syntax"
	"slices"
)

const (
	maxChoices = 32 // required pieces of an expression, of which one must be there
	maxSpelled = 8  // characters of a class that is written out
)

// requiredPieces are pieces of words of which at least one is in every match of an
// expression: two letters or more within a word, or a single character of a script
// without spaces. There are none where that is not known.
func requiredPieces(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral, syntax.OpConcat:
		return piecesOfConcat(re)
	case syntax.OpCapture, syntax.OpPlus:
		return requiredPieces(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return requiredPieces(re.Sub[0])
		}
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			pieces := requiredPieces(sub)
			if len(pieces) == 0 || len(all)+len(pieces) > maxChoices {
				return nil
			}
			all = append(all, pieces...)
		}
		slices.Sort(all)
		return slices.Compact(all)
	case syntax.OpCharClass:
		if classSize(re.Rune) <= maxSpelled {
			return piecesOfConcat(&syntax.Regexp{Op: syntax.OpConcat, Sub: []*syntax.Regexp{re}})
		}
	}
	return nil
}

// piecesOfConcat chooses the best pieces of what stands side by side. What can be
// written out is written out: [34]00 is 300 or 400.
func piecesOfConcat(re *syntax.Regexp) []string {
	subs := re.Sub
	if re.Op == syntax.OpLiteral {
		subs = []*syntax.Regexp{re}
	}
	var best []string
	spelled := []string{""}
	take := func(pieces []string) {
		if worth(pieces) > worth(best) {
			best = pieces
		}
	}
	for _, sub := range subs {
		switch {
		case sub.Op == syntax.OpLiteral:
			spelled = spell(spelled, []string{string(sub.Rune)})
			continue
		case sub.Op == syntax.OpCharClass && classSize(sub.Rune) <= maxSpelled && classSize(sub.Rune)*len(spelled) <= maxChoices:
			var letters []string
			for i := 0; i < len(sub.Rune); i += 2 {
				for r := sub.Rune[i]; r <= sub.Rune[i+1]; r++ {
					letters = append(letters, string(r))
				}
			}
			spelled = spell(spelled, letters)
			continue
		}
		take(bestPieces(spelled))
		spelled = []string{""}
		take(requiredPieces(sub))
	}
	take(bestPieces(spelled))
	return best
}

func spell(all, next []string) []string {
	var out []string
	for _, s := range all {
		for _, n := range next {
			out = append(out, s+n)
		}
	}
	return out
}

// bestPieces takes of each text the piece that an index finds best.
func bestPieces(texts []string) []string {
	var out []string
	for _, text := range texts {
		p := bestPiece(text)
		if p == "" {
			return nil
		}
		out = append(out, p)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func bestPiece(text string) string {
	best, word := "", ""
	for _, r := range text {
		switch kindOf(r) {
		case letterOfWord:
			word += string(r)
		case 0:
			word = ""
			continue
		default: // a token of its own
			word = ""
			if pieceWorth(string(r)) > pieceWorth(best) {
				best = string(r)
			}
			continue
		}
		if pieceWorth(word) > pieceWorth(best) {
			best = word
		}
	}
	return best
}

// worth is how good pieces are to be found by: as good as the worst of them.
func worth(pieces []string) int {
	if len(pieces) == 0 {
		return 0
	}
	least := pieceWorth(pieces[0])
	for _, p := range pieces {
		least = min(least, pieceWorth(p))
	}
	return least
}

func pieceWorth(piece string) int {
	if piece == "" {
		return 0
	}
	r := []rune(piece)
	if kindOf(r[0]) == letterOfWord {
		return 2 * (len(r) - 1) // one letter is worth nothing
	}
	return 2
}
