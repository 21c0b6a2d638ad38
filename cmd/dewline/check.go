package main

import (
	"fmt"

	"dewline"
	"dewline/config"

	"github.com/spf13/cobra"
)

func (p *program) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check",
		Short: "Validate the configuration: every error, with file, line and column",
		Example: `  dewline check
  dewline check -c /etc/dewline/config.yaml && systemctl reload dewline`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			path, err := config.Find(p.configFlag)
			if err != nil {
				return usageError{err}
			}
			cfg, warnings, err := config.Check(path, checks)
			for _, w := range warnings {
				fmt.Fprintln(p.stderr, "warning:", w)
			}
			if err != nil {
				return err
			}
			with := ""
			if n := len(cfg.Included); n > 0 {
				with = ", with " + dewline.Counted(n, "included file")
			}
			_, err = fmt.Fprintf(p.stdout, "%s is valid: %s, %s, %s%s\n", cfg.Path,
				dewline.Counted(len(cfg.Feeds), "feed"), dewline.Counted(len(cfg.Rules), "rule"), dewline.Counted(len(cfg.Receivers), "receiver"), with)
			return err
		},
	}
}
