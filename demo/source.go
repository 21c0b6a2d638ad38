package demo

import (
	"strings"
	"time"

	"dewline"
)

// source is one sample: a feed, and how its server behaves.
type source struct {
	name     string
	about    string // what the sample shows
	path     string // of the feed; its folder is the source's own
	file     string // in feeds/; empty: nothing is there (404)
	tags     []string
	schedule string
	language string // as configured; empty: as the feed says
	alert    bool   // alerts at the first poll already

	contentType string
	charset     string        // of the bytes served; empty: UTF-8
	inHeader    bool          // only the Content-Type header names the charset
	compress    string        // gzip or br, for a client that accepts it
	etag        bool          // sends an ETag
	dated       bool          // sends Last-Modified; only for content that stays as it is
	delay       time.Duration // before the answer
}

const (
	often   = "@every 10s"
	seldom  = "@every 30s"
	rssType = "application/rss+xml"
)

var (
	ministry  = []string{"sample", "ministry"}
	institute = []string{"sample", "institute"}
	troubled  = []string{"sample", "troubled"}
)

var sources = []source{{
	name: "Joint Conference Daily Bulletin", about: "Atom; a new statement every 5 seconds, each in another language or spelling",
	path: "/bulletin/feed.atom", file: "bulletin.xml", contentType: "application/atom+xml",
	tags: []string{"sample", "conference"}, schedule: "@every 2s", alert: true,
}, {
	name: "Ministry of Defence of Examplia", about: "RSS 2.0 in English; a report that matches beside others that do not",
	path: "/examplia/feed.xml", file: "examplia.xml", contentType: rssType,
	tags: ministry, schedule: often, language: "en", alert: true,
}, {
	name: "Министерство обороны Примерии", about: "RSS 2.0 in Russian, windows-1251",
	path: "/primeria/rss.xml", file: "primeria.xml", contentType: "text/xml", charset: "windows-1251",
	tags: ministry, schedule: often, language: "ru",
}, {
	name: "范例国国防部", about: "Atom in Chinese, GB18030, which only the HTTP header says",
	path: "/fanliguo/atom.xml", file: "fanliguo.xml", contentType: "application/atom+xml", charset: "gb18030", inHeader: true,
	tags: ministry, schedule: often, language: "zh",
}, {
	name: "サンプル国防衛省", about: "RSS 1.0 (RDF) in Japanese, Shift_JIS, with relative links and no guid",
	path: "/sanpuru/rss/news.rdf", file: "sanpuru.xml", contentType: "application/rdf+xml", charset: "shift_jis",
	tags: ministry, schedule: often, language: "ja",
}, {
	name: "예시국 국방부", about: "JSON Feed in Korean",
	path: "/yesiguk/feed.json", file: "yesiguk.json", contentType: "application/feed+json",
	tags: ministry, schedule: often, language: "ko",
}, {
	name: "وزارة الدفاع في مثاليا", about: "RSS 2.0 in Arabic: right to left, with vowel signs",
	path: "/mithaliya/rss.xml", file: "mithaliya.xml", contentType: rssType,
	tags: ministry, schedule: often, language: "ar",
}, {
	name: "Ministère de la Défense d'Exemplie", about: "Atom in French, compressed with gzip",
	path: "/exemplie/atom.xml", file: "exemplie.xml", contentType: "application/atom+xml", compress: "gzip",
	tags: ministry, schedule: often, language: "fr",
}, {
	name: "Ministerio de Defensa de Ejemplia", about: "RSS 2.0 in Spanish, ISO-8859-1, compressed with Brotli",
	path: "/ejemplia/rss.xml", file: "ejemplia.xml", contentType: rssType, charset: "iso-8859-1", compress: "br",
	tags: ministry, schedule: often, language: "es",
}, {
	name: "Verteidigungsministerium Musterland", about: "RSS 2.0 in German with an ETag; one report is edited after 30 seconds",
	path: "/musterland/rss.xml", file: "musterland.xml", contentType: rssType, etag: true,
	tags: ministry, schedule: often, language: "de",
}, {
	name: "Placeholder Institute", about: "RSS 2.0 with Last-Modified; one item is a teaser, its text is behind the link",
	path: "/institute/feed.xml", file: "institute.xml", contentType: rssType, dated: true,
	tags: institute, schedule: seldom, language: "en",
}, {
	name: "Gazette of Partia", about: "RSS 2.0 that ends in the middle; the items before the cut are read",
	path: "/partia/rss.xml", file: "partia.xml", contentType: rssType,
	tags: troubled, schedule: seldom, language: "en",
}, {
	name: "Archive of Latia", about: "Atom from a slow server",
	path: "/latia/atom.xml", file: "latia.xml", contentType: "application/atom+xml", delay: 3 * time.Second,
	tags: troubled, schedule: seldom, language: "en",
}, {
	name: "Ministry of Defence of Muralia", about: "a bot wall's page in place of the feed",
	path: "/muralia/rss.xml", file: "muralia.html", contentType: rssType,
	tags: troubled, schedule: seldom,
}, {
	name: "Ministry of Defence of Formeria", about: "a feed that is no longer there (404)",
	path: "/formeria/rss.xml",
	tags: troubled, schedule: seldom,
}}

// folder is the first element of the path.
func (s *source) folder() string {
	folder, _, _ := strings.Cut(s.path[1:], "/")
	return folder
}

// readable reports whether the source's file is a feed.
func (s *source) readable() bool { return s.file != "" && !strings.HasSuffix(s.file, ".html") }

// declaresXML reports whether the document is served with an XML declaration.
func (s *source) declaresXML() bool { return strings.HasSuffix(s.file, ".xml") && !s.inHeader }

// Feeds returns the demo's feeds, with absolute addresses below base.
func Feeds(base string) []dewline.Feed {
	base = strings.TrimSuffix(base, "/")
	feeds := make([]dewline.Feed, len(sources))
	for i, s := range sources {
		feeds[i] = dewline.Feed{
			Name: s.name, URL: base + s.path, Tags: s.tags, Schedule: s.schedule, Language: s.language,
			FirstPoll: dewline.FirstPollPublish,
		}
		if s.alert {
			feeds[i].FirstPoll = dewline.FirstPollAlert
		}
	}
	return feeds
}
