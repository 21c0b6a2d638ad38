package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"dewline"
	"dewline/config"
	"dewline/monitor"

	"github.com/spf13/cobra"
)

func (p *program) feedsCheck() *cobra.Command {
	return &cobra.Command{
		Use:   "check URL",
		Short: "Fetch one address as the daemon would, and say what it found",
		Long: `Check shows status, redirects, type, encoding, the items with their dates and ids,
whether the server's validators work, and when the daemon would poll next. For a
web page it names the feeds that the page advertises, and proposes selectors for its
list of news, as YAML to paste into config.yaml. A page or sitemap that is configured is
read as configured. Nothing is stored.

The exit status is 0 where the address is read, or is a page with a list that page: auto
would find; else 1.

The limits are those of the configuration, where there is one.`,
		Example: "  dewline feeds check https://www.gov.uk/government/organisations/ministry-of-defence.atom",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, err := p.loadOrDefault()
			if err != nil {
				return err
			}
			return p.checkFeed(cmd.Context(), cfg, args[0])
		},
	}
}

// loadOrDefault is the configuration, or the defaults where none was named and
// none is there.
func (p *program) loadOrDefault() (*config.Config, error) {
	if _, err := config.Find(p.configFlag); err != nil && p.configFlag == "" {
		return config.Default(), nil
	}
	return p.load()
}

// feedAt is the configured feed with this address, with its headers, account,
// proxy and schedule, or one with what holds for all.
func feedAt(cfg *config.Config, address string) (dewline.Feed, error) {
	for _, f := range cfg.Feeds {
		if f.URL == address {
			return f, nil
		}
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return dewline.Feed{}, usagef("%q is not an address: write http://… or https://…", address)
	}
	return dewline.Feed{Name: u.Host + u.Path, URL: address, Schedule: cfg.Fetch.Schedule, Route: cfg.Fetch.Route, Push: cfg.Pushes()}, nil
}

func (p *program) checkFeed(ctx context.Context, cfg *config.Config, address string) error {
	feed, err := feedAt(cfg, address)
	if err != nil {
		return err
	}
	var lists proposing
	client := fetcherWith(cfg.Fetch, lists.parse)
	defer client.Close()
	began := time.Now()
	resp := client.Fetch(ctx, feed, dewline.FeedState{})
	took := time.Since(began)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	out := p.stdout
	fmt.Fprintf(out, "address     %s\n", clean(address))
	printAnswer(out, &resp, took)
	printBody(out, &resp)
	printHubs(out, cfg, feed.Push, &resp)
	if resp.Status.Read() {
		p.printValidators(ctx, client, feed, &resp)
	}
	if due, err := monitor.Next(feed, &resp, began); err == nil {
		fmt.Fprintf(out, "next poll   %s (schedule %s)\n", when(due), feed.Schedule)
	}
	printAdvertised(out, &resp)
	lists.print(out, address)
	if resp.Status.Read() || feed.Page == nil && lists.sure() {
		return nil
	}
	return errors.New("this address cannot be read as a feed: " + string(resp.Status))
}

func printAnswer(out io.Writer, resp *dewline.Response, took time.Duration) {
	fmt.Fprintf(out, "status      %s", resp.Status)
	if resp.HTTPStatus != 0 {
		fmt.Fprintf(out, " (HTTP %d)", resp.HTTPStatus)
	}
	fmt.Fprintf(out, ", %d bytes in %s\n", resp.WireBytes, took.Round(time.Millisecond))
	if resp.Detail != "" {
		fmt.Fprintf(out, "            %s\n", clean(resp.Detail))
	}
	for _, r := range resp.Redirects {
		fmt.Fprintf(out, "redirect    %d to %s\n", r.HTTPStatus, clean(r.To))
	}
	if resp.MovedTo != "" {
		fmt.Fprintf(out, "moved       for good: configure %s\n", clean(resp.MovedTo))
	}
	if resp.RetryAfter > 0 {
		fmt.Fprintf(out, "retry after %s, as the server asks\n", resp.RetryAfter)
	}
}

func printBody(out io.Writer, resp *dewline.Response) {
	for _, line := range []struct{ name, value string }{
		{"type", resp.ContentType}, {"format", resp.Format}, {"encoding", resp.Charset},
		{"title", resp.Title}, {"about", shorten(resp.Description)}, {"by", strings.Join(resp.Authors, ", ")},
		{"categories", strings.Join(resp.Categories, ", ")}, {"link", resp.Link}, {"id", resp.ID}, {"language", resp.Language},
		{"updated", dateOrNone(resp)},
	} {
		if line.value != "" {
			fmt.Fprintf(out, "%-11s %s\n", line.name, clean(line.value))
		}
	}
	if resp.List != nil {
		fmt.Fprintf(out, "list found  %s\n", clean(resp.List.String()))
	}
	if len(resp.Entries) == 0 {
		return
	}
	fmt.Fprintf(out, "items       %d\n", len(resp.Entries))
	for i := range resp.Entries {
		printItem(out, resp.Entries[i].Make())
	}
	for reason, n := range resp.Rejected {
		fmt.Fprintf(out, "rejected    %d (%s)\n", n, reason)
	}
}

// printHubs names the hubs that push the feed's news, and says whether they are
// subscribed at.
func printHubs(out io.Writer, cfg *config.Config, wanted bool, resp *dewline.Response) {
	for _, hub := range resp.Offer.Hubs {
		fmt.Fprintf(out, "hub         %s, for %s\n", clean(hub), clean(resp.Offer.Topic))
	}
	switch {
	case resp.Offer.IsZero():
	case wanted:
		fmt.Fprintln(out, "            the daemon subscribes there: news are pushed")
	case cfg.Fetch.WebSub == "auto" && !cfg.HTTP.Public:
		fmt.Fprintf(out, "            not subscribed at: hubs cannot reach %s; set http.base_url to an address that they can, or websub: on for a hub on your own network\n", cfg.HTTP.BaseURL)
	default:
		fmt.Fprintln(out, "            not subscribed at: websub is off")
	}
}

// maxAbout is how much of a feed's description is shown, in characters.
const maxAbout = 200

// shorten keeps a description on a line or two.
func shorten(s string) string {
	if r := []rune(s); len(r) > maxAbout {
		return string(r[:maxAbout]) + "…"
	}
	return s
}

// dateOrNone is when the feed says that it was last made; empty if it does not.
func dateOrNone(resp *dewline.Response) string {
	if at := cmp.Or(resp.Updated, resp.Published); !at.IsZero() {
		return when(at)
	}
	return ""
}

func printItem(out io.Writer, it dewline.Item) {
	date := when(it.Claimed())
	if it.Claimed().IsZero() {
		date = "no date"
		if it.PublishedAs != "" {
			date = "unreadable date " + it.PublishedAs
		}
	}
	fmt.Fprintf(out, "  - %s\n    %s  id %s\n    %s\n", clean(it.Title), clean(date), clean(orDash(it.GUID)), clean(orDash(it.URL)))
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// printValidators asks once more with what the server gave, as the next poll
// would.
func (p *program) printValidators(ctx context.Context, client monitor.Fetcher, feed dewline.Feed, first *dewline.Response) {
	if first.ETag == "" && first.LastModified == "" {
		fmt.Fprintln(p.stdout, "validators  none: every poll transfers the whole feed")
		return
	}
	again := client.Fetch(ctx, feed, dewline.FeedState{URL: feed.URL, ETag: first.ETag, LastModified: first.LastModified})
	given := fmt.Sprintf("ETag %s, Last-Modified %s", orDash(first.ETag), orDash(first.LastModified))
	switch {
	case again.NotModified:
		fmt.Fprintf(p.stdout, "validators  work: asked again, the server answered 304 (%s)\n", clean(given))
	default:
		fmt.Fprintf(p.stdout, "validators  do not work: asked again with them, the server answered %d (%s)\n", again.HTTPStatus, clean(given))
	}
}

func printAdvertised(out io.Writer, resp *dewline.Response) {
	if len(resp.Advertised) == 0 {
		if resp.Status == dewline.StatusHTML {
			fmt.Fprintln(out, "This is a web page, and it advertises no feed.")
		}
		return
	}
	fmt.Fprintln(out, "This is a web page. It advertises these feeds:")
	for _, l := range resp.Advertised {
		fmt.Fprintf(out, "  %s  %s  %s\n", clean(l.URL), clean(l.Type), clean(l.Title))
	}
}
