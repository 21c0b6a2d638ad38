package web

import (
	"maps"
	"slices"
)

// APIPaths are the paths of the API.
func APIPaths() []string { return slices.Sorted(maps.Keys((&site{}).questions())) }
