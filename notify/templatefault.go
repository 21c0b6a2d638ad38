package notify

import (
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"

	"dewline"
)

// where finds the place that Go names in an error of a template: its line, and perhaps
// the byte in it.
var where = regexp.MustCompile(`(?s)template: ?template:(\d+)(?::(\d+))?: (.*)$`)

// executing is what it puts before an error in a run.
var executing = regexp.MustCompile(`^executing "[^"]*" at <.*?>: `)

// formFault is an error of a template with its place.
func formFault(text string, err error) *dewline.SyntaxError {
	fault := &dewline.SyntaxError{Msg: oneLine(err.Error())}
	m := where.FindStringSubmatch(err.Error())
	if m == nil {
		return fault
	}
	fault.Msg = "the template: " + oneLine(executing.ReplaceAllString(m[3], ""))
	fault.Hint = fieldsHint(m[3])
	line, _ := strconv.Atoi(m[1])
	column, _ := strconv.Atoi(m[2])
	for n := 1; n < line; n++ {
		next := strings.IndexByte(text[fault.Offset:], '\n')
		if next < 0 {
			break
		}
		fault.Offset += next + 1
	}
	if name := named.FindStringSubmatch(m[3]); m[2] == "" && name != nil {
		rest, _, _ := strings.Cut(text[fault.Offset:], "\n")
		column = max(strings.Index(rest, name[1]), 0)
	}
	fault.Offset = min(fault.Offset+column, len(text))
	fault.End = fault.Offset
	return fault
}

// named finds what an error is about that does not say where in the line it is.
var named = regexp.MustCompile(`^(?:function|unexpected|undefined variable|template)\s"([^"]+)"`)

var noField = regexp.MustCompile(`can't evaluate field (\w+) in type (\S+)`)

// fieldsHint lists the fields where one was named that there is not.
func fieldsHint(msg string) string {
	m := noField.FindStringSubmatch(msg)
	if m == nil {
		return ""
	}
	t, ok := tellingTypes[strings.TrimPrefix(m[2], "*")]
	if !ok {
		return "docs/alerts.md lists what a template can name"
	}
	var names []string
	for i := range t.NumField() {
		names = append(names, t.Field(i).Name)
	}
	return "there is " + strings.Join(names, ", ")
}

// tellingTypes are the types that a template can look into, by their names in errors.
var tellingTypes = func() map[string]reflect.Type {
	all := map[string]reflect.Type{}
	var add func(reflect.Type)
	add = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || all[t.String()] != nil || t == reflect.TypeFor[time.Time]() {
			return
		}
		all[t.String()] = t
		for i := range t.NumField() {
			add(t.Field(i).Type)
		}
	}
	add(reflect.TypeFor[Telling]())
	return all
}()
