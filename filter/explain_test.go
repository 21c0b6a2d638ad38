package filter

import (
	"strings"
	"testing"

	"dewline"

	"pgregory.net/rapid"
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
it would match as: anti-missile
anti-missile: found 2 times
  title 18-30: Joint briefing on [anti-missile] issue
  content 4-16: The [anti-missile] issue, they told us, is grave. A test of THAAD was announced. …
not found: drone
`},
		{"grave -test", `
query: grave AND NOT test
it does not match:
  excluded by NOT test, which is in content at 51-55: A [test] of THAAD was announced. 감사드립니다
it would match as: grave
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
  title:test is not in the title, but test is: A [test] of THAAD was announced. 감사드립니다
  lang:ru is not in the field lang
it would match as: (drone OR grave) AND test AND NOT lang:en
grave: found once
  content 41-46: … issue, they told us, is [grave]. A test of THAAD was announced. 감사드립니다
not found: drone, rocket, title:test, lang:en, lang:ru
`},
		{`=US "issue grave" 사드`, `
query: =US AND "issue grave" AND 사드
it does not match:
  =US is not in the text, but US is: … issue, they told [us], is grave. A test of THAAD was announced. 감사드립니다
  "issue grave" is not in the text, but issue NEAR/5 grave is: The anti-missile [issue], they told us, is [grave]. A test of THAAD was announced. …
  사드 is not in the text, but *사드 is: … of THAAD was announced. 감[사드]립니다
it would match as: US AND issue NEAR/5 grave AND *사드
not found: =US, "issue grave", 사드
`},
		{`"anti missile test" /thaa[xyz]/ miss`, `
query: "anti missile test" AND /thaa[xyz]/ AND miss
it does not match:
  "anti missile test" is not in the text
  /thaa[xyz]/ is not in the text
  miss is not in the text, but miss* is: Joint briefing on anti-[missile] issue
it would match as: miss*
not found: "anti missile test", /thaa[xyz]/, miss
`},
		{"issue NEAR/2 told grave ONEAR/2 told", `
query: issue NEAR/2 told AND grave ONEAR/2 told
it does not match:
  grave ONEAR/2 told would need NEAR/3, for the order is another: in content: … anti-missile issue, they [told] us, is [grave]. A test of THAAD was announced. …
it would match as: issue NEAR/2 told AND grave NEAR/3 told
issue: found once
  content 17-22: The anti-missile [issue], they told us, is grave. A test of THAAD was announced. …
  and 1 too far from what NEAR asks for
told: found once
  content 29-33: … anti-missile issue, they [told] us, is grave. A test of THAAD was announced. …
grave: found once
  content 41-46: … issue, they told us, is [grave]. A test of THAAD was announced. 감사드립니다
`},
		{"=US NEAR/1 grave", `
query: =US NEAR/1 grave
it does not match:
  =US is not in the text, but US is: … issue, they told [us], is grave. A test of THAAD was announced. 감사드립니다
it would match as: US NEAR/2 grave
grave: found once
  content 41-46: … issue, they told us, is [grave]. A test of THAAD was announced. 감사드립니다
not found: =US
`},
		{"grave NEAR/9 test", `
query: grave NEAR/9 test
it does not match:
  the parts of grave NEAR/9 test are there, but not within 100 words of one paragraph
grave: found once
  content 41-46: … issue, they told us, is [grave]. A test of THAAD was announced. 감사드립니다
test: found once
  content 51-55: A [test] of THAAD was announced. 감사드립니다
`},
		{"test -(issue NEAR/3 told)", `
query: test AND NOT (issue NEAR/3 told)
it does not match:
  excluded by NOT (issue NEAR/3 told), which is in content at 17-22: The anti-missile [issue], they told us, is grave. A test of THAAD was announced. …
it would match as: test
test: found once
  content 51-55: A [test] of THAAD was announced. 감사드립니다
issue: found once
  content 17-22: The anti-missile [issue], they told us, is grave. A test of THAAD was announced. …
  and 1 too far from what NEAR asks for
told: found once
  content 29-33: … anti-missile issue, they [told] us, is grave. A test of THAAD was announced. …
`},
		{"@weapons announced", `
query: @weapons AND announced
it matches
@weapons: anti-missile: found 2 times
  title 18-30: Joint briefing on [anti-missile] issue
  content 4-16: The [anti-missile] issue, they told us, is grave. A test of THAAD was announced. …
@weapons: THAAD: found once
  content 59-64: A test of [THAAD] was announced. 감사드립니다
announced: found once
  content 69-78: A test of THAAD was [announced]. 감사드립니다
not found: other terms of @weapons
`},
		{"(@пво OR rocket) title:@one", `
query: (@пво OR rocket) AND title:@one
it does not match:
  none of @пво, rocket is in the text
  title:@one is not in the title
not found: @пво, rocket, title:@one
`},
	} {
		t.Run(c.query, func(t *testing.T) {
			q, err := someConcepts(t).Parse(c.query)
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

func TestExpanded(t *testing.T) {
	q, err := someConcepts(t).Parse("title:@weapons -@one")
	if err != nil {
		t.Fatal(err)
	}
	const want = `(title:anti-missile OR title:"missile defence" OR title:THAAD OR title:反导 OR title:зенитный OR title:ПВО OR title:drone) AND NOT single`
	if got := q.Expanded(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// What a query would match as, it does match as.
func TestRelaxedMatches(t *testing.T) {
	relaxed := 0
	for range 10 {
		rapid.Check(t, func(t *rapid.T) {
			q, err := Parse(drawQuery(t, 3))
			if err != nil {
				return
			}
			it := drawItem(t)
			x := q.Explain(it)
			if x.Relaxed == "" {
				return
			}
			wide, err := Parse(x.Relaxed)
			if err != nil {
				t.Fatalf("%s would match as %s, which is refused: %v", q, x.Relaxed, err)
			}
			if relaxed++; !wide.Explain(it).Matches {
				t.Fatalf("%s would match as %s, but does not", q, wide)
			}
		})
	}
	if relaxed < 10 {
		t.Errorf("only %d queries were relaxed", relaxed)
	}
}

func TestRelaxed(t *testing.T) {
	for _, c := range []struct{ query, text, want string }{
		{`"missile defence"`, "missile defences", "missile-defence"},
		{"antimissile", "an anti-missile system", "anti-missile"},
		{"missile NEAR/2 test", "the missile that flew was under test", "missile NEAR/5 test"},
		{`"미사일 방어"`, "미사일을 방어한다", "미사일 NEAR/2 방어"},
		{"사드", "감사드립니다", "*사드"},
		{"טיל", "הטיל שוגר", "*טיל"},
		{"=ПРО", "говорят про погоду", "ПРО"},
		{"导弹 NEAR/2 发射", "导弹成功地发射", "导弹 NEAR/4 发射"},
		{"missile Iran -drone", "a missile and a drone", "missile"},
	} {
		q, err := Parse(c.query)
		if err != nil {
			t.Fatal(err)
		}
		if got := q.Explain(&dewline.Item{Content: c.text}).Relaxed; got != c.want {
			t.Errorf("%s in %q would match as %q, want %q", c.query, c.text, got, c.want)
		}
	}
}

// A query that would be refused is not suggested.
func TestRelaxedIsSensible(t *testing.T) {
	q, err := Parse("rocket -missil*")
	if err != nil {
		t.Fatal(err)
	}
	if x := q.Explain(&dewline.Item{Content: "a drone"}); x.Matches || x.Relaxed != "" {
		t.Errorf("it would match as %s", x.Relaxed)
	}
}

// A concept that is not there is told in one short line, whatever its terms are.
func TestExplainConcept(t *testing.T) {
	c, err := Define([]dewline.Concept{concept("arms", "treaty", "new NEAR/3 start", "(arms OR weapons) NEAR/3 (cut OR limit)", "=INF a", "inf -drone"), concept("one", "inf"), concept("new", "new", "old")})
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]string{
		"@arms":                "no term of @arms is in the text",
		"title:@one":           "title:@one is not in the title",
		"@arms drone":          "no term of @arms is in the text",
		"@arms OR rocket":      "none of @arms, rocket is in the text",
		"@one NEAR/3 drone":    "@one is not in the text",
		"a (rocket OR -@new)":  "no alternative holds: rocket is not in the text; or excluded by NOT @new: new, which is in content at 9-12: a drone, [new] arms for the weapons",
		"rocket OR drone @one": "no alternative holds: rocket is not in the text; or @one is not in the text",
	} {
		q, err := c.Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		if x := q.Explain(&dewline.Item{Content: "a drone, new arms for the weapons"}); len(x.Failed) != 1 || x.Failed[0] != want {
			t.Errorf("%s: %q", query, x.Failed)
		}
	}
}

// Of the terms beside NEAR those places are told because of which it holds, which are
// those of the match.
func TestExplainNear(t *testing.T) {
	it := &dewline.Item{Content: "A missile test. " + strings.Repeat("And other news. ", 20) + "A missile, a test of patience elsewhere and no more. " + strings.Repeat("Words. ", 20) + "The missile."}
	for _, c := range []struct{ query, want string }{
		{"missile NEAR/1 test", `
query: missile NEAR/1 test
it matches
missile: found once
  content 2-9: A [missile] test. And other news. And other news. And other news. And other news. …
  and 2 too far from what NEAR asks for
test: found once
  content 10-14: A missile [test]. And other news. And other news. And other news. And other news. …
  and 1 too far from what NEAR asks for
`},
		{"patience OR (missile NEAR/1 news)", `
query: patience OR missile NEAR/1 news
it matches
patience: found once
  content 357-365: … A missile, a test of [patience] elsewhere and no more. Words. Words. Words. …
found, but not beside what NEAR asks for: missile, news
`},
	} {
		q, err := Parse(c.query)
		if err != nil {
			t.Fatal(err)
		}
		e := q.Explain(it)
		if got := "\n" + e.String(); got != c.want {
			t.Errorf("%s:%s\nwant:%s", c.query, got, c.want)
		}
		told := 0
		for _, f := range e.Terms {
			told += len(f.Hits)
		}
		if hits := mustCompile(t, dewline.Rule{Query: c.query}).Match(it)[0].Hits; len(hits) != told {
			t.Errorf("%s: %d places are told, the match has %d", c.query, told, len(hits))
		}
	}
	q, _ := Parse("missile OR (missile NEAR/1 test)")
	if got := q.Explain(it).Terms[0]; len(got.Hits) != 3 || got.Apart != 0 {
		t.Errorf("a term that stands alone too: %+v", got)
	}
}
