package store_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"dewline/store"
)

// limitedIn names, for the process that TestFileSizeLimit starts, its folder.
const limitedIn = "DEWLINE_TEST_LIMITED_IN"

// The file may not grow: the limit of a process, which nothing but the process
// itself notices. Go leaves SIGXFSZ without effect, so the daemon need not.
func TestFileSizeLimit(t *testing.T) {
	if dir := os.Getenv(limitedIn); dir != "" {
		underAFileSizeLimit(t, dir)
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestFileSizeLimit$", "-test.count=1")
	cmd.Env = append(os.Environ(), limitedIn+"="+t.TempDir())
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func underAFileSizeLimit(t *testing.T, dir string) {
	path := filepath.Join(dir, "dewline.db")
	db := opened(t, path)
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	limit := syscall.Rlimit{Cur: 600_000, Max: before.Max}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	refusesAndResumes(t, path, db, func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
			t.Fatal(err)
		}
	})
}

// A disk that is full, by what somebody else wrote on it. bbolt grows its file
// by a hole, so it is the write into the hole that fails.
func TestFullDisk(t *testing.T) {
	dir := smallDisk(t)
	path := filepath.Join(dir, "dewline.db")
	db := opened(t, path)
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 3<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	refusesAndResumes(t, path, db, func() {
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
	})
}

// A full disk has no place for a new store either, and none is left half made.
func TestNoSpaceForANewStore(t *testing.T) {
	dir := smallDisk(t)
	if err := os.WriteFile(filepath.Join(dir, "ballast"), make([]byte, 4<<20), 0o600); err != nil && !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	_, err := store.Open(filepath.Join(dir, "dewline.db"), store.Options{})
	if !errors.Is(err, store.ErrFull) {
		t.Errorf("%v, want ErrFull", err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestReadOnlyDisk(t *testing.T) {
	dir := smallDisk(t)
	path := filepath.Join(dir, "dewline.db")
	if err := opened(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("no read-only disk to be had here: %v", err)
	}
	for _, path := range []string{path, filepath.Join(dir, "another.db")} {
		if _, err := store.Open(path, store.Options{}); err == nil || !strings.Contains(err.Error(), "must be able to write") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// smallDisk is a file system of 4 MiB of its own.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		t.Skipf("needs root and a kernel that mounts: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}
