package dewline

import "time"

// Source is what an item's own text says of where it comes from: its source
// line or its dateline. What the text does not say is empty.
type Source struct {
	Name   string    `json:"name,omitempty"`
	Place  string    `json:"place,omitempty"`
	Issued time.Time `json:"issued,omitzero"` // a day, at midnight UTC
}

// IsZero reports whether the text says nothing of its source.
func (s Source) IsZero() bool { return s.Name == "" && s.Place == "" && s.Issued.IsZero() }

// Complete fills in what the source leaves open.
func (s *Source) Complete(from Source) {
	if s.Name == "" {
		s.Name = from.Name
	}
	if s.Place == "" {
		s.Place = from.Place
	}
	if s.Issued.IsZero() {
		s.Issued = from.Issued
	}
}

// SourceDocument is a source's public JSON form.
type SourceDocument struct {
	Name   string  `json:"name"`
	Place  string  `json:"place"`
	Issued *string `json:"issued"` // a day: 2017-03-29; null where the text names none
}

// Document is the source's public form; nil where the text says nothing.
func (s Source) Document() *SourceDocument {
	if s.IsZero() {
		return nil
	}
	doc := &SourceDocument{Name: s.Name, Place: s.Place}
	if day := s.Day(); day != "" {
		doc.Issued = &day
	}
	return doc
}

// Day is the day of issue as 2017-03-29; empty where there is none.
func (s Source) Day() string {
	if s.Issued.IsZero() {
		return ""
	}
	return s.Issued.Format(time.DateOnly)
}

// String is the source in words: "China Military, Geneva, 2017-03-29".
func (s Source) String() string {
	text := ""
	for _, part := range []string{s.Name, s.Place, s.Day()} {
		if part != "" && text != "" {
			text += ", "
		}
		text += part
	}
	return text
}
