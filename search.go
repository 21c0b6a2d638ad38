package dewline

// Found is an item in which a query found something.
type Found struct {
	Item    Item
	Hits    []Hit
	Snippet string
}

// Sifted is what became of a part of the stored items when a query was put to
// them.
type Sifted struct {
	Found  []Found // the newest first
	Looked int     // how many items were looked at
	Next   uint64  // the Seq from before which to go on; 0: there is no more
}

// FoundDocument is the public JSON form of what a search found: the data of a
// webhook, without its rule.
type FoundDocument struct {
	Item    ItemDocument `json:"item"`
	Matches []Hit        `json:"matches"`
	Snippet string       `json:"snippet"`
	Link    string       `json:"link"` // the item's page
}

// Document is the public form of what was found.
func (f *Found) Document(baseURL string) FoundDocument {
	doc := FoundDocument{
		Item: f.Item.Document(), Matches: f.Hits, Snippet: f.Snippet, Link: baseURL + "/items/" + f.Item.Key.String(),
	}
	if doc.Matches == nil {
		doc.Matches = []Hit{}
	}
	return doc
}
