package dewline

import (
	"testing"

	"pgregory.net/rapid"
)

func TestAppendPlain(t *testing.T) {
	for in, want := range map[string]string{
		"": "", " ": "", "a": "a", " a  b\n\nc\u00a0 d ": "a b c d", "“a” «b» ‘c’ d’s": `"a" "b" 'c' d's`, "a–b—c−d‑e": "a-b-c-d-e",
		"a… b": "a... b", "a\u00adb\u200bc\ufeff": "abc", "мир — да": "мир - да", "a \u200b b": "a b", "\xff\xfe": "\xff\xfe", "反导 系统": "反导 系统",
	} {
		if got := string(AppendPlain(nil, in)); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// A plain text stays as it is, and what follows in the buffer does not depend on what was there.
func TestAppendPlainIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("ab  \n\u00a0“’–…\u00adж"))).Draw(t, "text")
		once := string(AppendPlain(nil, s))
		if twice := string(AppendPlain(nil, once)); twice != once {
			t.Errorf("%q becomes %q", once, twice)
		}
		if after := string(AppendPlain([]byte("x "), s)); after != "x "+once {
			t.Errorf("%q behind another text", after)
		}
	})
}
