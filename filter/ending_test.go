package filter

import (
	"slices"
	"testing"
)

// What stands behind the apostrophe of an English word is no word.
func TestEndings(t *testing.T) {
	for _, c := range []struct {
		query, text string
		want        []string
	}{
		{"S-300", "the brigade's 300 soldiers", nil},
		{"S-400", "Today’s 400 and today`s 400, today´s 400, todayʼs 400, today‛s 400, today＇s 400, TODAY'S 400", nil},
		{"T-72", "we can't 72", nil},
		{"D-30", "they'd 30", nil},
		{"M-777", "I'm 777", nil},
		{"D-Day", "we'd days", nil},
		{`"S 300"`, "the brigade's 300", nil},
		{`="s 300"`, "the brigade's 300", nil},
		{"s", "the brigade's", nil},
		{"re*", "they're", nil},
		{"/s 400/", "it's 400 or it’s 400", nil},
		{"/s.{1,3}400/", "l'S-400", []string{"S-400"}},
		{"/it's 400/", "it’s 400", []string{"it’s 400"}},
		{`"it's 400"`, "it’s 400", []string{"it’s 400"}},
		{"brigade's", "the brigade’s", []string{"brigade’s"}},
		{`="US's"`, "the US's", []string{"US's"}},
		{"S-400", "l'S-400, dell’S-400, 's-400'", []string{"S-400", "S-400", "s-400"}},
		{"OTAN", "l'OTAN", []string{"OTAN"}},
		{"armes", "trafic d'armes", []string{"armes"}},
		{"missile", "the missile's range", []string{"missile"}},
		{"O'Brien", "O’Brien", []string{"O’Brien"}},
		{"missile", "It is Russia's. Missile", []string{"Missile"}},
		{"US", "Missile's.U.S.", []string{"U.S"}},
		{"US", "the Navy's U.S. bases", []string{"U.S"}},
		{`"s missile"`, "It is Russia's. Missile", nil},
	} {
		if got := found(t, c.query, c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s in %q: found %q, want %q", c.query, c.text, got, c.want)
		}
	}
}
