package packaging_test

import (
	"strings"
	"testing"
)

// needed are the system calls that dewline was seen to make by strace: the Go
// runtime, bbolt, sources and readers, the control socket, exec receivers.
var needed = strings.Fields(`
	mmap munmap madvise mprotect futex clone clone3 rt_sigaction sigaltstack gettid tgkill getpid nanosleep
	sched_getaffinity sched_yield prlimit64 uname getrandom epoll_create1 epoll_ctl epoll_pwait eventfd2 pipe2
	openat newfstatat fstat read pread64 pwrite64 write writev lseek flock fcntl fdatasync fsync ftruncate fchmodat
	linkat unlinkat renameat getdents64
	socket bind listen accept4 connect getsockname getpeername setsockopt getsockopt sendto recvfrom shutdown
	execve dup3 setpgid kill wait4 waitid pidfd_open pidfd_send_signal exit_group`)

func TestSystemCallFilter(t *testing.T) {
	sets := readCallSets(t)
	allowed := make(map[string]bool)
	for _, line := range settings(t, "SystemCallFilter") {
		list, denied := strings.CutPrefix(line, "~")
		for _, name := range strings.Fields(list) {
			for _, call := range sets.expand(name) {
				allowed[call] = !denied
			}
		}
	}
	for _, call := range sets.expand("@default") { // which no filter refuses
		allowed[call] = true
	}
	for _, call := range needed {
		if !allowed[call] {
			t.Errorf("the unit refuses %s, which dewline needs", call)
		}
	}
	for _, call := range []string{"ptrace", "mount", "setuid", "init_module", "reboot", "bpf"} {
		if allowed[call] {
			t.Errorf("the unit allows %s, which dewline does not need", call)
		}
	}
}

// callSets are systemd's named sets of system calls. A set may hold others.
type callSets map[string][]string

func readCallSets(t *testing.T) callSets {
	t.Helper()
	out, err := analyze(t, "syscall-filter")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	sets, name := make(callSets), ""
	for line := range strings.Lines(out) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case word == "", strings.HasPrefix(word, "#"):
		case strings.HasPrefix(line, "@"):
			name = word
		case name != "":
			sets[name] = append(sets[name], word)
		}
	}
	if len(sets) == 0 {
		t.Fatalf("systemd-analyze syscall-filter lists no sets:\n%s", out)
	}
	return sets
}

// expand is the calls of a set, or of a name that is a call itself.
func (s callSets) expand(name string) []string {
	if !strings.HasPrefix(name, "@") {
		return []string{name}
	}
	var calls []string
	for _, n := range s[name] {
		calls = append(calls, s.expand(n)...)
	}
	return calls
}
