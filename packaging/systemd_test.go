package packaging_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	unit = "systemd/dewline.service"
	// maxExposure is the worst that `systemd-analyze security` may say of the
	// unit; 0 is a service that can do nothing, 10 one that can do everything.
	maxExposure = 1.5
)

// analyze runs systemd-analyze, which needs no systemd to run.
func analyze(t *testing.T, args ...string) (output string, err error) {
	t.Helper()
	path, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not installed, so the unit was not checked; `make deps` installs it (Debian: systemd)")
	}
	cmd := exec.Command(path, append(args, "--no-pager")...)
	cmd.Env = append(os.Environ(), "LC_ALL=C", "SYSTEMD_COLORS=0")
	both, err := cmd.CombinedOutput()
	return string(both), err
}

func TestExposure(t *testing.T) {
	out, err := analyze(t, "security", "--offline=true", unit)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	score, err := exposure(out)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("overall exposure level %.1f", score)
	if score > maxExposure {
		t.Errorf("the unit's exposure is %.1f, more than %.1f; what it leaves open:\n%s", score, maxExposure, leftOpen(out))
	}
}

var overall = regexp.MustCompile(`Overall exposure level for dewline\.service: ([0-9.]+)`)

func exposure(report string) (float64, error) {
	m := overall.FindStringSubmatch(report)
	if m == nil {
		return 0, fmt.Errorf("systemd-analyze security reports no exposure level")
	}
	return strconv.ParseFloat(m[1], 64)
}

// leftOpen are the lines of the report that cost something.
func leftOpen(report string) string {
	lines := slices.DeleteFunc(strings.Split(report, "\n"), func(l string) bool { return !strings.HasPrefix(l, "✗") })
	return strings.Join(lines, "\n")
}

func TestVerify(t *testing.T) {
	if complaints := verify(t, read(t)); complaints != "" {
		t.Errorf("systemd-analyze verify:\n%s", complaints)
	}
}

// The check above is worth something only if it finds what is wrong.
func TestVerifyFindsMistakes(t *testing.T) {
	for name, broken := range map[string]string{
		"an unknown key":           strings.Replace(read(t), "[Service]", "[Service]\nWatchdogSeconds=1", 1),
		"an unknown system call":   strings.Replace(read(t), "@system-service", "@system-services", 1),
		"a program that is absent": strings.Replace(read(t), "ExecReload=/bin/kill", "ExecReload=/bin/no-such-program", 1),
	} {
		if verify(t, broken) == "" {
			t.Errorf("%s was not found", name)
		}
	}
}

// verify returns what systemd-analyze verify says against a unit. The daemon
// need not be installed: an executable file stands in its place.
func verify(t *testing.T, text string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "dewline.service")
	text = strings.Replace(text, "ExecStart=/usr/local/bin/dewline ", "ExecStart="+self+" ", 1)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := analyze(t, "verify", "--man=no", "--recursive-errors=no", path)
	var complaints []string
	for line := range strings.Lines(out) {
		if strings.Contains(line, "dewline.service") { // other lines are of other units of this machine
			complaints = append(complaints, line)
		}
	}
	if err != nil && len(complaints) == 0 {
		complaints = append(complaints, err.Error(), "\n", out)
	}
	return strings.Join(complaints, "")
}

// What the daemon does for systemd is of use only if the unit asks for it.
func TestUnitIsOfTheDaemon(t *testing.T) {
	for key, want := range map[string]string{
		"Type":           "notify",
		"ExecStart":      "/usr/local/bin/dewline run -c /etc/dewline/config.yaml",
		"ExecReload":     "/bin/kill -HUP $MAINPID",
		"Restart":        "always",
		"DynamicUser":    "yes",
		"StateDirectory": "dewline",
	} {
		if got := setting(t, key); got != want {
			t.Errorf("%s=%s, want %s", key, got, want)
		}
	}
	// A Go program that crashes ends with status 2, as does wrong usage.
	if strings.Contains(read(t), "\nRestartPreventExitStatus=") {
		t.Error("RestartPreventExitStatus is set: a crash would end the watch for good")
	}
}

// The scheduling loop turns at least every 10 s, and feeds the watchdog when a
// quarter of the interval is over. A reload holds it for as long as an alert
// under way may take to end. A daemon at work must stay far from the limit.
func TestWatchdogLeavesRoom(t *testing.T) {
	const nap, grace = 10 * time.Second, 10 * time.Second
	interval, err := time.ParseDuration(strings.Replace(setting(t, "WatchdogSec"), "min", "m", 1))
	if err != nil {
		t.Fatal(err)
	}
	if longest := interval/4 + nap + grace; longest > interval/2 {
		t.Errorf("WatchdogSec=%s, but between two signs of life may be %s; half of the interval should be enough", interval, longest)
	}
}

// read is the unit's text.
func read(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(unit)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// settings are the values of a key, in order.
func settings(t *testing.T, key string) (values []string) {
	t.Helper()
	for line := range strings.Lines(read(t)) {
		if v, ok := strings.CutPrefix(line, key+"="); ok {
			values = append(values, strings.TrimSpace(v))
		}
	}
	return values
}

// setting is the value of a key that stands in the unit once.
func setting(t *testing.T, key string) string {
	t.Helper()
	values := settings(t, key)
	if len(values) != 1 {
		t.Fatalf("%s= stands in the unit %d times, want once", key, len(values))
	}
	return values[0]
}
