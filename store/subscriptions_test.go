package store

import (
	"context"
	"testing"

	"dewline"
)

// A store of schema 6 knows nothing of hubs; opening it makes room for subscriptions.
func TestSubscriptionsOfAnOlderStore(t *testing.T) {
	db, ctx := older(t, withOneAlert(t), 6, subscriptionBucket), context.Background()
	if err := db.PutSubscription(ctx, dewline.Subscription{Hub: "https://hub.test/", State: dewline.PushAsking}); err != nil {
		t.Fatal(err)
	}
	if list, err := db.Subscriptions(ctx); err != nil || len(list) != 1 || list[0].Hub != "https://hub.test/" {
		t.Errorf("%+v, %v", list, err)
	}
	if v := storedSchema(t, db); v != schema {
		t.Errorf("schema %d", v)
	}
}
