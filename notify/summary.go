package notify

import (
	_ "embed"
	"fmt"
	"html/template"
	"strings"
	"time"

	"dewline"

	"github.com/wneessen/go-mail"
)

// summaryData is what is told of several alerts in one.
type summaryData struct {
	Reason  dewline.HoldReason `json:"reason"`
	Silence *dewline.Silence   `json:"silence,omitempty"` // that held them
	From    time.Time          `json:"from"`
	Until   time.Time          `json:"until"`
	Count   int                `json:"count"` // of all alerts
	Rules   []dewline.RuleSum  `json:"rules"`
	Alerts  []summarized       `json:"alerts"` // in the order of first sight
	More    int                `json:"more"`   // alerts that are counted and not told here
	Link    string             `json:"link"`
}

// summarized is one alert of a summary: what its own hook would be, with its id.
type summarized struct {
	ID string `json:"id"`
	event
}

func (m *message) summaryData(baseURL string) summaryData {
	s := m.summary
	d := summaryData{
		Reason: s.Reason, Silence: s.Silence, From: s.From.UTC(), Until: s.Until.UTC(), Count: m.count, Rules: s.Sums,
		Alerts: []summarized{}, More: m.count - len(m.parts), Link: m.link(baseURL),
	}
	for _, p := range m.parts {
		d.Alerts = append(d.Alerts, summarized{"msg_" + p.key.String(), event{Type: p.event, Timestamp: p.at.UTC(), Data: p.data(baseURL)}})
	}
	return d
}

// bulletin is a mail that tells several alerts, for both of its forms: by rule, by story, by source.
type bulletin struct {
	Title   string
	Why     string // they were held back
	From    string
	Until   string
	Count   int
	Rules   []ruleReport
	Notices []*Telling // of the health of sources and receivers
	More    int        // alerts that are counted and not told here
	Link    string
}

// ruleReport is what a rule found.
type ruleReport struct {
	Title   string
	Count   int
	Stories []storyReport
	More    int
}

// storyReport is one story, or one statement that is in none.
type storyReport struct {
	*Telling            // its first report
	Also     []*Telling // the others, of other sources and of its edits
}

//go:embed summary.html
var summaryHTML string

var summaryTemplate = template.Must(template.New("summary").Funcs(htmlFuncs).Parse(summaryHTML))

// composeSummary writes the mail of a summary. Those on one story hang on its thread; of others each stands alone.
func (b *mailbox) composeSummary(m *message, to []string) (*mail.Msg, error) {
	s := newBulletin(m, b.baseURL)
	about, list, thread := "dewline", string(m.summary.Reason), "summary."+m.key.String()
	if len(s.Rules) == 1 && len(s.Notices) == 0 {
		about = s.Rules[0].Title
	}
	if m.summary.Reason == dewline.HoldStory {
		list = m.match.Rule.Name
		if m.story != nil {
			thread = "story." + m.story.ID.String()
		}
	}
	msg, err := b.envelope(m, to, headline("["+about+"] "+s.Title), thread, listID(list, b.domain))
	if err != nil {
		return nil, err
	}
	return msg, b.write(msg, m.telling(b.baseURL), func() (string, error) { return s.text(), nil }, s.page)
}

// tellSummary is what templates are given of a summary.
func (m *message) tellSummary(t *Telling, baseURL string) {
	s := m.summary
	t.Held = &Held{
		Reason: s.Reason, Why: whyHeld(s), From: s.From.UTC(), Until: s.Until.UTC(), Count: m.count, More: m.count - len(m.parts), Rules: s.Sums,
	}
	for _, p := range m.parts {
		t.Alerts = append(t.Alerts, p.telling(baseURL))
	}
	title := ""
	if len(t.Alerts) > 0 {
		title = t.Alerts[0].Title
	}
	if t.Title = titleOf(s, m.count, title); len(s.Sums) == 1 {
		t.Rule = s.Sums[0].Rule
	}
}

func newBulletin(m *message, baseURL string) bulletin {
	b := bulletin{
		From: date(m.summary.From), Until: date(m.summary.Until), Count: m.count, More: m.count - len(m.parts), Link: m.link(baseURL),
	}
	for _, sum := range m.summary.Sums {
		if sum.Rule.Name != "" {
			b.Rules = append(b.Rules, newRuleReport(m, sum, baseURL))
		}
	}
	for _, p := range m.parts {
		if p.feed != nil || p.peer != nil {
			b.Notices = append(b.Notices, p.telling(baseURL))
		}
	}
	first := ""
	if len(b.Rules) > 0 && len(b.Rules[0].Stories) > 0 {
		first = b.Rules[0].Stories[0].Title
	}
	b.Title, b.Why = titleOf(m.summary, m.count, first), whyHeld(m.summary)
	return b
}

// newRuleReport gathers what a rule found by story, each where its first report stands.
func newRuleReport(m *message, sum dewline.RuleSum, baseURL string) ruleReport {
	r := ruleReport{Title: oneLine(sum.Rule.Title), Count: sum.Count, More: sum.Count}
	at := make(map[dewline.Key]int)
	for _, p := range m.parts {
		if p.match.Rule.Name != sum.Rule.Name || p.feed != nil || p.peer != nil {
			continue
		}
		r.More--
		story := p.item.Key
		if p.story != nil {
			story = p.story.ID
		}
		t := p.telling(baseURL)
		if i, known := at[story]; known {
			r.Stories[i].Also = append(r.Stories[i].Also, t)
			continue
		}
		at[story] = len(r.Stories)
		r.Stories = append(r.Stories, storyReport{Telling: t})
	}
	return r
}

// titleOf is a summary in a line; first is the title of its first alert.
func titleOf(s *dewline.Summary, count int, first string) string {
	if s.Reason == dewline.HoldStory {
		return plural(count, "more report") + ": " + first
	}
	return s.Headline(count)
}

// whyHeld says why the alerts did not come one by one.
func whyHeld(s *dewline.Summary) string {
	switch s.Reason {
	case dewline.HoldDigest:
		return "They were held back for this digest."
	case dewline.HoldBudget:
		return "More came than the budget of this receiver lets through one by one. These are the rest, held back until its time was over."
	case dewline.HoldGroup:
		return "They came close behind another alert, and were held back to be told together."
	case dewline.HoldSilence:
		if s.Silence == nil {
			return "A silence held them back until it ended."
		}
		why := "The silence of the " + oneLine(s.Silence.String()) + " held them back until it ended."
		if c := oneLine(s.Silence.Comment); c != "" {
			why += " Its comment: " + c
		}
		return why
	case dewline.HoldStory:
		return "They say again what you were told before, and were held back to be told together."
	}
	return ""
}

// plural is a number of things.
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// Kind is what an alert of a summary is, where it is not a find: an edit or a removal.
func (t *Telling) Kind() string {
	switch t.Event {
	case dewline.EventChanged:
		return "changed"
	case dewline.EventRemoved:
		return "removed"
	}
	return ""
}

// Reason is why an edit is told, what is known of a removal, or in what a copy differs from what ran before.
func (t *Telling) Reason() string {
	switch {
	case t.Removal != nil:
		return t.Removal.String()
	case len(t.Changes) == 0 && t.Story != nil && len(t.Story.Differs) > 0:
		all := make([]string, len(t.Story.Differs))
		for i, d := range t.Story.Differs {
			all[i] = oneLine(d.String())
		}
		return "differs from what ran before: " + strings.Join(all, "; ")
	}
	return strings.Join(t.Changes, "; ")
}

// Place is where the alert leads: to the statement, or where it has no safe address to its page.
func (t *Telling) Place() string {
	if t.URL != "" {
		return t.URL
	}
	return t.Link
}

// page is the form in HTML.
func (b bulletin) page() (string, error) {
	var w strings.Builder
	err := summaryTemplate.Execute(&w, b)
	return w.String(), err
}

// text is the plain form.
func (b bulletin) text() string {
	var w strings.Builder
	fmt.Fprintf(&w, "%s, %s to %s\n%s\n", plural(b.Count, "alert"), b.From, b.Until, b.Why)
	for _, r := range b.Rules {
		heading := fmt.Sprintf("%s (%d)", r.Title, r.Count)
		fmt.Fprintf(&w, "\n%s\n%s\n", heading, strings.Repeat("=", min(len([]rune(heading)), 70)))
		for i := range r.Stories {
			r.Stories[i].write(&w)
		}
		if r.More > 0 {
			fmt.Fprintf(&w, "\nand %s of this rule\n", plural(r.More, "more alert"))
		}
	}
	for _, n := range b.Notices {
		fmt.Fprintf(&w, "\n%s\n%s\n", n.Title, n.Link)
	}
	if b.More > 0 {
		fmt.Fprintf(&w, "\nNot told here: %s.\n", plural(b.More, "more alert"))
	}
	fmt.Fprintf(&w, "\nAll of them in dewline: %s\n", b.Link)
	return w.String()
}

func (s *storyReport) write(w *strings.Builder) {
	fmt.Fprintf(w, "\n%s\n", s.headline())
	if s.Snippet != "" {
		fmt.Fprintf(w, "%s\n", oneLine(s.Snippet))
	}
	fmt.Fprintf(w, "  %s, first seen %s\n  %s\n", oneLine(s.Feed.Name), date(s.FirstSeen), s.Place())
	for _, also := range s.Also {
		fmt.Fprintf(w, "  also: %s: %s\n        %s\n", oneLine(also.Feed.Name), also.headline(), also.Place())
	}
}

// headline is the title, with what became of it.
func (t *Telling) headline() string {
	line := t.Title
	if kind := t.Kind(); kind != "" {
		line = kind + ": " + line
	}
	if why := t.Reason(); why != "" {
		line += " (" + why + ")"
	}
	return line
}
