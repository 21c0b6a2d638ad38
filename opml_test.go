package dewline

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestReadOPML(t *testing.T) {
	tests := []struct {
		name, file string
		want       []Outline
		skipped    []string // a part of each
		err        string   // a part of it
	}{
		{
			name: "folders, categories and what is no feed",
			file: `<?xml version="1.0"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Europe">
 <outline text="Nordic">
  <outline type="rss" text="Short" title="Försvar  &amp; co" xmlUrl="https://f.example/rss" htmlUrl="https://f.example/" language="sv" category="/mod, press"/>
 </outline>
 <outline text="A note"/>
</outline>
<outline text="Mail" xmlUrl="mailto:x@example.org"/>
</body></opml>`,
			want: []Outline{{Title: "Försvar & co", URL: "https://f.example/rss", Link: "https://f.example/", Language: "sv",
				Categories: []string{"/mod", "press"}, Folders: []string{"Europe", "Nordic"}, Line: 5}},
			skipped: []string{"line 7, A note: it has no xmlUrl", `line 9, Mail: "mailto:x@example.org" is not`},
		},
		{
			name: "spellings that exporters use",
			file: `<OPML><BODY><outline TEXT="caps" XMLURL="feed://old.example/feed"/><outline text="R & D &eacute;" xmlurl='feed:https://b.example/'></outline></BODY></OPML>`,
			want: []Outline{
				{Title: "caps", URL: "http://old.example/feed", Line: 1},
				{Title: "R & D é", URL: "https://b.example/", Line: 1},
			},
		},
		{
			name: "the encoding that the file names",
			file: "<?xml version=\"1.0\" encoding=\"windows-1251\"?><opml><body><outline text=\"\xcf\xd0\xce\" xmlUrl=\"https://p.example/\"/></body></opml>",
			want: []Outline{{Title: "ПРО", URL: "https://p.example/", Line: 1}},
		},
		{
			name: "UTF-16 with a byte order mark",
			file: utf16("<?xml version=\"1.0\" encoding=\"utf-16\"?><opml><body><outline text=\"é\" xmlUrl=\"https://u.example/\"/></body></opml>"),
			want: []Outline{{Title: "é", URL: "https://u.example/", Line: 1}},
		},
		{
			name: "a file that was cut keeps what came before",
			file: "<opml><body>\n<outline text='a' xmlUrl='https://a.example/'/>\n<outline text='b' xmlU",
			want: []Outline{{Title: "a", URL: "https://a.example/", Line: 2}},
			err:  "line 3: ",
		},
		{name: "a web page", file: "<!doctype html><html><body></body></html>", err: "begins with <html>"},
		{name: "nothing", file: "", err: "holds no XML element"},
		{name: "nesting without end", file: "<opml>" + strings.Repeat("<outline text='x'>", 1000), err: "100 deep"},
		{
			name:    "a password in the address is not taken",
			file:    `<opml><body><outline text="p" xmlUrl="https://me:secret@a.example/"/></body></opml>`,
			skipped: []string{"line 1, p: its address holds a username or password"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, skipped, err := ReadOPML(strings.NewReader(tt.file))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("outlines differ (-want +got):\n%s", diff)
			}
			if len(skipped) != len(tt.skipped) {
				t.Fatalf("skipped %q, want %q", skipped, tt.skipped)
			}
			for i, part := range tt.skipped {
				if !strings.Contains(skipped[i], part) {
					t.Errorf("skipped %q, want %q", skipped[i], part)
				}
			}
			switch {
			case err == nil && tt.err != "":
				t.Errorf("no error, want %q", tt.err)
			case err != nil && (tt.err == "" || !strings.Contains(err.Error(), tt.err)):
				t.Errorf("error %q, want %q", err, tt.err)
			}
		})
	}
}

// utf16 encodes as little endian with a byte order mark.
func utf16(s string) string {
	b := []byte{0xff, 0xfe}
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

// What is written is read again: names, addresses, tags and languages.
func TestOPMLRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var feeds []Feed
		for i := range rapid.IntRange(0, 5).Draw(t, "feeds") {
			feeds = append(feeds, Feed{
				Name:     oneLine(rapid.StringMatching(`[\p{L}<>&"' ]{1,20}x`).Draw(t, "name")),
				URL:      "https://" + strings.Repeat("a", i+1) + ".example/" + rapid.StringMatching(`[a-z&?=;]{0,12}`).Draw(t, "path"),
				Tags:     rapid.SliceOfN(rapid.StringMatching(`[\p{L}/]{1,8}`), 0, 3).Draw(t, "tags"),
				Language: rapid.SampledFrom([]string{"", "en", "zh-Hans"}).Draw(t, "language"),
			})
		}
		var b bytes.Buffer
		if err := WriteOPML(&b, `my "feeds" & more`, feeds); err != nil {
			t.Fatal(err)
		}
		got, skipped, err := ReadOPML(&b)
		if err != nil || len(skipped) > 0 || len(got) != len(feeds) {
			t.Fatalf("%d of %d feeds read, skipped %q: %v", len(got), len(feeds), skipped, err)
		}
		for i, f := range feeds {
			o := got[i]
			if o.Title != f.Name || o.URL != f.URL || o.Language != f.Language || !slices.Equal(o.Categories, f.Tags) {
				t.Fatalf("wrote %+v, read %+v", f, o)
			}
		}
	})
}

func TestReadRealOPML(t *testing.T) {
	dir := os.Getenv("DEWLINE_SHARED_DATA")
	if dir == "" {
		dir = filepath.Join("..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(dir, "defence-feeds.opml"))
	if err != nil {
		t.Skipf("no test data: %v", err)
	}
	defer f.Close()
	got, skipped, err := ReadOPML(f)
	if err != nil || len(got) != 133 || len(skipped) != 0 {
		t.Errorf("read %d feeds, skipped %d, error %v; want 133, 0, none", len(got), len(skipped), err)
	}
	for _, o := range got {
		if o.Title == "" || len(o.Folders) != 1 || len(o.Categories) != 1 {
			t.Errorf("line %d lacks a title, folder or category: %+v", o.Line, o)
		}
	}
}

func FuzzReadOPML(f *testing.F) {
	f.Add([]byte(`<opml><body><outline text="a" xmlUrl="https://a.example/"/></body></opml>`))
	f.Add([]byte("<?xml version='1.0' encoding='koi8-r'?><opml><outline></outline>"))
	f.Add([]byte(utf16("<opml/>")))
	f.Fuzz(func(t *testing.T, file []byte) {
		got, _, _ := ReadOPML(bytes.NewReader(file))
		for _, o := range got {
			if !strings.HasPrefix(strings.ToLower(o.URL), "http") || o.Line < 1 || len(o.Folders) > maxFolders {
				t.Errorf("impossible outline %+v", o)
			}
		}
	})
}
