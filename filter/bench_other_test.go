//go:build !unix

package filter

import "time"

var began = time.Now()

// cpuTime is the time that passed: the benchmarks want a machine that does nothing
// else.
func cpuTime() time.Duration { return time.Since(began) }
