//go:build unix

package filter

import (
	"syscall"
	"time"
)

// cpuTime is the processor's time that the process has had.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
