package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"dewline"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics answers /metrics. A scrape that cannot read the store fails as a
// whole: half a scrape would look like feeds that are gone.
func (s *site) metrics() http.Handler {
	reg := prometheus.NewRegistry()
	reg.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		status{s},
	)
	return promhttp.HandlerFor(reg, promhttp.HandlerOpts{
		ErrorHandling: promhttp.HTTPErrorOnError,
		ErrorLog:      slog.NewLogLogger(s.Log.Handler(), slog.LevelError),
	})
}

// status is the stored status as metrics, read when it is scraped.
type status struct{ *site }

func metric(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("dewline_"+name, help, labels, nil)
}

var (
	buildInfo      = metric("build_info", "Always 1; the labels say what runs.", "version", "goversion")
	readyNow       = metric("ready", "1 while polls can be committed and the store can be read, else 0.")
	ruleNumber     = metric("rules", "Configured rules.")
	feedNumber     = metric("feeds", "Configured feeds by the outcome of their last poll.", "status")
	feedUp         = metric("feed_up", "1 where the last poll read the feed as it should be, or it was never polled; else 0.", "feed")
	feedHealth     = metric("feed_health", "1 for the feed's state of health, 0 for each of the others.", "feed", "health")
	feedUnhealthy  = metric("feeds_unhealthy", "Feeds that are not well: neither ok, nor new, nor moved.")
	feedFailures   = metric("feed_consecutive_failures", "Polls failed in a row.", "feed")
	feedPolls      = metric("feed_polls_total", "Polls of the feed.", "feed")
	feedEntries    = metric("feed_entries_total", "Entries of all responses by what became of them: new, changed, seen, rejected. Their sum is all entries.", "feed", "outcome")
	feedLastPoll   = metric("feed_last_poll_timestamp_seconds", "When the feed was last polled; absent until it was.", "feed")
	feedLastOK     = metric("feed_last_success_timestamp_seconds", "When a poll of the feed was last answered well; absent until one was.", "feed")
	feedLastNew    = metric("feed_last_new_item_timestamp_seconds", "When a poll last brought a new item; absent until one did.", "feed")
	feedDue        = metric("feed_due_timestamp_seconds", "When the feed is to be polled next.", "feed")
	feedItems      = metric("feed_items_total", "Items ever stored of the feed.", "feed")
	gapNumber      = metric("feed_gaps_total", "Gaps in which items may have passed through the feed unseen: closed by older pages, or open.", "feed", "outcome")
	textsWaiting   = metric("feed_texts_pending", "Articles of the feed that are to be fetched; absent without full_text.", "feed")
	textNumber     = metric("feed_texts_total", "Articles of the feed by what became of them: fetched, kept (the feed's text stands), failed.", "feed", "outcome")
	pushNumber     = metric("websub_pushes_total", "What hubs, or others, sent since the start or the last reload: taken, repeated, bad-signature, unknown (to no subscription), refused (not read).", "outcome")
	subNumber      = metric("websub_subscriptions", "Feeds that name a hub that was asked, by the state of the best subscription.", "state")
	feedLastPush   = metric("feed_last_push_timestamp_seconds", "When a hub last pushed news of the feed; absent until one did.", "feed")
	itemNumber     = metric("items_total", "Items ever stored.")
	matchNumber    = metric("matches_total", "Matches ever recorded.")
	deliveryNumber = metric("deliveries", "Deliveries on record by receiver and state.", "receiver", "state")
	silenceNumber  = metric("silences", "Silences that hold alerts at present.")
	receiverOff    = metric("receiver_disabled", "1 where the receiver said that it is gone and is told nothing, else 0.", "receiver")
	receiverFails  = metric("receiver_failing", "1 while the receiver takes nothing and is tried only now and then, else 0.", "receiver")
	receiverSince  = metric("receiver_failing_since_timestamp_seconds", "The first failure of that; absent while it takes alerts.", "receiver")
	storeBytes     = metric("store_size_bytes", "Size of the store's file.")
)

// Describe names what is collected.
func (status) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		buildInfo, readyNow, ruleNumber, feedNumber, feedUp, feedHealth, feedUnhealthy, feedFailures, feedPolls, feedEntries, feedLastPoll, feedLastOK, feedLastNew, feedDue,
		feedItems, gapNumber, textsWaiting, textNumber, pushNumber, subNumber, feedLastPush, itemNumber, matchNumber, deliveryNumber, silenceNumber, receiverOff, receiverFails, receiverSince, storeBytes,
	} {
		ch <- d
	}
}

// errUnread is what the scraper is told; the log says the rest.
var errUnread = errors.New("the stored status could not be read; the log of dewline says why")

// Collect reads the store. It runs outside the request, so it contains its own
// panics.
func (s status) Collect(ch chan<- prometheus.Metric) {
	defer func() {
		if r := recover(); r != nil {
			s.Log.Error("a scrape set off a fault of dewline's own", "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
			ch <- prometheus.NewInvalidMetric(readyNow, errUnread)
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	gauge(ch, buildInfo, 1, s.Version, runtime.Version())
	gauge(ch, readyNow, flag(s.ready(ctx) == nil))
	gauge(ch, ruleNumber, float64(len(s.Rules)))
	if s.Pushes != nil {
		for outcome, n := range s.Pushes() {
			counter(ch, pushNumber, float64(n), outcome)
		}
	}
	for _, part := range []func(context.Context, chan<- prometheus.Metric) error{s.collectSums, s.collectFeeds, s.collectReceivers, s.collectSilences} {
		if err := part(ctx, ch); err != nil {
			s.Log.Error("the store could not be read for a scrape", "err", err)
			ch <- prometheus.NewInvalidMetric(readyNow, errUnread)
			return
		}
	}
}

func (s status) collectSums(ctx context.Context, ch chan<- prometheus.Metric) error {
	sums, err := s.store.Counts(ctx)
	if err != nil {
		return err
	}
	counter(ch, itemNumber, float64(sums.Items))
	counter(ch, matchNumber, float64(sums.Matches))
	gauge(ch, storeBytes, float64(sums.FileBytes))
	for receiver, states := range sums.Deliveries {
		for _, state := range dewline.DeliveryStates {
			gauge(ch, deliveryNumber, float64(states[state]), receiver, string(state))
		}
	}
	return nil
}

func (s status) collectFeeds(ctx context.Context, ch chan<- prometheus.Metric) error {
	states, err := s.store.Feeds(ctx)
	if err != nil {
		return err
	}
	by := make(map[dewline.Status]int)
	subs := make(map[dewline.PushState]int)
	now, unhealthy := time.Now(), 0
	for _, f := range states {
		by[f.Status]++
		gauge(ch, feedUp, flag(f.Status.Healthy()), f.Name)
		state := f.Health(now).State
		for _, s := range dewline.HealthStates {
			gauge(ch, feedHealth, flag(s == state), f.Name, string(s))
		}
		if !state.Well() {
			unhealthy++
		}
		collectPolls(ch, &f)
		gauge(ch, feedFailures, float64(f.Failures), f.Name)
		counter(ch, feedItems, float64(f.Total), f.Name)
		moment(ch, feedLastPoll, f.LastPoll, f.Name)
		moment(ch, feedLastOK, f.LastOK, f.Name)
		moment(ch, feedLastNew, f.LastNew, f.Name)
		moment(ch, feedDue, f.Due, f.Name)
		counter(ch, gapNumber, float64(f.Gaps.Open), f.Name, "open")
		counter(ch, gapNumber, float64(f.Gaps.Closed), f.Name, "closed")
		collectTexts(ch, &f)
		if f.Push != nil {
			subs[f.Push.State]++
			moment(ch, feedLastPush, f.Push.LastPush, f.Name)
		}
	}
	for _, state := range dewline.PushStates {
		gauge(ch, subNumber, float64(subs[state]), string(state))
	}
	gauge(ch, feedUnhealthy, float64(unhealthy))
	for _, word := range dewline.Statuses {
		gauge(ch, feedNumber, float64(by[word]), string(word))
	}
	return nil
}

func collectPolls(ch chan<- prometheus.Metric, f *dewline.FeedState) {
	counter(ch, feedPolls, float64(f.Polled.Polls), f.Name)
	for outcome, n := range map[string]uint64{
		"new": f.Polled.New, "changed": f.Polled.Changed, "seen": f.Polled.Seen, "rejected": f.Polled.Rejected,
	} {
		counter(ch, feedEntries, float64(n), f.Name, outcome)
	}
}

func collectTexts(ch chan<- prometheus.Metric, f *dewline.FeedState) {
	if f.Texts == (dewline.TextSums{}) {
		return
	}
	gauge(ch, textsWaiting, float64(f.Texts.Pending), f.Name)
	for _, state := range []dewline.TextState{dewline.TextFetched, dewline.TextKept, dewline.TextFailed} {
		counter(ch, textNumber, float64(*f.Texts.Of(state)), f.Name, string(state))
	}
}

func (s status) collectReceivers(ctx context.Context, ch chan<- prometheus.Metric) error {
	for _, name := range s.receivers() {
		st, err := s.store.Receiver(ctx, name)
		if err != nil {
			return err
		}
		gauge(ch, receiverOff, flag(st.Disabled), name)
		gauge(ch, receiverFails, flag(st.Outage != nil), name)
		if st.Outage != nil {
			moment(ch, receiverSince, st.Outage.Since, name)
		}
	}
	return nil
}

func (s status) collectSilences(ctx context.Context, ch chan<- prometheus.Metric) error {
	list, err := s.silenced(ctx, time.Now(), false)
	gauge(ch, silenceNumber, float64(len(list)))
	return err
}

func gauge(ch chan<- prometheus.Metric, d *prometheus.Desc, v float64, labels ...string) {
	ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, valid(labels)...)
}

func counter(ch chan<- prometheus.Metric, d *prometheus.Desc, v float64, labels ...string) {
	ch <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, v, valid(labels)...)
}

// valid are labels as Prometheus takes them.
func valid(labels []string) []string {
	for i, l := range labels {
		labels[i] = strings.ToValidUTF8(l, "\uFFFD")
	}
	return labels
}

// moment leaves out what never happened: 1970 would look like an outage of
// half a century.
func moment(ch chan<- prometheus.Metric, d *prometheus.Desc, at time.Time, labels ...string) {
	if !at.IsZero() {
		gauge(ch, d, float64(at.UnixMilli())/1000, labels...)
	}
}

func flag(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
