// Package stories says whether an item carries a statement that another item carried
// before: re-run word for word or lightly edited, by another outlet or twice by one.
// By an item's keys its copies are found, and a comparison of both whole texts decides.
//
// Its worst fault would be to call a copy what says something else, so it never asks how
// alike two texts are to call one a copy of the other: each word of the later text must
// stand in the earlier one in its place, or must be known to say nothing (an article,
// another spelling, a dateline, a line of the page). What is left is a difference, and is
// told. How alike they are only decides whether they are one story at all: the reports of
// one kind, which share their boilerplate and differ in their facts, are not.
//
// It understands nothing, and knows no clock, no input and no output. Of our packages it
// knows the root alone; the facts that differ are named by a function that it is given.
package stories
