// Package config reads config.yaml into values that are ready to use.
//
// It knows how the file is spelled, what each key defaults to and what makes a
// value wrong; shape.go is the manual of the file, key by key. A file with a
// fault is refused whole, with every fault at once and where it stands. It must
// not know what is done with the values: how a query is compiled or a schedule
// kept is asked of the rooms that own them, through Checks.
package config
