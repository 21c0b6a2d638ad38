package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The resident memory of the shipped daemon that watches ten thousand feeds of 20
// items, after all were polled and none is due. The aim is 150 MB. resident-MB
// is what the kernel counts, pages of the store's file among them, which it takes
// back when somebody needs memory; own-MB is without those.
func BenchmarkIdleMemory(b *testing.B) {
	const feeds = 10_000
	s := serveSpeed(b, feeds)
	dir := b.TempDir()
	program := shipped(b)
	for b.Loop() {
		p := serving(begin(b, program, configure(b, dir, s.config())))
		from := 0
		for range feeds {
			_, from = p.waitFrom(from, "a poll", func(l logLine) bool { return l.is("polled") })
		}
		resident, own := settled(b, p.cmd.Process.Pid)
		b.ReportMetric(resident, "resident-MB")
		b.ReportMetric(own, "own-MB")
		p.stop()
		info, err := os.Stat(filepath.Join(dir, "dewline.db"))
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(info.Size())/(feeds*speedItems), "file-bytes/item")
	}
}

// settled is the memory of a process once it does not shrink any more: the
// runtime gives back what it does not need by and by.
func settled(b *testing.B, pid int) (resident, own float64) {
	b.Helper()
	resident, own = memoryOf(b, pid)
	for still := 0; still < 15; still++ {
		time.Sleep(time.Second)
		r, o := memoryOf(b, pid)
		if r < resident-0.1 {
			still = 0
		}
		resident, own = r, o
	}
	return resident, own
}

// memoryOf reads a process's memory in MB from proc(5).
func memoryOf(b *testing.B, pid int) (resident, own float64) {
	b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		name, value, _ := strings.Cut(line, ":")
		var kb float64
		switch name {
		case "VmRSS", "RssAnon":
			if _, err := fmt.Sscan(value, &kb); err != nil {
				b.Fatal(err)
			}
		}
		switch name {
		case "VmRSS":
			resident = kb / 1024
		case "RssAnon":
			own = kb / 1024
		}
	}
	return resident, own
}
