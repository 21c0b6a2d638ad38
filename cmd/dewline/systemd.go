package main

import (
	"fmt"
	"time"

	sd "github.com/coreos/go-systemd/v22/daemon"
	"golang.org/x/sys/unix"
)

// notifySystemd tells the service manager. Without one it does nothing; a
// manager that cannot be told is no reason to stop watching feeds.
func notifySystemd(state string) { _, _ = sd.SdNotify(false, state) }

// reloading is the message that opens a reload; sd_notify(3) wants the
// monotonic clock with it.
func reloading() string {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &ts); err != nil {
		return "RELOADING=1"
	}
	return fmt.Sprintf("RELOADING=1\nMONOTONIC_USEC=%d", ts.Nano()/int64(time.Microsecond))
}

// watchdog returns what the scheduling loop calls once a turn, or nil where the
// service manager watches nothing. It is fed by the loop's progress alone: when
// the loop hangs, the daemon is restarted.
func watchdog() func() {
	interval, err := sd.SdWatchdogEnabled(false)
	if err != nil || interval <= 0 {
		return nil
	}
	var last time.Time // owned by the one loop that runs at a time
	return func() {
		if now := time.Now(); now.Sub(last) >= interval/4 {
			last = now
			notifySystemd("WATCHDOG=1")
		}
	}
}
