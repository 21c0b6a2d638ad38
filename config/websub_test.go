package config

import (
	"fmt"
	"testing"
)

// Hubs are asked where they can reach us, or where somebody says so.
func TestWebSub(t *testing.T) {
	for _, c := range []struct {
		base, usual, feed string
		want              bool
	}{
		{"", "", "", false},
		{"https://watch.example.org", "", "", true},
		{"http://watch.example.org:8423/desk", "", "", true},
		{"https://watch.example.org", "off", "", false},
		{"https://watch.example.org", "off", "auto", true},
		{"https://watch.example.org", "", "off", false},
		{"https://watch.example.org", "", "false", false},
		{"", "on", "", true},
		{"http://127.0.0.1:8423", "", "true", true},
		{"http://127.0.0.1:8423", "auto", "", false},
		{"http://[::1]:8423", "", "", false},
		{"http://10.1.2.3", "", "", false},
		{"http://100.64.0.1", "", "", false},
		{"http://[fd00::1]", "", "", false},
		{"http://[::ffff:192.168.0.1]", "", "", false},
		{"http://8.8.8.8", "", "", true},
		{"http://watch", "", "", false},
		{"http://watch.LAN", "", "", false},
		{"http://watch.local.", "", "", false},
		{"http://localhost", "", "", false},
	} {
		src := ""
		if c.base != "" {
			src += fmt.Sprintf("http: {base_url: %q}\n", c.base)
		}
		if c.usual != "" {
			src += "fetch: {websub: " + c.usual + "}\n"
		}
		src += "feeds: [{url: 'https://a.example/'"
		if c.feed != "" {
			src += ", websub: " + c.feed
		}
		cfg, err := load("config.yaml", []byte(src+"}]\n"), Checks{})
		if err != nil {
			t.Fatalf("%s: %v", src, err)
		}
		if cfg.Feeds[0].Push != c.want {
			t.Errorf("%s: pushed %t", src, cfg.Feeds[0].Push)
		}
	}
	if got := faultsOf("feeds: [{url: 'https://a.example/', websub: autp}]"); len(got) != 1 {
		t.Errorf("faults %q", got)
	}
}
