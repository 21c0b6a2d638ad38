package main

import (
	"fmt"
	"io"
	"strings"

	"dewline"
	"dewline/config"
	"dewline/parser"
)

// shownItems is how many items of a list are shown for a person to judge it.
const shownItems = 5

// proposing is a parser that also looks for the lists of a web page.
type proposing struct{ found parser.Proposals }

func (p *proposing) parse(doc dewline.Document) dewline.Parsed {
	parsed := parser.Parse(doc)
	switch parsed.Status {
	case dewline.StatusHTML, dewline.StatusBrokenList, dewline.StatusNotFeed:
		doc.Feed.Page, doc.Feed.Sitemap = nil, nil
		p.found = parser.Propose(doc)
	}
	return parsed
}

// sure reports whether page: auto would read the page.
func (p *proposing) sure() bool { return len(p.found.Lists) > 0 && p.found.Lists[0].Sure() }

// print writes the proposals as YAML to be pasted, each with the items that it gives.
func (p *proposing) print(out io.Writer, address string) {
	if p.found.Sitemap != nil {
		p.printSitemap(out, address)
		return
	}
	if len(p.found.Lists) == 0 {
		if p.found.Why != "" {
			fmt.Fprintf(out, "No list to watch was found: %s.\n", clean(p.found.Why))
		}
		return
	}
	for i, l := range p.found.Lists {
		if i == 0 {
			fmt.Fprintf(out, "\nIt holds a list that `page:` can watch (confidence: %s; %s):\n\n", l.Confidence, clean(l.Because))
		} else {
			fmt.Fprintf(out, "\nOr this one (confidence: %s; %s):\n\n", l.Confidence, clean(l.Because))
		}
		fmt.Fprint(out, config.PageYAML(address, l.Page))
		fmt.Fprintf(out, "\nwhich gives %s:\n", dewline.Counted(len(l.Parsed.Entries), "item"))
		for k := range l.Parsed.Entries[:min(shownItems, len(l.Parsed.Entries))] {
			printListed(out, l.Parsed.Entries[k].Make())
		}
	}
	if p.sure() {
		fmt.Fprintln(out, "\nWith `page: auto` dewline finds the first one by itself, also when the page is rebuilt.")
	} else {
		fmt.Fprintln(out, "\nLook whether these are the news before you paste it: `page: auto` would not read it, for it is not sure.")
	}
}

// printSitemap shows what a sitemap at an address of no such feed would give.
func (p *proposing) printSitemap(out io.Writer, address string) {
	entries, parts := p.found.Sitemap.Entries, p.found.Sitemap.Parts
	if len(parts) > 0 {
		fmt.Fprintf(out, "This is an index of %s. To watch it:\n\n", dewline.Counted(len(parts), "sitemap"))
	} else {
		fmt.Fprintf(out, "This is a %s; addresses in it: %d. To watch it:\n\n", p.found.Sitemap.Format, len(entries))
	}
	fmt.Fprint(out, config.SitemapYAML(address))
	fmt.Fprintln(out, "\nWith match: /news/ only the addresses that hold this text are items. The first ones:")
	for i := range parts[:min(shownItems, len(parts))] {
		fmt.Fprintf(out, "  - %s  %s\n", clean(parts[i].URL), clean(parts[i].LastMod))
	}
	for i := range entries[:min(shownItems, len(entries))] {
		printListed(out, entries[i].Make())
	}
}

func printListed(out io.Writer, it dewline.Item) {
	date := "no date"
	switch {
	case !it.Published.IsZero():
		date = it.Published.Format("2006-01-02")
	case it.PublishedAs != "":
		date = "unreadable date " + it.PublishedAs
	}
	fmt.Fprintf(out, "  - %s\n    %s  %s\n", clean(it.Title), clean(date), clean(it.URL))
	if it.Summary != "" {
		const most = 100
		text := []rune(strings.ReplaceAll(it.Summary, "\n\n", " "))
		if len(text) > most {
			text = append(text[:most], '…')
		}
		fmt.Fprintf(out, "    %s\n", clean(string(text)))
	}
}
