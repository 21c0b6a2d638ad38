package monitor

import "dewline"

// urge notes on what is told whether nothing may hold it, as its rule says.
func (m *Monitor) urge(matches []dewline.Match, rewritten []dewline.Rewritten, removed []dewline.Removed) {
	if len(m.Critical) == 0 {
		return
	}
	for i := range matches {
		matches[i].Critical = m.Critical[matches[i].Rule.Name]
	}
	for i := range rewritten {
		rewritten[i].Match.Critical = m.Critical[rewritten[i].Match.Rule.Name]
	}
	for i := range removed {
		removed[i].Match.Critical = m.Critical[removed[i].Match.Rule.Name]
	}
}
