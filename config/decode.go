package config

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// decoder brings a document into the shape and collects what does not fit.
type decoder struct {
	*document // the one that is being read; places know their own
	problems  []Problem
	warnings  []Problem
	nodes     int // left to read
}

// maxProblems bounds what is said of one file.
const maxProblems = 1000

// report adds a problem; width is the number of characters at fault.
func (d *decoder) report(at place, width int, msg, hint string) {
	if d.full() {
		return
	}
	doc := d.of(at)
	d.problems = append(d.problems, Problem{File: doc.file, Line: at.line, Column: at.column, Msg: msg, Hint: hint, width: width, doc: doc})
}

// of is the document that a place is in.
func (d *decoder) of(at place) *document {
	if at.in != nil {
		return at.in
	}
	return d.document
}

// full reports whether enough was said: then no place is looked for any more.
func (d *decoder) full() bool { return len(d.problems) >= maxProblems }

// spend counts a value that is read. It is false once there are more than any
// honest file has.
func (d *decoder) spend(at place) bool {
	if d.nodes > 0 {
		if d.nodes--; d.nodes == 0 {
			d.report(at, 1, "the aliases of this file repeat too much", "write it with fewer aliases")
		}
	}
	return d.nodes > 0
}

// wrong reports a scalar as a whole.
func (d *decoder) wrong(s scalar, msg, hint string) {
	if d.full() {
		return
	}
	end := d.of(s.place).inside(s, len(s.written))
	width := 1
	if end.line == s.line {
		width = end.column - s.column
	}
	d.report(s.place, width, msg, hint)
}

// warn says what is probably not meant, about a scalar as a whole. It refuses
// nothing.
func (d *decoder) warn(s scalar, msg, hint string) {
	d.warned(func() { d.wrong(s, msg, hint) })
}

// warned makes warnings of what is reported meanwhile.
func (d *decoder) warned(report func()) {
	before := len(d.problems)
	report()
	d.warnings = append(d.warnings, d.problems[before:]...)
	d.problems = d.problems[:before]
}

// wrongPart reports the bytes from..to of a scalar's value.
func (d *decoder) wrongPart(s scalar, from, to int, msg, hint string) {
	if d.full() {
		return
	}
	doc := d.of(s.place)
	begin, end := doc.inside(s, s.origin(from)), doc.inside(s, s.origin(to))
	width := 1
	if begin.line == end.line {
		width = end.column - begin.column
	}
	d.report(begin, width, msg, hint)
}

// read brings a node into a value of the shape. key is where the value's key
// stands, for values that are not there.
func (d *decoder) read(n ast.Node, key scalar, v reflect.Value) {
	n = d.follow(n)
	if n == nil || !d.spend(key.place) {
		return
	}
	switch x := v.Addr().Interface().(type) {
	case *later:
		x.present = true
		d.report(key.place, len(key.key), fmt.Sprintf("`%s:` is not supported yet", key.key), "remove it")
	case *words:
		d.readWords(n, key, x)
	case *pairs:
		d.readPairs(n, key, x)
	case *lists:
		d.readLists(n, key, x)
	case *text:
		d.readScalar(n, key, kindText, &x.scalar)
	case *secret:
		d.readScalar(n, key, kindText, &x.scalar)
		d.hide(x.scalar)
	case *number:
		d.readScalar(n, key, kindNumber, &x.scalar)
	case *amount:
		d.readScalar(n, key, kindText|kindNumber, &x.scalar)
	case *choice:
		d.readScalar(n, key, kindText|kindFlag, &x.scalar)
	case *flag:
		d.readScalar(n, key, kindFlag, &x.scalar)
	default:
		d.readOther(n, key, v)
	}
}

func (d *decoder) readOther(n ast.Node, key scalar, v reflect.Value) {
	if kindOf(n) == kindNull && key.key != "" { // `feeds:` with nothing below is like no key
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		p := newSection(v.Type().Elem())
		v.Set(p)
		d.readSection(n, key, p.Elem())
	case reflect.Slice:
		d.readList(n, key, v)
	default:
		d.readSection(n, key, v)
	}
}

func (d *decoder) readList(n ast.Node, key scalar, v reflect.Value) {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		d.mistaken(n, key, "a list", "begin each entry with - below the key")
		return
	}
	for _, each := range list.Values {
		p := newSection(v.Type().Elem())
		d.read(each, scalar{place: d.start(each)}, p.Elem())
		v.Set(reflect.Append(v, p.Elem()))
	}
}

// readSection reads a mapping, key by key.
func (d *decoder) readSection(n ast.Node, key scalar, v reflect.Value) {
	if w, ok := v.Addr().Interface().(interface{ single() *text }); ok && kindOf(n)&(kindText|kindFlag) != 0 {
		d.readScalar(n, key, kindText|kindFlag, &w.single().scalar)
		return
	}
	if _, ok := n.(*ast.MappingNode); !ok {
		keys := keysOf(v.Type())
		d.mistaken(n, key, "a mapping", "write keys with values: "+strings.Join(keys[:min(2, len(keys))], ": …, ")+": …")
		return
	}
	v.Addr().Interface().(interface{ begin(place) }).begin(d.start(n))
	fields := fieldsOf(v.Type())
	for _, e := range d.entries(n, 0) {
		i, known := fields[e.key.key]
		if !known {
			d.unknown(e.key, v.Type())
			continue
		}
		d.read(e.value, e.key, v.Field(i))
	}
}

// homes says where a key belongs that is easily put elsewhere.
var homes = map[string]string{
	"digest": "a digest is a key within email: or shoutrrr:",
	"quiet":  "quiet hours are a key of a receiver",
	"budget": "a budget is a key of a receiver",
	"group":  "it is a key of a receiver",
}

// unknown reports a key that does not belong where it stands.
func (d *decoder) unknown(key scalar, t reflect.Type) {
	if _, known := fieldsOf(shapeType)[key.key]; known && t == includedType {
		d.report(key.place, len([]rune(key.key)), "`"+key.key+":` may not stand in an included file", "an included file holds "+strings.Join(keysOf(t), ", ")+" only; write it in the file that includes this one")
		return
	}
	if hint, known := homes[key.key]; known {
		d.report(key.place, len([]rune(key.key)), "`"+key.key+":` does not belong here", hint)
		return
	}
	d.report(key.place, len([]rune(key.key)), "unknown key "+quoted(key.key), didYouMean(key.key, keysOf(t), ""))
}

// mistaken reports a value of the wrong type.
func (d *decoder) mistaken(n ast.Node, key scalar, want, hint string) {
	what := "this entry"
	switch {
	case key.key != "":
		what = "`" + key.key + ":`"
	case n == d.root:
		what = "the file"
	}
	at := d.start(n)
	if kindOf(n) == kindNull {
		at = key.place
	}
	d.report(at, 1, fmt.Sprintf("%s must be %s, not %s", what, want, kindOf(n)), hint)
}

func (d *decoder) readWords(n ast.Node, key scalar, w *words) {
	w.section = section{place: d.start(n), set: true}
	w.items, w.failed = nil, false
	if kindOf(n) == kindNull {
		return
	}
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		d.mistaken(n, key, "a list", "put it in brackets: "+key.key+": […]")
		w.failed = true
		return
	}
	for _, each := range list.Values {
		var t text
		d.read(each, scalar{place: d.start(each)}, reflect.ValueOf(&t).Elem())
		w.failed = w.failed || t.failed
		if t.set {
			w.items = append(w.items, t)
		}
	}
}

func (d *decoder) readPairs(n ast.Node, key scalar, p *pairs) {
	p.section = section{place: d.start(n), set: true}
	for _, e := range d.freeEntries(n, key, "write "+key.key+": {Name: value}") {
		one := pair{name: text{e.key}}
		d.read(e.value, e.key, reflect.ValueOf(&one.value).Elem())
		if one.value.set {
			p.items = append(p.items, one)
		}
	}
}

func (d *decoder) readLists(n ast.Node, key scalar, all *lists) {
	all.section = section{place: d.start(n), set: true}
	for _, e := range d.freeEntries(n, key, "write "+key.key+": {name: [term, term]}") {
		one := namedWords{name: text{e.key}}
		d.read(e.value, e.key, reflect.ValueOf(&one.words).Elem())
		if one.words.set {
			all.items = append(all.items, one)
		}
	}
}

// freeEntries are the entries of a mapping whose keys are the user's own.
func (d *decoder) freeEntries(n ast.Node, key scalar, hint string) []entry {
	if kindOf(n) == kindNull {
		return nil
	}
	if _, ok := n.(*ast.MappingNode); !ok {
		d.mistaken(n, key, "a mapping", hint)
		return nil
	}
	return d.entries(n, 0)
}

// newSection makes a value of the shape with its defaults.
func newSection(t reflect.Type) reflect.Value {
	p := reflect.New(t)
	setDefaults(p.Elem())
	return p
}

func setDefaults(v reflect.Value) {
	if v.Kind() != reflect.Struct {
		return
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Tag.Get("yaml") == "" {
			continue
		}
		byDefault, ok := f.Tag.Lookup("default")
		s := scalar{key: f.Tag.Get("yaml"), value: byDefault, written: byDefault}
		switch x := v.Field(i).Addr().Interface().(type) {
		case *text:
			x.scalar = s
		case *number:
			x.scalar = s
		case *amount:
			x.scalar = s
		case *flag:
			x.scalar = s
		case *choice:
			x.scalar = s
		case *secret:
			x.scalar = s
		case *words:
			if ok {
				x.items = []text{{s}}
			}
		default:
			setDefaults(v.Field(i))
		}
	}
}

// fieldsOf maps the keys of a section to its fields.
func fieldsOf(t reflect.Type) map[string]int {
	fields := map[string]int{}
	for i := range t.NumField() {
		if key := t.Field(i).Tag.Get("yaml"); key != "" {
			fields[key] = i
		}
	}
	return fields
}

// keysOf lists the keys of a section that are supported, in their order.
func keysOf(t reflect.Type) []string {
	var keys []string
	for i := range t.NumField() {
		f := t.Field(i)
		if key := f.Tag.Get("yaml"); key != "" && f.Type != reflect.TypeFor[later]() {
			keys = append(keys, key)
		}
	}
	return slices.Clip(keys)
}

// shapeType is the whole file; includedType is one that it includes.
var (
	shapeType    = reflect.TypeFor[file]()
	includedType = reflect.TypeFor[included]()
)
