// Command dewline watches the feeds of defence ministries, armed forces and the
// press, and tells people what matched.
//
// This package is the only one that knows all the others: it reads flags, wires
// the rooms together, and handles signals. It decides nothing about feeds,
// rules or alerts.
package main

import "os"

func main() { os.Exit(newProgram().run(os.Args[1:])) }
