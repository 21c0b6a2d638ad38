package stories_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"dewline"
	"dewline/facts"
	"dewline/stories"
)

// want is what a later item must be to an earlier one.
type want int

const (
	aCopy   want = iota // it says nothing new
	notCopy             // it says something else, in the same story or in another one
	other               // it is another story
)

func (w want) held(r dewline.Resemblance) bool {
	switch w {
	case aCopy:
		return r.Copy()
	case notCopy:
		return !r.Copy()
	}
	return !r.Same
}

// told is a statement with a dateline, several figures and a denial.
const told = "Northmark said on Tuesday that 3 of its patrol ships had entered Kelda Sound. Morava denied that any of them crossed the border line. In Arlen 3 people were hurt. In Boreth 5 people were hurt.\n\n" +
	"\"We will stay here,\" Admiral Ingrid Solberg said. The sound is 12 miles wide at its narrowest point, and ferries cross it every day in summer."

func edited(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(told) }

func TestWhatIsACopy(t *testing.T) {
	for _, c := range []struct {
		name   string
		later  string // the text
		title  string // of both; or of each, divided by |
		verify want
	}{
		{"the same", told, "", aCopy},
		{"a title on it", told, "|Patrol ships of Northmark enter Kelda Sound", aCopy},
		{"another title", told, "Northmark ships in the sound|Patrol ships enter Kelda Sound", aCopy},
		{"a number in the title alone", told, "Northmark sends 3 ships|Northmark sends 5 ships", notCopy},
		{"names that change places in the title", told, "Northmark accuses Morava of lies|Morava accuses Northmark of lies", notCopy},
		{"a title that denies", told, "Ships crossed the line|Ships did not cross the line", notCopy},
		{"a number that stands elsewhere", edited("12 miles", "5 miles"), "", notCopy},
		{"numbers that change places", edited("In Arlen 3", "In Arlen 5", "In Boreth 5", "In Boreth 3"), "", notCopy},
		{"names that change places", edited("Northmark said", "Morava said", "Morava denied", "Northmark denied"), "", notCopy},
		{"who denies", edited("Morava denied", "Northmark denied"), "", notCopy},
		{"a denial left out", edited("Morava denied that", "Morava said that"), "", notCopy},
		{"not", edited("We will stay", "We will not stay"), "", notCopy},
		{"will and may", edited("We will stay", "We may stay"), "", notCopy},
		{"a serial number", edited("patrol ships", "patrol ships K7"), "", notCopy},
		{"from and to", edited("entered Kelda", "left Kelda"), "", notCopy},
		{"a sentence more", told + " The admiral has resigned.", "", notCopy},
		{"a sentence less", strings.Replace(told, "In Boreth 5 people were hurt.", "", 1), "", aCopy},
		{"a time in another place", edited("said on Tuesday that", "on Tuesday said that"), "", aCopy},
		{"a contraction", edited("We will stay here", "We'll stay here"), "", notCopy}, // not known
		{"an agency that reports it", edited("Northmark said on Tuesday", "Northmark, TASS reports, said on Tuesday"), "", aCopy},
		{"a state that reports it", edited("Northmark said on Tuesday", "Northmark, Morava reports, said on Tuesday"), "", notCopy},
		{"where more is to be read", told + "\n\nRead more: Ferries stopped in Kelda", "", aCopy},
		{"a developing story", told + "\n\nThis is a developing story.", "", aCopy},
		{"a byline", "By Jane Doe\n\n" + told, "", aCopy},
		{"a caption", told + "\n\nPhoto: Three ships were lost in the sound", "", notCopy},
		{"a credit", told + "\n\nPhoto: Example Agency", "", aCopy},
		{"a section", "World\n\n" + told, "", aCopy},
		{"a verdict alone", "False\n\n" + told, "", notCopy},
		{"editors in brackets", told + " (Reporting by Jane Doe; Editing by John Smith)", "", aCopy},
		{"in a statement", edited("Northmark said on", "Northmark said in a statement on"), "", aCopy},
		{"a month and an agency", "Nov 24 (Reuters) - " + told, "", aCopy},
		{"a minister with his party", "Minister Ivan Petrov (Free Party) " + told, "", notCopy},
		{"a teaser that goes on", told[:strings.Index(told, " border line")] + "… Read more", "", aCopy},
		{"half of it", told[:strings.Index(told, "In Boreth")], "", aCopy},
		{"a teaser cut within a word", told[:strings.Index(told, "ies cross")] + "...", "", aCopy},
		{"a teaser cut within another word", strings.Replace(told[:strings.Index(told, "ies cross")], "and ferr", "and fish", 1) + "...", "", notCopy},
		{"a teaser cut behind a figure", told[:strings.Index(told, "2 miles")] + "...", "", notCopy},
		{"a source line before the text", "(Source: Example Agency; issued March 3, 2026) " + told, "", aCopy},
		{"a source line before another text", "(Source: Example Agency) " + edited("3 of", "5 of"), "", notCopy},
		{"a cut teaser", told[:strings.Index(told, " crossed the")] + "…", "", aCopy},
	} {
		first, second, ok := strings.Cut(c.title, "|")
		if !ok {
			second = first
		}
		earlier, later := item("en", first, ""), item("en", second, "")
		earlier.Content, later.Content = told, c.later
		if r := stories.New(facts.Differ).Compare(earlier, later); !c.verify.held(r) {
			t.Errorf("%s: %+v", c.name, r)
		}
	}
}

// A teaser is cut anywhere: it says nothing that the text does not say, unless it is cut at a figure or within a
// name; and what it says otherwise before the cut is told.
func TestATeaserIsCutAnywhere(t *testing.T) {
	j := stories.New(facts.Differ)
	const title = "Patrol ships of Northmark enter the Kelda Sound"
	text, doubtful := strings.ReplaceAll(told, "\n\n", " "), regexp.MustCompile(`(\p{Lu}\w*|\d\w*( \w*){0,2})$`)
	changed := strings.Replace(text, "Boreth 5", "Boreth 7", 1)
	for cut := strings.Index(text, "Morava denied"); cut < len(text); cut++ {
		for _, mark := range []string{"...", "…", " [...]", "... Read more"} {
			teaser := item("", title, text[:cut]+mark)
			teaser.Feed = dewline.FeedRef{Name: "Example Times"}
			if r := j.Compare(item("", title, text), teaser); !r.Copy() && !doubtful.MatchString(text[:cut]) {
				t.Errorf("cut at %q: %+v", text[cut-12:cut]+mark, r)
			}
			if r := j.Compare(item("", title, changed), teaser); cut > strings.Index(text, "Boreth 5")+len("Boreth 5") && r.Copy() {
				t.Errorf("another number is held back at %q", text[cut-12:cut]+mark)
			}
		}
	}
}

// A teaser that goes on says more, and not that its cut word is another one.
func TestTeaserThatGoesOn(t *testing.T) {
	earlier, later := item("", "Patrol ships enter the sound", told[:strings.Index(told, "ies cross")]+"..."), item("", "Patrol ships enter the sound", told+" The admiral has resigned.")
	r := stories.New(facts.Differ).Compare(earlier, later)
	if r.Copy() || !r.Same {
		t.Fatalf("%+v", r)
	}
	for _, d := range r.Differ {
		if d.Old != "" {
			t.Errorf("%q is told as what became of %q", d.New, d.Old)
		}
	}
}

// What stands beside a line of the page, or is written like one, is the statement all the same.
func TestReportsAmongLinesOfThePage(t *testing.T) {
	j := stories.New(facts.Differ)
	for _, text := range []string{
		"Two|Three soldiers were killed in the blast, the ministry said. More details to follow.",
		"This is a developing story. The ministry confirmed|denied that missiles were fired.",
		"Follow us on social media. General Ivanov|Petrov was killed.",
		"(Source: Example Agency) The ministry confirmed|denied that missiles were fired.",
		"Source: Example Agency. The ministry confirmed|denied that missiles were fired.",
		"Source: The ministry confirmed|denied that missiles were fired.",
		"In our newsletter the minister confirmed|denied the loss of the ship.",
		"The governor said on his Telegram channel that drones hit the depot in Arlen|Boreth.",
		"Два|Три человека погибли при атаке в порту Арлен, сообщает Telegram-канал Пример.",
		"The ministry said General Ivanov|Petrov was killed and no further details were given.",
		"The missile that first appeared in the parade was destroyed in Arlen|Boreth.",
	} {
		before, rest, _ := strings.Cut(text, "|")
		at := strings.LastIndexByte(before, ' ') + 1
		changed := before[:at] + rest
		as := before + rest[strings.IndexAny(rest, " ."):]
		for _, around := range []string{"", told + "\n\n", told + " "} {
			earlier, later := item("", "Northmark news of the day", around+as), item("", "Northmark news of the day", around+changed)
			later.Feed = dewline.FeedRef{Name: "Example Times"}
			if r := j.Compare(earlier, later); r.Copy() {
				t.Errorf("%s is taken for a copy of %s", changed, as)
			}
		}
	}
}

// A table's cells say nothing without what stands before them.
func TestCells(t *testing.T) {
	table := "The losses of the week, as the general staff of Veldland has published them\n\nTanks\n\n5\n\nGuns\n\n7\n\nShips\n\n1\n\nThe figures are subject to change as reports come in"
	j := stories.New(facts.Differ)
	a, b := item("en", "Losses of the week", table), item("en", "Losses of the week", strings.Replace(table, "Guns\n\n7", "Guns\n\n5", 1))
	if r := j.Compare(a, b); r.Copy() {
		t.Errorf("%+v", r)
	}
}

func TestFeedsAndDays(t *testing.T) {
	const short = "Live firing at the Skerry range today from eight to noon."
	const dated = "The range of Skerry is closed on 5 March from eight to noon because of live firing, and ships are asked to keep clear of the zone."
	ministry, press := dewline.FeedRef{Name: "Northmark MoD", URL: "https://mod.example/feed"}, dewline.FeedRef{Name: "Example Times", URL: "https://times.example/feed"}
	monday := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name, text   string
		feed         dewline.FeedRef
		after        time.Duration
		verify, long want
	}{
		{"the next hour", short, ministry, time.Hour, aCopy, aCopy},
		{"the next day", short, ministry, 25 * time.Hour, other, other},
		{"another feed, the next day", short, press, 25 * time.Hour, aCopy, aCopy},
		{"another feed, weeks later", short, press, 15 * 24 * time.Hour, other, aCopy},
		{"a text that names its day, the next day", dated, ministry, 25 * time.Hour, aCopy, aCopy},
	} {
		earlier, later := item("en", "Notice to mariners", c.text), item("en", "Notice to mariners", c.text)
		earlier.Feed, earlier.Published = ministry, monday
		later.Feed, later.Published = c.feed, monday.Add(c.after)
		if r := stories.New(facts.Differ).Compare(earlier, later); !c.verify.held(r) {
			t.Errorf("%s: %+v", c.name, r)
		}
		if c.text != dated {
			earlier.Content, later.Content = told, told
			if r := stories.New(facts.Differ).Compare(earlier, later); !c.long.held(r) {
				t.Errorf("%s, a long text: %+v", c.name, r)
			}
		}
	}
}

func TestShortItems(t *testing.T) {
	j := stories.New(facts.Differ)
	for _, c := range []struct {
		a, b   string
		verify want
	}{
		{"Sirens tested in Arlen today", "Sirens tested in Arlen today - Example Times", aCopy},
		{"Sirens tested in Arlen today", "SIRENS TESTED IN ARLEN TODAY", aCopy},
		{"Sirens tested in Arlen today", "Sirens tested in Arlen", other},
		{"Sirens tested in Arlen today", "Sirens tested in Boreth today", other},
		{"Alert", "Alert", other},
	} {
		a, b := item("en", c.a, ""), item("en", c.b, "")
		if r := j.Compare(a, b); !c.verify.held(r) {
			t.Errorf("%q, %q: %+v", c.a, c.b, r)
		}
		if found := shareKey(j, a, b); found != (c.verify == aCopy) {
			t.Errorf("%q, %q: found by a key: %v", c.a, c.b, found)
		}
	}
	a, b := item("en", "Sirens tested in Arlen today", ""), item("en", "Sirens tested in Arlen today", "")
	a.Feed.Name, b.Feed.Name = "Arlen", "Arlen"
	if r := j.Compare(a, b); r.Same {
		t.Errorf("a few words without a date, twice of one feed: %+v", r)
	}
	title := "The harbour of Port Ellery is closed for all ships until Tuesday noon"
	if r := j.Compare(item("en", title, "More soon"), item("en", title+" - Example Times", "More soon")); !r.Copy() {
		t.Errorf("a long title over two words: %+v", r)
	}
	if r := j.Compare(item("en", title, ""), item("en", strings.Replace(title, "Tuesday", "Friday", 1), "")); r.Copy() {
		t.Errorf("a title with another day: %+v", r)
	}
	if r := j.Compare(item("en", "", "LIAN, 3 May (Example) - Sirens tested today"), item("en", "", "LIAN, 4 May (Example) - Sirens tested today")); r.Same {
		t.Errorf("a few words of another day: %+v", r)
	}
	if keys := j.Keys(item("en", "Alert", "")); keys != nil {
		t.Errorf("a word has keys: %x", keys)
	}
}

func TestLanguages(t *testing.T) {
	a, b := item("en", "", told), item("de", "", told)
	if r := stories.New(facts.Differ).Compare(a, b); r.Same {
		t.Errorf("%+v", r)
	}
	b.Language = "en-GB"
	if r := stories.New(facts.Differ).Compare(a, b); !r.Copy() {
		t.Errorf("%+v", r)
	}
}

// What differs is said in the words of both.
func TestDifferencesAreNamed(t *testing.T) {
	for _, c := range []struct{ from, into, was, is string }{
		{"12 miles wide", "15 miles wide", "12", "15"},
		{"Admiral Ingrid Solberg", "Admiral Marit Solberg", "Ingrid", "Marit"},
		{"patrol ships", "patrol planes", "ships", "planes"},
		{"Morava denied", "Morava confirmed", "denied", "confirmed"},
	} {
		r := stories.New(facts.Differ).Compare(item("en", "", told), item("en", "", edited(c.from, c.into)))
		if len(r.Differ) != 1 || !r.Same || r.Copy() {
			t.Errorf("%s: %+v", c.into, r)
		} else if d := r.Differ[0]; !strings.Contains(d.Old, c.was) || !strings.Contains(d.New, c.is) || d.Kind == "" {
			t.Errorf("%s: %+v", c.into, d)
		}
	}
}

func TestStanding(t *testing.T) {
	feed := func(name, url string, tags ...string) dewline.FeedRef {
		return dewline.FeedRef{Name: name, URL: url, Tags: tags}
	}
	var last *dewline.Item
	for _, it := range []*dewline.Item{
		{Feed: feed("Example Times", "https://times.example/", "press"), Source: dewline.Source{Name: "Example Times"}},
		{Feed: feed("Some feed", "https://feed.example/")},
		{Feed: feed("TASS", "https://tass.example/"), Source: dewline.Source{Name: "TASS"}},
		{Feed: feed("Northmark MoD", "https://defence.example/", "nm", "ministry"), Source: dewline.Source{Name: "Xinhua"}},
		{Feed: feed("China Military Online", "http://eng.chinamil.example/", "cn", "forces"), Source: dewline.Source{Name: "China Military"}},
	} {
		if last != nil && stories.Standing(last) >= stories.Standing(it) {
			t.Errorf("%s ranks %d, %s ranks %d", last.Feed.Name, stories.Standing(last), it.Feed.Name, stories.Standing(it))
		}
		last = it
	}
	both := &dewline.Item{Feed: feed("Example Times", "https://times.example/", "press"), Also: []dewline.FeedRef{feed("Northmark MoD", "https://mod.example/", "ministry")}}
	host := &dewline.Item{Feed: feed("A feed", "https://www.defence.gov.example/")}
	if n := stories.Standing(both); n != stories.Standing(host) || n <= stories.Standing(&dewline.Item{}) {
		t.Errorf("a ministry's feed ranks %d, an address of a state %d", n, stories.Standing(host))
	}
}
