package monitor

import (
	"context"
	"slices"

	"dewline"
)

// editedText is what the rules are told when the article of a newer version came, and
// differs from the article of the version before. That an article came is no edit. What
// the poll told already, of the feed's own words, is not told again.
func (m *Monitor) editedText(ctx context.Context, job dewline.TextJob, c *dewline.TextCommit) ([]dewline.Rewritten, error) {
	if len(m.Edits.Told) == 0 || !c.Replaced || job.Task.Quiet || job.Task.Version < 2 {
		return nil, nil
	}
	past, err := m.Store.Past(context.WithoutCancel(ctx), job.Item.Key)
	if err != nil {
		return nil, err
	}
	n := len(past.Served)
	if n < 2 || past.Before.FullText.State != dewline.TextFetched || c.Item.FullText.State != dewline.TextFetched {
		return nil, nil
	}
	served := past.Served[n-2:]
	told := m.Edits.between(m.Judge, &served[0], &served[1], matchAs(m.Judge, &served[1]), true)
	all := m.Edits.between(m.Judge, &past.Before, &c.Item, c.Matches, false)
	for i := range all {
		all[i].Match.FullText = true
		all[i].Change.Reasons = slices.DeleteFunc(all[i].Change.Reasons, func(why dewline.Reason) bool {
			return slices.ContainsFunc(told, func(t dewline.Rewritten) bool {
				return t.Match.Rule == all[i].Match.Rule && slices.Contains(t.Change.Reasons, why)
			})
		})
	}
	return slices.DeleteFunc(all, func(r dewline.Rewritten) bool { return len(r.Change.Reasons) == 0 }), nil
}
