// Package dewline holds the nouns of the program and their keys: feeds and
// their states, entries and items, rules and matches, polls, receivers and
// deliveries.
//
// It knows what things are, never how they are done: no I/O, no clock, no
// randomness. Every other package of the module may import this one and, apart
// from cmd, none may import another, so everything that two rooms of the house
// say to each other is said in the words of this package.
package dewline
