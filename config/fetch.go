package config

import (
	"fmt"
	"net/netip"
	"strings"
	"time"

	"dewline"

	"golang.org/x/net/http/httpguts"
)

func (l *loader) fetch(s *fetchSection) Fetch {
	return Fetch{
		Schedule:     l.schedule(s.Schedule),
		WebSub:       l.websub(s.WebSub),
		Timeout:      l.duration(s.Timeout, time.Hour),
		MaxBody:      l.bytes(s.MaxBody, 1<<30),
		Concurrency:  l.number(s.Concurrency, 1, 10000),
		PerSite:      l.number(s.PerSite, 1, 1000),
		UserAgent:    l.userAgent(s.UserAgent),
		AllowPrivate: l.networks(s.AllowPrivate),
		Route:        dewline.Route{Proxy: l.proxy(s.Proxy, s.ProxyFile), CA: l.certificates(s.CAFile)},
	}
}

// schedule reads a schedule. Days and weeks after @every are ours; they are
// written as hours for the room that keeps the time.
func (l *loader) schedule(s text) string {
	value := strings.TrimSpace(s.value)
	switch {
	case s.failed:
		return ""
	case s.set && value == "":
		l.wrong(s.scalar, "`schedule:` is empty", `write "@every 15m" or a cron expression, or remove the key`)
		return ""
	}
	value = inHours(value)
	if value != s.value { // then a position in it would not be one in the file
		if err := l.checkSchedule(value); err != nil {
			l.wrong(s.scalar, err.Error(), "")
		}
		return value
	}
	l.syntaxCheck(s.scalar, l.checks.Schedule, value)
	return value
}

// inHours writes the days and weeks of a schedule as hours.
func inHours(schedule string) string {
	if every, ok := strings.CutPrefix(schedule, "@every "); ok && strings.ContainsAny(every, "dw") {
		if d, err := ParseDuration(strings.TrimSpace(every)); err == nil {
			return "@every " + d.String()
		}
	}
	bounds, ok := strings.CutPrefix(schedule, "adaptive ")
	least, most, two := strings.Cut(bounds, "..")
	if ok && two && strings.ContainsAny(bounds, "dw") {
		from, err1 := ParseDuration(strings.TrimSpace(least))
		to, err2 := ParseDuration(strings.TrimSpace(most))
		if err1 == nil && err2 == nil {
			return fmt.Sprintf("adaptive %s..%s", from, to)
		}
	}
	return schedule
}

func (l *loader) checkSchedule(value string) error {
	if l.checks.Schedule == nil {
		return nil
	}
	return l.checks.Schedule(value)
}

func (l *loader) userAgent(s text) string {
	if s.set && (s.value == "" || !httpguts.ValidHeaderFieldValue(s.value)) {
		l.wrong(s.scalar, "`user_agent:` is empty or holds a line break", "")
	}
	return s.value
}

func (l *loader) networks(list words) []netip.Prefix {
	var all []netip.Prefix
	for _, each := range list.items {
		p, err := netip.ParsePrefix(each.value)
		if err != nil {
			hint := "write a network, such as 127.0.0.0/8 or fd00::/8"
			if ip, err := netip.ParseAddr(each.value); err == nil {
				hint = fmt.Sprintf("for this one address write %s/%d", ip, ip.BitLen())
			}
			l.wrong(each.scalar, fmt.Sprintf("%q is not a network (CIDR)", each.value), hint)
			continue
		}
		all = append(all, p.Masked())
	}
	return all
}
