package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"regexp"
	"strconv"
	"time"

	"dewline"
	"dewline/config"

	"github.com/spf13/cobra"
)

func (p *program) silenceCommand() *cobra.Command {
	var ask silenceAsked
	cmd := &cobra.Command{
		Use:   "silence QUERY|RULE --for DURATION",
		Short: "Hold the alerts of a rule, or of what a query finds, for a time",
		Long: `Silence holds what would be told of a rule, or of the items that a query finds, until
its end. Then what it held goes out to each receiver in one summary: nothing is lost, and
no silence is without an end (1 second at least, 90 days at most).

It holds what comes from now on; what is queued already is sent. Rules with priority:
critical are not held, nor are alerts of the health of feeds.

The name of a rule is taken as the rule. A query of the same word stands in
parentheses: '(missile)'. A query that begins with a hyphen stands behind --.`,
		Example: `  dewline silence anti-missile --for 4h --comment "yearly exercise"
  dewline silence '"Iron Dome" feed:Press' --for 2d
  dewline silence list
  dewline silence end 6f1c0e6a3d2b4c5e8f7a9b0c1d2e3f40`,
		Args: oneQuery,
		RunE: func(cmd *cobra.Command, args []string) error {
			lasts, err := ask.duration()
			if err != nil {
				return usageError{err}
			}
			ask.by = cmp.Or(ask.by, login())
			return p.onStore(cmd.Context(), job{creates: true, remote: ask.remote(args[0]), work: func(ctx context.Context, s *setup) error {
				return p.silence(ctx, s, args[0], lasts, ask)
			}})
		},
	}
	behindHyphens(cmd)
	flags := cmd.Flags()
	flags.StringVar(&ask.lasts, "for", "", "how long: a `duration` such as 90m, 4h or 2d")
	flags.StringVar(&ask.comment, "comment", "", "why; shown in the list and on the page")
	flags.StringVar(&ask.by, "by", "", "who; default: your login `name`")
	flags.BoolVar(&ask.json, "json", false, "print the silence as one JSON object")
	cmd.AddCommand(p.silenceList(), p.silenceEnd())
	return cmd
}

// silenceAsked is how a silence was asked for.
type silenceAsked struct {
	lasts, comment, by string
	json               bool
}

func (a *silenceAsked) duration() (time.Duration, error) {
	if a.lasts == "" {
		return 0, errors.New("for how long? as in --for 4h")
	}
	d, err := config.ParseDuration(a.lasts)
	if err != nil {
		return 0, fmt.Errorf("--for: %w", err)
	}
	if d < dewline.MinSilence || d > dewline.MaxSilence {
		return 0, fmt.Errorf("--for %s: a silence lasts at least 1s and at most 90d; what nobody wants to be told at all, take out of alert: in config.yaml", a.lasts)
	}
	return d, nil
}

// remote are the arguments for a running daemon: it cannot know who asks.
func (a *silenceAsked) remote(what string) []string {
	return []string{"silence", "--for", a.lasts, "--comment", a.comment, "--by", a.by, "--json=" + strconv.FormatBool(a.json), "--", what}
}

// login is who sits at the terminal.
func login() string {
	if name := os.Getenv("SUDO_USER"); name != "" {
		return name
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return os.Getenv("USER")
}

func (p *program) silence(ctx context.Context, s *setup, what string, lasts time.Duration, ask silenceAsked) error {
	silence, err := p.silenceOf(s, what)
	if err != nil {
		return usageError{err}
	}
	silence.Begin = time.Now().UTC()
	silence.End, silence.Comment, silence.By = silence.Begin.Add(lasts), ask.comment, ask.by
	silence.Key = dewline.SilenceKey(silence.Rule, silence.Query, silence.Begin)
	if err := s.db.BeginSilence(ctx, silence); err != nil {
		return err
	}
	doc := s.silences.document(&silence, silence.Begin)
	if doc.Note != "" {
		fmt.Fprintln(p.stderr, "note: this silence", doc.Note)
	}
	if ask.json {
		return printJSONLines(p, []dewline.SilenceDocument{doc})
	}
	_, err = fmt.Fprintf(p.stdout, "%s  %s is silent until %s; `dewline silence end` ends it sooner\n", doc.Key, clean(silence.String()), when(silence.End))
	return err
}

// likeRule is what the name of a rule looks like.
var likeRule = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

// silenceOf reads what is to be silent: the rule of this name, or else what the query finds.
func (p *program) silenceOf(s *setup, what string) (silence dewline.Silence, err error) {
	if i := s.silences.index(what); i >= 0 {
		if s.cfg.Rules[i].Critical {
			return silence, fmt.Errorf("rule %q has priority: critical, which nothing silences; change its priority in config.yaml first", what)
		}
		fmt.Fprintf(p.stderr, "note: %s is taken as the rule of this name; '(%s)' is the query\n", what, what)
		return dewline.Silence{Rule: what}, nil
	}
	if likeRule.MatchString(what) {
		var names []string
		for _, r := range s.cfg.Rules {
			names = append(names, r.Name)
		}
		if near := config.Nearest(what, names); near != "" {
			return silence, fmt.Errorf("no rule is called %q; did you mean %q? As a query, write it in parentheses: '(%s)'", what, near, what)
		}
		fmt.Fprintf(p.stderr, "note: no rule is called %q; it is taken as a query\n", what)
	}
	query, err := s.search.language.Parse(what)
	if err != nil {
		return silence, pointAt(what, err)
	}
	p.warn(what, query)
	return dewline.Silence{Query: what}, nil
}

func (p *program) silenceList() *cobra.Command {
	var all, asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the silences that hold, the newest first",
		Example: `  dewline silence list
  dewline silence list --all --json
  dewline deliveries list --state silenced      what they hold`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.onStore(cmd.Context(), job{work: func(ctx context.Context, s *setup) error {
				list, err := s.silences.documents(ctx, time.Now(), all)
				if err != nil {
					return err
				}
				if asJSON {
					return printJSONLines(p, list)
				}
				return p.printSilences(list)
			}})
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "those that have ended too")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a silence")
	return cmd
}

func (p *program) printSilences(list []dewline.SilenceDocument) error {
	if len(list) == 0 {
		_, err := fmt.Fprintln(p.stderr, "nothing is silenced")
		return err
	}
	t := newTable(p.stdout, "ID", "SILENT", "SINCE", "UNTIL", "HELD", "BY", "COMMENT", "NOTE")
	for i := range list {
		s := &list[i]
		until := when(s.Until())
		if !s.Active {
			until += " (ended)"
		}
		t.row(s.Key.String(), s.String(), when(s.Begin), until, strconv.FormatUint(s.Held, 10), dash(s.By), dash(s.Comment), dash(s.Note))
	}
	return t.Flush()
}

func dash(s string) string { return cmp.Or(s, "-") }

func (p *program) silenceEnd() *cobra.Command {
	return &cobra.Command{
		Use:     "end ID",
		Short:   "End a silence now; what it held is told in a summary",
		Example: "  dewline silence end 6f1c0e6a3d2b4c5e8f7a9b0c1d2e3f40",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			key, err := dewline.ParseKey(args[0])
			if err != nil {
				return usageError{fmt.Errorf("%w; `dewline silence list` shows the ids", err)}
			}
			return p.onStore(cmd.Context(), job{work: func(ctx context.Context, s *setup) error {
				return p.endSilence(ctx, s, key)
			}})
		},
	}
}

func (p *program) endSilence(ctx context.Context, s *setup, key dewline.Key) error {
	now := time.Now().UTC()
	silence, held, err := s.db.EndSilence(ctx, key, now)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no silence %s; `dewline silence list --all` shows them", key)
	case err != nil:
		return err
	case silence.Until().Before(now):
		return fmt.Errorf("silence %s ended already, at %s", key, when(silence.Until()))
	}
	s.alerts.Wake()
	hint := ""
	if p.inside == nil && held > 0 {
		hint = "; the daemon tells it when it runs"
	}
	_, err = fmt.Fprintf(p.stdout, "%s is told again; %s held%s\n", clean(silence.String()), dewline.Counted(held, "alert"), hint)
	return err
}
