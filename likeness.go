package dewline

// Likeness is by what an entry is known again whose key is another than the last
// time, or which another feed of the same publisher serves too. GUID and dates
// decide nothing in it: feeds change them although the statement is the same.
type Likeness struct {
	// Page is the page that the entry links to, among those of the publisher;
	// zero where there is none, and then there is no likeness.
	Page Key
	// Front is set where the page is a site's front page, which is no
	// statement's own.
	Front bool
	Title uint64 // a hash of the title as a reader sees it
	Text  uint64 // a hash of summary and content as served
	Query uint32 // a hash of the page's parameters, without those that change with every request
	Date  uint32 // a hash of the date as served; 0 where there is none with a time of day
}

// Like is an item that was once served with a likeness.
type Like struct {
	Item  Key
	Own   bool // by the feed that asks; else by another feed of the publisher
	Query uint32
	Date  uint32
}

// Likes are the items that were served much like an entry.
type Likes struct {
	Same   []Like // of its page, with its title and its text
	Titled []Like // of its page, with its title and another text; the first MaxLikes
	Paged  []Like // of its page, with another title; the first MaxLikes
}

// MaxLikes is how many items that are only nearly the same are of interest: a page
// of more identifies nothing.
const MaxLikes = 8

// Named is a likeness, and the item that it names.
type Named struct {
	Likeness
	Item Key
}

// Past is what is stored of an item.
type Past struct {
	Current Item
	Before  Item // the version before, as it stood last; zero where there is none
	// Served are its versions as feeds gave them, without full texts that were
	// fetched; the current one is the last. Of an item that is not stored there is none.
	Served []Item
}
