package filter

import (
	"slices"
	"testing"
)

// Ten spellings of a designation or hyphenated term, each found as it stands, and
// what is near to it and not meant.
func TestTenSpellings(t *testing.T) {
	for _, c := range []struct {
		query     string
		spellings []string
		others    []string
	}{
		{"anti-missile",
			[]string{
				"anti-missile", "Anti-Missile", "ANTI-MISSILES", "anti missile", "antimissile", "anti\u2011missile", "anti–missile", "anti\u00admissile",
				"ａｎｔｉ－ｍｉｓｓｉｌｅ", "anti\u200bmissile", "anti—missiles", "anti\u00a0missile", "anti-\nmissile", "anti\u2010mis\u00adsiles", "anti−missile",
			},
			[]string{
				"anti-tank", "anti-mission", "antimissionary", "anti, missile", "anti. Missile", "anti\n\nmissile", "missile anti", "anti the missile",
				"anti (missile)", "anti-ballistic missile", "semianti missile", "anti-missilery-x1",
			}},
		{"S-400",
			[]string{
				"S-400", "s-400", "S 400", "S400", "S\u2011400", "S–400", "S—400", "Ｓ－４００", "S\u00a0400", "S-400s", "S\u00ad400", "S-\n400", "S\u2212400", "S\u2010400s",
			},
			[]string{"S-40", "S-4000", "S-300", "XS-400", "S, 400", "400 S", "S-400km", "С-400", "S\n\n400", "S: 400"}},
		{"C-RAM",
			[]string{
				"C-RAM", "c-ram", "C RAM", "CRAM", "C\u2011RAM", "C–RAM", "C—RAM", "Ｃ－ＲＡＭ", "C\u00a0RAM", "C-RAMs", "C\u200b-RAM", "C\u00adRAM", "C-\r\nRAM", "CRAMs",
			},
			[]string{"C-RAMP", "C, RAM", "RAM C", "CRAMP", "cramming", "crammed", "C\n\nRAM", "ramc", "cc-ram2"}},
		{"surface-to-air",
			[]string{
				"surface-to-air", "Surface-to-Air", "SURFACE TO AIR", "surface to air", "surfacetoair", "surface\u2011to\u2011air", "surface–to–air", "surface-to air",
				"surface to-air", "surface\u00a0to\u00a0air", "surface\u00adto\u00adair", "ｓｕｒｆａｃｅ－ｔｏ－ａｉｒ", "surface-\nto-air",
			},
			[]string{"surface-to-surface", "air-to-surface", "surface, to air", "surface to the air", "surface to. Air", "surface\n\nto air"}},
	} {
		for _, s := range c.spellings {
			if got := found(t, c.query, "the "+s+" of it"); !slices.Equal(got, []string{s}) {
				t.Errorf("%s in %q: found %q", c.query, s, got)
			}
		}
		for _, s := range c.others {
			if got := found(t, c.query, "the "+s+" of it"); got != nil {
				t.Errorf("%s in %q: found %q", c.query, s, got)
			}
		}
	}
}
