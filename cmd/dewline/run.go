package main

import (
	"context"

	"dewline/config"
	"dewline/store"

	"github.com/spf13/cobra"
)

func (p *program) runCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "run",
		Short: "Run the daemon",
		Long: `Run polls every feed on its schedule, sends alerts, and serves the page and the
output feeds, until SIGINT or SIGTERM. SIGHUP reads the configuration again: a
bad file changes nothing and the log says why.`,
		Example: "  dewline run -c /etc/dewline/config.yaml",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := p.load()
			if err != nil {
				return err
			}
			return p.serve(cmd.Context(), cfg, p.load, hooks{})
		},
	}
}

// serve opens the store and runs a daemon over it until ctx ends.
func (p *program) serve(ctx context.Context, cfg *config.Config, load func() (*config.Config, error), h hooks) error {
	db, err := store.Open(cfg.Store, store.Options{})
	if err != nil {
		return err
	}
	d := &daemon{db: db, log: p.log, load: load, hooks: h, ready: p.ready}
	err = d.run(ctx, cfg)
	if cerr := db.Close(); err == nil {
		err = cerr
	}
	return err
}
