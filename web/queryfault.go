package web

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"dewline"

	"github.com/rivo/uniseg"
)

// position is a place in a query.
type position struct {
	Offset    int `json:"offset"`    // in bytes
	End       int `json:"end"`       // exclusive; the same where it is a point
	Character int `json:"character"` // from 1
}

// remark is something about a query, and where.
type remark struct {
	Detail   string   `json:"detail"`
	Position position `json:"position"`
}

// longestRemark is enough for every message with its hint; what it quotes of the
// query may be longer.
const longestRemark = 600

func remarkOn(query string, e *dewline.SyntaxError) remark {
	at := min(e.Offset, len(query))
	return remark{shortened(e.Error(), longestRemark), position{at, min(max(at, e.End), len(query)), utf8.RuneCountInString(query[:at]) + 1}}
}

func remarks(query string, all []*dewline.SyntaxError) (list []remark) {
	for _, e := range all {
		list = append(list, remarkOn(query, e))
	}
	return list
}

// queryFault says where a query is at fault.
func queryFault(query string, err error) error {
	var syntax *dewline.SyntaxError
	if !errors.As(err, &syntax) {
		return err
	}
	r := remarkOn(query, syntax)
	f := badRequest(fmt.Sprintf("query, character %d: %s", r.Position.Character, r.Detail))
	f.place = &r.Position
	return f
}

// quote shows a place of a query: as much of it as one can take in, the part that
// is meant, and what stands before a caret below it.
type quote struct {
	Detail              string
	Before, Part, After string
	Indent              string
}

// quoteAround is how many characters of the query stand on each side.
const quoteAround = 60

func quoteOf(query string, r remark) quote {
	before, part, after := []rune(query[:r.Position.Offset]), []rune(query[r.Position.Offset:r.Position.End]), []rune(query[r.Position.End:])
	q := quote{Detail: fmt.Sprintf("character %d: %s", r.Position.Character, r.Detail)}
	if n := len(before) - quoteAround; n > 0 {
		before = append([]rune("… "), before[n:]...)
	}
	if len(part) > quoteAround {
		part, after = append(part[:quoteAround:quoteAround], '…'), nil
	}
	if len(after) > quoteAround {
		after = append(after[:quoteAround:quoteAround], '…')
	}
	q.Before, q.Part, q.After = onOneLine(before), onOneLine(part), onOneLine(after)
	q.Indent = strings.Repeat(" ", uniseg.StringWidth(q.Before))
	return q
}

// onOneLine replaces what would move the caret from its place.
func onOneLine(s []rune) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, string(s))
}
