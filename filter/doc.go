// Package filter judges: it compiles queries and rules, and tells which rules an
// item matches, by which words, where.
//
// It is pure: no input or output, no clock, no memory of items. The same item and
// the same rules give the same matches. It may skip a rule only where the rule
// cannot match; the test against a matcher that skips nothing guards that.
//
// The way of a text, each step in its own file:
//
//	fold        characters to their folded form: width, case, marks, variants
//	scan        folded characters to tokens with the gaps between them; simple takes
//	            the words that are most of most texts whole, and a batch are many
//	stem        a token to the stems of its languages
//	vocabulary  a token to the atoms that it satisfies: what the rules' terms
//	            ask of one token; wild finds the patterns that it fits, and memo
//	            remembers the answer
//	look        atoms and pairs of neighbours to the rules that they are the anchor
//	            of: a term without which the rule cannot hold; scratch is the room
//	            in which that is done
//	program     those rules to the ones that hold; match verifies their terms in
//	            place, nearby judges how near they stand, and machine runs expressions
//	            over the foldedtext of a field, if their required pieces are there
//	hits        the places of the terms of a rule that holds; snippet chooses what
//	            shows them, and excerpt cuts it
//
// and of a query: lex, parse, term (near, expression and concept are other kinds),
// sensible (refuses what can match nothing, or matches everything), warn, compile,
// anchor (chooses by what each rule is looked for).
// Explain says of one query and one text what was found, and what was not; relax,
// by what least change it would match. docs/query-language.md is the language for users.
package filter
