package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"dewline"

	"github.com/spf13/cobra"
)

func (p *program) searchCommand() *cobra.Command {
	var (
		since  string
		limit  int
		asJSON bool
	)
	cmd := &cobra.Command{
		Use:   "search QUERY",
		Short: "Run a query over the stored items",
		Long: `Search puts a query to every stored item, the newest first by first sight, and
prints what a rule of this query would have matched: the words that it found are
in brackets. Items are judged in their newest version.

A query that begins with a hyphen stands behind --.`,
		Example: `  dewline search 'anti-missile OR @missile-defence' --since 30d
  dewline search '"Iron Dome" feed:MOD' --limit 0 --json
  dewline search -- '-test title:missile'`,
		Args: oneQuery,
		RunE: func(cmd *cobra.Command, args []string) error {
			from, err := sinceTime(since, time.Now())
			if err == nil && limit < 0 {
				err = fmt.Errorf("--limit %d: write how many are wanted, or 0 for all", limit)
			}
			if err != nil {
				return usageError{err}
			}
			return p.onStore(cmd.Context(), job{work: func(ctx context.Context, s *setup) error {
				q, err := s.search.read(args[0])
				if err != nil {
					return usageError{pointAt(args[0], err)}
				}
				p.warn(args[0], q.query)
				return p.search(ctx, s, q, from, limit, asJSON)
			}})
		},
	}
	behindHyphens(cmd)
	cmd.Flags().StringVar(&since, "since", "", "only what was first seen in the last `duration`, such as 12h or 30d")
	cmd.Flags().IntVar(&limit, "limit", 100, "at most so many; 0 is all")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object for each item: the data of a webhook, without its rule")
	return cmd
}

// oneQuery is for who forgot the quotation marks of the shell.
func oneQuery(cmd *cobra.Command, args []string) error {
	switch len(args) {
	case 0:
		return usagef("which query? as in %s 'anti-missile OR THAAD'", cmd.CommandPath())
	case 1:
		return nil
	}
	return usagef("a query is one argument; write it in quotation marks, as in %s '%s'", cmd.CommandPath(), strings.Join(args, " "))
}

// search prints what is found, page by page.
func (p *program) search(ctx context.Context, s *setup, q *search, since time.Time, limit int, asJSON bool) error {
	show := newSearchReport(p, s.cfg.HTTP.BaseURL, limit, asJSON)
	counts, err := s.db.Counts(ctx)
	if err != nil {
		return err
	}
	total := int64(counts.Items)
	if !since.IsZero() {
		total = -1 // nobody knows
	}
	show.bar = p.progress("searching", total, false)
	defer show.bar.end()
	looked := 0
	for before := uint64(0); ; {
		page, err := q.sift(ctx, before, since)
		if err != nil {
			return err
		}
		looked += page.Looked
		if err := show.page(page); err != nil {
			return err
		}
		if before = page.Next; before == 0 || show.more {
			break
		}
	}
	show.bar.end()
	switch {
	case show.more:
		fmt.Fprintf(p.stderr, "there are more than these %d; --limit 0 prints all\n", limit)
	case show.printed == 0:
		fmt.Fprintf(p.stderr, "nothing was found in %s\n", dewline.Counted(looked, "item"))
	}
	return nil
}

// searchReport prints what was found as it comes in.
type searchReport struct {
	out     *bufio.Writer
	enc     *json.Encoder // nil: for people
	baseURL string
	limit   int // 0: no end
	bar     progress

	printed int
	more    bool // than the limit
}

func newSearchReport(p *program, baseURL string, limit int, asJSON bool) *searchReport {
	r := &searchReport{out: bufio.NewWriterSize(p.stdout, 64<<10), baseURL: baseURL, limit: limit}
	if asJSON {
		r.enc = json.NewEncoder(r.out)
		r.enc.SetEscapeHTML(false)
	}
	return r
}

func (r *searchReport) page(s dewline.Sifted) error {
	if len(s.Found) > 0 {
		r.bar.aside()
	}
	for i := range s.Found {
		if r.limit > 0 && r.printed == r.limit {
			r.more = true
			break
		}
		if err := r.print(&s.Found[i]); err != nil {
			return err
		}
		r.printed++
	}
	r.bar.add(s.Looked)
	return r.out.Flush()
}

func (r *searchReport) print(f *dewline.Found) error {
	if r.enc != nil {
		return r.enc.Encode(f.Document(r.baseURL))
	}
	it := &f.Item
	_, err := fmt.Fprintf(r.out, "%s  %s\n    %s, first seen %s\n", clean(it.Feed.Name), titled(f), claimed(it), when(it.FirstSeen))
	for _, line := range []string{bracketed(dewline.MarkWords(f.Snippet, f.Hits)), it.URL, "item " + it.Key.String()} {
		if err == nil && line != "" {
			_, err = fmt.Fprintf(r.out, "    %s\n", clean(line))
		}
	}
	return err
}

// titled is the title with what was found in it.
func titled(f *dewline.Found) string {
	if f.Item.Title == "" {
		return "(untitled)"
	}
	return clean(bracketed(dewline.Mark(f.Item.Title, dewline.FieldTitle, f.Hits)))
}

// claimed is the date that the source gives an item, in words.
func claimed(it *dewline.Item) string {
	at, as := it.Dated(), it.PublishedAs
	if at.IsZero() && as == "" {
		at, as = it.Updated, it.UpdatedAs
	}
	switch {
	case !at.IsZero():
		return "dated " + when(at)
	case as != "":
		return clean(fmt.Sprintf("dated %q", as))
	}
	return "undated"
}

// bracketed is a text with its marks as brackets, as explain has them.
func bracketed(all []dewline.Span) string {
	var b strings.Builder
	for _, s := range all {
		if s.Marked {
			b.WriteString("[" + s.Text + "]")
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}
