package config

import (
	"fmt"
	"path/filepath"
	"strings"
)

// maxIncluded bounds the number of included files.
const maxIncluded = 1000

// include adds what the included files hold to the shape, in the order of their names. It returns the files.
func (l *loader) include(shape *file) (files []string) {
	seen := map[string]bool{}
	names := map[string]place{}
	for _, c := range shape.Concepts.items {
		names[c.name.value] = c.name.place
	}
	root := l.document
	for _, pattern := range shape.Include.items {
		for _, path := range l.matching(pattern) {
			switch {
			case seen[path]:
				continue
			case same(path, root.file):
				l.wrong(pattern.scalar, "this file would include itself", "keep the files to be included in a folder of their own")
				continue
			case len(files) == maxIncluded:
				l.wrong(pattern.scalar, fmt.Sprintf("more than %d files are included", maxIncluded), "join some of them")
				return files
			}
			seen[path] = true
			files = append(files, path)
			l.readIncluded(shape, pattern, path, len(files), names)
		}
	}
	return files
}

// matching are the files that an entry of include: names.
func (l *loader) matching(pattern text) []string {
	path := resolve(l.of(pattern.place).dir, pattern.value)
	if !strings.ContainsAny(pattern.value, "*?[") {
		return []string{path}
	}
	found, err := filepath.Glob(path) // in the order of their names
	switch {
	case err != nil:
		l.wrong(pattern.scalar, quoted(pattern.value)+" is no pattern of file names", "* stands for any characters, ? for one, [a-c] for one of these")
	case len(found) == 0:
		l.wrong(pattern.scalar, "there is no file "+quoted(pattern.value), "a relative path is looked for beside this file")
	}
	return found
}

// same reports whether two paths are of one file, by their names.
func same(a, b string) bool {
	absA, errA := filepath.Abs(a)
	absB, errB := filepath.Abs(b)
	return errA == nil && errB == nil && absA == absB
}

// readIncluded reads one included file and joins it to the shape. Faults in it are reported at their places there.
func (l *loader) readIncluded(shape *file, pattern text, path string, order int, names map[string]place) {
	src, err := readRegular(path, maxFile)
	if err != nil {
		l.wrong(pattern.scalar, fmt.Sprintf("cannot read %s: %v", path, reason(err)), "a relative path is looked for beside this file")
		return
	}
	doc, faults := parse(src)
	doc.file, doc.dir, doc.order = path, filepath.Dir(path), order
	root := l.document
	l.document = doc
	defer func() { l.document = root }()
	l.nodes += len(src)
	for _, f := range faults {
		l.report(f.place, f.width, f.msg, f.hint)
	}
	if len(faults) > 0 || doc.root == nil { // a file of comments adds nothing
		return
	}
	v := newSection(includedType)
	l.read(doc.root, scalar{place: place{line: 1, column: 1}}, v.Elem())
	part := v.Interface().(*included)
	shape.Feeds = append(shape.Feeds, part.Feeds...)
	shape.Rules = append(shape.Rules, part.Rules...)
	shape.Receivers = append(shape.Receivers, part.Receivers...)
	for _, c := range part.Concepts.items {
		l.once(names, c.name.value, c.name.scalar, "the concept name "+quoted(c.name.value), "give each concept its own name")
		shape.Concepts.items = append(shape.Concepts.items, c)
	}
	if !shape.Concepts.set {
		shape.Concepts.section = part.Concepts.section
	}
}
