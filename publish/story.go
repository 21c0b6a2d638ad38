package publish

import (
	"html"
	"strconv"
	"strings"

	"dewline"
)

// mostAlso is how many feeds an entry names where its statement ran too.
const mostAlso = 5

// tellStory takes what is known of the entry's story. Another head has another text, so the entry is updated by it.
func (e *entry) tellStory(m *dewline.Matched) {
	e.story = m.Item.Story
	if m.Group == nil {
		return
	}
	also, more := m.Group.Also(m.Item.Feed.Name, mostAlso)
	e.also, e.more = lines(also), more
	if m.Group.Moved.After(e.updated) {
		e.updated = m.Group.Moved
	}
}

// alsoHTML says where else the statement ran, and why one that was told before is told again.
func (e *entry) alsoHTML() string {
	var b strings.Builder
	if e.story != nil && len(e.story.Differs) > 0 {
		b.WriteString("<p><small>It differs from what ran before:")
		for i, d := range e.story.Differs {
			b.WriteString([]string{" ", "; "}[min(i, 1)] + "<bdi>" + html.EscapeString(line(d.String())) + "</bdi>")
		}
		b.WriteString("</small></p>")
	}
	if len(e.also)+e.more > 0 {
		b.WriteString("<p><small>Also: ")
		for i, name := range e.also {
			b.WriteString([]string{"", ", "}[min(i, 1)] + "<bdi>" + html.EscapeString(name) + "</bdi>")
		}
		if e.more > 0 {
			b.WriteString([]string{"", ", "}[min(len(e.also), 1)] + "+" + strconv.Itoa(e.more))
		}
		b.WriteString("</small></p>")
	}
	return b.String()
}
