// Package websub has the news of feeds pushed to us (W3C WebSub): it subscribes at
// the hubs that feeds name, answers when a hub asks whether that was meant, renews
// what ends, and takes what hubs send.
//
// It knows hubs, leases and signatures. What a push means it does not know: a body
// that was signed as it should be is handed on, and whatever goes wrong with one
// becomes a poll at once, for polls are the safety net under everything here.
package websub
