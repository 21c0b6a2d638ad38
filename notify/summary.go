package notify

import (
	"time"

	"dewline"
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

// titleOf is a summary in a line; first is the title of its first alert.
func titleOf(s *dewline.Summary, count int, first string) string {
	if s.Reason == dewline.HoldStory {
		return dewline.Counted(count, "more report") + ": " + first
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
