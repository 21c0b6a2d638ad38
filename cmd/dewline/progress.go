package main

import (
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows how far a long command is. Only somebody at a terminal sees it;
// elsewhere it does nothing.
type progress struct{ bar *progressbar.ProgressBar }

// refresh is how often the bar is drawn.
const refresh = 100 * time.Millisecond

// progress begins to show a command that takes total steps, or bytes; -1 is an
// unknown number.
func (p *program) progress(what string, total int64, bytes bool) progress {
	if !p.atTerminal && !isTerminal(p.stderr) {
		return progress{}
	}
	return progress{progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(p.stderr), progressbar.OptionSetDescription(what), progressbar.OptionShowCount(),
		progressbar.OptionShowBytes(bytes), progressbar.OptionUseIECUnits(true), progressbar.OptionSetWidth(30),
		progressbar.OptionThrottle(refresh), progressbar.OptionClearOnFinish(), progressbar.OptionUseANSICodes(true),
	)}
}

// add says that n more steps are done.
func (g progress) add(n int) {
	if g.bar != nil {
		_ = g.bar.Add(n)
	}
}

// aside makes room for lines of results.
func (g progress) aside() {
	if g.bar != nil {
		_ = g.bar.Clear()
	}
}

// end takes the bar away.
func (g progress) end() {
	if g.bar != nil {
		_ = g.bar.Finish()
		_ = g.bar.Clear()
	}
}

// through counts the bytes that pass to w.
func (g progress) through(w io.Writer) io.Writer {
	if g.bar == nil {
		return w
	}
	return io.MultiWriter(w, g.bar)
}
