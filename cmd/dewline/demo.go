package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"time"

	"dewline"
	"dewline/config"
	"dewline/demo"

	"github.com/spf13/cobra"
)

func (p *program) demoCommand() *cobra.Command {
	var addr, dir string
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "The whole product offline: sample feeds, polls, alerts and the page, on loopback",
		Long: `Demo serves sample feeds of invented ministries on loopback, in several formats,
languages and encodings, some of them broken, one of which publishes something
new every few seconds. It polls them as the daemon does, prints each alert as it
arrives at a webhook receiver, and serves the page. It needs neither network nor
configuration; Ctrl-C ends it.`,
		Example: "  dewline demo\n  dewline demo --listen 127.0.0.1:9000 --dir /tmp/dewline-demo",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return p.demo(cmd.Context(), addr, dir) },
	}
	cmd.Flags().StringVar(&addr, "listen", "127.0.0.1:8423", "`address` of the page; port 0 takes a free one")
	cmd.Flags().StringVar(&dir, "dir", "", "keep the store in this `folder` (default: a temporary one, removed at the end)")
	return cmd
}

func (p *program) demo(ctx context.Context, addr, dir string) (err error) {
	if dir == "" {
		if dir, err = os.MkdirTemp("", "dewline-demo-"); err != nil {
			return err
		}
		defer os.RemoveAll(dir)
	} else if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	sources, err := serveLoopback(demo.Handler(time.Now))
	if err != nil {
		return err
	}
	defer sources.Close()
	terminal, err := serveLoopback(&alertPrinter{w: p.stdout})
	if err != nil {
		return err
	}
	defer terminal.Close()

	cfg, err := demoConfig(addr, dir, "http://"+sources.Addr, "http://"+terminal.Addr)
	if err != nil {
		return err
	}
	ready := p.ready
	p.ready = func(url string) {
		fmt.Fprintf(p.stdout, "The page:   %s/\nThe feed:   %s/feeds/anti-missile.atom\nThe alerts follow. Ctrl-C ends the demo.\n\n", url, url)
		if ready != nil {
			ready(url)
		}
	}
	return p.serve(ctx, cfg, func() (*config.Config, error) { return cfg, nil }, hooks{})
}

func demoConfig(addr, dir, sources, terminal string) (*config.Config, error) {
	loopback := []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, usagef("--listen %q: write HOST:PORT", addr)
	}
	if ip, err := netip.ParseAddr(host); host != "localhost" && (err != nil || !ip.IsLoopback()) {
		return nil, usagef("--listen %q: the demo has no password, so it listens on loopback only", addr)
	}
	cfg := config.Default()
	cfg.Path = "(demo)"
	cfg.Store = filepath.Join(dir, "dewline.db")
	cfg.HTTP.Listen, cfg.HTTP.BaseURL = addr, "http://"+addr
	cfg.Fetch.AllowPrivate = loopback
	cfg.Fetch.PerSite = 8 // the sample ministries all live on one address
	cfg.Fetch.Timeout = 5 * time.Second
	cfg.Feeds, cfg.Rules = demo.Feeds(sources), demo.Rules()
	cfg.Receivers = []dewline.Receiver{{Name: "terminal", Webhook: &dewline.Webhook{URL: terminal}}}
	return cfg, nil
}

// serveLoopback serves on a free loopback port.
func serveLoopback(h http.Handler) (*http.Server, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &http.Server{Addr: ln.Addr().String(), Handler: h, ReadHeaderTimeout: 5 * time.Second}
	go s.Serve(ln) //nolint:errcheck // ends with Close
	return s, nil
}

// alertPrinter is a webhook receiver that prints what it is told.
type alertPrinter struct {
	mu sync.Mutex // guards w
	w  io.Writer
}

func (a *alertPrinter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var hook struct {
		Data struct {
			Rule    dewline.RuleRef
			Item    dewline.ItemDocument
			Snippet string
			Link    string
		}
	}
	if err := json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&hook); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	d := hook.Data
	a.mu.Lock()
	defer a.mu.Unlock()
	_, err := fmt.Fprintf(a.w, "%s  ALERT  [%s]  %s\n    %s\n    %s\n    %s\n\n", when(d.Item.FirstSeen),
		clean(d.Rule.Title), clean(d.Item.Title), clean(d.Item.Feed.Name), clean(d.Snippet), clean(d.Link))
	if err != nil {
		http.Error(w, "the terminal is gone", http.StatusGone)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
