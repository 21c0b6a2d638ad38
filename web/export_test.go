package web

import (
	"maps"
	"slices"
)

// APIPaths are the paths of the API.
func APIPaths() []string {
	paths := slices.Collect(maps.Keys((&site{}).questions()))
	return slices.Sorted(slices.Values(slices.AppendSeq(paths, maps.Keys((&site{}).orders()))))
}
