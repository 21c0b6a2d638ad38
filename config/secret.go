package config

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"dewline"
)

// maxSecret bounds a secret's file, in bytes.
const maxSecret = 64 << 10

// secret is a secret written in the file or in a file of its own; not both.
// ok says whether one was given and could be read.
func (l *loader) secret(here secret, path text) (value dewline.Secret, ok bool) {
	switch {
	case here.set && path.set:
		l.wrong(path.scalar, fmt.Sprintf("`%s:` stands beside `%s:`", path.key, here.key), "remove one of them")
	case here.set:
		if here.value == "" {
			l.wrong(here.scalar, "`"+here.key+":` is empty", "give it a value, or remove the key")
			return "", false
		}
		return dewline.Secret(here.value), true
	case path.set:
		return l.secretFile(path)
	}
	return "", false
}

// secretFile reads a secret from a file, without the line break at its end.
func (l *loader) secretFile(path text) (dewline.Secret, bool) {
	found := l.credential(path)
	src, err := readRegular(found, maxSecret)
	value := strings.TrimRight(string(src), "\r\n")
	switch {
	case err != nil:
		l.wrong(path.scalar, fmt.Sprintf("cannot read the secret in %s: %v", found, reason(err)),
			"a relative path is looked for in $CREDENTIALS_DIRECTORY (systemd LoadCredential), then beside this file")
	case value == "":
		l.wrong(path.scalar, "the secret in "+found+" is empty", "write the secret into it")
	}
	return dewline.Secret(value), err == nil && value != ""
}

// credential is where a secret's file is: a relative one where systemd put it,
// if it did, else beside the configuration.
func (l *loader) credential(file text) string {
	path := file.value
	if dir := os.Getenv("CREDENTIALS_DIRECTORY"); dir != "" && filepath.IsLocal(path) {
		given := filepath.Join(dir, path)
		if _, err := os.Stat(given); err == nil {
			return given
		}
	}
	return resolve(l.of(file.place).dir, path)
}

// readRegular reads a plain file of a bounded length. Anything else might wait
// for ever or never end.
func readRegular(path string, most int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("it is not a plain file")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(src)) > most {
		return nil, fmt.Errorf("it is longer than %d bytes", most)
	}
	return src, err
}
