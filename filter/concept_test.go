package filter

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"dewline"
)

func concept(name string, terms ...string) dewline.Concept {
	c := dewline.Concept{Name: name}
	for _, t := range terms {
		c.Terms = append(c.Terms, dewline.ConceptTerm{Query: t})
	}
	return c
}

// someConcepts name one another, in any order.
func someConcepts(t testing.TB) *Concepts {
	t.Helper()
	c, err := Define([]dewline.Concept{
		concept("weapons", "@missile-defence", "drone"),
		concept("missile-defence", "anti-missile", `"missile defence"`, "THAAD", "反导", "@пво"),
		concept("пво", "зенитный", "ПВО"),
		concept("one", "single"),
		concept("boolean", "a b", "c -d"),
		concept("fielded", "title:x", "y"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestConcepts(t *testing.T) {
	c := someConcepts(t)
	for _, test := range []struct {
		query, text string
		want        []string // the hits, as TERM = TEXT
	}{
		{"@missile-defence", "THAAD and antimissiles", []string{"@missile-defence: THAAD = THAAD", "@missile-defence: anti-missile = antimissiles"}},
		{"@weapons", "зенитные дроны, a drone", []string{"@weapons: зенитный = зенитные", "@weapons: drone = drone"}},
		{"@weapons test", "a drone", nil},
		{"test -@missile-defence", "a test of THAAD", nil},
		{"test -@missile-defence", "a test", []string{"test = test"}},
		{"title:@missile-defence", "THAAD", nil},
		{"content:@missile-defence", "THAAD", []string{"content:@missile-defence: THAAD = THAAD"}},
		{"content:(@one OR @missile-defence)", "THAAD", []string{"content:@missile-defence: THAAD = THAAD"}},
		{"＠one", "singles", []string{"@one: single = singles"}},
		{"@boolean", "a, b", []string{"@boolean: a = a", "@boolean: b = b"}},
		{"@boolean", "c, d", nil},
		{"@fielded", "x", nil},
		{"@fielded", "y", []string{"@fielded: y = y"}},
		{"THAAD OR @missile-defence", "THAAD", []string{"THAAD = THAAD"}},
		{"@пво", "ПВО", []string{"@пво: ПВО = ПВО"}},
	} {
		rules, err := c.Compile([]dewline.Rule{{Query: test.query}})
		if err != nil {
			t.Fatalf("%s: %v", test.query, err)
		}
		var got []string
		for _, m := range rules.Match(&dewline.Item{Content: test.text}) {
			for _, h := range m.Hits {
				got = append(got, h.Term+" = "+h.Text)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s in %q: found %q, want %q", test.query, test.text, got, test.want)
		}
	}
}

func TestConceptsInString(t *testing.T) {
	c := someConcepts(t)
	for query, want := range map[string]string{
		"@one":                        "@one",
		"-(@one OR a) title:@weapons": "NOT (@one OR a) AND title:@weapons",
		"(@weapons)":                  "@weapons",
	} {
		q, err := c.Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		if q.String() != want {
			t.Errorf("%s is understood as %s, want %s", query, q, want)
		}
	}
}

func TestConceptFaults(t *testing.T) {
	for _, test := range []struct {
		name     string
		concepts []dewline.Concept
		want     []string
	}{
		{"a fault in a term", []dewline.Concept{concept("a", "x", "y OR")}, []string{"concept \"a\", term 2: there is nothing after `OR` (write a term there, or remove it)"}},
		{"every fault", []dewline.Concept{concept("a", "(", "-x"), concept("b", `"`)}, []string{
			`concept "a", term 1: this bracket is not closed (add ))`,
			`concept "a", term 2: this would match nearly everything (write beside it what must be there)`,
			`concept "b", term 1: this quotation mark is not closed (add ")`,
		}},
		{"a circle", []dewline.Concept{concept("x", "@a"), concept("a", "u", "@b"), concept("b", "@c"), concept("c", "v OR @a")}, []string{
			`concept "c", term 1: concepts that name each other in a circle: @a → @b → @c → @a (take one of them out)`,
		}},
		{"a circle of one", []dewline.Concept{concept("a", "@a")}, []string{`concept "a", term 1: concepts that name each other in a circle: @a → @a (take one of them out)`}},
		{"an unknown name", []dewline.Concept{concept("missiles", "@misiles2"), concept("b", "x")}, []string{
			"concept \"missiles\", term 1: there is no concept `@misiles2` (did you mean @missiles?)",
		}},
		{"two of one name", []dewline.Concept{concept("a", "x"), concept("a", "y")}, []string{`concept "a": concept 1 has this name too (rename one of them)`}},
		{"no name", []dewline.Concept{concept("air defence", "x"), concept("", "y")}, []string{
			`concept "air defence": a concept's name consists of letters, digits and hyphens (the query writes @ before it)`,
			`concept "": a concept's name consists of letters, digits and hyphens (the query writes @ before it)`,
		}},
		{"no terms", []dewline.Concept{concept("a")}, []string{`concept "a": the concept has no terms (write at least one)`}},
	} {
		_, err := Define(test.concepts)
		if err == nil {
			t.Errorf("%s: no fault", test.name)
			continue
		}
		if got := strings.Split(err.Error(), "\n"); !slices.Equal(got, test.want) {
			t.Errorf("%s:\n%s\nwant\n%s", test.name, err, strings.Join(test.want, "\n"))
		}
	}
}

func TestConceptErrorHasItsPlace(t *testing.T) {
	_, err := Define([]dewline.Concept{concept("a", "x"), concept("b", "x", "y", "z -")})
	var bad *ConceptError
	if !errors.As(err, &bad) || bad.Concept != 1 || bad.Term != 2 || bad.Err.Offset != 2 {
		t.Errorf("%+v", bad)
	}
	var syntax *dewline.SyntaxError
	if !errors.As(err, &syntax) || syntax != bad.Err {
		t.Errorf("it does not wrap the syntax error: %+v", syntax)
	}
}

func TestUnknownConcept(t *testing.T) {
	for query, want := range map[string]string{
		"a @missile-defense": "there is no concept `@missile-defense` (did you mean @missile-defence?)",
		"@Weapons":           "there is no concept `@Weapons` (did you mean @weapons?)",
		"@nato": "there is no concept `@nato` (the concepts are @boolean, @fielded, @missile-defence, @one, @weapons, @пво; " +
			"for the text itself, put it in quotes)",
		"summary:@fielded":       "`@fielded` stands inside `summary:`, and its term `title:x` has a field of its own (write the field before the other terms only)",
		"@missile-defence -@one": "",
	} {
		_, err := someConcepts(t).Parse(query)
		if got := errorText(err); got != want {
			t.Errorf("%s: %s\nwant %s", query, got, want)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// Concepts that name one another many times over do not grow without bound.
func TestConceptsAreBounded(t *testing.T) {
	concepts := []dewline.Concept{concept("c0", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j")}
	for i := range 9 {
		name := "@c" + string(rune('0'+i))
		concepts = append(concepts, concept("c"+string(rune('1'+i)), name, name, name, name, name, name, name, name, name, name))
	}
	_, err := Define(concepts)
	var bad *ConceptError
	if !errors.As(err, &bad) || bad.Err.Msg != "the query has more than 5000 terms" {
		t.Errorf("%v", err)
	}
}

func TestConceptWarnings(t *testing.T) {
	c, err := Define([]dewline.Concept{concept("a", "x", "missile or rocket")})
	if err != nil {
		t.Fatal(err)
	}
	if w := c.Warnings(); len(w) != 1 || w[0].Concept != 0 || w[0].Term != 1 || w[0].Err.Offset != 8 {
		t.Errorf("%v", w)
	}
}

// What excludes the concept that it wants, or a term of it, matches nothing.
func TestConceptIsExcluded(t *testing.T) {
	c, err := Define([]dewline.Concept{concept("md", "THAAD", "anti-missile", "a NEAR/3 b"), concept("one", "THAAD")})
	if err != nil {
		t.Fatal(err)
	}
	for query, bad := range map[string]string{
		"@md -@md": "@md", "(THAAD OR antimissile) -@md": "@md", "@one -@md": "@md", "b NEAR/2 a -@md": "@md", "x OR title:@md -@md": "@md",
		"@md -@one": "", "(THAAD OR x) -@md": "", "@md -title:@md": "", "a b -@md": "", "@md NOT @one": "",
	} {
		_, err := c.Parse(query)
		var fault *dewline.SyntaxError
		switch {
		case bad == "" && err != nil:
			t.Errorf("%s: %v", query, err)
		case bad == "":
		case !errors.As(err, &fault) || query[fault.Offset:fault.End] != bad:
			t.Errorf("%s: %v", query, err)
		}
	}
}

// Beside NEAR a concept has terms only: it is said which of them is none.
func TestConceptBesideNear(t *testing.T) {
	c, err := Define([]dewline.Concept{concept("md", "THAAD", "interceptor NEAR/3 missile")})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Parse("test NEAR/3 (@md OR x)")
	var bad *dewline.SyntaxError
	const want = "`@md` stands beside NEAR, and its term `interceptor NEAR/3 missile` has an operator of its own"
	if !errors.As(err, &bad) || bad.Msg != want || bad.Offset != 13 || bad.End != 16 || bad.Hint == "" {
		t.Errorf("%+v", bad)
	}
}
