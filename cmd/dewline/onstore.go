package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"dewline/config"
	"dewline/store"
)

// job is a command that works on the store.
type job struct {
	creates bool                                // makes the store where there is none
	without func(*config.Config) error          // what to do where there is none; nil: that is an error
	remote  []string                            // the arguments for a running daemon, where they differ from the typed ones
	stdout  io.Writer                           // where a running daemon's output goes, where not to standard output
	work    func(context.Context, *setup) error // what to do, here or inside the daemon
}

// onStore carries out a job: over the daemon's open store where it runs inside
// one, by a running daemon where there is one, else over the store itself.
func (p *program) onStore(ctx context.Context, j job) error {
	if p.inside != nil {
		s := p.inside.current.Load()
		if s == nil {
			return errors.New("the daemon is still starting; try again")
		}
		return j.work(ctx, s)
	}
	cfg, err := p.load()
	if err != nil {
		return err
	}
	if listening, err := p.byDaemon(ctx, cfg, j); listening {
		return err
	}
	if _, err := os.Stat(cfg.Store); errors.Is(err, fs.ErrNotExist) && !j.creates {
		if j.without == nil {
			return fmt.Errorf("there is no store at %s yet; `dewline run` or `dewline poll` makes it", cfg.Store)
		}
		return j.without(cfg)
	}
	s, err := p.open(ctx, cfg)
	if errors.Is(err, store.ErrInUse) {
		return fmt.Errorf("%w, and it does not answer on %s", err, socketPath(cfg.Store))
	}
	if err != nil {
		return err
	}
	return errors.Join(j.work(ctx, s), s.dispose())
}

func (p *program) open(ctx context.Context, cfg *config.Config) (*setup, error) {
	db, err := store.Open(cfg.Store, store.Options{})
	if err != nil {
		return nil, err
	}
	s, err := assemble(cfg, db, p.log, hooks{})
	if err == nil {
		err = s.register(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

// dispose closes a setup that owns its store.
func (s *setup) dispose() error {
	s.close()
	return s.db.Close()
}

// byDaemon hands the job to the daemon that holds the store. It reports false
// where none listens.
func (p *program) byDaemon(ctx context.Context, cfg *config.Config, j job) (listening bool, err error) {
	if _, err := os.Stat(socketPath(cfg.Store)); err != nil {
		return false, nil
	}
	args, stdout := j.remote, j.stdout
	if args == nil {
		args = p.args
	}
	if stdout == nil {
		stdout = p.stdout
	}
	code, listening, err := send(ctx, cfg.Store, args, stdout, p.stderr)
	if err == nil && code != exitDone {
		err = exitStatus(code)
	}
	return listening, err
}
