package web

import (
	"maps"
	"slices"
	"strings"
)

// APIPaths are the paths of the API.
func APIPaths() []string {
	paths := slices.Collect(maps.Keys((&site{}).questions()))
	for path := range (&site{}).orders() {
		if strings.HasPrefix(path, "/api/") { // the page has one of its own
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}
