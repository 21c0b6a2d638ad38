package notify

import (
	"encoding/binary"
	"hash/fnv"
	"time"

	"dewline"
)

// delays are the waits between the attempts, as the Standard Webhooks
// specification proposes; the last one repeats until giveUp.
var delays = [...]time.Duration{
	5 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour,
	10 * time.Hour, 14 * time.Hour, 20 * time.Hour, 24 * time.Hour,
}

const (
	// giveUp is how long a delivery is tried before it is a dead letter.
	giveUp = 3 * 24 * time.Hour
	// jitter spreads deliveries that failed together, by their keys.
	jitter = 0.2
)

// outcome is what an attempt means for its delivery.
func outcome(d dewline.Delivery, a dewline.Attempt, err error) dewline.Settlement {
	s := dewline.Settlement{Key: d.Key, Attempt: a, State: dewline.DeliveryDelivered}
	if err == nil {
		return s
	}
	f := asFailure(err)
	ended := a.At.Add(a.Took)
	last := d.Since.Add(giveUp)
	if f.final || f.gone || !ended.Before(last) {
		s.State = dewline.DeliveryDead
		return s
	}
	s.State = dewline.DeliveryPending
	s.Next = ended.Add(max(delay(d.Key, d.Tries+1), f.after))
	if s.Next.After(last) { // one more attempt at the very end
		s.Next = last
	}
	return s
}

// delay is the wait after so many attempts.
func delay(key dewline.Key, attempts int) time.Duration {
	return spread(key, attempts, delays[min(attempts, len(delays))-1])
}

// spread varies the nth wait of a delivery.
func spread(key dewline.Key, n int, d time.Duration) time.Duration {
	h := fnv.New64a()
	h.Write(binary.AppendUvarint(key[:], uint64(n)))
	unit := float64(h.Sum64()>>11) / (1 << 53) // [0, 1)
	return time.Duration(float64(d) * (1 - jitter/2 + jitter*unit))
}
