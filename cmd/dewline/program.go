package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"dewline/config"
	"dewline/fetcher"
	"dewline/monitor"
	"dewline/notify"
	"dewline/parser"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// Exit statuses, as the contract has them.
const (
	exitDone   = 0
	exitFailed = 1 // the work failed
	exitUsage  = 2 // wrong usage or configuration
)

// program is one run of the command line: what it reads, where it writes, and
// what it was told. Inside a daemon, a command that an administrator sends over
// the control socket is a program of its own whose output goes back to them.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	inside         *daemon          // where the command runs inside a running daemon
	atTerminal     bool             // whoever sent it there sits at a terminal
	ready          func(url string) // told the page's address once it serves; for tests and the demo

	configFlag string
	logFormat  string
	logLevel   string
	args       []string
	log        *slog.Logger
	working    bool // the command line was understood; errors from here on are the work's
}

func newProgram() *program {
	return &program{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr}
}

// run carries out one command line until it ends or a signal ends it. The first
// signal lets what is under way end; a second one ends the process at once.
func (p *program) run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	return p.runContext(ctx, args)
}

func (p *program) runContext(ctx context.Context, args []string) int {
	p.args = args
	root := p.command()
	root.SetArgs(args)
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	err := root.ExecuteContext(ctx)
	return p.exit(err)
}

// exit says an error once, in the way of its kind, and returns the status.
func (p *program) exit(err error) int {
	var status exitStatus
	var bad config.Errors
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &status):
		return int(status)
	case errors.As(err, &bad):
		fmt.Fprintln(p.stderr, err)
		return exitUsage
	case errors.As(err, new(usageError)) || !p.working:
		fmt.Fprintf(p.stderr, "dewline: %v\n", err)
		return exitUsage
	}
	fmt.Fprintf(p.stderr, "dewline: %v\n", err)
	return exitFailed
}

// exitStatus is an error that was already said.
type exitStatus int

func (e exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// usageError is a fault in what the user typed or configured.
type usageError struct{ error }

func usagef(format string, a ...any) error { return usageError{fmt.Errorf(format, a...)} }

// command is the whole command line.
func (p *program) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "dewline",
		Short: "Watch the feeds of defence ministries and armed forces, and tell what matched",
		Long: `dewline polls feeds on a schedule, keeps what they publish, matches every item
against rules such as anti-missile, and tells what matched: as feeds, by mail
and by webhook.

Exit status: 0 done, 1 the work failed, 2 wrong usage or configuration.`,
		Example: `  dewline demo                      see the whole product, without network or configuration
  dewline check -c config.yaml      validate a configuration
  dewline run -c config.yaml        the daemon`,
		SilenceErrors: true, SilenceUsage: true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		PersistentPreRunE: func(*cobra.Command, []string) error { return p.prepare() },
	}
	flags := root.PersistentFlags()
	flags.StringVarP(&p.configFlag, "config", "c", "", "configuration `file` (default $DEWLINE_CONFIG, ./config.yaml, /etc/dewline/config.yaml)")
	flags.StringVar(&p.logFormat, "log-format", "auto", "log as `text or json`; auto is text on a terminal")
	flags.StringVar(&p.logLevel, "log-level", "info", "`debug, info, warn or error`")
	root.AddCommand(
		p.runCommand(), p.pollCommand(), p.checkCommand(), p.demoCommand(), p.explainCommand(), p.searchCommand(), p.feedsCommand(),
		p.deliveriesCommand(), p.silenceCommand(), p.pollsCommand(), p.conceptsCommand(), p.itemCommand(), p.exportCommand(), p.backupCommand(), p.versionCommand(),
		p.pdfTextCommand(), p.courierCommand(),
	)
	root.AddCommand(notYet("backtest"))
	return root
}

// notYet is a command of the contract that is not built: it says so, and does
// not look like a typing mistake.
func notYet(name string) *cobra.Command {
	return &cobra.Command{
		Use: name, Hidden: true, DisableFlagParsing: true,
		RunE: func(*cobra.Command, []string) error { return usagef("`dewline %s` is not supported yet", name) },
	}
}

// prepare ends the reading of the command line.
func (p *program) prepare() error {
	log, err := newLogger(p.stderr, p.logFormat, p.logLevel)
	if err != nil {
		return usageError{err}
	}
	p.log, p.working = log, true
	return nil
}

func newLogger(w io.Writer, format, level string) (*slog.Logger, error) {
	var opts slog.HandlerOptions
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		return nil, fmt.Errorf("--log-level %q: write debug, info, warn or error", level)
	}
	opts.Level, opts.ReplaceAttr = l, withUnits
	if format == "auto" {
		format = "json"
		if isTerminal(w) {
			format = "text"
		}
	}
	switch format {
	case "text":
		return slog.New(slog.NewTextHandler(w, &opts)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(w, &opts)), nil
	}
	return nil, fmt.Errorf("--log-format %q: write text, json or auto", format)
}

// withUnits writes durations as 1.5s in both forms of the log; JSON would have
// them as bare nanoseconds.
func withUnits(_ []string, a slog.Attr) slog.Attr {
	if a.Value.Kind() == slog.KindDuration {
		a.Value = slog.StringValue(a.Value.Duration().String())
	}
	return a
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// load finds and reads the configuration.
func (p *program) load() (*config.Config, error) {
	path, err := config.Find(p.configFlag)
	if err != nil {
		return nil, usageError{err}
	}
	return config.Load(path, checks)
}

// checks are the judgements that the configuration borrows from the rooms that
// own them.
var checks = config.Checks{
	Queries: queries,
	Schedule: func(s string) error {
		_, err := monitor.ParseSchedule(s)
		return err
	},
	Certificates: fetcher.CheckCertificates,
	Selector:     parser.CheckSelector,
	Service:      notify.CheckService,
	Template:     notify.CheckTemplate,
}

// version is what the build says of itself.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return release
	}
	return info.Main.Version
}

// release is the version in development; the CHANGELOG has its contents.
const release = "0.1.0-dev"

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Example: "  dewline version", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(p.stdout, "dewline", version())
			return err
		},
	}
}
