package dewline

import "time"

// Stories says what copies of one statement do that a rule finds (`stories:`).
type Stories string

// What copies of a statement may do.
const (
	StoriesFirst Stories = "first" // the first one alerts, and the others join it (the default)
	StoriesEach  Stories = "each"  // each alerts; they are known to be one story
	StoriesOff   Stories = "off"   // nothing is asked
)

// Story is one statement as several items carry it. It is known by its first item.
type Story struct {
	Key   Key       `json:"key"`
	Items int       `json:"items"`
	First time.Time `json:"first"` // when its first item was seen
	Last  time.Time `json:"last"`  // when its last item joined
}

// StoryKey is the key of the story that an item begins.
func StoryKey(item Key) Key { return hash("story", string(item[:])) }

// StoryRef is what an alert says of the story, as of when it was queued.
type StoryRef struct {
	ID    Key `json:"id"`
	Items int `json:"items"`
}

// Placed is where an item stands in its story.
type Placed struct {
	Item  Key `json:"item"`
	Story Key `json:"story"`
	// Of is the first item of the story that says the same in fact: itself where none before it does. The items
	// of one Of are copies of each other, and who was told one of them was told all.
	Of       Key      `json:"of"`
	Standing int      `json:"standing"` // of its source: the greatest of one Of is its head
	Keys     []uint64 `json:"keys"`     // by which its copies are found
}

// Joins are where the items of a commit stand in their stories, in the order of their matches. An item that stands
// somewhere already stays there; its keys may have changed with its text.
type Joins struct {
	Placed []Placed
	// Since is the order of first sight up to which was looked for copies: a commit that brought one since
	// overtakes this one.
	Since uint64
}
