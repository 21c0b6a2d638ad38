package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"

	"dewline"
)

// program tells by running a command with the hook's JSON on its standard input.
// It is run again, as a webhook is, until it ends with status 0.
type program struct {
	exec    dewline.Exec
	baseURL string
	form    *form // of what it is given; nil: the hook's JSON
}

func (p *program) send(ctx context.Context, m *message) (string, error) {
	body, _, err := m.body(p.baseURL, p.form)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, p.exec.Timeout)
	defer cancel()
	cmd := contained(exec.CommandContext(ctx, p.exec.Command[0], p.exec.Command[1:]...))
	var said tail
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(body), &said, &said
	cmd.Env = append(os.Environ(), "DEWLINE_DELIVERY="+m.key.String(), "DEWLINE_EVENT="+string(m.event))
	err = cmd.Run()
	switch {
	case err == nil, errors.Is(err, exec.ErrWaitDelay): // it left a child that holds its output
		return "exit status 0" + said.suffix(), nil
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return "", fmt.Errorf("not done within %s, ended%s", p.exec.Timeout, said.suffix())
	}
	return "", fmt.Errorf("%w%s", err, said.suffix())
}

// contained has a command end with all that it has started, when its context does.
func contained(cmd *exec.Cmd) *exec.Cmd {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
	return cmd
}

// tail keeps the end of what a command says.
type tail struct{ b []byte }

func (t *tail) Write(p []byte) (int, error) {
	t.b = append(t.b, p...)
	if over := len(t.b) - 300; over > 0 {
		t.b = append(t.b[:0], t.b[over:]...)
	}
	return len(p), nil
}

func (t *tail) suffix() string {
	if said := oneLine(string(t.b)); said != "" {
		return ": " + said
	}
	return ""
}
