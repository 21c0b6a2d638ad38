package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"dewline"
	"dewline/config"

	"github.com/spf13/cobra"
)

func (p *program) deliveriesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "deliveries",
		Short:   "The alert outbox: what was sent, what waits, what was given up",
		Example: "  dewline deliveries list --state dead",
	}
	cmd.AddCommand(p.deliveriesList(), p.deliveriesSums(), p.deliveriesRetry(), p.deliveriesTest())
	return group(cmd)
}

// group is a command that only holds others: alone it is a usage error, and a
// help text.
func group(cmd *cobra.Command) *cobra.Command {
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return usagef("unknown command %q for %q; see `%s --help`", args[0], cmd.CommandPath(), cmd.CommandPath())
		}
		return usagef("%q needs a command; see `%s --help`", cmd.CommandPath(), cmd.CommandPath())
	}
	return cmd
}

func (p *program) deliveriesList() *cobra.Command {
	var (
		state, receiver, since string
		asJSON, dead           bool
		limit                  int
	)
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List deliveries with every attempt and its answer, newest first",
		Example: `  dewline deliveries list
  dewline deliveries list --dead --receiver hook --since 3d
  dewline deliveries list --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			filter, err := deliveryFilter(state, dead, receiver, since, limit)
			if err != nil {
				return usageError{err}
			}
			return p.onStore(cmd.Context(), job{work: func(ctx context.Context, s *setup) error {
				list, err := s.db.Deliveries(ctx, filter)
				if err != nil {
					return err
				}
				if asJSON {
					return printJSONLines(p, documents(list, s.cfg.HTTP.BaseURL))
				}
				return p.printDeliveries(list)
			}})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&state, "state", "", "only these: `pending, delivered, dead, held or silenced`")
	flags.BoolVar(&dead, "dead", false, "only dead letters, as --state dead")
	flags.StringVar(&receiver, "receiver", "", "only of this receiver")
	flags.StringVar(&since, "since", "", "queued in the last `duration`, such as 12h or 7d")
	flags.IntVar(&limit, "limit", 0, "at most so many; 0 is all")
	flags.BoolVar(&asJSON, "json", false, "one JSON object a delivery")
	return cmd
}

func deliveryFilter(state string, dead bool, receiver, since string, limit int) (dewline.DeliveryFilter, error) {
	f := dewline.DeliveryFilter{State: dewline.DeliveryState(state), Receiver: receiver, Limit: limit}
	if dead {
		f.State = dewline.DeliveryDead
	}
	if f.State != "" && !slices.Contains(dewline.DeliveryStates, f.State) {
		return f, fmt.Errorf("--state %q: write pending, delivered, dead, held or silenced", state)
	}
	at, err := sinceTime(since, time.Now())
	f.Since = at
	return f, err
}

// sinceTime reads --since: a duration back from now, or nothing.
func sinceTime(s string, now time.Time) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	d, err := config.ParseDuration(s)
	if err != nil {
		return time.Time{}, fmt.Errorf("--since: %w", err)
	}
	return now.Add(-d), nil
}

func documents(list []dewline.Delivery, baseURL string) []dewline.DeliveryDocument {
	docs := make([]dewline.DeliveryDocument, len(list))
	for i := range list {
		docs[i] = list[i].Document(baseURL)
	}
	return docs
}

func printJSONLines[T any](p *program, list []T) error {
	enc := json.NewEncoder(p.stdout)
	for _, x := range list {
		if err := enc.Encode(x); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) printDeliveries(list []dewline.Delivery) error {
	for i := range list {
		d := &list[i]
		fmt.Fprintf(p.stdout, "%s  %s  %s  %s  queued %s  %s\n", d.Key, d.Receiver, d.Event, aboutOf(d), when(d.Queued), stateOf(d))
		for i, a := range d.Attempts {
			answer := a.Answer
			if a.Error != "" {
				answer = "failed: " + a.Error
			}
			if _, err := fmt.Fprintf(p.stdout, "    %d. %s  %s (%s)\n", i+1, when(a.At), clean(answer), a.Took.Round(time.Millisecond)); err != nil {
				return err
			}
		}
	}
	return nil
}

// stateOf is where a delivery is, and until when.
func stateOf(d *dewline.Delivery) string {
	at, due := d.Due()
	switch {
	case d.State == dewline.DeliveryPending:
		return fmt.Sprintf("%s, next attempt %s", d.State, when(at))
	case due:
		return fmt.Sprintf("%s (%s) until %s", d.State, d.Hold.Reason, when(at))
	case !d.In.IsZero():
		return fmt.Sprintf("%s (%s) in %s", d.State, d.Hold.Reason, d.In)
	}
	return string(d.State)
}

// aboutOf is what a delivery tells.
func aboutOf(d *dewline.Delivery) string {
	switch {
	case d.Feed != nil:
		return fmt.Sprintf("feed %s  %s", clean(d.Feed.Feed.Name), d.Feed.Health.State)
	case d.Peer != nil:
		return fmt.Sprintf("receiver %s  %s", clean(d.Peer.Receiver), d.Peer.Health.State)
	case d.Summary != nil:
		return d.Summary.Headline(len(d.Parts))
	}
	return fmt.Sprintf("rule %s  item %s", d.Match.Rule.Name, d.Match.Item)
}

func (p *program) deliveriesSums() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "sums",
		Short: "Count the alerts of each receiver by state: due = delivered + pending + dead + held + silenced",
		Example: `  dewline deliveries sums
  dewline deliveries sums --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.onStore(cmd.Context(), job{work: func(ctx context.Context, s *setup) error {
				counts, err := s.db.Counts(ctx)
				if err != nil {
					return err
				}
				if asJSON {
					return printJSONLines(p, counts.Sums(""))
				}
				return p.printSums(counts.Sums(""))
			}})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a receiver")
	return cmd
}

func (p *program) printSums(all []dewline.Sums) error {
	t := newTable(p.stdout, "RECEIVER", "DUE", "DELIVERED", "PENDING", "DEAD", "HELD", "SILENCED")
	for _, s := range all {
		cells := []string{s.Receiver}
		for _, n := range []uint64{s.Due, s.Delivered, s.Pending, s.Dead, s.Held, s.Silenced} {
			cells = append(cells, strconv.FormatUint(n, 10))
		}
		t.row(cells...)
	}
	return t.Flush()
}

func (p *program) deliveriesRetry() *cobra.Command {
	var receiver string
	var all bool
	cmd := &cobra.Command{
		Use:   "retry [ID…]",
		Short: "Send dead letters again, and enable a receiver that was disabled by a 410",
		Example: `  dewline deliveries retry 6f1c0e6a3d2b4c5e8f7a9b0c1d2e3f40
  dewline deliveries retry --receiver hook
  dewline deliveries retry --all`,
		RunE: func(cmd *cobra.Command, ids []string) error {
			keys, err := parseKeys(ids)
			if err != nil {
				return usageError{err}
			}
			if len(keys) == 0 && receiver == "" && !all {
				return usagef("say what to retry: ids, --receiver NAME, or --all")
			}
			return p.onStore(cmd.Context(), job{work: func(ctx context.Context, s *setup) error {
				return p.retry(ctx, s, keys, receiver)
			}})
		},
	}
	cmd.Flags().StringVar(&receiver, "receiver", "", "all dead letters of this receiver")
	cmd.Flags().BoolVar(&all, "all", false, "all dead letters")
	return cmd
}

func parseKeys(ids []string) ([]dewline.Key, error) {
	var keys []dewline.Key
	for _, id := range ids {
		k, err := dewline.ParseKey(id)
		if err != nil {
			return nil, err
		}
		keys = append(keys, k)
	}
	return keys, nil
}

// retry puts dead letters back into the outbox, all that were asked for or none.
func (p *program) retry(ctx context.Context, s *setup, keys []dewline.Key, receiver string) error {
	if receiver != "" {
		if err := s.receiver(receiver); err != nil {
			return usageError{err}
		}
	}
	if err := s.notDead(ctx, keys, receiver); err != nil {
		return err
	}
	n, err := s.retry(ctx, keys, receiver)
	if err != nil {
		return err
	}
	hint := ""
	if p.inside == nil && n > 0 {
		hint = "; the daemon sends them when it runs"
	}
	_, err = fmt.Fprintf(p.stdout, "%s put back into the outbox%s\n", dewline.Counted(n, "dead letter"), hint)
	return err
}

func (p *program) deliveriesTest() *cobra.Command {
	return &cobra.Command{
		Use:     "test RECEIVER",
		Short:   "Send a test event to a receiver now, and print its answer",
		Example: "  dewline deliveries test hook",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := p.load()
			if err != nil {
				return err
			}
			if err := (&setup{cfg: cfg}).receiver(args[0]); err != nil {
				return usageError{err}
			}
			alerts, err := newAlerts(cfg, nil, p.log) // a test is sent at once and never stored
			if err != nil {
				return err
			}
			a, err := alerts.Test(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(p.stdout, "%s: %s (%s)\n", args[0], clean(a.Answer), a.Took.Round(time.Millisecond))
			return err
		},
	}
}
