package notify

import (
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"dewline"

	"github.com/wneessen/go-mail"
)

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
	t := m.telling(b.baseURL)
	s := newBulletin(t)
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
	msg, err := b.envelope(m, t, to, heading{headline("[" + about + "] " + s.Title), thread, list})
	if err != nil {
		return nil, err
	}
	return msg, b.write(msg, t, func() (string, error) { return s.text(), nil }, s.page)
}

func newBulletin(t *Telling) bulletin {
	b := bulletin{
		Title: t.Title, Why: t.Held.Why, From: date(t.Held.From), Until: date(t.Held.Until), Count: t.Held.Count, More: t.Held.More, Link: t.Link,
	}
	for _, sum := range t.Held.Rules {
		if sum.Rule.Name != "" {
			b.Rules = append(b.Rules, newRuleReport(t.Alerts, sum))
		}
	}
	for _, a := range t.Alerts {
		if a.Rule.Name == "" {
			b.Notices = append(b.Notices, a)
		}
	}
	return b
}

// newRuleReport gathers what a rule found by story, each where its first report stands.
func newRuleReport(alerts []*Telling, sum dewline.RuleSum) ruleReport {
	r := ruleReport{Title: oneLine(sum.Rule.Title), Count: sum.Count, More: sum.Count}
	at := make(map[dewline.Key]int)
	for _, a := range alerts {
		if a.Rule.Name != sum.Rule.Name {
			continue
		}
		r.More--
		story := a.Item.ID
		if a.Story != nil {
			story = a.Story.ID
		}
		if i, known := at[story]; known {
			r.Stories[i].Also = append(r.Stories[i].Also, a)
			continue
		}
		at[story] = len(r.Stories)
		r.Stories = append(r.Stories, storyReport{Telling: a})
	}
	return r
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
	fmt.Fprintf(&w, "%s, %s to %s\n%s\n", dewline.Counted(b.Count, "alert"), b.From, b.Until, b.Why)
	for _, r := range b.Rules {
		heading := fmt.Sprintf("%s (%d)", r.Title, r.Count)
		fmt.Fprintf(&w, "\n%s\n%s\n", heading, strings.Repeat("=", min(len([]rune(heading)), 70)))
		for i := range r.Stories {
			r.Stories[i].write(&w)
		}
		if r.More > 0 {
			fmt.Fprintf(&w, "\nand %s of this rule\n", dewline.Counted(r.More, "more alert"))
		}
	}
	for _, n := range b.Notices {
		fmt.Fprintf(&w, "\n%s\n%s\n", n.Title, n.Link)
	}
	if b.More > 0 {
		fmt.Fprintf(&w, "\nNot told here: %s.\n", dewline.Counted(b.More, "more alert"))
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
