package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// Find says which file is the configuration: the one named by the flag, else by
// $DEWLINE_CONFIG, else ./config.yaml, else /etc/dewline/config.yaml. A file
// that was named is returned whether it is there or not, so that Load can say
// what is wrong with it. The error says where was looked.
func Find(flag string) (string, error) {
	return find(flag, os.Getenv("DEWLINE_CONFIG"), "config.yaml", "/etc/dewline/config.yaml")
}

func find(flag, env string, usual ...string) (string, error) {
	if flag != "" {
		return flag, nil
	}
	if env != "" {
		return env, nil
	}
	for _, path := range usual {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			return path, nil
		}
	}
	return "", fmt.Errorf("there is no configuration: -c was not given, $DEWLINE_CONFIG is not set, and there is no %s; "+
		"write one (docs/configuration.md) or see `dewline demo`", strings.Join(usual, " and no "))
}
