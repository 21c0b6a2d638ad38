package main

import (
	"context"
	"net/http"
	"net/netip"
	"os"
	"os/exec"

	"dewline/fetcher"
	"dewline/notify"

	"github.com/spf13/cobra"
)

const courierCommand = "courier"

// newCourier is a process of this program that tells a chat or push service one thing. What
// it needs beyond that, it is told on its standard input.
func newCourier(ctx context.Context) *exec.Cmd {
	return itself(ctx, courierCommand, "SSL_CERT_FILE="+os.Getenv("SSL_CERT_FILE"), "SSL_CERT_DIR="+os.Getenv("SSL_CERT_DIR"))
}

// courierCommand is that process. It is no part of the command line that people use.
func (p *program) courierCommand() *cobra.Command {
	return &cobra.Command{
		Use: courierCommand, Hidden: true, Args: cobra.NoArgs,
		Short: "Carry one message to a service, for the daemon",
		RunE: func(*cobra.Command, []string) error {
			return notify.Courier(p.stdin, p.stdout, func(allow []netip.Prefix) http.RoundTripper { return fetcher.NewTransport(allow) })
		},
	}
}
