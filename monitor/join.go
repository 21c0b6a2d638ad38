package monitor

import (
	"slices"
	"strings"

	"dewline"
)

// join takes an entry in that is an item of another feed. The item keeps its version; what this feed says beyond it is
// added, and the whole is judged as an item of this feed too.
func (t *taken) join(s *sighting, r *recognition, judge Judge) {
	past, _ := r.past(s.item)
	said := s.make()
	item := with(past.Current, said)
	item.Also = append(append([]dewline.FeedRef(nil), item.Also...), said.Feed)
	matches := matchAs(judge, &item)
	for i := range matches {
		matches[i].Again, matches[i].FullText = true, true
	}

	t.poll.Seen++
	t.found(s, &item, matches)
	t.enriched = append(t.enriched, item)
	t.bases[item.Key] = past.Current.Basis()
	t.remember(s, &item, said.TextHash(), item.Version)
}

// with is an item with what another feed says beyond it. Texts are added at the end alone, for what was found in
// them stays where it is.
func with(item dewline.Item, said *dewline.Item) dewline.Item {
	if more := beyond(&item, said); len(more) > 0 {
		if item.Content != "" {
			more = append([]string{item.Content}, more...)
		}
		item.Content = strings.Join(more, "\n\n")
		if len(said.HTML) > len(item.HTML) {
			item.HTML = said.HTML
		}
	}
	item.Authors, item.Categories = union(item.Authors, said.Authors), union(item.Categories, said.Categories)
	if item.Language == "" {
		item.Language = said.Language
	}
	item.Source.Complete(said.Source)
	if item.Published.IsZero() && item.PublishedAs == "" {
		item.Published, item.PublishedAs = said.Published, said.PublishedAs
	}
	return item
}

func union(a, b []string) []string {
	all := append([]string(nil), a...)
	for _, s := range b {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

// beyond are the blocks of what a feed says that are not in the item's text: of the full text first, then of a summary
// that is not its beginning.
func beyond(item, said *dewline.Item) (more []string) {
	have := plain(item.Title + "\n" + item.Summary + "\n" + item.Content)
	for _, text := range []string{said.Content, said.Summary} {
		for block := range strings.SplitSeq(text, "\n\n") {
			p := plain(block)
			if begin := beginning(p); begin == "" || strings.Contains(have, begin) {
				continue
			}
			more = append(more, block)
			have += "\n" + p
		}
	}
	return more
}

// beginning is a block without the dots, or the words, that say that it goes on elsewhere.
func beginning(block string) string {
	for _, more := range []string{"Continue reading", "Read more", "[...]", "...", "[...", "]"} {
		block = strings.TrimSpace(strings.TrimSuffix(block, more))
	}
	return block
}

// most of a text is enough to be a full text and no teaser.
const most = 0.8

// successorOf is an item as it is after an edit. Where several feeds serve it, a feed that gives the full text
// replaces it, and one that gives a teaser adds what it says beyond; before is what the feed said before.
func successorOf(past *dewline.Past, said *dewline.Item, before uint64) dewline.Item {
	now, next := &past.Current, *said
	next.Key, next.Feed, next.Also, next.Identity = now.Key, now.Feed, now.Also, now.Identity
	if len(now.Also) == 0 {
		return next
	}
	if said.Feed.Name != now.Feed.Name {
		next.GUID, next.URL = now.GUID, now.URL
	}
	if plain(next.Title) != plain(now.Title) && hadTitle(past.Served, next.Title) { // it has not heard of the new one yet
		next.Title = now.Title
	}
	more := beyond(now, said)
	full := float64(len(said.Summary)+len(said.Content)) >= most*float64(len(now.Summary)+len(now.Content))
	if len(more) > 0 && full || full && (before == now.TextHash() || len(beyond(said, now)) > 0) {
		return next
	}
	rest := with(*now, said)
	rest.Title, rest.GUID, rest.URL = next.Title, next.GUID, next.URL
	return rest
}

// hadTitle reports whether a version before the current one had a title.
func hadTitle(served []dewline.Item, title string) bool {
	for i := range served[:len(served)-1] {
		if plain(served[i].Title) == plain(title) {
			return true
		}
	}
	return false
}
