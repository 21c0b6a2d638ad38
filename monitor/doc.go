// Package monitor drives the left half of the house: it knows when each feed
// is due, has it fetched, has what is new judged, and commits the poll as one.
//
// It owns no disk, no network and no rule: the store, the fetcher and the judge
// are given to it. Due times live in the store, so a restart neither skips a
// feed nor polls all of them at once.
package monitor
