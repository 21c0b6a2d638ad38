package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"dewline"
	"dewline/monitor"
	"dewline/store"

	"github.com/spf13/cobra"
)

func (p *program) pollCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "poll [FEED…]",
		Short: "Poll now, print what is new and what matched, exit",
		Long: `Poll asks the named feeds, or all, at once, due or not, and prints what became of
each. Alerts are queued as by the daemon, which sends them; while a daemon runs,
it is the one that polls. Of feeds with full_text the articles that are due are
fetched too; a running daemon goes on with them by itself.

The exit status is 1 where not one of the feeds could be read.`,
		Example: `  dewline poll
  dewline poll "UK MOD" --json`,
		RunE: func(cmd *cobra.Command, names []string) error {
			return p.onStore(cmd.Context(), job{creates: true, work: func(ctx context.Context, s *setup) error {
				return p.poll(ctx, s, names, asJSON)
			}})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object a feed")
	return cmd
}

// pollers is how many polls `dewline poll` begins at once; the fetcher's limits
// decide how many requests that makes.
const pollers = 256

func (p *program) poll(ctx context.Context, s *setup, names []string, asJSON bool) error {
	feeds := s.cfg.Feeds
	if len(names) > 0 {
		feeds = nil
		for _, name := range names {
			f, err := s.feed(name)
			if err != nil {
				return usageError{err}
			}
			feeds = append(feeds, f)
		}
	}
	show := &pollReport{db: s.db, w: p.stdout, asJSON: asJSON, bar: p.progress("polling", int64(len(feeds)), false)}
	queue := make(chan dewline.Feed)
	var work sync.WaitGroup
	for range min(pollers, len(feeds)) {
		work.Go(func() {
			for f := range queue {
				out, err := s.monitor.Poll(ctx, f.Key())
				var texts []monitor.TextOutcome
				if err == nil && f.FullText && p.inside == nil {
					err = s.monitor.FetchTexts(ctx, f.Key(), func(t monitor.TextOutcome) { texts = append(texts, t) })
				}
				show.add(ctx, f, out, texts, err)
			}
		})
	}
	for _, f := range feeds {
		queue <- f
	}
	close(queue)
	work.Wait()
	return show.end(p.stderr, len(feeds))
}

// pollReport prints the outcomes as they come in.
type pollReport struct {
	db     *store.DB
	w      io.Writer
	asJSON bool
	bar    progress

	mu     sync.Mutex // guards what follows
	read   int
	queued int
	errs   []error
}

// add prints an outcome, or notes why there is none.
func (r *pollReport) add(ctx context.Context, f dewline.Feed, out monitor.Outcome, texts []monitor.TextOutcome, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bar.aside()
	defer r.bar.add(1)
	if err != nil {
		r.errs = append(r.errs, fmt.Errorf("%s: %w", f.Name, err))
		return
	}
	if out.Poll.Status.Read() {
		r.read++
	}
	for _, m := range out.Matches {
		r.queued += len(m.Alert)
	}
	for _, t := range texts {
		for _, m := range t.Matches {
			r.queued += len(m.Alert)
		}
	}
	if r.asJSON {
		err = r.document(ctx, out, texts)
	} else if err = printPoll(r.w, out); err == nil {
		err = printTexts(r.w, texts)
	}
	if err != nil {
		r.errs = append(r.errs, err)
	}
}

func (r *pollReport) document(ctx context.Context, out monitor.Outcome, texts []monitor.TextOutcome) error {
	doc, err := newPollDocument(ctx, r.db, out)
	if err != nil {
		return err
	}
	for _, t := range texts {
		doc.Texts = append(doc.Texts, textDocument{t.Item.Key, t.Item.FullText.State, t.Item.FullText.Detail, append([]dewline.Match{}, t.Matches...)})
	}
	return json.NewEncoder(r.w).Encode(doc)
}

func (r *pollReport) end(stderr io.Writer, feeds int) error {
	r.bar.end()
	if r.queued > 0 {
		fmt.Fprintf(stderr, "up to %s queued; the daemon sends them\n", dewline.Counted(r.queued, "alert"))
	}
	if len(r.errs) > 0 {
		return errors.Join(r.errs...)
	}
	if r.read == 0 && feeds > 0 {
		return fmt.Errorf("not one of %s could be read", dewline.Counted(feeds, "feed"))
	}
	return nil
}

func printPoll(w io.Writer, out monitor.Outcome) error {
	poll := out.Poll
	line := fmt.Sprintf("%s: %s", out.Feed.Name, poll.Status)
	switch {
	case poll.NotModified:
		line += ", not modified"
	case poll.Status.Read():
		line += fmt.Sprintf(", %d items: %d new, %d changed, %d seen", poll.Entries, poll.New, poll.Changed, poll.Seen)
		for reason, n := range poll.Rejected {
			line += fmt.Sprintf(", %d rejected (%s)", n, reason)
		}
	}
	if poll.Detail != "" {
		line += " – " + poll.Detail
	}
	if _, err := fmt.Fprintln(w, clean(line)); err != nil {
		return err
	}
	titles := make(map[dewline.Key]string)
	for _, list := range []struct {
		sign  string
		items []dewline.Item
	}{{"+", out.New}, {"~", out.Changed}, {"=", out.Joined}} {
		for _, it := range list.items {
			titles[it.Key] = it.Title
			if _, err := fmt.Fprintf(w, "  %s %s  %s\n", list.sign, clean(it.Title), clean(it.URL)); err != nil {
				return err
			}
		}
	}
	for _, m := range out.Matches {
		if _, err := fmt.Fprintf(w, "  ! %s: %s\n      %s\n", m.Rule.Name, clean(titles[m.Item]), clean(m.Snippet)); err != nil {
			return err
		}
	}
	return nil
}

// printTexts prints what became of the articles of a feed.
func printTexts(w io.Writer, texts []monitor.TextOutcome) error {
	for _, t := range texts {
		it := t.Item
		if _, err := fmt.Fprintf(w, "  text %s: %s (%s)\n", it.FullText.State, clean(it.Title), clean(it.FullText.Detail)); err != nil {
			return err
		}
		for _, m := range t.Matches {
			if _, err := fmt.Fprintf(w, "  ! %s: %s\n      %s\n", m.Rule.Name, clean(it.Title), clean(m.Snippet)); err != nil {
				return err
			}
		}
	}
	return nil
}

// pollDocument is the JSON form of an outcome.
type pollDocument struct {
	Poll    dewline.PollDocument   `json:"poll"`
	New     []dewline.ItemDocument `json:"new"`
	Changed []dewline.ItemDocument `json:"changed"`
	Matches []dewline.Match        `json:"matches"`
	Texts   []textDocument         `json:"texts,omitempty"` // the articles that were fetched
}

// textDocument is the JSON form of an article that was fetched.
type textDocument struct {
	Item    dewline.Key       `json:"item"`
	State   dewline.TextState `json:"state"`
	Detail  string            `json:"detail"`
	Matches []dewline.Match   `json:"matches"` // of the item with its text
}

// newPollDocument shows the items as the store has them: it knows when each was
// first seen.
func newPollDocument(ctx context.Context, db *store.DB, out monitor.Outcome) (pollDocument, error) {
	doc := pollDocument{Poll: out.Poll.Document(out.Feed.Name), Matches: append([]dewline.Match{}, out.Matches...)}
	var err error
	if doc.New, err = storedItems(ctx, db, out.New); err != nil {
		return doc, err
	}
	doc.Changed, err = storedItems(ctx, db, out.Changed)
	return doc, err
}

func storedItems(ctx context.Context, db *store.DB, items []dewline.Item) ([]dewline.ItemDocument, error) {
	docs := make([]dewline.ItemDocument, len(items))
	for i, it := range items {
		stored, err := db.Item(ctx, it.Key)
		if err != nil {
			return nil, err
		}
		docs[i] = stored.Document()
	}
	return docs, nil
}
