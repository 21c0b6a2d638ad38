package dewline

import (
	"strings"
	"testing"
)

func TestShellWord(t *testing.T) {
	for s, want := range map[string]string{"hook": "hook", "the desk": "'the desk'", "it's $(x)": `'it'\''s $(x)'`, "": "''"} {
		if got := shellWord(s); got != want {
			t.Errorf("%q is typed %s, want %s", s, got, want)
		}
	}
}

// A receiver that is gone has been failing too; what matters is that it is gone.
func TestReceiverHealth(t *testing.T) {
	st := ReceiverState{Name: "the hook"}
	if h := st.Health(); h.State != HealthOK {
		t.Errorf("%+v", h)
	}
	st.Outage = &Outage{Error: "503"}
	if h := st.Health(); h.State != HealthFailing || h.Detail != "503" || !strings.Contains(h.Remedy, "--receiver 'the hook'`") {
		t.Errorf("%+v", h)
	}
	st.Disabled, st.Reason = true, "410"
	if h := st.Health(); h.State != HealthGone || h.Detail != "410" {
		t.Errorf("%+v", h)
	}
}
