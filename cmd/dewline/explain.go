package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"dewline"
	"dewline/filter"
	"dewline/parser"

	"github.com/rivo/uniseg"
	"github.com/spf13/cobra"
)

func (p *program) explainCommand() *cobra.Command {
	var language string
	cmd := &cobra.Command{
		Use:   "explain QUERY [FILE|-]",
		Short: "Does this text match, where and why",
		Long: `Explain shows a query as it is understood, which of its terms stand where in the
text, and, where it does not match, which part failed. The text comes from FILE,
or from standard input; it is plain text, HTML, or one item as export prints it.
With a query alone and a terminal, only the query is explained.

A query that begins with a hyphen stands behind --.`,
		Example: `  dewline explain 'anti-missile OR THAAD' statement.txt
  echo "a joint anti‑missile briefing" | dewline explain anti-missile -
  dewline explain '"missile defence" -test'
  dewline explain -- '-test missile' statement.txt`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			query, err := p.query(args[0])
			if err != nil {
				return err
			}
			text, given, err := p.explained(args[1:])
			if err != nil {
				return err
			}
			if !given {
				_, err := fmt.Fprintln(p.stdout, query)
				return err
			}
			item := itemOf(text)
			if language != "" {
				item.Language = language
			}
			_, err = fmt.Fprint(p.stdout, query.Explain(&item))
			return err
		},
	}
	behindHyphens(cmd)
	cmd.Flags().StringVar(&language, "language", "", "the text's language, such as `ru`")
	return cmd
}

// behindHyphens says to whom a query looks like a flag how to write it.
func behindHyphens(cmd *cobra.Command) {
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w; a query that begins with a hyphen stands behind --, as in %s -- '-test missile'", err, cmd.CommandPath())
	})
}

// query reads a query that may name the concepts of the configuration, where there
// is one, and the built-in ones. What is odd about it is said.
func (p *program) query(text string) (*filter.Query, error) {
	cfg, err := p.loadOrDefault()
	if err != nil {
		return nil, err
	}
	language, err := language(cfg.Concepts)
	if err != nil {
		return nil, err
	}
	query, err := language.Parse(text)
	if err != nil {
		return nil, usageError{pointAt(text, err)}
	}
	p.warn(text, query)
	return query, nil
}

// warn says what is odd about a query.
func (p *program) warn(text string, query *filter.Query) {
	for _, w := range query.Warnings() {
		fmt.Fprintln(p.stderr, "warning:", pointAt(text, w))
	}
}

// maxExplained is how much text is explained; the daemon's own limit for a body
// is of this order.
const maxExplained = 16 << 20

// explained reads the text, if one is given.
func (p *program) explained(args []string) (text []byte, given bool, err error) {
	r := p.stdin
	switch {
	case len(args) == 1 && args[0] != "-":
		f, err := os.Open(args[0])
		if err != nil {
			return nil, false, err
		}
		defer f.Close()
		r = f
	case len(args) == 0 && isTerminal(p.stdin):
		return nil, false, nil
	}
	text, err = io.ReadAll(io.LimitReader(r, maxExplained+1))
	if len(text) > maxExplained {
		return nil, false, fmt.Errorf("the text is longer than %d MiB", maxExplained>>20)
	}
	return text, len(text) > 0 || len(args) == 1, err
}

// itemOf makes an item of a text: one that export printed keeps its fields, of
// anything else the whole is content.
func itemOf(text []byte) dewline.Item {
	if doc, ok := exported(text); ok {
		it := dewline.Item{
			Key: doc.ID, Feed: doc.Feed, GUID: doc.GUID, URL: doc.URL, Title: doc.Title, Summary: doc.Summary,
			Authors: doc.Authors, Categories: doc.Categories, Language: doc.Language,
		}
		if doc.Content != nil {
			it.Content = *doc.Content
		}
		return it
	}
	content := strings.ToValidUTF8(string(text), "\uFFFD")
	if parser.IsHTML(content) {
		content = parser.Text(content)
	}
	return dewline.Item{Content: strings.ReplaceAll(content, "\r\n", "\n")}
}

func exported(text []byte) (doc dewline.ItemDocument, ok bool) {
	text = bytes.TrimSpace(text)
	if !bytes.HasPrefix(text, []byte("{")) {
		return doc, false
	}
	err := json.Unmarshal(text, &doc)
	return doc, err == nil && !doc.ID.IsZero()
}

// pointAt shows where in the query its faults are.
func pointAt(query string, err error) error {
	faults := dewline.SyntaxFaults(err)
	if len(faults) == 0 {
		return err
	}
	all := make([]string, len(faults))
	for i, f := range faults {
		before := query[:min(f.Offset, len(query))]
		all[i] = fmt.Sprintf("query, character %d: %v\n    %s\n    %s^", utf8.RuneCountInString(before)+1, f, query,
			strings.Repeat(" ", uniseg.StringWidth(before)))
	}
	return errors.New(strings.Join(all, "\n"))
}
