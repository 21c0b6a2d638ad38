package main

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"dewline"

	"github.com/spf13/cobra"
)

func (p *program) pollsCommand() *cobra.Command {
	var ask pollsAsked
	cmd := &cobra.Command{
		Use:   "polls [FEED]",
		Short: "The poll records: what each response held and what became of it",
		Long: `Polls lists the records of the polls of one feed, or of all, the newest first. Each entry of a
response is new, changed, seen or rejected, and the sums balance. The records of five weeks are kept.
Behind the status stands what a hub sent (pushed), an answer that was that of the poll before (not modified, or the same bytes), and
how many entries stood on older pages. Where items may have passed unseen before a poll, its gap is open, and
says between which times.

Times are read and shown in the local time zone; --json has RFC 3339 in UTC.`,
		Example: `  dewline polls --since 2h
  dewline polls "UK MOD" --between 09:00,10:00
  dewline polls "UK MOD" --at 2026-11-23T09:30:00Z
  dewline polls --gaps --since 30d
  dewline polls "UK MOD" --since 7d --json`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := ask.filter(time.Now())
			if err != nil {
				return usageError{err}
			}
			return p.onStore(cmd.Context(), job{work: func(ctx context.Context, s *setup) error {
				list, err := s.pollsOf(ctx, args, f)
				if err != nil {
					return err
				}
				if ask.json {
					return printJSONLines(p, list)
				}
				if len(list) == 0 {
					_, err := fmt.Fprintln(p.stderr, nonePolled(f))
					return err
				}
				return p.printPolls(list)
			}})
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&ask.since, "since", "", "of the last `duration`, such as 12h or 7d; default 24h")
	flags.StringVar(&ask.between, "between", "", "from one time until another, `FROM,TO`")
	flags.StringVar(&ask.at, "at", "", "the last poll at or before this `time`, of each feed")
	flags.IntVar(&ask.limit, "limit", 0, "at most so many of each feed; 0 is all")
	flags.BoolVar(&ask.gaps, "gaps", false, "only polls before which items may have passed unseen")
	flags.BoolVar(&ask.json, "json", false, "one JSON object a poll")
	return cmd
}

// pollsAsked is which records are asked for.
type pollsAsked struct {
	since, between, at string
	limit              int
	gaps, json         bool
}

func (a pollsAsked) filter(now time.Time) (f dewline.PollFilter, err error) {
	given := 0
	for _, s := range []string{a.since, a.between, a.at} {
		if s != "" {
			given++
		}
	}
	if given > 1 {
		return f, fmt.Errorf("--since, --between and --at exclude each other")
	}
	f.Limit, f.Gaps = a.limit, a.gaps
	switch {
	case a.at != "":
		f.Until, err = moment(a.at, now)
		f.Until, f.Limit = f.Until.Add(time.Second), 1
	case a.between != "":
		from, to, ok := strings.Cut(a.between, ",")
		if !ok {
			return f, fmt.Errorf("--between %q: write two times with a comma between them, such as 09:00,10:00", a.between)
		}
		if f.Since, err = moment(from, now); err == nil {
			f.Until, err = moment(to, now)
		}
		if err == nil && !f.Since.Before(f.Until) {
			err = fmt.Errorf("--between %q: the first time is not before the second", a.between)
		}
	default:
		f.Since, err = sinceTime(cmp.Or(a.since, "24h"), now)
	}
	return f, err
}

// endOfDay is 24:00, of today or of a date.
var endOfDay = regexp.MustCompile(`^(?:(\d{4}-\d{2}-\d{2})[ T])?24:00(?::00)?$`)

// moment reads a time: RFC 3339, or a date and time, or a time of today, these in the local zone.
func moment(s string, now time.Time) (time.Time, error) {
	s = strings.TrimSpace(s)
	if day := endOfDay.FindStringSubmatch(s); day != nil {
		t, err := moment(cmp.Or(day[1], "00:00"), now)
		return t.AddDate(0, 0, 1), err
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, s, now.Location()); err == nil {
			return t, nil
		}
	}
	for _, layout := range []string{"15:04:05", "15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return time.Date(now.Year(), now.Month(), now.Day(), t.Hour(), t.Minute(), t.Second(), 0, now.Location()), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is not a time: write 09:30 for today, 2026-11-23 09:30, or 2026-11-23T09:30:00Z", s)
}

// pollsOf are the records of the named feed, or of all, the newest first.
func (s *setup) pollsOf(ctx context.Context, names []string, f dewline.PollFilter) ([]dewline.PollDocument, error) {
	feeds := s.cfg.Feeds
	if len(names) > 0 {
		feed, err := s.feed(names[0])
		if err != nil {
			return nil, usageError{err}
		}
		feeds = []dewline.Feed{feed}
	}
	var list []dewline.PollDocument
	for _, feed := range feeds {
		polls, err := s.db.Polls(ctx, feed.Key(), f)
		if err != nil {
			return nil, err
		}
		for i := range polls {
			list = append(list, polls[i].Document(feed.Name))
		}
	}
	slices.SortStableFunc(list, func(a, b dewline.PollDocument) int { return b.At.Compare(a.At) })
	return list, nil
}

// nonePolled says that no record fits.
func nonePolled(f dewline.PollFilter) string {
	if f.Gaps {
		return "no poll on record for that time found an open gap"
	}
	return "no poll is on record for that time"
}

func (p *program) printPolls(list []dewline.PollDocument) error {
	t := newTable(p.stdout, "TIME", "FEED", "STATUS", "HTTP", "TOOK", "BYTES", "ENTRIES", "NEW", "CHANGED", "SEEN", "REJECTED", "MATCHES", "GAP")
	for _, d := range list {
		code := "-"
		if d.HTTPStatus > 0 {
			code = strconv.Itoa(d.HTTPStatus)
		}
		took := time.Duration(d.Took * float64(time.Second)).Round(time.Millisecond)
		t.row(d.At.Local().Format("2006-01-02 15:04:05 -0700"), d.Feed, outcome(&d), code, took.String(), strconv.FormatInt(d.Bytes, 10),
			strconv.Itoa(d.Entries), strconv.Itoa(d.New), strconv.Itoa(d.Changed), strconv.Itoa(d.Seen), rejected(d.Rejected), strconv.Itoa(d.Matches), gapCell(d.Gap))
	}
	return t.Flush()
}

// outcome is the status of a poll, and what sets its answer apart.
func outcome(d *dewline.PollDocument) string {
	var apart []string
	if d.Pushed {
		apart = append(apart, "pushed")
	}
	switch {
	case d.Identical:
		apart = append(apart, "same bytes")
	case d.NotModified:
		apart = append(apart, "not modified")
	}
	if d.Older > 0 {
		apart = append(apart, fmt.Sprintf("%d on older pages", d.Older))
	}
	if len(apart) == 0 {
		return string(d.Status)
	}
	return fmt.Sprintf("%s (%s)", d.Status, strings.Join(apart, ", "))
}

// gapCell says whether items may have passed unseen before the poll, and since when.
func gapCell(g *dewline.Gap) string {
	switch {
	case g == nil:
		return "-"
	case g.Closed:
		return fmt.Sprintf("closed (%d found)", g.Found)
	}
	from, to := g.From.Local(), g.To.Local()
	until := to.Format("15:04")
	if from.Format(time.DateOnly) != to.Format(time.DateOnly) {
		until = to.Format("2006-01-02 15:04")
	}
	return fmt.Sprintf("open: between %s and %s", from.Format("2006-01-02 15:04"), until)
}

// rejected are the sums of what was rejected, by reason.
func rejected(by map[dewline.Rejection]int) string {
	if len(by) == 0 {
		return "0"
	}
	var parts []string
	for reason, n := range by {
		parts = append(parts, fmt.Sprintf("%d %s", n, reason))
	}
	slices.Sort(parts)
	return strings.Join(parts, ", ")
}
