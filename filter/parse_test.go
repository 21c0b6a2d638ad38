package filter

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"dewline"

	"pgregory.net/rapid"
)

// The faulty part is between the brackets ⟦ and ⟧.
func TestSyntaxErrors(t *testing.T) {
	for _, c := range []struct{ query, msg string }{
		{"⟦⟧", "the query is empty"},
		{"⟦  ⟧", "the query is empty"},
		{"missile ⟦(⟧rocket", "this bracket is not closed"},
		{"⟦(⟧", "this bracket is not closed"},
		{"missile⟦)⟧", "this bracket closes nothing"},
		{"a ⟦()⟧", "these brackets are empty"},
		{"a ⟦OR⟧", "there is nothing after `OR`"},
		{"⟦OR⟧ a", "there is nothing before `OR`"},
		{"a AND ⟦OR⟧ b", "there is nothing before `OR`"},
		{"a ⟦NOT⟧", "there is nothing after `NOT`"},
		{`a ⟦"⟧missile defence`, "this quotation mark is not closed"},
		{`a ⟦""⟧`, "there is no word in this"},
		{"a ⟦—⟧", "there is no word in this"},
		{"a ⟦=⟧ b", "`=` stands alone"},
		{"⟦NOT a⟧", "this would match nearly everything"},
		{"⟦-a⟧", "this would match nearly everything"},
		{`⟦-"test launch"⟧`, "this would match nearly everything"},
		{"⟦NOT a NOT b⟧", "this would match nearly everything"},
		{"a OR ⟦NOT b⟧", "this would match nearly everything"},
		{"a OR ⟦(⟧NOT b", "this bracket is not closed"},
		{"⟦NOT (a -b)⟧", "this would match nearly everything"},
		{"missile -⟦missile⟧", "this excludes what is wanted beside it: the query can match nothing"},
		{"missile -⟦missiles⟧", "this excludes what is wanted beside it: the query can match nothing"},
		{"ракета (test -⟦ракеты⟧)", "this excludes what is wanted beside it: the query can match nothing"},
		{"a OR (b c -⟦b⟧)", "this excludes what is wanted beside it: the query can match nothing"},
		{"title:missile -⟦missile⟧", "this excludes what is wanted beside it: the query can match nothing"},
		{`"anti missile" -⟦missile⟧`, "this excludes what is wanted beside it: the query can match nothing"},
		{"missile -(test OR ⟦missile⟧)", "this excludes what is wanted beside it: the query can match nothing"},
		{"(a OR b) -a -⟦b⟧", "this excludes what is wanted beside it: the query can match nothing"},
		{"(a OR b) -⟦(a OR b)⟧", "this excludes what is wanted beside it: the query can match nothing"},
		{"a b -⟦(b a)⟧", "this excludes what is wanted beside it: the query can match nothing"},
		{"x OR (a b -⟦(b a)⟧)", "this excludes what is wanted beside it: the query can match nothing"},
		{"a NEAR/2 b -⟦(b NEAR/2 a)⟧", "this excludes what is wanted beside it: the query can match nothing"},
		{"(a NEAR/2 b) -⟦(a NEAR/3 b)⟧", "this excludes what is wanted beside it: the query can match nothing"},
		{"a ONEAR/2 b -⟦(b NEAR/2 a)⟧", "this excludes what is wanted beside it: the query can match nothing"},
		{"(a OR b) NEAR/2 c -a -⟦b⟧", "this excludes what is wanted beside it: the query can match nothing"},
		{"missile -⟦missil*⟧", "this excludes what is wanted beside it: the query can match nothing"},
		{"(missile OR rocket) -missil* -⟦rocket⟧", "this excludes what is wanted beside it: the query can match nothing"},
		{"(a OR b) (a OR c) -a -⟦c⟧", "this excludes what is wanted beside it: the query can match nothing"},
		{"a ⟦NEAR⟧ b", "`NEAR` does not say how near"},
		{"a ⟦ONEAR/⟧ b", "`ONEAR` does not say how near"},
		{"a NEAR/⟦0⟧ b", "the distance of `NEAR` is a number from 1 to 100"},
		{"a ONEAR/⟦101⟧ b", "the distance of `ONEAR` is a number from 1 to 100"},
		{"a NEAR/⟦five⟧ b", "the distance of `NEAR` is a number from 1 to 100"},
		{"a ⟦NEAR/5⟧", "there is nothing after `NEAR/5`"},
		{"⟦NEAR/5⟧ b", "there is nothing before `NEAR/5`"},
		{"a NEAR/5 ⟦-⟧b", "`NEAR/5` cannot have `-` beside it"},
		{"a NEAR/5 ⟦NOT⟧ b", "`NEAR/5` cannot have `NOT` beside it"},
		{"a NEAR/5 ⟦(b c)⟧", "AND inside an operand of NEAR"},
		{"a NEAR/5 ⟦(b -c)⟧", "AND inside an operand of NEAR"},
		{"a NEAR/5 (b OR ⟦(c d)⟧)", "AND inside an operand of NEAR"},
		{"⟦(a NEAR/5 b)⟧ NEAR/5 c", "NEAR inside an operand of NEAR"},
		{"a OR (⟦title:a NEAR/5 content:b⟧)", "the two stand in different fields: the query can match nothing"},
		{"a NEAR/5 b -⟦a⟧", "this excludes what is wanted beside it: the query can match nothing"},
		{"⟦NOT a NEAR/5 b⟧", "this would match nearly everything"},
		{"⟦-a NEAR/5 b⟧", "this would match nearly everything"},
		{"a NEAR/1 " + strings.Repeat("a NEAR/1 ", 18) + "a ⟦NEAR/1⟧ a", "more than 20 operands of one NEAR"},
		{"a ⟦**⟧ b", "`**` alone would match everything"},
		{"a ⟦??⟧", "`??` alone would match everything"},
		{"title:⟦?⟧", "`?` alone would match everything"},
		{"⟦a*⟧", "a wildcard with fewer than two fixed letters would match nearly everything"},
		{"b (⟦*a?⟧)", "a wildcard with fewer than two fixed letters would match nearly everything"},
		{`"a* b*" ⟦c*⟧`, "a wildcard with fewer than two fixed letters would match nearly everything"},
		{"anti-⟦*⟧", "this part of the term would match every word"},
		{"bb* ⟦*＊⟧-missile", "this part of the term would match every word"},
		{`"missile ⟦*⟧ defence"`, "`*` alone in a phrase would match every word"},
		{"=ПРО⟦*⟧", "a wildcard in a spelling that counts"},
		{`="US Nav⟦*⟧"`, "a wildcard in a spelling that counts"},
		{"导⟦*⟧弹", "a wildcard inside a script that writes no spaces"},
		{"훈⟦?⟧련", "a wildcard inside a Korean word, whose syllables are looked for one by one"},
		{"훈⟦*⟧련", "a wildcard inside a Korean word, whose syllables are looked for one by one"},
		{"훈련⟦?⟧", "a wildcard inside a Korean word, whose syllables are looked for one by one"},
		{"反导⟦?⟧", "a wildcard inside a script that writes no spaces"},
		{"missil*⟦,⟧*ocket", "a punctuation mark inside a word, across which nothing is found"},
		{"missil*-*ile⟦;⟧*ocket", "a punctuation mark inside a word, across which nothing is found"},
		{`"missile" -⟦missil*⟧`, "this excludes what is wanted beside it: the query can match nothing"},
		{"a⟦\ufdd0⟧", "a character that stands in no text"},
		{"a ⟦*⟧", "`*` alone would match everything"},
		{"a OR ⟦@missile-defence⟧", "there is no concept `@missile-defence`"},
		{"a ⟦@⟧ b", "`@` stands alone"},
		{"⟦=⟧/s-?400/", "`=` stands before a word or a phrase only"},
		{"a ⟦=⟧@name", "`=` stands before a word or a phrase only"},
		{"a ⟦/⟧b c", "this expression is not closed"},
		{`a ⟦/⟧b\/`, "this expression is not closed"},
		{"a ⟦/usr/b⟧in", "something stands directly behind the expression's last /"},
		{"/⟦missile(⟧/", "the expression is not valid: missing closing )"},
		{"/missile⟦[a⟧/", "the expression is not valid: missing closing ]"},
		{"a /b⟦**⟧/", "the expression is not valid: invalid nested repetition operator"},
		{"a /⟦(?=⟧b)/", "the expression is not valid: invalid or unsupported Perl syntax"},
		{"a ⟦//⟧", "this can match a text without any letter, and so nearly everything"},
		{"a ⟦/b*/⟧", "this can match a text without any letter, and so nearly everything"},
		{"a ⟦/.+/⟧", "this can match a text without any letter, and so nearly everything"},
		{`a ⟦/\S+/⟧`, "this can match a text without any letter, and so nearly everything"},
		{"a ⟦/b|.*/⟧", "this can match a text without any letter, and so nearly everything"},
		{"a ⟦/[a-z]+/⟧", "this matches every word of a script, and so nearly everything"},
		{"a ⟦/[a-z]{2,}/⟧", "this finds something in nearly every text"},
		{"a ⟦/[a-z]{3,}/⟧", "this finds something in nearly every text"},
		{"a ⟦/[a-z][a-z][a-z]*/⟧", "this finds something in nearly every text"},
		{"a ⟦/.*a.*/⟧", "this finds something in nearly every text"},
		{"a ⟦/.*е.*/⟧", "this finds something in nearly every text"},
		{`a ⟦/[\x{4e00}-\x{9fff}]{2}/⟧`, "this finds something in nearly every text"},
		{"a ⟦/[а-я]*[а-я]/⟧", "this matches every word of a script, and so nearly everything"},
		{`a ⟦/b[\x{301}\x{302}]/⟧`, "this can match nothing: its characters are dropped before texts are compared"},
		{"a ⟦/b{600}/⟧", "the expression is too large"},
		{`a ⟦/b\n\nc/⟧`, "an empty line inside the expression, across which nothing is found"},
		{"a ⟦/" + strings.Repeat("b", 1001) + "/⟧", "the expression is longer than 1000 bytes"},
		{"/missile/ -⟦/missile/⟧", "this excludes what is wanted beside it: the query can match nothing"},
		{"⟦-/missile/⟧", "this would match nearly everything"},
		{"⟦titel:⟧missile", "there is no field `titel:`"},
		{"⟦title:⟧ missile", "there is nothing after `title:`"},
		{"a ⟦title:⟧", "there is nothing after `title:`"},
		{"title:⟦-⟧missile", "`-` stands behind the field's name"},
		{"title:(a ⟦summary:⟧b)", "`summary:` stands inside `title:`"},
		{"a ⟦–⟧test", "a dash before a word"},
		{"missile⟦,⟧rocket", "a punctuation mark inside a word, across which nothing is found"},
		{"\"a⟦\n\n⟧b\"", "an empty line inside a phrase, across which nothing is found"},
		{strings.Repeat("(", 100) + "⟦(⟧a", "more than 100 brackets or NOTs within one another"},
		{strings.Repeat("NOT ", 100) + "⟦NOT⟧ a", "more than 100 brackets or NOTs within one another"},
		{"⟦" + strings.Repeat("a (b OR c ", 60) + "d" + strings.Repeat(")", 60) + "⟧", "more than 100 brackets or NOTs within one another"},
		{strings.Repeat("a ", 5000) + "⟦a⟧", "the query has more than 5000 terms"},
		{`⟦"` + strings.Repeat("a ", 201) + `"⟧`, "more than 200 words or characters in one term"},
		{strings.Repeat("a", 64<<10) + "⟦a⟧", "the query is longer than 65536 bytes"},
	} {
		t.Run(fmt.Sprintf("%.40s", c.query), func(t *testing.T) { checkSyntax(t, c.query, c.msg) })
	}
}

func checkSyntax(t *testing.T, marked, msg string) {
	before, rest, _ := strings.Cut(marked, "⟦")
	part, after, _ := strings.Cut(rest, "⟧")
	_, err := Parse(before + part + after)
	var bad *dewline.SyntaxError
	if !errors.As(err, &bad) {
		t.Fatalf("got %v, want a syntax error", err)
	}
	if bad.Msg != msg || bad.Offset != len(before) || bad.End != len(before)+len(part) {
		t.Errorf("%q at %d-%d, want %q at %d-%d", bad.Msg, bad.Offset, bad.End, msg, len(before), len(before)+len(part))
	}
	if bad.Hint == "" {
		t.Error("no hint says what to do")
	}
}

func TestQueryString(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"missile", "missile"},
		{"a b", "a AND b"},
		{"a b OR c", "(a AND b) OR c"},
		{"a (b OR c) -d", "a AND (b OR c) AND NOT d"},
		{"title:(a OR =B) -\"c d\"", "(title:a OR title:=B) AND NOT \"c d\""},
		{"title：a", "title:a"},
		{"((a))", "a"},
		{"a -(b c)", "a AND NOT (b AND c)"},
		{"a NEAR/5 b c OR d", "(a NEAR/5 b AND c) OR d"},
		{"a (b ONEAR/5 (c OR d) NEAR/2 e)", "a AND b ONEAR/5 (c OR d) NEAR/2 e"},
		{"a -b NEAR/5 c", "a AND NOT (b NEAR/5 c)"},
		{"-/a b/ title:/c/", "NOT /a b/ AND title:/c/"},
		{"title:(a NEAR/05 b)", "title:a NEAR/5 title:b"},
	} {
		q, err := Parse(c.query)
		if err != nil {
			t.Fatalf("%s: %v", c.query, err)
		}
		if got := q.String(); got != c.want {
			t.Errorf("%s: got %s, want %s", c.query, got, c.want)
		}
	}
}

// These are near to what is refused, and are not.
func TestSensibleQueries(t *testing.T) {
	for _, q := range []string{
		"missile -title:missile", `missile -"missile"`, "anti-missile -missile", "NOT NOT a", "a -(a b)", "us -=US", "a OR (b -a)", `"a, b" -"a b"`,
		"=NEAR b", `"near/5"`, "a -a NEAR/5 b", "a -(b NEAR/5 a)", "title:a NEAR/5 b", "a NEAR/5 a", "near/5", "Su-3?", "/missile/ -/rocket/", "/[0-9]{4}/", "/the/", "/.*missile.*/", "/[a-z]{2,}-[0-9]+/", "author:/[a-z]{3}/", "/会/", "/министр[а-я]*/", "/[a-z]*stan/", `"/usr/bin"`, "and/or", "(/b/)(/c/)", "title:/b c/", "/b/ NEAR/2 /c/", "visible -visibl*", "die -die*", "study -studi*", "missile -missil?", "(a OR b) -a", "(a OR b) -(a b)", "a NEAR/3 b -(a NEAR/2 b)", "a NEAR/2 b -(a ONEAR/2 b)", "(a OR b) (a OR c) -a", "a -(a -b)", `"who knows?"`, `="who knows?"`, "*사드", "반*", "导弹*", "NEARBY", "and", "10:30", "missile,", "#THAAD", "-a b", `"a, b"`, "=OR", "ones-complement",
	} {
		if _, err := Parse(q); err != nil {
			t.Errorf("%s: %v", q, err)
		}
	}
}

// What a query is understood as is understood as the same.
func TestStringParsesToItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkString(t, drawQuery(t, 5)) })
}

func checkString(t interface{ Fatalf(string, ...any) }, query string) {
	q, err := Parse(query)
	if err != nil {
		return
	}
	again, err := Parse(q.String())
	if err != nil {
		t.Fatalf("%q is understood as %q, which is refused: %v", query, q, err)
	}
	if again.String() != q.String() {
		t.Fatalf("%q is understood as %q, and that as %q", query, q, again)
	}
}

func TestCompileNamesTheRule(t *testing.T) {
	_, err := Compile([]dewline.Rule{{Name: "good", Query: "a"}, {Name: "drones", Query: "drone OR"}})
	var bad *dewline.SyntaxError
	if !errors.As(err, &bad) || bad.Offset != 6 {
		t.Fatalf("the error wraps %+v", bad)
	}
	if want := "rule \"drones\": there is nothing after `OR`"; !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got %q, want %q…", err, want)
	}
}

// Every fault of a query is told that the parser can go on behind, each at its place,
// which is between the brackets ⟦ and ⟧; and no fault that follows from another.
func TestSeveralFaults(t *testing.T) {
	for _, query := range []string{
		"⟦@nope⟧ ⟦titel:⟧x",
		"⟦titel:⟧(a OR ⟦m*⟧) -⟦@nope⟧",
		"⟦@nope⟧ NEAR/5 ⟦@none⟧ a",
		"⟦@nope⟧ ⟦(⟧a OR b",
		"⟦@nope⟧ a⟦)⟧",
		"⟦TITLE:⟧x ⟦sumary:⟧y",
		"⟦foo:⟧⟦bar:⟧baz",
		"url:a ⟦http:⟧//example.org/ @nope",
		"⟦titel:⟧x NEAR/3 title:y",
		"url:y NEAR/3 ⟦titel:⟧x ⟦—⟧",
		"NOT ⟦@nope⟧",
		"⟦@nope⟧ -⟦@nope⟧",
	} {
		var want []string
		plain := strings.NewReplacer("⟦", "", "⟧", "").Replace(query)
		for rest := query; ; {
			_, behind, more := strings.Cut(rest, "⟦")
			if !more {
				break
			}
			part, after, _ := strings.Cut(behind, "⟧")
			want, rest = append(want, part), after
		}
		_, err := Parse(plain)
		var got []string
		last := -1
		for _, f := range dewline.SyntaxFaults(err) {
			got = append(got, plain[f.Offset:f.End])
			if f.Offset <= last {
				t.Errorf("%s: faults out of order", query)
			}
			last = f.Offset
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: faults at %q, want %q: %v", query, got, want, err)
		}
	}
}

// The faults that are told of one query are bounded.
func TestFaultsAreBounded(t *testing.T) {
	_, err := Parse(strings.Repeat("@nope ", 1000))
	if n := len(dewline.SyntaxFaults(err)); n != maxTold {
		t.Errorf("%d faults", n)
	}
}
