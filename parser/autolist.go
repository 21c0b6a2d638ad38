package parser

import (
	"fmt"
	"strings"

	"dewline"
)

// readFound reads a web page of which nobody said where its list stands: by the selectors that found it before, or,
// where they find nothing any more, by those of a list that is looked for now. A list that may be something else is
// not read.
func readFound(doc dewline.Document, l *listing) dewline.Parsed {
	var last dewline.Parsed
	for i := range doc.Kept {
		if last = l.readBy(doc, &doc.Kept[i]); last.Status.Read() {
			last.List = &doc.Kept[i]
			return last
		}
	}
	doc.Before = 0 // another list
	found := proposalsOf(doc, l)
	if len(found.Lists) > 0 && found.Lists[0].Sure() {
		best := &found.Lists[0]
		best.Parsed.List = &best.Page
		if told := found.rivals(); told != "" {
			best.Parsed.Detail = told
		}
		return best.Parsed
	}
	why := "no list of statements was found on the page: " + found.unsure()
	if len(doc.Kept) > 0 {
		what, _, _ := strings.Cut(strings.TrimPrefix(last.Detail, brokenList), "; `dewline") // the remedy follows
		why = what + "; and no other list was found: " + found.unsure()
	}
	return dewline.Parsed{
		Status: dewline.StatusBrokenList, Format: "web page", Title: l.title(),
		Detail: brokenList + why + "; `dewline feeds check " + l.address + "` shows what is there. If one of it is the list, write its selectors in the place of `page: auto`",
	}
}

// Sure reports whether a list is read although nobody looked at it: most of its items have a date, none of the
// signs of menus and side columns is near, and what it announces is past. A list without dates is never sure.
func (p *Proposal) Sure() bool {
	return p.Confidence == confidenceGood || p.Confidence == confidenceFair && p.dated >= mostDated && p.standing > beside
}

// unsure says why no list is read.
func (p Proposals) unsure() string {
	if len(p.Lists) == 0 {
		return p.Why
	}
	return fmt.Sprintf("what is most like one (%s) may be something else (%s), and a guess is not read", p.Lists[0].Page, p.Lists[0].Because)
}

// rivals names a list that is nearly as good as the one that was taken.
func (p Proposals) rivals() string {
	if len(p.Lists) < 2 || !p.Lists[1].Sure() || p.Lists[1].score < nearly*p.Lists[0].score {
		return ""
	}
	return fmt.Sprintf("the list that is read is %s; the page has another one that could be meant, %s: if it is, write its selectors in the place of `page: auto`",
		p.Lists[0].Page, p.Lists[1].Page)
}

// nearly is how good a second list must be to be told of.
const nearly = 0.7
