package demo

import (
	"embed"
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

const (
	interval = 5 * time.Second // between two statements
	window   = 20              // statements that the live feed holds
)

// statement is an item of the live feed.
type statement struct {
	ID       string // tells the statement from those of every other run
	At       time.Time
	Language string
	Title    string
	Text     string
}

// draft is what statements are made from. Title and Text hold {n} for the
// number of the statement and {place} for one of Places.
type draft struct {
	Language string   `json:"language"`
	Title    string   `json:"title"`
	Text     string   `json:"text"`
	Places   []string `json:"places"`
}

//go:embed feeds pages statements.json article.html index.html
var files embed.FS

var drafts = readDrafts()

func readDrafts() []draft {
	b, err := files.ReadFile("statements.json")
	if err != nil {
		panic(err) // it is embedded
	}
	var list []draft
	if err := json.Unmarshal(b, &list); err != nil {
		panic("demo/statements.json: " + err.Error())
	}
	return list
}

// statementAt is statement n of the run that began at start.
func statementAt(start time.Time, n int) statement {
	d := drafts[n%len(drafts)]
	at := start.Add(time.Duration(n) * interval)
	fill := strings.NewReplacer("{n}", strconv.Itoa(n+1), "{place}", d.Places[n/len(drafts)%len(d.Places)])
	return statement{
		ID: strconv.FormatInt(at.UnixMilli(), 10), At: at,
		Language: d.Language, Title: fill.Replace(d.Title), Text: fill.Replace(d.Text),
	}
}

// published counts the statements that are out at this time.
func published(start, now time.Time) int {
	if now.Before(start) {
		return 0
	}
	return int(now.Sub(start)/interval) + 1
}

// statements are those that the live feed holds, the newest first.
func statements(start, now time.Time) []statement {
	n := published(start, now)
	var list []statement
	for i := n - 1; i >= max(0, n-window); i-- {
		list = append(list, statementAt(start, i))
	}
	return list
}

// statementByID finds a statement that is out, in the feed still or not.
func statementByID(start, now time.Time, id string) (statement, bool) {
	ms, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return statement{}, false
	}
	n := (ms - start.UnixMilli()) / interval.Milliseconds()
	if n < 0 || n >= int64(published(start, now)) {
		return statement{}, false
	}
	s := statementAt(start, int(n))
	return s, s.ID == id
}
