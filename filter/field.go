package filter

import (
	"dewline"
)

// field numbers an item's fields, in the order in which hits are listed.
type field uint8

const fields = 9

var fieldNames = [fields]string{
	dewline.FieldTitle, dewline.FieldSummary, dewline.FieldContent, dewline.FieldAuthor, dewline.FieldCategory,
	dewline.FieldURL, dewline.FieldFeed, dewline.FieldTag, dewline.FieldLang,
}

var fieldNumbers = func() map[string]field {
	m := make(map[string]field)
	for i, name := range fieldNames {
		m[name] = field(i)
	}
	return m
}()

// fieldSet is a set of fields.
type fieldSet uint16

// textFields are searched where a term names no field.
const textFields fieldSet = 1<<0 | 1<<1 | 1<<2

// anyField is what a field that does not exist may have meant.
const anyField fieldSet = 1<<fields - 1

func (s fieldSet) has(f field) bool { return s&(1<<f) != 0 }

// listBreak joins the entries of a field that is a list: nothing reaches across
// it.
const listBreak = "\n\n"

// fieldParts is the text of a field: one part, or the entries of a list. One is
// room for the single part.
func fieldParts(it *dewline.Item, f field, one *[1]string) []string {
	switch fieldNames[f] {
	case dewline.FieldAuthor:
		return it.Authors
	case dewline.FieldCategory:
		return it.Categories
	case dewline.FieldTag:
		return it.Feed.Tags
	case dewline.FieldURL:
		one[0] = it.URL
	case dewline.FieldFeed:
		one[0] = it.Feed.Name
	case dewline.FieldLang:
		one[0] = it.Language
	default:
		one[0] = it.Text(fieldNames[f])
	}
	return one[:]
}

// nearestField is the field that was probably meant, if any.
func nearestField(name string) string { return nearest(name, fieldNames[:], 2) }
