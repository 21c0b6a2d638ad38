package concepts

import (
	"embed"
	"fmt"
	"io/fs"
	"sync"

	"dewline"

	"github.com/goccy/go-yaml"
)

//go:embed *.yaml
var files embed.FS

// file is a concept as its file writes it.
type file struct {
	Name        string
	Title       string
	Description string
	Terms       []struct{ Term, Lang, Source string }
}

// Builtin are the concepts that are built in, by name. They are read once and
// shared: who asks for them changes nothing of them. An error is a fault of the
// build.
func Builtin() ([]dewline.Concept, error) { return builtin() }

var builtin = sync.OnceValues(readAll)

func readAll() ([]dewline.Concept, error) {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, err
	}
	var all []dewline.Concept
	for _, name := range names {
		c, err := read(name)
		if err != nil {
			return nil, fmt.Errorf("the built-in concept %s: %w", name, err)
		}
		all = append(all, c)
	}
	return all, nil
}

func read(name string) (c dewline.Concept, err error) {
	src, err := files.ReadFile(name)
	if err != nil {
		return c, err
	}
	var f file
	if err := yaml.UnmarshalWithOptions(src, &f, yaml.Strict()); err != nil {
		return c, err
	}
	c = dewline.Concept{Name: f.Name, Title: f.Title, Description: f.Description}
	for _, t := range f.Terms {
		c.Terms = append(c.Terms, dewline.ConceptTerm{Query: t.Term, Lang: t.Lang, Source: t.Source})
	}
	return c, nil
}
