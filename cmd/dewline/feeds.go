package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"dewline"
	"dewline/config"

	"github.com/spf13/cobra"
)

func (p *program) feedsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "feeds",
		Short:   "The watched feeds: list, try an address, import and export OPML",
		Example: "  dewline feeds list\n  dewline feeds check https://www.gov.uk/government/organisations/ministry-of-defence.atom",
	}
	cmd.AddCommand(p.feedsList(), p.feedsCheck(), p.feedsImport(), p.feedsExport())
	return group(cmd)
}

func (p *program) feedsList() *cobra.Command {
	var asJSON, unhealthy bool
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the feeds with their health, last and next poll",
		Example: "  dewline feeds list\n  dewline feeds list --unhealthy\n  dewline feeds list --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			show := func(states []dewline.FeedState, feeds []dewline.Feed) error {
				now := time.Now()
				if unhealthy {
					states = slices.DeleteFunc(states, func(st dewline.FeedState) bool { return st.Health(now).State.Well() })
				}
				if asJSON {
					return printJSONLines(p, feedDocuments(states, feeds, now))
				}
				return p.printFeeds(states, now)
			}
			return p.onStore(cmd.Context(), job{
				work: func(ctx context.Context, s *setup) error {
					states, err := s.db.Feeds(ctx)
					if err != nil {
						return err
					}
					for i := range states {
						states[i].Wait = s.monitor.Waiting(states[i].Key, time.Now())
					}
					return show(states, s.cfg.Feeds)
				},
				without: func(cfg *config.Config) error { return show(neverPolled(cfg.Feeds), cfg.Feeds) },
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a feed")
	cmd.Flags().BoolVar(&unhealthy, "unhealthy", false, "only feeds that are not well")
	return cmd
}

// neverPolled are the states of feeds that no store knows yet.
func neverPolled(feeds []dewline.Feed) []dewline.FeedState {
	states := make([]dewline.FeedState, len(feeds))
	for i, f := range feeds {
		states[i] = dewline.FeedState{Key: f.Key(), Name: f.Name, URL: f.URL, Schedule: f.Schedule, Status: dewline.StatusNew}
	}
	return states
}

func feedDocuments(states []dewline.FeedState, feeds []dewline.Feed, now time.Time) []dewline.FeedDocument {
	tags := make(map[dewline.Key][]string)
	for _, f := range feeds {
		tags[f.Key()] = f.Tags
	}
	docs := make([]dewline.FeedDocument, len(states))
	for i := range states {
		docs[i] = states[i].Document(tags[states[i].Key], now)
	}
	return docs
}

func (p *program) printFeeds(states []dewline.FeedState, now time.Time) error {
	t := newTable(p.stdout, "NAME", "STATUS", "HEALTH", "SINCE", "LAST POLL", "NEXT POLL", "ITEMS", "URL")
	for _, st := range states {
		h := st.Health(now)
		t.row(st.Name, string(st.Status), healthCell(&st, h), when(h.Since), when(st.LastPoll), when(st.Due),
			strconv.FormatUint(st.Total, 10), st.URL)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, st := range states {
		h := st.Health(now)
		if h.Detail != "" {
			fmt.Fprintf(p.stdout, "\n%s: %s\n", clean(st.Name), clean(h.Detail))
		}
		if h.Remedy != "" {
			fmt.Fprintf(p.stdout, "  to do for %s: %s\n", clean(st.Name), clean(h.Remedy))
		}
		if t := st.Texts; t != (dewline.TextSums{}) {
			fmt.Fprintf(p.stdout, "\n%s: of its articles %d are to be fetched, %d were, %d came and are no better than the feed's text, %d never came\n",
				clean(st.Name), t.Pending, t.Fetched, t.Kept, t.Failed)
		}
		if w := st.Wait; w != nil {
			fmt.Fprintf(p.stdout, "\n%s: not polled until %s: %s\n", clean(st.Name), when(w.Until), clean(w.Why))
		}
		if st.List != nil {
			fmt.Fprintf(p.stdout, "\n%s: list found: %s\n", clean(st.Name), clean(st.List.String()))
		}
	}
	return nil
}

// healthCell is the state of health; once or twice is no failure yet.
func healthCell(st *dewline.FeedState, h dewline.Health) string {
	if st.Shaky() {
		return fmt.Sprintf("%s (%s failed)", h.State, dewline.Counted(max(1, st.Trouble.Polls), "poll"))
	}
	return string(h.State)
}

func (p *program) feedsImport() *cobra.Command {
	return &cobra.Command{
		Use:   "import OPML",
		Short: "Print the feeds of an OPML file as YAML to paste into config.yaml",
		Long: `Import prints entries for the feeds: section of config.yaml: the folders and categories of
a feed become its tags, and an address that stands in several folders is one feed. To have the file
read at every start instead, write "- opml: FILE" there.

What is not imported is named on standard error, with its line and the reason. The exit status is 1
where the file cannot be read to its end, or holds no feed.`,
		Example: "  dewline feeds import subscriptions.opml > feeds.yaml",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			done, err := config.ImportOPML(p.stdout, f)
			for _, s := range done.Skipped {
				fmt.Fprintln(p.stderr, "skipped:", clean(s))
			}
			fmt.Fprintf(p.stderr, "%s imported, %s skipped\n", dewline.Counted(done.Feeds, "feed"), dewline.Counted(len(done.Skipped), "outline"))
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			return nil
		},
	}
}

func (p *program) feedsExport() *cobra.Command {
	return &cobra.Command{
		Use:     "export",
		Short:   "Print the configured feeds as OPML",
		Example: "  dewline feeds export > dewline.opml",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			cfg, err := p.load()
			if err != nil {
				return err
			}
			return dewline.WriteOPML(p.stdout, "dewline", cfg.Feeds)
		},
	}
}
