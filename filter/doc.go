// Package filter judges: it compiles queries and rules, and tells which rules an
// item matches, by which words, where.
//
// It is pure: no input or output, no clock, no memory of items. The same item and
// the same rules give the same matches. It may skip a rule only where the rule
// cannot match; the test against a matcher that skips nothing guards that.
//
// The way of a text, each step in its own file:
//
//	fold      characters to their folded form: width, case, marks, variants
//	scan      folded characters to tokens with the gaps between them
//	stem      a token to the stems of its languages
//	vocabulary a token to the terms of the rules that it satisfies
//	match     terms to the rules they are the anchor of, verified by position
//
// and of a query: lex, parse, compile.
package filter
