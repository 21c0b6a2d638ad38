package store

import "golang.org/x/sys/unix"

// forget drops a shared mapping's pages from the process. It loses nothing: they
// are the file's.
func forget(addr, length uintptr) error {
	if _, _, no := unix.Syscall(unix.SYS_MADVISE, addr, length, unix.MADV_DONTNEED); no != 0 {
		return no
	}
	return nil
}
