package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"dewline"
)

// atATime is how many dead letters are read at once.
const atATime = 500

// deadLetters are those of the keys (nil: all) that are dead letters of a receiver ("": of any), and their
// receivers.
func (s *setup) deadLetters(ctx context.Context, keys []dewline.Key, receiver string) (dead []dewline.Key, receivers []string, err error) {
	f := dewline.DeliveryFilter{State: dewline.DeliveryDead, Receiver: receiver, Limit: atATime}
	for {
		list, err := s.db.Deliveries(ctx, f)
		if err != nil {
			return nil, nil, err
		}
		for i := range list {
			if keys != nil && !slices.Contains(keys, list[i].Key) {
				continue
			}
			dead = append(dead, list[i].Key)
			if !slices.Contains(receivers, list[i].Receiver) {
				receivers = append(receivers, list[i].Receiver)
			}
		}
		if len(list) < atATime {
			return dead, receivers, nil
		}
		f.Before = list[len(list)-1].Seq
	}
}

// retry puts dead letters back into the outbox: those of the keys (nil: all) of a receiver ("": of any). Their
// receivers are enabled first: who retries says that they are back.
func (s *setup) retry(ctx context.Context, keys []dewline.Key, receiver string) (n int, err error) {
	dead, receivers, err := s.deadLetters(ctx, keys, receiver)
	if err != nil {
		return 0, err
	}
	if receiver != "" && len(receivers) == 0 {
		receivers = []string{receiver}
	}
	for _, name := range receivers {
		if err := s.alerts.Enable(ctx, name); err != nil {
			return 0, err
		}
	}
	for part := range slices.Chunk(dead, atATime) {
		again, err := s.db.Retry(ctx, part, time.Now())
		if n += again; err != nil {
			return n, err
		}
	}
	s.alerts.Wake()
	return n, nil
}

// notDead says which of the keys are no dead letters.
func (s *setup) notDead(ctx context.Context, keys []dewline.Key, receiver string) error {
	if len(keys) == 0 {
		return nil
	}
	dead, _, err := s.deadLetters(ctx, keys, receiver)
	if err != nil {
		return err
	}
	for _, k := range keys {
		if !slices.Contains(dead, k) {
			err = errors.Join(err, fmt.Errorf("%s is not a dead letter", k))
		}
	}
	return err
}
