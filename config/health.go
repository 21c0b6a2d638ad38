package config

import "strconv"

// health is who is told of a feed's health: as its entry says, or as for all.
func (l *loader) health(s *healthSection, all []string) []string {
	switch {
	case s == nil:
		return all
	case s.alone.set && s.alone.value == "off":
		return nil
	case s.alone.set:
		l.wrong(s.alone.scalar, "`health:` cannot be "+strconv.Quote(s.alone.value), "write health: {alert: [NAME]}, or health: off")
		return nil
	case s.set && !s.Alert.set && !s.Alert.failed:
		l.report(s.place, 1, "`health:` has no `alert:`", "add alert: and the names of receivers, or write health: off")
	}
	return s.Alert.values()
}

// audible judges whom the health sections name.
func (l *loader) audible(f *file, receivers map[string]bool) {
	sections := []*healthSection{f.Health}
	for i := range f.Feeds {
		sections = append(sections, f.Feeds[i].Health)
	}
	for _, s := range sections {
		if s != nil {
			l.known(s.Alert, receivers, "there is no receiver named", "add it to receivers:")
		}
	}
}
