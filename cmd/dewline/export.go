package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
)

func (p *program) exportCommand() *cobra.Command {
	var since, feed string
	cmd := &cobra.Command{
		Use:   "export",
		Short: "Print the stored items as JSON Lines, in the order of first sight",
		Long: `Export prints one line for each item and feed that serves it: an item that two feeds
of one publisher serve is printed twice, under one id, with the other feed in also_in. So
what is counted by feed is complete; what is counted by id is exact.`,
		Example: `  dewline export > items.jsonl
  dewline export --since 30d --feed "UK MOD"`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			from, err := sinceTime(since, time.Now())
			if err != nil {
				return usageError{err}
			}
			return p.onStore(cmd.Context(), job{work: func(ctx context.Context, s *setup) error {
				return p.export(ctx, s, from, feed)
			}})
		},
	}
	cmd.Flags().StringVar(&since, "since", "", "only what was first seen in the last `duration`, such as 12h or 30d")
	cmd.Flags().StringVar(&feed, "feed", "", "only items of the feed with this `name`")
	return cmd
}

func (p *program) export(ctx context.Context, s *setup, from time.Time, feed string) error {
	if feed != "" {
		if _, err := s.feed(feed); err != nil {
			return usageError{err}
		}
	}
	out := bufio.NewWriterSize(p.stdout, 64<<10)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	bar := p.progress("exporting", -1, false)
	defer bar.end()
	for item, err := range s.db.Items(ctx, from, feed) {
		if err != nil {
			return err
		}
		for _, doc := range item.FullDocument().EachIn() {
			if feed != "" && doc.Feed.Name != feed {
				continue
			}
			if err := enc.Encode(doc); err != nil {
				return err
			}
		}
		bar.add(1)
	}
	return out.Flush()
}

func (p *program) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Make a hot copy of the store, also while the daemon runs",
		Long: `Backup writes a consistent copy of the store to FILE, or to standard output where
FILE is "-". A file that is there is replaced only when the copy is whole.`,
		Example: `  dewline backup /backup/dewline-$(date +%F).db
  dewline backup - | zstd > dewline.db.zst`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] == "-" {
				return p.backup(cmd.Context(), p.stdout)
			}
			return p.backupTo(cmd.Context(), args[0])
		},
	}
}

func (p *program) backup(ctx context.Context, w io.Writer) error {
	remote := []string{"backup", "-"}
	return p.onStore(ctx, job{remote: remote, stdout: w, work: func(ctx context.Context, s *setup) error {
		counts, err := s.db.Counts(ctx)
		if err != nil {
			return err
		}
		bar := p.progress("copying", counts.FileBytes, true)
		defer bar.end()
		_, err = s.db.Backup(ctx, bar.through(w))
		return err
	}})
}

// notTheStore refuses to put the copy in the store's own place: what the daemon
// writes from then on would go into a file that nobody can open again.
func (p *program) notTheStore(path string) error {
	cfg, err := p.load()
	if err != nil {
		return err
	}
	here, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if live, err := os.Stat(cfg.Store); err == nil && os.SameFile(here, live) {
		return usagef("%s is the store itself; name another file", path)
	}
	return nil
}

// backupTo writes beside the target and renames at the end, so that a copy that
// failed never stands where a good one stood.
func (p *program) backupTo(ctx context.Context, path string) (err error) {
	if err := p.notTheStore(path); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(tmp.Name()))
		}
	}()
	if err := p.backup(ctx, tmp); err != nil {
		return errors.Join(err, tmp.Close())
	}
	info, err := tmp.Stat()
	if err != nil {
		return errors.Join(err, tmp.Close())
	}
	if err := errors.Join(tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	if err := os.Rename(tmp.Name(), path); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s: %d bytes\n", path, info.Size())
	return err
}
