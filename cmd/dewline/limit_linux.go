package main

import (
	"errors"

	"golang.org/x/sys/unix"
)

// limitProcess bounds what this process may use: processor time in seconds, memory in
// bytes. Beyond that the kernel ends it.
func limitProcess(cpu, memory uint64) error {
	return errors.Join(
		unix.Setrlimit(unix.RLIMIT_CPU, &unix.Rlimit{Cur: cpu, Max: cpu}),
		unix.Setrlimit(unix.RLIMIT_DATA, &unix.Rlimit{Cur: memory, Max: memory}),
	)
}
