package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"dewline"

	"github.com/spf13/cobra"
)

func (p *program) itemCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "item ID",
		Short: "One item, its versions and their difference",
		Long: `Item shows what is known of one item: where and when it was seen, what became of
its full text, what matched, what was told, and its versions with what each changed
of the one before: [-deleted words-] and {+inserted ones+}.

The id stands in every alert, on the item's page and behind each result of search.`,
		Example: `  dewline item 9869f100acdc938f6a6a818024d9a2bb
  dewline item 9869f100acdc938f6a6a818024d9a2bb --json`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			key, err := dewline.ParseKey(args[0])
			if err != nil {
				return usageError{err}
			}
			return p.onStore(cmd.Context(), job{work: func(ctx context.Context, s *setup) error {
				return p.item(ctx, s, key, asJSON)
			}})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object, as /api/v1/items/{id} answers")
	return cmd
}

func (p *program) item(ctx context.Context, s *setup, key dewline.Key, asJSON bool) error {
	versions, err := s.db.Versions(ctx, key)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no item %s in this store", key)
	}
	if err != nil {
		return err
	}
	matches, err := s.db.MatchesOf(ctx, key)
	if err != nil {
		return err
	}
	told, err := s.db.Deliveries(ctx, dewline.DeliveryFilter{Item: key, Since: versions[0].FirstSeen})
	if err != nil {
		return err
	}
	page, err := s.db.Watched(ctx, key)
	if err != nil {
		return err
	}
	_, ran, err := s.db.Story(ctx, key, storyShown)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if asJSON {
		enc := json.NewEncoder(p.stdout)
		enc.SetEscapeHTML(false)
		return enc.Encode(dewline.History(versions, matches, told, page, ran, s.cfg.HTTP.BaseURL))
	}
	var b strings.Builder
	writeItem(&b, &versions[len(versions)-1])
	fact(&b, "page", page.String())
	writeMatches(&b, matches)
	writeStory(&b, key, ran)
	if _, err := p.stdout.Write([]byte(b.String())); err != nil {
		return err
	}
	if len(told) > 0 {
		fmt.Fprintln(p.stdout, "\ndeliveries")
		if err := p.printDeliveries(told); err != nil {
			return err
		}
	}
	return p.printVersions(versions)
}

// storyShown is how many items of a story are listed.
const storyShown = 100

// writeStory says where else a statement ran.
func writeStory(b *strings.Builder, item dewline.Key, ran []dewline.Member) {
	for _, run := range dewline.Runs(ran) {
		if run.Item == item {
			continue
		}
		differs := make([]string, 0, len(run.Differs))
		for _, d := range run.Differs {
			differs = append(differs, d.String())
		}
		said := fmt.Sprintf("%s  %s  %s  %s", when(run.FirstSeen), run.Feed, run.Item, run.Title)
		if len(differs) > 0 {
			said += "  differs: " + strings.Join(differs, "; ")
		}
		fact(b, "also", said)
	}
}

// writeItem says what is known of an item as it stands.
func writeItem(b *strings.Builder, it *dewline.Item) {
	title := it.Title
	if title == "" {
		title = "(no title)"
	}
	fmt.Fprintf(b, "%s\n\n", clean(title))
	for _, f := range it.Feeds() {
		fact(b, "feed", strings.TrimSpace(f.Name+"  "+f.URL+"  "+strings.Join(f.Tags, ", ")))
	}
	fact(b, "address", it.URL)
	fact(b, "id", it.Key.String())
	fact(b, "guid", it.GUID)
	fact(b, "first seen", when(it.FirstSeen))
	fact(b, "published", dated(it.Dated(), it.PublishedAs))
	fact(b, "updated", dated(it.Updated, it.UpdatedAs))
	fact(b, "language", it.Language)
	fact(b, "authors", strings.Join(it.Authors, ", "))
	fact(b, "categories", strings.Join(it.Categories, ", "))
	fact(b, "source", it.Source.String())
	fact(b, "full text", strings.TrimSuffix(string(it.FullText.State)+": "+it.FullText.Detail, ": "))
	fact(b, "identity", it.Identity)
}

// fact writes a line, of what is known.
func fact(b *strings.Builder, name, value string) {
	if value != "" {
		fmt.Fprintf(b, "%-11s %s\n", name, clean(value))
	}
}

// dated is a date as the source gives it.
func dated(at time.Time, as string) string {
	if at.IsZero() && as != "" {
		return fmt.Sprintf("%q, as the source writes it", as)
	}
	return when(at)
}

func writeMatches(b *strings.Builder, matches []dewline.Match) {
	if len(matches) == 0 {
		b.WriteString("\nno rule matched\n")
		return
	}
	b.WriteString("\nmatches\n")
	for _, m := range matches {
		fmt.Fprintf(b, "rule %s  first matched %s  judged in version %d\n", clean(m.Rule.Name), when(m.At), m.Version)
		said := make(map[[3]string]bool)
		for _, h := range m.Hits {
			if at := [3]string{h.Term, h.Field, h.Text}; !said[at] {
				said[at] = true
				fmt.Fprintf(b, "    %s in the %s: %s\n", clean(h.Term), h.Field, clean(h.Text))
			}
		}
	}
}

// printVersions prints the versions, the oldest first, each with its edits.
func (p *program) printVersions(versions []dewline.Item) error {
	fmt.Fprintln(p.stdout, "\nversions")
	for i := range versions {
		v := &versions[i]
		if _, err := fmt.Fprintf(p.stdout, "%d. stored %s  published %s  updated %s\n", v.Version, when(v.Changed),
			dated(v.Dated(), v.PublishedAs), dated(v.Updated, v.UpdatedAs)); err != nil {
			return err
		}
		if i == 0 {
			continue
		}
		for _, d := range dewline.DiffItems(&versions[i-1], v) {
			fmt.Fprintf(p.stdout, "    %s: %s\n", d.Field, editLine(d.Edits))
		}
	}
	return nil
}

// editContext is how many unchanged words are shown on either side of a change.
const editContext = 12

// editLine shows edits as wdiff does, on one line.
func editLine(edits []dewline.Edit) string {
	var b strings.Builder
	for _, e := range dewline.ShortenEdits(edits, editContext) {
		text := strings.ReplaceAll(e.Text, "\n\n", " ¶ ")
		switch e.Op {
		case dewline.EditDelete:
			fmt.Fprintf(&b, "[-%s-]", text)
		case dewline.EditInsert:
			fmt.Fprintf(&b, "{+%s+}", text)
		case dewline.EditSkip:
			b.WriteString(" … ")
		default:
			b.WriteString(text)
		}
	}
	return strings.TrimSpace(clean(b.String()))
}
