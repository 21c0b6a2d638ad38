package notify

import (
	_ "embed"

	"dewline"
)

//go:embed notice.txt
var noticeText string

//go:embed notice.html
var noticeHTML string

// notice is the mail on the health of a feed or of another receiver.
var notice = builtIn(noticeText, noticeHTML)

// feedThread is what the mails on an event of a feed hang on: the feed, or that many failed.
func feedThread(e *dewline.FeedEvent) string {
	name := e.Feed.Name
	if e.Feeds != nil {
		name = "many feeds"
	}
	return "feed." + dewline.FeedKey(name).String()
}
