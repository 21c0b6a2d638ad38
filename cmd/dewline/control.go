package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// A bbolt file has one owner. So that an administrator's commands work while
// the daemon runs, the daemon listens on a unix socket beside the store: a
// command sends its arguments, the daemon carries the same command out over its
// open store, and what it prints comes back (docs/adr/0005).

// order is a command on its way to the daemon.
type order struct {
	Args     []string `json:"args"`
	Terminal bool     `json:"terminal,omitempty"` // the administrator sees progress
}

// frame is a piece of what the command prints; the last one has its status.
type frame struct {
	Out  []byte `json:"out,omitempty"`
	Err  []byte `json:"err,omitempty"`
	Exit *int   `json:"exit,omitempty"`
}

// control is the daemon's end of the socket.
type control struct {
	path   string
	server *http.Server
}

// socketPath is where the daemon that owns this store listens.
func socketPath(store string) string { return store + ".sock" }

// openControl listens beside the store. The caller owns the store's lock, so a
// socket that is already there belongs to a daemon that was killed.
func openControl(store string, d *daemon) (*control, error) {
	path := socketPath(store)
	_ = os.Remove(path)
	addr, done, err := socketAddr(path)
	if err != nil {
		return nil, fmt.Errorf("control socket: %w", err)
	}
	defer done()
	ln, err := net.Listen("unix", addr)
	if err != nil {
		return nil, fmt.Errorf("control socket %s: %w", path, err)
	}
	ln.(*net.UnixListener).SetUnlinkOnClose(false) // by its real path, in close
	if err := os.Chmod(path, 0o600); err != nil {
		ln.Close()
		return nil, fmt.Errorf("control socket: %w", err)
	}
	c := &control{path: path, server: &http.Server{
		Handler:           http.HandlerFunc(d.obey),
		ReadHeaderTimeout: 5 * time.Second,
	}}
	go c.server.Serve(ln) //nolint:errcheck // ends with close
	return c, nil
}

func (c *control) close() {
	_ = os.Remove(c.path)
	shutdown(c.server)
}

// socketAddr gives the address to bind or dial for a path. A unix address holds
// about a hundred bytes; a longer path goes by its folder's descriptor.
func socketAddr(path string) (addr string, done func(), err error) {
	if len(path) < 100 {
		return path, func() {}, nil
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return "", nil, err
	}
	return fmt.Sprintf("/proc/self/fd/%d/%s", dir.Fd(), filepath.Base(path)), func() { dir.Close() }, nil
}

// obey carries out one command of an administrator.
func (d *daemon) obey(w http.ResponseWriter, r *http.Request) {
	var o order
	if err := json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&o); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	f := &frames{enc: json.NewEncoder(w), flush: http.NewResponseController(w)}
	p := &program{
		stdin: http.NoBody, inside: d, atTerminal: o.Terminal,
		stdout: frameWriter(func(b []byte) error { return f.send(frame{Out: b}) }),
		stderr: frameWriter(func(b []byte) error { return f.send(frame{Err: b}) }),
	}
	code := p.runContext(r.Context(), o.Args)
	_ = f.send(frame{Exit: &code})
}

// frames writes frames from the goroutines of one command.
type frames struct {
	mu    sync.Mutex
	enc   *json.Encoder
	flush *http.ResponseController
}

func (f *frames) send(fr frame) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enc.Encode(fr); err != nil {
		return err
	}
	return f.flush.Flush()
}

type frameWriter func([]byte) error

func (w frameWriter) Write(b []byte) (int, error) {
	if err := w(b); err != nil {
		return 0, err
	}
	return len(b), nil
}

// send gives a command to the daemon that owns the store. It reports false
// where none listens.
func send(ctx context.Context, store string, args []string, stdout, stderr io.Writer) (code int, listening bool, err error) {
	path := socketPath(store)
	client := http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			addr, done, err := socketAddr(path)
			if err != nil {
				return nil, err
			}
			defer done()
			return new(net.Dialer).DialContext(ctx, "unix", addr)
		},
	}}
	defer client.CloseIdleConnections()
	body, err := json.Marshal(order{Args: args, Terminal: isTerminal(stderr)})
	if err != nil {
		return 0, false, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://daemon/", bytes.NewReader(body))
	if err != nil {
		return 0, false, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return 0, false, err
	}
	defer resp.Body.Close()
	code, err = relay(resp.Body, stdout, stderr)
	return code, true, err
}

// relay prints what comes back until the status comes.
func relay(r io.Reader, stdout, stderr io.Writer) (int, error) {
	dec := json.NewDecoder(r)
	for {
		var f frame
		if err := dec.Decode(&f); err != nil {
			return exitFailed, fmt.Errorf("the daemon ended the command without a status: %w", err)
		}
		if _, err := stdout.Write(f.Out); err != nil {
			return exitFailed, err
		}
		if _, err := stderr.Write(f.Err); err != nil {
			return exitFailed, err
		}
		if f.Exit != nil {
			return *f.Exit, nil
		}
	}
}
