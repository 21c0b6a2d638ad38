package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	"dewline/config"
	"dewline/store"

	"golang.org/x/sync/errgroup"
)

// daemon is the running program: one store and one listener for its whole
// life, and one setup after another, a new one for every good reload.
type daemon struct {
	db    *store.DB
	log   *slog.Logger
	load  func() (*config.Config, error)
	hooks hooks
	ready func(url string)

	server  *server
	control *control
	current atomic.Pointer[setup] // what commands over the control socket work with
}

// run serves until ctx ends. Everything that can be refused is refused before
// the first poll.
func (d *daemon) run(ctx context.Context, cfg *config.Config) error {
	// Signals are caught before anything is said to be ready: a SIGHUP that
	// comes early must not end the process.
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)

	d.hooks.progress = watchdog()
	var err error
	if d.server, err = listen(cfg.HTTP.Listen, d.log); err != nil {
		return err
	}
	defer d.server.close()
	first, err := d.assemble(cfg)
	if err != nil {
		return err
	}
	if d.control, err = openControl(cfg.Store, d); err != nil {
		return err
	}
	defer d.control.close()
	return d.generations(ctx, first, hup)
}

// generations runs one setup after another. One whose feeds cannot be written
// down, because the disk is full, gives way to the one before.
func (d *daemon) generations(ctx context.Context, now *setup, hup <-chan os.Signal) error {
	var before *setup
	for now != nil {
		if err := now.register(ctx); err != nil {
			if before == nil {
				return err
			}
			d.log.Error("the new feeds cannot be stored; the old configuration stays in force", "err", err)
			now, before = before, nil
			continue
		}
		if err := now.openPush(ctx); err != nil {
			return err
		}
		if before == nil {
			now.push.CatchUp()
		}
		next, err := d.generation(ctx, now, hup)
		if err != nil {
			return err
		}
		before, now = now, next
	}
	return nil
}

// assemble makes a setup whose links lead to where we really listen.
func (d *daemon) assemble(cfg *config.Config) (*setup, error) {
	cfg.HTTP.BaseURL = d.server.base(cfg.HTTP.BaseURL)
	return assemble(cfg, d.db, d.log, d.hooks)
}

// generation runs one setup until ctx ends or a reload brings its successor,
// which it returns.
func (d *daemon) generation(ctx context.Context, s *setup, hup <-chan os.Signal) (*setup, error) {
	defer s.close()
	d.current.Store(s)
	d.server.handle(s.page)
	group, stop := d.start(ctx, s)
	d.announce(s)

	var next *setup
	for next == nil {
		select {
		case <-group.done:
			stop()
			return nil, group.err
		case <-ctx.Done():
			notifySystemd("STOPPING=1")
			d.log.Info("stopping")
			stop()
			<-group.done
			return nil, group.err
		case <-hup:
			next = d.reload(s)
		}
	}
	stop()
	<-group.done
	return next, group.err
}

// running is a group of long-lived parts at work.
type running struct {
	done chan struct{}
	err  error // valid once done is closed
}

func (d *daemon) start(ctx context.Context, s *setup) (*running, context.CancelFunc) {
	ctx, stop := context.WithCancel(ctx)
	group, gctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.monitor.Run(gctx) })
	group.Go(func() error { return s.monitor.RunTexts(gctx) })
	group.Go(func() error { return s.monitor.RunWatches(gctx) })
	group.Go(func() error { return s.monitor.RunHealth(gctx) })
	group.Go(func() error { return s.alerts.Run(gctx) })
	group.Go(func() error { return s.push.Run(gctx) })
	r := &running{done: make(chan struct{})}
	go func() {
		r.err = group.Wait()
		close(r.done)
	}()
	return r, stop
}

func (d *daemon) announce(s *setup) {
	for _, w := range s.cfg.Warnings {
		d.log.Warn("the configuration may not mean what it says", "warning", w.Brief())
	}
	d.log.Info("watching", "feeds", len(s.cfg.Feeds), "rules", len(s.cfg.Rules), "receivers", len(s.cfg.Receivers),
		"config", s.cfg.Path, "store", s.cfg.Store, "page", d.server.url())
	notifySystemd(fmt.Sprintf("READY=1\nSTATUS=watching %d feeds, page at %s", len(s.cfg.Feeds), d.server.url()))
	if d.ready != nil {
		d.ready(d.server.url())
	}
}

// reload reads the configuration again. It returns nil, and says why, where the
// new one cannot take over; then nothing has changed.
func (d *daemon) reload(old *setup) *setup {
	notifySystemd(reloading())
	next, err := d.successor(old)
	if err != nil {
		d.log.Error("the new configuration was refused; the old one stays in force", "err", err)
		notifySystemd("READY=1\nSTATUS=the last reload was refused: see the log")
		return nil
	}
	d.log.Info("reloading the configuration")
	return next
}

func (d *daemon) successor(old *setup) (*setup, error) {
	cfg, err := d.load()
	if err != nil {
		return nil, err
	}
	if cfg.Store != old.cfg.Store {
		return nil, fmt.Errorf("store: changed from %s to %s; a store is changed by a restart", old.cfg.Store, cfg.Store)
	}
	next, err := d.assemble(cfg)
	if err != nil {
		return nil, err
	}
	if err := d.server.move(cfg.HTTP.Listen); err != nil {
		next.close()
		return nil, err
	}
	return next, nil
}
