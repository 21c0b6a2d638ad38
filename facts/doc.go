// Package facts compares two texts by the facts that stand in them: numbers, names,
// dates, and words that deny or confirm. It says which facts differ, and is silent on
// what changes nothing: spelling, order, typography, a dateline that was put before
// the text, the time of the last update.
//
// It understands nothing. It sees what differs between two texts and knows of a word
// whether it may be a fact. What it cannot decide it takes for one: a difference told
// for nothing costs a glance, one that is not told costs what happened.
//
// It is pure: no clock, no input, no output, and of our packages it knows the root alone.
package facts
