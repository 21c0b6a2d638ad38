package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// The program is tested from outside: these tests start it as a process of its
// own, serve it documents, read its feeds and receive its hooks.

func TestMain(m *testing.M) {
	// At its end a program with the race detector waits a second for goroutines that might still report. The tests
	// start hundreds of programs.
	if err := os.Setenv("GORACE", "atexit_sleep_ms=0 "+os.Getenv("GORACE")); err != nil {
		panic(err)
	}
	testscript.Main(tidy{m}, map[string]func(){"dewline": main})
}

// tidy runs the tests and removes what they share.
type tidy struct{ *testing.M }

func (m tidy) Run() int {
	defer func() {
		if builtDir != "" {
			_ = os.RemoveAll(builtDir)
		}
	}()
	return m.M.Run()
}

var builtDir string

// built is the program as it is shipped. Tests that measure memory or read
// hundreds of documents run this one; the others run the program with the tests'
// own race detector in it, as "dewline".
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "dewline-built-")
	if err != nil {
		return "", err
	}
	builtDir = dir
	path := filepath.Join(dir, "dewline")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

func shipped(t testing.TB) string {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// patience is how long a test waits for what must come. It is never the measure
// of anything: a test that needs it has failed.
const patience = 60 * time.Second

// daemon process under test.
type process struct {
	t    testing.TB
	cmd  *exec.Cmd
	page string // its address
	gone chan struct{}
	err  error // valid once gone is closed

	mu    sync.Mutex
	lines []logLine  // guarded by mu
	heard *sync.Cond // on mu: a line came, or the process ended
}

type logLine map[string]any

func (l logLine) is(msg string) bool { return l["msg"] == msg }

// configure writes a configuration into a folder and returns its path.
func configure(t testing.TB, dir, yaml string) string {
	t.Helper()
	return write(t, dir, "config.yaml", yaml)
}

// write writes a file and returns its path.
func write(t testing.TB, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// launch starts the daemon and waits until it serves.
func launch(t testing.TB, config string) *process {
	t.Helper()
	return serving(begin(t, "dewline", config))
}

// serving waits until the daemon serves.
func serving(p *process) *process {
	p.t.Helper()
	watching := p.wait("the daemon to serve", func(l logLine) bool { return l.is("watching") })
	p.page, _ = watching["page"].(string)
	return p
}

// begin starts the daemon. It is killed at the end of the test at the latest.
func begin(t testing.TB, program, config string, env ...string) *process {
	t.Helper()
	p := &process{t: t, gone: make(chan struct{})}
	p.heard = sync.NewCond(&p.mu)
	p.cmd = exec.Command(program, "run", "-c", config, "--log-format", "json", "--log-level", "debug")
	p.cmd.Env = append(os.Environ(), env...)
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go p.listen(stderr)
	t.Cleanup(func() {
		p.kill()
		if t.Failed() {
			t.Log("the daemon's last words:\n" + p.tail(40))
		}
	})
	return p
}

func (p *process) listen(r io.Reader) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		l := logLine{}
		if json.Unmarshal(lines.Bytes(), &l) != nil {
			l = logLine{"msg": lines.Text()}
		}
		p.mu.Lock()
		p.lines = append(p.lines, l)
		p.mu.Unlock()
		p.heard.Broadcast()
	}
	p.err = p.cmd.Wait()
	close(p.gone)
	p.heard.Broadcast()
}

// wait returns the first line of the log, from the beginning, of which ok is true.
func (p *process) wait(what string, ok func(logLine) bool) logLine {
	p.t.Helper()
	l, _ := p.waitFrom(0, what, ok)
	return l
}

// waitFrom is wait from a line on; it returns where to go on.
func (p *process) waitFrom(from int, what string, ok func(logLine) bool) (logLine, int) {
	p.t.Helper()
	late := false
	timer := time.AfterFunc(patience, func() {
		p.mu.Lock()
		late = true
		p.mu.Unlock()
		p.heard.Broadcast()
	})
	defer timer.Stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		for ; from < len(p.lines); from++ {
			if ok(p.lines[from]) {
				return p.lines[from], from + 1
			}
		}
		if late || p.ended() {
			p.mu.Unlock()
			end := p.tail(15)
			p.mu.Lock()
			p.t.Fatalf("waited in vain for %s; the log ends with\n%s", what, end)
		}
		p.heard.Wait()
	}
}

func (p *process) ended() bool {
	select {
	case <-p.gone:
		return true
	default:
		return false
	}
}

// at is how many lines the log has.
func (p *process) at() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.lines)
}

// polled waits for the next poll of a feed after the given line.
func (p *process) polled(from int, feed string) (logLine, int) {
	p.t.Helper()
	return p.waitFrom(from, "a poll of "+feed, func(l logLine) bool { return l.is("polled") && l["feed"] == feed })
}

func (p *process) tail(n int) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var b strings.Builder
	for _, l := range p.lines[max(0, len(p.lines)-n):] {
		for _, k := range slices.Sorted(maps.Keys(l)) {
			if k != "time" {
				fmt.Fprintf(&b, "%s=%v ", k, l[k])
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func (p *process) signal(s syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
}

// kill ends the daemon without a word.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.gone
}

// stop ends the daemon as an administrator does.
func (p *process) stop() {
	p.t.Helper()
	p.signal(syscall.SIGTERM)
	select {
	case <-p.gone:
	case <-time.After(patience):
		p.t.Fatal("the daemon does not stop")
	}
	if p.err != nil {
		p.t.Fatalf("the daemon stopped with %v", p.err)
	}
}

// get reads one of the daemon's addresses.
func (p *process) get(path string) (status int, body string) {
	p.t.Helper()
	resp, err := http.Get(p.page + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

// ok reads an address that must be there.
func (p *process) ok(path string) string {
	p.t.Helper()
	status, body := p.get(path)
	if status != http.StatusOK {
		p.t.Fatalf("GET %s: %d %s", path, status, body)
	}
	return body
}

// command runs a command to its end.
func command(t testing.TB, program string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// do runs a command that must succeed.
func do(t testing.TB, args ...string) string {
	t.Helper()
	return doAs(t, "dewline", args...)
}

// doAs is do by one of the builds of the program.
func doAs(t testing.TB, program string, args ...string) string {
	t.Helper()
	out, errs, code := command(t, program, args...)
	if code != 0 {
		t.Fatalf("dewline %s: exit status %d\n%s%s", strings.Join(args, " "), code, out, errs)
	}
	return out
}

// shared is a file of the shared test data, which is not part of the project.
func shared(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("DEWLINE_SHARED_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	path := filepath.Join(dir, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("the shared test data is not here (%s); set DEWLINE_SHARED_DATA", path)
	}
	return path
}
