package dewline

import (
	"strings"
	"testing"
)

func TestSanitise(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain mark-up stays", `<p>The <b>anti-missile</b> issue</p>`, `<p>The <b>anti-missile</b> issue</p>`},
		{"scripts go with what is in them", `<p>a</p><script>alert(1)</script>`, `<p>a</p>`},
		{"handlers", `<p onclick="x()">a</p>`, `<p>a</p>`},
		{"styles", `<p style="position:fixed">a</p><style>p{}</style>`, `<p>a</p>`},
		{"javascript links", `<a href="javascript:x()">a</a>`, `a`},
		{"data pictures", `<img src="data:image/svg+xml,x">`, ``},
		{"relative links, which would lead into our own page", `<a href="/feeds">a</a>`, `a`},
		{"links tell nobody where they were", `<a href="https://mod.test/x">a</a>`, `<a href="https://mod.test/x" rel="nofollow noreferrer">a</a>`},
		{"frames and forms", `<iframe src="https://x.test"></iframe><form><input name="p">b</form>`, `b`},
		{"direction and language", `<p dir="rtl" lang="ar">صاروخ</p>`, `<p dir="rtl" lang="ar">صاروخ</p>`},
		{"tables", `<table><tr><td colspan="2">x</td></tr></table>`, `<table><tr><td colspan="2">x</td></tr></table>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := UnsafeHTML(c.in).Sanitise(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// What was sanitised once is not changed by a second time: nothing that was
// taken out comes together to something new.
func FuzzSanitise(f *testing.F) {
	f.Add(`<scr<script>ipt>alert(1)</scr</script>ipt>`)
	f.Add(`<a href="java&#10;script:x">a</a><svg><style><img src=x onerror=y>`)
	f.Fuzz(func(t *testing.T, s string) {
		once := UnsafeHTML(s).Sanitise()
		if low := strings.ToLower(once); strings.Contains(low, "<script") || strings.Contains(low, "<iframe") || strings.Contains(low, "<style") {
			t.Errorf("%q became %q", s, once)
		}
		if twice := UnsafeHTML(once).Sanitise(); twice != once {
			t.Errorf("%q, sanitised twice, became %q", once, twice)
		}
	})
}
