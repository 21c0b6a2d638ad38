package parser

import "strings"

// namespaces are those of the extensions that are read, by what is left of them when case, scheme and
// a slash at the end do not count: publishers write them in all these ways, and gofeed knows one.
var namespaces = func() map[string]string {
	even := map[string]string{}
	for _, uri := range []string{
		"http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/", "http://purl.org/rss/1.0/modules/content/",
		"http://www.itunes.com/DTDs/PodCast-1.0.dtd", "http://search.yahoo.com/mrss/", "http://www.w3.org/1999/xhtml",
		"http://rssnamespace.org/feedburner/ext/1.0", nsAtom, nsAtom03, nsRDF, nsRSS10, nsRSS09, nsRSS090,
	} {
		even[evenNamespace(uri)] = uri
	}
	return even
}()

func evenNamespace(uri string) string {
	uri = strings.ToLower(strings.TrimSpace(uri))
	uri = strings.TrimPrefix(strings.TrimPrefix(uri, "http://"), "https://")
	return strings.TrimRight(uri, "/#")
}

// evenNamespaces writes the name spaces of the current tag as gofeed knows them; it reports whether they
// were.
func (m *mender) evenNamespaces() bool {
	clean := true
	for i, a := range m.attrs {
		if !strings.HasPrefix(string(a.name), "xmlns") {
			continue
		}
		if uri, known := namespaces[evenNamespace(string(a.value))]; known && uri != string(a.value) {
			m.attrs[i].value = []byte(uri)
			clean = false
		}
	}
	return clean
}
