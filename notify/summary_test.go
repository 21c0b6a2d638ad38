package notify

import (
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"dewline"
)

// reported is an alert of a summary.
func reported(n byte, rule, feed, language, title, text string) *message {
	at := time.Date(2026, 11, 23, 8, int(n), 0, 0, time.UTC)
	item := dewline.Item{
		Key: dewline.Key{n}, Feed: dewline.FeedRef{Name: feed}, URL: "https://" + strings.ToLower(strings.ReplaceAll(feed, " ", "-")) + ".example/" + string('a'+n), Title: title,
		Summary: text, Language: language, FirstSeen: at, Version: 1,
	}
	word := strings.Fields(text)[0]
	return &message{
		key: dewline.Key{100 + n}, event: dewline.EventMatched, at: at, item: item, receiver: "desk",
		match: dewline.Match{
			Rule: dewline.RuleRef{Name: rule, Title: strings.ToUpper(rule[:1]) + rule[1:]}, Item: item.Key, Version: 1, At: at, Snippet: text,
			Hits: []dewline.Hit{{Term: word, Field: dewline.FieldSummary, Text: word, End: len(word)}},
		},
	}
}

// morning is a digest of two rules: a story of three sources, an edit, a removal, other scripts, and a source that fails.
func morning() *message {
	first := reported(1, "anti-missile", "UK MOD", "en", "Joint briefing on the <anti-missile> issue", "Anti-missile systems will be deployed in 2027, the ministry said.")
	copied := reported(2, "anti-missile", "TASS", "ru", "Совместный брифинг по ПРО", "ПРО будет развёрнута в 2027 году.")
	copied2 := reported(3, "anti-missile", "Xinhua", "zh", "反导问题联合吹风会", "反导 系统将于2027年部署。")
	first.story, copied.story, copied2.story = &dewline.StoryRef{ID: dewline.Key{1}, Items: 1}, &dewline.StoryRef{ID: dewline.Key{1}, Items: 2}, &dewline.StoryRef{
		ID: dewline.Key{1}, Items: 3, Differs: []dewline.Reason{{Kind: "number", Old: "2027", New: "2028"}},
	}
	edit := reported(4, "anti-missile", "UK MOD", "en", "Contract for radars", "Radars for 5 stations, not 3.")
	edit.event, edit.change = dewline.EventChanged, &dewline.Change{From: 1, To: 2, Reasons: []dewline.Reason{{Kind: "number", Old: "3", New: "5"}}}
	hebrew := reported(5, "launch", "משרד הביטחון", "he", "ניסוי מוצלח במערכת ההגנה", "טיל יורט בהצלחה מעל הים התיכון, נמסר ממשרד הביטחון.")
	gone := reported(6, "launch", "KCNA", "ko", "로켓 발사 성공", "로켓 발사가 성공적으로 진행되였다.")
	gone.event, gone.removal = dewline.EventRemoved, &dewline.Removal{Present: gone.at.Add(-time.Hour), Absent: gone.at, Checks: 3, Answer: "404 Not Found"}
	ill := sampleNotice()
	ill.key = dewline.Key{120}
	return &message{
		key: dewline.Key{42}, event: dewline.EventSummary, at: time.Date(2026, 11, 24, 7, 0, 0, 0, time.UTC), receiver: "desk", count: 9,
		parts: []*message{first, copied, copied2, edit, hebrew, gone, ill},
		summary: &dewline.Summary{
			Reason: dewline.HoldDigest, From: first.at, Until: time.Date(2026, 11, 24, 7, 0, 0, 0, time.UTC),
			Sums: []dewline.RuleSum{{Rule: first.match.Rule, Count: 6}, {Rule: hebrew.match.Rule, Count: 2}, {Count: 1}},
		},
	}
}

// forms are the two forms of a mail.
func bothForms(t *testing.T, m *message) (header netmail.Header, text, html string) {
	t.Helper()
	box := newMail(dewline.Email{To: []string{"desk@example.org"}, From: "dewline@example.org"}, dewline.SMTP{}, "https://watch.example.org")
	msg, err := box.compose(m, box.to)
	if err != nil {
		t.Fatal(err)
	}
	var raw strings.Builder
	if _, err := msg.WriteTo(&raw); err != nil {
		t.Fatal(err)
	}
	mail, err := netmail.ReadMessage(strings.NewReader(raw.String()))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(mail.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	var bodies []string
	for parts := multipart.NewReader(mail.Body, params["boundary"]); ; {
		p, err := parts.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, strings.ReplaceAll(string(b), "\r\n", "\n"))
	}
	if len(bodies) != 2 {
		t.Fatalf("%d forms", len(bodies))
	}
	return mail.Header, bodies[0], bodies[1]
}

func subjectOf(t *testing.T, h netmail.Header) string {
	t.Helper()
	s, err := new(mime.WordDecoder).DecodeHeader(h.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A digest is read by rule, story and source, and says what was held back and why.
func TestDigestMail(t *testing.T) {
	header, text, html := bothForms(t, morning())
	for name, want := range map[string]string{
		"Message-Id": "<2a000000000000000000000000000000@example.org>", "List-Id": "<digest.dewline.example.org>", "Auto-Submitted": "auto-generated",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := subjectOf(t, header); got != "[dewline] Digest: 9 alerts" {
		t.Errorf("subject %q", got)
	}
	inOrder(t, text, "9 alerts, 23 November 2026, 08:01 UTC to 24 November 2026, 07:00 UTC", "held back for this digest",
		"Anti-missile (6)", "\nJoint briefing on the <anti-missile> issue\n", "  UK MOD, first seen", "  https://uk-mod.example/b\n",
		"  also: TASS: Совместный брифинг по ПРО", "  also: Xinhua: 反导问题联合吹风会 (differs from what ran before: number “2027” is now “2028”)", "changed: Contract for radars (number “3” is now “5”)", "and 2 more alerts of this rule",
		"Launch (2)", "ניסוי מוצלח", "removed: 로켓 발사 성공 (present", "UK <MOD> is failing", "Not told here: 2 more alerts.",
		"https://watch.example.org/deliveries?receiver=desk")
	inOrder(t, html, `color-scheme`, `<td dir="auto">Anti-missile</td><td class="number">6</td>`, "Health of sources", `<h2 dir="auto">Anti-missile`,
		`<h3 dir="auto" lang="en"><a href="https://uk-mod.example/b" rel="noreferrer">Joint briefing on the &lt;anti-missile&gt; issue</a></h3>`,
		`<mark>Anti-missile</mark>`, `https://watch.example.org/items/01000000000000000000000000000000`, `<bdi>TASS</bdi>: <a href="https://tass.example/c" rel="noreferrer" dir="auto" lang="ru">`,
		`lang="zh">反导问题联合吹风会</a>`, "differs from what ran before: number “2027” is now “2028”", "changed:", "number “3” is now “5”", "and 2 more of this rule", `lang="he"`, "removed:", "404 Not Found", "UK &lt;MOD&gt; is failing", "2 of these alerts are not told here")
	if strings.Count(text, "Joint briefing") != 1 || strings.Count(html, "<h2") != 3 {
		t.Error("something stands there twice")
	}
}

func inOrder(t *testing.T, text string, all ...string) {
	t.Helper()
	rest := text
	for _, want := range all {
		_, after, found := strings.Cut(rest, want)
		if !found {
			t.Fatalf("%q does not stand there, or not in its order:\n%s", want, text)
		}
		rest = after
	}
}

// Each reason has its words, and a summary of one rule its title.
func TestSummaryReasons(t *testing.T) {
	silence := &dewline.Silence{Rule: "anti-missile", Comment: "yearly\nexercise"}
	for reason, want := range map[dewline.HoldReason]string{
		dewline.HoldBudget:  "[Anti-missile] 2 more alerts beyond the budget: More came than the budget",
		dewline.HoldGroup:   "[Anti-missile] 2 more alerts close behind: They came close behind another alert",
		dewline.HoldSilence: "[Anti-missile] 2 alerts held by a silence: The silence of the rule anti-missile held them back until it ended. Its comment: yearly exercise",
		dewline.HoldStory:   "[Anti-missile] 2 more reports: Joint briefing on the <anti-missile> issue: They say again what you were told before",
	} {
		m := morning()
		m.parts, m.count = m.parts[:2], 2
		m.summary.Reason, m.summary.Silence, m.summary.Sums = reason, silence, []dewline.RuleSum{{Rule: m.parts[0].match.Rule, Count: 2}}
		if reason == dewline.HoldStory {
			m.match.Rule, m.story = m.parts[0].match.Rule, m.parts[1].story
		}
		header, text, _ := bothForms(t, m)
		got := subjectOf(t, header) + ": " + strings.Split(text, "\n")[1]
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", reason, got, want)
		}
		thread := header.Get("References")
		if hangs := thread == "<story.01000000000000000000000000000000@example.org>"; hangs != (reason == dewline.HoldStory) {
			t.Errorf("%s: hangs on %s", reason, thread)
		}
	}
}

// A hook has each alert as its own hook would be.
func TestSummaryHook(t *testing.T) {
	m := morning()
	body, err := m.payload("https://watch.example.org/")
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Type dewline.Event
		Data struct {
			Reason, Link string
			From, Until  time.Time
			Count, More  int
			Rules        []dewline.RuleSum
			Alerts       []struct {
				ID, Type  string
				Timestamp time.Time
				Data      json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	d := got.Data
	if got.Type != "summary" || d.Reason != "digest" || d.Count != 9 || d.More != 2 || len(d.Rules) != 3 || len(d.Alerts) != 7 ||
		d.Link != "https://watch.example.org/deliveries?receiver=desk" || !d.From.Equal(m.summary.From) || !d.Until.Equal(m.at) {
		t.Fatalf("%s", body)
	}
	for i, a := range d.Alerts {
		alone, err := m.parts[i].payload("https://watch.example.org/")
		if err != nil {
			t.Fatal(err)
		}
		var own struct {
			Type, Timestamp string
			Data            json.RawMessage
		}
		if err := json.Unmarshal(alone, &own); err != nil {
			t.Fatal(err)
		}
		if a.ID != "msg_"+m.parts[i].key.String() || a.Type != own.Type || string(a.Data) != string(own.Data) {
			t.Errorf("%d: %s %s: %s, by itself %s: %s", i, a.ID, a.Type, a.Data, own.Type, own.Data)
		}
	}
}

// A chat is told why, where all of it is, and each alert in a line.
func TestSummaryChat(t *testing.T) {
	text, err := talk.body.render(morning().telling("https://watch.example.org"))
	if err != nil {
		t.Fatal(err)
	}
	inOrder(t, text, "They were held back for this digest.\nhttps://watch.example.org/deliveries?receiver=desk\n",
		"- Joint briefing on the <anti-missile> issue (UK MOD) https://uk-mod.example/b\n", "- Совместный брифинг по ПРО (TASS)", "- UK <MOD> is failing: not-found (UK <MOD>) https://watch.example.org/status/", "and 2 more")
}
