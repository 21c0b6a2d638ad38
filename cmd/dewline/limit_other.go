//go:build !linux

package main

import "runtime/debug"

// limitProcess keeps memory down as well as the runtime can; time is bounded by who
// started the process.
func limitProcess(_, memory uint64) error {
	debug.SetMemoryLimit(int64(memory))
	return nil
}
