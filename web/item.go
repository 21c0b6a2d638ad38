package web

import (
	"context"
	"errors"
	"io/fs"
	"net/http"
	"slices"
	"strconv"
	"time"

	"dewline"
)

// itemView is one statement in one of its versions.
type itemView struct {
	frame
	Item      *dewline.Item // the version that is shown
	Heading   []dewline.Span
	Lang      string
	Link      link
	Published dateView
	Updated   dateView
	FeedSays  *stamp // the feed's own date, where the source line names another day
	FirstSeen *stamp
	Page      string // what is known of the page, where it is watched
	Summary   [][]dewline.Span
	Content   [][]dewline.Span
	Reasons   []reasonView
	Versions  []versionView // the newest first
	Current   bool          // the newest is shown
	Edits     []fieldEdits  // what the shown version changed of the one before
	Story     *storyView    // where it is in one
}

// reasonView is why a rule matched.
type reasonView struct {
	Rule    ruleView
	At      *stamp
	Version int
	Found   []foundView
}

// foundView is one term of a rule, the fields in which it was found, and the
// words that stand there.
type foundView struct {
	Term          string
	Fields, Texts []string
}

// fieldEdits are the changed passages of one field.
type fieldEdits struct {
	Field string
	Edits []dewline.Edit
}

// editContext is how many unchanged words are shown on either side of a change.
const editContext = 20

// editsOf is what a version changed of the one before.
func editsOf(it *dewline.Item, versions []dewline.Item) (all []fieldEdits) {
	for i := range versions {
		if i == 0 || versions[i].Version != it.Version {
			continue
		}
		for _, d := range dewline.DiffItems(&versions[i-1], it) {
			all = append(all, fieldEdits{d.Field, dewline.ShortenEdits(d.Edits, editContext)})
		}
	}
	return all
}

type versionView struct {
	N     int
	At    *stamp
	Shown bool
}

func (s *site) item(r *http.Request, now time.Time) (any, error) {
	key, err := dewline.ParseKey(r.PathValue("id"))
	if err != nil {
		return nil, noItem()
	}
	versions, matches, err := s.history(r.Context(), key)
	if err != nil {
		return nil, err
	}
	shown, err := chooseVersion(r, versions)
	if err != nil {
		return nil, err
	}
	page, err := s.store.Watched(r.Context(), key)
	if err != nil {
		return nil, err
	}
	v := s.itemView(r, shown, versions, matches, now)
	v.Page = page.String()
	v.Story, err = s.story(r.Context(), key, now)
	return v, err
}

func noItem() error {
	return notFound("There is no item with this id. It may have been in another store, or the address may be cut.")
}

// history is an item in all its versions, and what the rules found in it.
func (s *site) history(ctx context.Context, key dewline.Key) (versions []dewline.Item, matches []dewline.Match, err error) {
	versions, err = s.store.Versions(ctx, key)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, noItem()
	case err != nil:
		return nil, nil, err
	}
	matches, err = s.store.MatchesOf(ctx, key)
	return versions, matches, err
}

// chooseVersion is the version that the address asks for, else the current one.
func chooseVersion(r *http.Request, versions []dewline.Item) (*dewline.Item, error) {
	current := &versions[len(versions)-1]
	asked := r.FormValue("version")
	if asked == "" {
		return current, nil
	}
	for i := range versions {
		if strconv.Itoa(versions[i].Version) == asked {
			return &versions[i], nil
		}
	}
	return nil, notFound("This item has no version " + quoted(asked) + "; the latest is " + strconv.Itoa(current.Version) + ".")
}

func (s *site) itemView(r *http.Request, it *dewline.Item, versions []dewline.Item, matches []dewline.Match, now time.Time) itemView {
	hits := hitsOf(matches)
	v := itemView{
		frame: s.frame(r, titleOf(it)+" – dewline", ""), Item: it, Heading: mark(titleOf(it), dewline.FieldTitle, hits),
		Lang: language(it.Language), Link: linkTo(it.URL),
		Published: dateView{at(it.Dated(), now), it.PublishedAs}, Updated: dateView{at(it.Updated, now), it.UpdatedAs},
		FirstSeen: at(it.FirstSeen, now),
		Summary:   blocks(mark(it.Summary, dewline.FieldSummary, hits)),
		Content:   blocks(mark(it.Content, dewline.FieldContent, hits)),
		Current:   it.Version == versions[len(versions)-1].Version,
		Edits:     editsOf(it, versions),
	}
	if !it.Dated().Equal(it.Published) {
		v.FeedSays = at(it.Published, now)
	}
	for _, m := range matches {
		v.Reasons = append(v.Reasons, reasonView{Rule: s.named(m.Rule), At: at(m.At, now), Version: m.Version, Found: gather(m.Hits)})
	}
	for i := len(versions) - 1; i >= 0; i-- {
		v.Versions = append(v.Versions, versionView{N: versions[i].Version, At: at(versions[i].Changed, now), Shown: versions[i].Version == it.Version})
	}
	return v
}

func titleOf(it *dewline.Item) string {
	if it.Title == "" {
		return "Untitled"
	}
	return it.Title
}

// gather joins hits by term: a term found fifty times is one line.
func gather(hits []dewline.Hit) (list []foundView) {
	for _, h := range hits {
		i := slices.IndexFunc(list, func(f foundView) bool { return f.Term == h.Term })
		if i < 0 {
			i = len(list)
			list = append(list, foundView{Term: h.Term})
		}
		list[i].Fields = include(list[i].Fields, h.Field)
		list[i].Texts = include(list[i].Texts, h.Text)
	}
	return list
}

func include(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
