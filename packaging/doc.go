// Package packaging holds what carries dewline to a machine: the unit for
// systemd. It has no code; its tests hold the unit to what docs/install.md and
// the daemon promise of it.
package packaging
