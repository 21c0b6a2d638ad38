package filter

import (
	"strings"
	"testing"

	"dewline"
)

func TestExplain(t *testing.T) {
	it := &dewline.Item{
		Title:   "Joint briefing on anti-missile issue",
		Content: "The anti-missile issue, they told us, is grave.\n\nA test of THAAD was announced. 감사드립니다\n",
	}
	for _, c := range []struct{ query, want string }{
		{"anti-missile -drone", `
query: anti-missile AND NOT drone
it matches
anti-missile: found 2 times
  title 18-30: Joint briefing on [anti-missile] issue
  content 4-16: The [anti-missile] issue, they told us, is grave. A test of THAAD was announced. …
not found: drone
`},
		{"anti-missile drone", `
query: anti-missile AND drone
it does not match:
  drone is not in the text
anti-missile: found 2 times
  title 18-30: Joint briefing on [anti-missile] issue
  content 4-16: The [anti-missile] issue, they told us, is grave. A test of THAAD was announced. …
not found: drone
`},
		{"grave -test", `
query: grave AND NOT test
it does not match:
  excluded by NOT test, which is in content at 51-55: A [test] of THAAD was announced. 감사드립니다
grave: found once
  content 41-46: … issue, they told us, is [grave]. A test of THAAD was announced. 감사드립니다
test: found once (excluded)
  content 51-55: A [test] of THAAD was announced. 감사드립니다
`},
		{"drone OR submarine", `
query: drone OR submarine
it does not match:
  none of drone, submarine is in the text
not found: drone, submarine
`},
		{"(drone OR (rocket grave)) title:test -lang:en lang:ru", `
query: (drone OR (rocket AND grave)) AND title:test AND NOT lang:en AND lang:ru
it does not match:
  no alternative holds: drone is not in the text; or rocket is not in the text
  title:test is not in the title
  lang:ru is not in the field lang
grave: found once
  content 41-46: … issue, they told us, is [grave]. A test of THAAD was announced. 감사드립니다
not found: drone, rocket, title:test, lang:en, lang:ru
`},
		{`=US "issue grave" 사드`, `
query: =US AND "issue grave" AND 사드
it does not match:
  =US is not in the text (in another spelling it is)
  "issue grave" is not in the text (its parts are, but not so side by side)
  사드 is not in the text (its syllables are, but not so at the start of a word)
not found: =US, "issue grave", 사드
`},
	} {
		t.Run(c.query, func(t *testing.T) {
			q, err := Parse(c.query)
			if err != nil {
				t.Fatal(err)
			}
			if got := q.Explain(it).String(); got != strings.TrimPrefix(c.want, "\n") {
				t.Errorf("got\n%s\nwant%s", got, c.want)
			}
		})
	}
}

func TestExplainCounts(t *testing.T) {
	q, err := Parse("missile")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		n    int
		want string
	}{
		{7, "missile: found 7 times"}, {7, "  and 2 more"}, {5000, "missile: found at least 1000 times"},
	} {
		got := q.Explain(&dewline.Item{Content: strings.Repeat("missile ", c.n)}).String()
		if !strings.Contains(got, c.want+"\n") {
			t.Errorf("%d: %q is not in\n%s", c.n, c.want, got)
		}
	}
}
