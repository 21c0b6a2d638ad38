package filter

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"dewline"
)

// Sentences of ministries, one of each language that has a stemmer, and of some
// that have none.
var sentences = map[string]string{
	"en": "The Ministry of Defence announced on Monday that several missiles had been intercepted over the sea.",
	"da": "Forsvarsministeriet meddelte mandag, at flere missiler er blevet skudt ned af luftforsvaret over havet og ikke nåede kysten.",
	"nl": "Het ministerie van Defensie meldde maandag dat verschillende raketten door de luchtverdediging zijn onderschept.",
	"fi": "Puolustusministeriö ilmoitti maanantaina, että useita ohjuksia on torjuttu ja että vaara ei ole ohi.",
	"fr": "Le ministère des Armées a annoncé lundi que plusieurs missiles ont été interceptés par la défense aérienne.",
	"de": "Das Verteidigungsministerium teilte am Montag mit, dass mehrere Raketen abgefangen wurden und die Gefahr nicht vorüber ist.",
	"hu": "A Honvédelmi Minisztérium hétfőn közölte, hogy több rakétát elfogtak, és a veszély nem múlt el.",
	"it": "Il ministero della Difesa ha annunciato lunedì che diversi missili sono stati intercettati dalla difesa aerea.",
	"no": "Forsvarsdepartementet opplyste mandag at flere missiler ble skutt ned av luftvernet og at faren ikke er over.",
	"pt": "O Ministério da Defesa anunciou na segunda-feira que vários mísseis foram interceptados pela defesa aérea e não houve danos.",
	"ro": "Ministerul Apărării a anunțat luni că mai multe rachete au fost interceptate de apărarea antiaeriană și nu sunt victime.",
	"es": "El Ministerio de Defensa informó el lunes de que varios misiles fueron interceptados por la defensa aérea.",
	"sv": "Försvarsmakten meddelade på måndagen att flera robotar hade skjutits ned av luftvärnet och att faran inte är över.",
	"tr": "Milli Savunma Bakanlığı pazartesi günü birkaç füzenin önlendiğini ve bu saldırıda bir kişinin daha yaralanmadığını açıkladı.",
	"pl": "Ministerstwo Obrony poinformowało w poniedziałek, że przechwycono kilka rakiet i nie ma ofiar.",
	"cs": "Ministerstvo obrany v pondělí oznámilo, že bylo zachyceno několik raket a že se nikomu nic nestalo.",
	"id": "Kementerian Pertahanan mengumumkan pada hari Senin bahwa beberapa rudal telah dicegat oleh pertahanan udara.",
	"ru": "Министерство обороны сообщило в понедельник, что несколько ракет были перехвачены.",
	"zh": "国防部星期一宣布，多枚导弹被拦截。",
	"ar": "أعلنت وزارة الدفاع يوم الاثنين اعتراض عدة صواريخ فوق البحر.",
}

// The language of a text is found whatever it claims.
func TestLanguageIsFound(t *testing.T) {
	for lang, text := range sentences {
		want := languagesOf(lang)
		for _, claim := range []string{"", "en", "en-US", "de", "fr", "ru", "xx", lang} {
			if got := itemLanguages(&dewline.Item{Title: "X", Content: text, Language: claim}); got != want && want.n > 1 {
				t.Errorf("%s that claims %q: %v, want %v", lang, claim, got.own(), want.own())
			}
			// A text without a stemmer of its own may be looked at with the one it
			// claims: it has hardly a word that this one knows.
		}
	}
}

func TestFoundLanguageInflects(t *testing.T) {
	for _, c := range []struct{ query, text, want string }{
		{"Rakete", sentences["de"], "Raketen"},
		{"misil", sentences["es"], "misiles"},
		{"míssil", sentences["pt"], ""}, // another stem: mísseis
		{"intercepter", sentences["fr"], "interceptés"},
		{"raket", sentences["nl"], "raketten"},
		{"füze", sentences["tr"], "füzenin"},
		{"missile", sentences["it"], "missili"},
	} {
		got := strings.Join(foundIn(t, c.query, &dewline.Item{Content: c.text}), " ")
		if got != c.want {
			t.Errorf("%s in %q: found %q, want %q", c.query, c.text, got, c.want)
		}
	}
}

// What claims to be English and has no word of any sentence is believed, and costs
// no library.
func TestNothingSpeaksAgainstTheClaim(t *testing.T) {
	for _, lang := range []string{"ru", "zh", "ar"} {
		var v votes
		if v.count(sentences[lang]+sentences[lang], stemEnglish, false); v.latin() {
			t.Errorf("%s is taken for Latin: %+v", lang, v)
		}
	}
	for claim, want := range map[string]stemmer{"en": stemEnglish, "de": stemGerman, "": stemEnglish} {
		it := &dewline.Item{Content: "THAAD PAC-3 S-400 Kh-47", Language: claim}
		if got := itemLanguages(it); got.own() != want {
			t.Errorf("%q: %v", claim, got)
		}
		if n := testing.AllocsPerRun(10, func() { itemLanguages(it) }); n != 0 {
			t.Errorf("%q: %v allocations", claim, n)
		}
	}
}

func TestArticlesAreEnglish(t *testing.T) {
	paths, _ := filepath.Glob(filepath.Join(sharedData(t, "articles"), "en-*.txt"))
	for _, path := range paths {
		text := readFile(t, path)
		for _, claim := range []string{"", "de", "ru"} {
			if got := itemLanguages(&dewline.Item{Content: text, Language: claim}); got.n != 1 {
				t.Errorf("%s that claims %q: %v", filepath.Base(path), claim, got.own())
			}
		}
	}
}

func BenchmarkItemLanguages(b *testing.B) {
	for _, c := range []struct{ name, text, claim string }{
		{"English", sentences["en"], "en"}, {"undeclared German", sentences["de"], ""}, {"Russian", sentences["ru"], "ru"}, {"undeclared Chinese", sentences["zh"], ""},
		{"undeclared, in doubt", strings.Repeat("Bundeswehr erhält neue Raketen. ", 5), ""},
	} {
		b.Run(fmt.Sprint(c.name), func(b *testing.B) {
			b.ReportAllocs()
			it := &dewline.Item{Content: strings.Repeat(c.text+" ", 4), Language: c.claim}
			for b.Loop() {
				itemLanguages(it)
			}
		})
	}
}

// Arabic letters are looked at as Persian, or as Arabic, whatever the item claims.
func TestPersianIsFound(t *testing.T) {
	const (
		persian = "نیروهای مسلح ایران موشک تازه\u200cای را آزمایش کردند و پهپادها را رهگیری کرد."
		keyed   = "پدافند هوايي ارتش چند پهپاد را سرنگون كرد." // with the letters of an Arabic keyboard
		urdu    = "پاکستان نے بیلسٹک میزائل کا تجربہ کیا ہے۔"
		arabic  = "أعلنت وزارة الدفاع اعتراض صاروخ أطلق من الأراضي اليمنية."
	)
	for _, claim := range []string{"", "ar", "fa", "en"} {
		for text, want := range map[string]bool{persian: true, keyed: true, urdu: true, arabic: false} {
			if got := itemLanguages(&dewline.Item{Content: text, Language: claim}); got.persian != want {
				t.Errorf("%q claims %q: Persian %v", text, claim, got.persian)
			}
		}
	}
	if got := itemLanguages(&dewline.Item{Content: "در", Language: "fa"}); !got.persian {
		t.Error("a claim is not believed that nothing speaks against")
	}
}
