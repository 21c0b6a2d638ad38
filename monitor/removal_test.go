package monitor

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"dewline"
)

var itemCame = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// lookSteps takes looks at a page, each so many minutes after the item came.
func lookSteps(t *testing.T, steps string) (w dewline.Watch) {
	t.Helper()
	w = dewline.Watch{Item: dewline.Key{1}, Since: itemCame}
	for _, step := range strings.Fields(steps) {
		var minute int
		var what string
		if _, err := fmt.Sscanf(step, "%d:%s", &minute, &what); err != nil {
			t.Fatal(step, err)
		}
		is := map[string]sight{"there": present, "gone": absent, "login": doubtful, "down": unanswered}
		w = looked(w, seen{what: is[what], answer: "404 Not Found", at: itemCame.Add(time.Duration(minute) * time.Minute)})
	}
	return w
}

// What is a removal, and what is none.
func TestWhatIsARemoval(t *testing.T) {
	for name, c := range map[string]struct{ steps, state string }{
		"not looked at":              {"", ""},
		"there":                      {"5:there 60:there", "present 2026-11-23 13:00 UTC"},
		"gone once":                  {"5:there 60:gone", "present 2026-11-23 12:05 UTC, absent 2026-11-23 13:00 UTC, not yet certain: 404 Not Found"},
		"gone often, within minutes": {"5:there 60:gone 70:gone 85:gone", "present 2026-11-23 12:05 UTC, absent 2026-11-23 13:00 UTC, not yet certain: 404 Not Found"},
		"gone twice in a day":        {"5:there 60:gone 1500:gone", "present 2026-11-23 12:05 UTC, absent 2026-11-23 13:00 UTC, not yet certain: 404 Not Found"},
		"gone for half an hour":      {"5:there 60:gone 70:gone 90:gone", "present 2026-11-23 12:05 UTC, absent 2026-11-23 13:00 UTC; 3 checks found it gone: 404 Not Found"},
		"gone, and looked at again":  {"5:there 60:gone 70:gone 90:gone 200:gone 800:down 900:login", "present 2026-11-23 12:05 UTC, absent 2026-11-23 13:00 UTC; 3 checks found it gone: 404 Not Found"},
		"the site fails in between":  {"5:there 60:gone 70:down 130:gone 145:gone", "present 2026-11-23 12:05 UTC, absent 2026-11-23 13:00 UTC; 3 checks found it gone: 404 Not Found"},
		"it was there in between":    {"5:there 60:gone 70:gone 85:there 180:gone 190:gone", "present 2026-11-23 13:25 UTC, absent 2026-11-23 15:00 UTC, not yet certain: 404 Not Found"},
		"a login in between":         {"5:there 60:gone 70:gone 85:login 105:gone 115:gone", "present 2026-11-23 12:05 UTC, absent 2026-11-23 13:45 UTC, not yet certain: 404 Not Found"},
		"never there":                {"5:gone 60:gone 180:gone 720:gone 1440:gone", "never found"},
		"a site that fails":          {"5:there 60:down 120:down 240:down 500:down", "present 2026-11-23 12:05 UTC"},
		"logins alone":               {"5:there 60:login 180:login 720:login", "present 2026-11-23 12:05 UTC"},
		"back": {"5:there 60:gone 70:gone 90:gone 180:there",
			"present 2026-11-23 12:05 UTC, absent 2026-11-23 13:00 UTC; 3 checks found it gone: 404 Not Found; there again 2026-11-23 15:00 UTC"},
	} {
		t.Run(name, func(t *testing.T) {
			w := lookSteps(t, c.steps)
			if got := w.String(); got != c.state {
				t.Errorf("%q, want %q", got, c.state)
			}
			if removed := strings.Contains(c.state, "found it gone"); removed != !w.Told.IsZero() {
				t.Errorf("told at %s", w.Told)
			}
		})
	}
}

// When a page is looked at again.
func TestWhenAPageIsLookedAtAgain(t *testing.T) {
	const month = 30 * 24 * 60
	for _, c := range []struct {
		steps string
		after time.Duration // about; 0: never
	}{
		{"", 0},
		{"5:there", 55 * time.Minute},
		{"60:there", 2 * time.Hour},
		{"5:there 60:gone", 10 * time.Minute},
		{"5:there 60:gone 70:gone", 15 * time.Minute},
		{"5:there 60:gone 70:gone 85:gone", 20 * time.Minute},
		{"5:gone", 55 * time.Minute}, // it was never there
		{"5:there 60:gone 70:login", 110 * time.Minute},
		{"5:there 60:down", time.Hour},
		{"5:there 60:down 120:down", 2 * time.Hour},
		{"5:there 60:down 120:down 240:down 480:down 960:down 1920:down", 24 * time.Hour},
		{fmt.Sprintf("5:there %d:there", month+1), 0},
		{fmt.Sprintf("5:there %d:gone", month+1), 10 * time.Minute}, // a question that was begun is answered
		{fmt.Sprintf("5:there %d:down", month+1), time.Hour},
		{fmt.Sprintf("5:there %d:down", month+7*24*60), 0},
		{"5:there 60:gone 70:gone 90:gone", 90 * time.Minute},
		{"5:there 60:gone 70:gone 90:gone 180:there", 0},
	} {
		w := lookSteps(t, c.steps)
		if c.after == 0 {
			if !w.Due.IsZero() {
				t.Errorf("%s: again at %s", c.steps, w.Due)
			}
			continue
		}
		steps := strings.Fields(c.steps)
		var last int
		_, _ = fmt.Sscanf(steps[len(steps)-1], "%d:", &last)
		since := time.Duration(last) * time.Minute
		due := w.Due.Sub(itemCame)
		if due > since+c.after || due < (since+c.after)*4/5 || due <= since {
			t.Errorf("%s: again after %s, want about %s", c.steps, due-since, c.after)
		}
	}
	w := looked(dewline.Watch{Since: itemCame}, seen{what: unanswered, after: 5 * time.Hour, at: itemCame})
	if w.Due.Sub(itemCame) != 5*time.Hour {
		t.Errorf("a site that wants to be left alone for 5 hours is asked again after %s", w.Due.Sub(itemCame))
	}
}

// What an answer says of a page.
func TestWhatALookSees(t *testing.T) {
	for what, list := range map[sight][]dewline.Article{
		present: {{Status: dewline.StatusOK}, {Status: dewline.StatusOK, Unfit: dewline.UnfitNoText}, {Status: dewline.StatusTooLarge}},
		absent: {{Status: dewline.StatusNotFound}, {Status: dewline.StatusGone}, {Status: dewline.StatusOK, Unfit: dewline.UnfitFront},
			{Status: dewline.StatusOK, Unfit: dewline.UnfitShell}, {Status: dewline.StatusOK, Unfit: dewline.UnfitMissing}},
		doubtful: {{Status: dewline.StatusOK, Unfit: dewline.UnfitLogin}, {Status: dewline.StatusOK, Unfit: dewline.UnfitConsent},
			{Status: dewline.StatusOK, Unfit: dewline.UnfitOther}, {Status: dewline.StatusOK, Unfit: dewline.UnfitNoPage}},
		unanswered: {{Status: dewline.StatusOK, Unfit: dewline.UnfitError}, {Status: dewline.StatusForbidden}, {Status: dewline.StatusChallenge}, {Status: dewline.StatusServerError},
			{Status: dewline.StatusUnavailable}, {Status: dewline.StatusRateLimited}, {Status: dewline.StatusTimeout}, {Status: dewline.StatusDNS},
			{Status: dewline.StatusBlocked}, {Status: dewline.StatusRedirects}, {Status: dewline.StatusHTTPError}, {Status: dewline.StatusInternal}},
	} {
		for _, a := range list {
			if got := sightOf(&a); got != what {
				t.Errorf("%s %q: %d, want %d", a.Status, a.Unfit, got, what)
			}
		}
	}
	for page, front := range map[string]string{
		"https://mod.test/news/1": "https://mod.test/", "https://mod.test/?p=1": "https://mod.test/", "https://mod.test/": "", "https://mod.test": "",
	} {
		if got := frontOf(page); got != front {
			t.Errorf("the front page of %s: %q", page, got)
		}
	}
}
