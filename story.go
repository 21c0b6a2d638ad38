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

// StoryRef is what is said of the story that an item is in: of an alert, as of when it was queued.
type StoryRef struct {
	ID    Key `json:"id"`
	Items int `json:"items"`
	// Differs is in what the item differs from the one before it in the story that is nearest to it: why
	// it is told again.
	Differs []Reason `json:"differs,omitempty"`
}

// Placed is where an item stands in its story.
type Placed struct {
	Item  Key `json:"item"`
	Story Key `json:"story"`
	// Of is the first item of the story that says the same in fact: itself where none before it does. The items
	// of one Of are copies of each other.
	Of       Key      `json:"of"`
	Feed     string   `json:"feed"`     // by which it came
	Standing int      `json:"standing"` // of its source: the greatest of one Of is its head
	Differs  []Reason `json:"differs,omitempty"`
	Keys     []uint64 `json:"keys"` // by which its copies are found

	// Same is what was told, as far as it was looked for, that says all that the item says. It is read by
	// the commit and not stored.
	Same []Said `json:"-"`
}

// Said is an item in one of its versions.
type Said struct {
	Item    Key `json:"item"`
	Version int `json:"version"`
}

// Joins are where the items of a commit stand in their stories. An item that stands somewhere already stays in its
// story, but if it is no copy any more it is its own Of; its keys may have changed with its text.
type Joins struct {
	Placed []Placed
	// Since is the order of placing at the time when copies were looked up: a commit that placed one since
	// overtakes this one.
	Since uint64
	Rules map[string]StoryRule // those that ask for stories, by name
}

// StoryRule is what a rule says of copies.
type StoryRule struct {
	Stories Stories
	Updates time.Duration // between two updates on a story, by mail; 0: none
	Updated []string      // the receivers that get them
	Digests []string      // those of them that get digests
}

// Copies are what is stored that may carry the statement of an item.
type Copies struct {
	Own   Placed // where the item stands; zero where it stands nowhere
	Items []Copy // in the order of first sight
	Since uint64 // the order of placing at this moment
}

// Copy is a stored item in one of its versions, and where it stands.
type Copy struct {
	Placed
	As   Item // in the version that is stored now, or in one of which somebody was told
	Told bool // somebody was told of it in this version
}

// Said is what the copy says.
func (c *Copy) Said() Said { return Said{c.As.Key, c.As.Version} }

// Group is what a rule found of one Of: one entry of its feed.
type Group struct {
	First    Key       `json:"first"` // the item that was found first, by which the entry is known
	Head     Key       `json:"head"`  // the one that is shown
	Standing int       `json:"standing"`
	Moved    time.Time `json:"moved,omitzero"` // when the head became another one
	Items    int       `json:"items"`
	Feeds    []string  `json:"feeds"` // the names of those by which they came, the first ones
}

// MostNamed is how many feeds a group names.
const MostNamed = 8

// Also is where else the statement ran: the names of feeds other than the head's, and how many copies came beside
// those.
func (g *Group) Also(head string, most int) (names []string, more int) {
	for _, f := range g.Feeds {
		if f != head && len(names) < most {
			names = append(names, f)
		}
	}
	return names, max(g.Items-1-len(names), 0)
}

// Member is an item of a story.
type Member struct {
	Placed
	As Item // as it is now
}

// HeadOf is the place of a story's head among its items: of the greatest standing the first; -1 of none.
func HeadOf(members []Member) int {
	head := -1
	for i := range members {
		if head < 0 || members[i].Standing > members[head].Standing {
			head = i
		}
	}
	return head
}

// RunDocument is the public JSON form of an item's place in its story.
type RunDocument struct {
	Item      Key       `json:"item"`
	Title     string    `json:"title"`
	Feed      string    `json:"feed"`
	FirstSeen time.Time `json:"first_seen"`
	Head      bool      `json:"head"`
	CopyOf    *Key      `json:"copy_of"` // the first item that says the same; null where none before it does
	Differs   []Reason  `json:"differs"` // from the one before it that is nearest to it
}

// Runs are the public forms of where a story ran.
func Runs(members []Member) []RunDocument {
	all, head := []RunDocument{}, HeadOf(members)
	for i := range members {
		m := &members[i]
		run := RunDocument{
			Item: m.Item, Title: m.As.Title, Feed: m.As.Feed.Name, FirstSeen: m.As.FirstSeen.UTC(), Head: i == head,
			Differs: append([]Reason{}, m.Differs...),
		}
		if m.Of != m.Item {
			run.CopyOf = &m.Of
		}
		all = append(all, run)
	}
	return all
}
