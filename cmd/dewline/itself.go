package main

import (
	"context"
	"os"
	"os/exec"
)

// itself is a process of this program that runs one of its commands, with no environment but what is given: for work
// that may hang, or take all memory, or change what the whole process uses.
func itself(ctx context.Context, command string, env ...string) *exec.Cmd {
	self, err := os.Executable()
	cmd := exec.CommandContext(ctx, self, command)
	if err != nil {
		cmd.Err = err // it says so when it is started
	}
	cmd.Args[0] = "dewline"
	cmd.Env = append([]string{"GOMAXPROCS=1"}, env...)
	return cmd
}
