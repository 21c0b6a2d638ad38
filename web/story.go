package web

import (
	"context"
	"errors"
	"io/fs"
	"time"

	"dewline"
)

// storyShown is how many items of a story are listed.
const storyShown = 100

// storyView is where else a statement ran.
type storyView struct {
	Items int
	Ran   []runView
	More  int
}

// runView is one item of a story.
type runView struct {
	ID        dewline.Key
	Title     string
	Lang      string
	Source    string
	FirstSeen *stamp
	Shown     bool // it is the page's own
	Head      bool
	Differs   []string
}

func (s *site) story(ctx context.Context, item dewline.Key, now time.Time) (*storyView, error) {
	story, members, err := s.store.Story(ctx, item, storyShown)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	v := &storyView{Items: story.Items, More: story.Items - len(members)}
	head := dewline.HeadOf(members)
	for i := range members {
		m := &members[i]
		run := runView{
			ID: m.Item, Title: titleOf(&m.As), Lang: language(m.As.Language), Source: m.As.Feed.Name, FirstSeen: at(m.As.FirstSeen, now),
			Shown: m.Item == item, Head: i == head && story.Items > 1,
		}
		for _, d := range m.Differs {
			run.Differs = append(run.Differs, d.String())
		}
		v.Ran = append(v.Ran, run)
	}
	return v, nil
}
