package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"dewline"
	"dewline/config"
	"dewline/fetcher"
	"dewline/monitor"
	"dewline/websub"
)

func (s *setup) newPush(log *slog.Logger) *websub.Subscriber {
	feeds := make(map[dewline.Key]dewline.Feed)
	for _, f := range s.cfg.Feeds {
		if f.Push {
			feeds[f.Key()] = f
		}
	}
	return websub.New(websub.Options{
		Store: s.db, Sink: pushed{s, feeds}, Transport: fetcher.NewTransport(s.cfg.Fetch.AllowPrivate), UserAgent: s.cfg.Fetch.UserAgent,
		Base: s.cfg.HTTP.BaseURL, Own: ownNetwork(s.cfg.Fetch), Feeds: s.cfg.Feeds, MaxBody: s.cfg.Fetch.MaxBody, Log: log,
	})
}

// openPush lets the subscriber begin, once no other one works over the store.
func (s *setup) openPush(ctx context.Context) error {
	states, err := s.db.Feeds(ctx)
	if err != nil {
		return err
	}
	return s.push.Open(ctx, states)
}

// ownNetwork tells whether a hub is on one of the networks that may be asked
// although they are not public. Names are not resolved for this: they may resolve
// to anything later.
func ownNetwork(f config.Fetch) func(*url.URL) bool {
	return func(hub *url.URL) bool {
		host := hub.Hostname()
		if strings.EqualFold(host, "localhost") {
			host = "127.0.0.1"
		}
		ip, err := netip.ParseAddr(host)
		for _, own := range f.AllowPrivate {
			if err == nil && own.Contains(ip.Unmap()) {
				return true
			}
		}
		return false
	}
}

// pushed brings what hubs sent through the parser to the monitor, as a poll's body
// comes there.
type pushed struct {
	s     *setup
	feeds map[dewline.Key]dewline.Feed
}

// Push takes in a body.
func (p pushed) Push(ctx context.Context, feed dewline.Key, contentType string, body []byte) error {
	configured, ok := p.feeds[feed]
	if !ok || configured.Sitemap != nil {
		return errors.New("what was pushed is of no feed that can be read so")
	}
	resp := p.s.fetcher.Pushed(ctx, configured, contentType, body)
	if resp.Status != dewline.StatusOK && resp.Status != dewline.StatusCut {
		return fmt.Errorf("what was pushed is no news: %s %s", resp.Status, resp.Detail)
	}
	out, err := p.s.monitor.Push(ctx, feed, resp)
	switch {
	case errors.Is(err, monitor.ErrBusy):
		return websub.ErrBusy
	case err != nil:
		return err
	case out.Poll.Status != dewline.StatusOK:
		return fmt.Errorf("not all of what was pushed was taken in: %s", out.Poll.Detail)
	}
	return nil
}

// Hasten has a feed polled.
func (p pushed) Hasten(feed dewline.Key, at time.Time) { p.s.monitor.Hasten(feed, at) }
