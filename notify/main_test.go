package notify

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"testing"
)

// asCourier is set where the program of these tests is started as a courier.
const asCourier = "DEWLINE_TEST_COURIER"

func TestMain(m *testing.M) {
	if os.Getenv(asCourier) == "" {
		os.Exit(m.Run())
	}
	if redirected := os.Getenv("DEWLINE_TEST_HOSTS"); redirected != "" {
		elsewhere = redirected
	}
	err := Courier(os.Stdin, os.Stdout, func([]netip.Prefix) http.RoundTripper { return transport{} })
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// elsewhere is the server on loopback that stands for all that have a fixed name.
var elsewhere string

// transport is that of a courier in tests.
type transport struct{}

func (transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if elsewhere != "" && req.URL.Hostname() != "127.0.0.1" {
		req.Header.Set("X-Host", req.URL.Host)
		req.URL.Scheme, req.URL.Host = "http", elsewhere
	}
	return new(http.Transport).RoundTrip(req)
}

// testCourier starts the tests' program as a courier, for whom this server is every other.
func testCourier(server string) func(context.Context) *exec.Cmd {
	return func(ctx context.Context) *exec.Cmd {
		cmd := exec.CommandContext(ctx, os.Args[0])
		cmd.Env = []string{asCourier + "=1", "DEWLINE_TEST_HOSTS=" + server, "GORACE=atexit_sleep_ms=0"} // which would wait for a second at its end
		return cmd
	}
}
