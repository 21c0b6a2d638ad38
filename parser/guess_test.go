package parser

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// Texts of a few words, in every charset of their language, must be found out where nothing is declared or
// the declaration cannot be, and where a Western charset is declared that would make no words of them.
func TestGuessedCharsets(t *testing.T) {
	texts := map[string][2]string{
		"ru": {"Министерство обороны сообщило о запуске ракеты", "Расчёты противовоздушной обороны провели учения на полигоне, сообщили в пресс-службе ведомства."},
		"uk": {"Міністерство оборони повідомило про запуск ракети", "Розрахунки протиповітряної оборони провели навчання на полігоні, повідомили у пресслужбі."},
		"bg": {"Министерството на отбраната съобщи за изстрелване", "Разчетите на противовъздушната отбрана проведоха учение на полигона."},
		"el": {"Το Υπουργείο Άμυνας ανακοίνωσε την εκτόξευση", "Οι δυνάμεις αεράμυνας πραγματοποίησαν άσκηση στο πεδίο βολής, ανακοίνωσε το υπουργείο."},
		"he": {"משרד הביטחון הודיע על שיגור הטיל", "כוחות ההגנה האווירית ערכו תרגיל בשטח האש, נמסר מהמשרד."},
		"ar": {"أعلنت وزارة الدفاع عن إطلاق صاروخ", "أجرت قوات الدفاع الجوي تدريبات في الميدان، حسبما أفاد المكتب الصحفي للوزارة."},
		"th": {"กระทรวงกลาโหมแถลงการยิงขีปนาวุธ", "หน่วยป้องกันภัยทางอากาศได้ฝึกซ้อมในสนามฝึก ตามรายงานของกระทรวง"},
		"ja": {"防衛省は弾道ミサイルの発射を発表した", "航空自衛隊の高射部隊が訓練場で演習を実施したと発表しました。"},
		"zh": {"国防部宣布发射导弹", "防空部队在训练场进行了演习，国防部新闻局发布消息称。"},
		"tw": {"國防部宣布發射飛彈", "防空部隊在訓練場進行了演習，國防部新聞局發布消息。"},
		"ko": {"국방부는 미사일 발사를 발표했다", "방공 부대가 훈련장에서 훈련을 실시했다고 국방부 대변인이 밝혔다."},
		"tr": {"Savunma Bakanlığı füze fırlatıldığını açıkladı", "Hava savunma birlikleri eğitim alanında tatbikat gerçekleştirdi, bakanlık basın müşavirliği bildirdi."},
		"pl": {"Ministerstwo Obrony ogłosiło wystrzelenie pocisku", "Jednostki obrony przeciwlotniczej przeprowadziły ćwiczenia na poligonie, poinformowało biuro prasowe."},
		"cs": {"Ministerstvo obrany oznámilo vypuštění střely", "Jednotky protivzdušné obrany provedly cvičení ve výcvikovém prostoru, uvedlo tiskové oddělení."},
		"hu": {"A Honvédelmi Minisztérium bejelentette a rakéta kilövését", "A légvédelmi egységek gyakorlatot tartottak a lőtéren, közölte a sajtóosztály."},
		"fr": {"Le ministère de la Défense a annoncé le lancement", "Les unités de défense aérienne ont mené un exercice au terrain d’entraînement, a indiqué le service."},
		"de": {"Das Verteidigungsministerium meldet den Start einer Rakete", "Einheiten der Flugabwehr führten auf dem Übungsplatz eine Übung durch, erklärte die Pressestelle für Öffentlichkeitsarbeit."},
	}
	encs := map[string][]struct {
		n string
		e encoding.Encoding
	}{
		"ru": {{"1251", charmap.Windows1251}, {"koi8r", charmap.KOI8R}, {"866", charmap.CodePage866}, {"8859-5", charmap.ISO8859_5}, {"mac", charmap.MacintoshCyrillic}, {"855", charmap.CodePage855}},
		"uk": {{"1251", charmap.Windows1251}, {"koi8u", charmap.KOI8U}},
		"bg": {{"1251", charmap.Windows1251}, {"8859-5", charmap.ISO8859_5}},
		"el": {{"1253", charmap.Windows1253}, {"8859-7", charmap.ISO8859_7}},
		"he": {{"1255", charmap.Windows1255}, {"8859-8", charmap.ISO8859_8}},
		"ar": {{"1256", charmap.Windows1256}, {"8859-6", charmap.ISO8859_6}},
		"th": {{"874", charmap.Windows874}},
		"ja": {{"sjis", japanese.ShiftJIS}, {"eucjp", japanese.EUCJP}, {"2022", japanese.ISO2022JP}},
		"zh": {{"gbk", simplifiedchinese.GBK}, {"gb18030", simplifiedchinese.GB18030}, {"hz", simplifiedchinese.HZGB2312}},
		"tw": {{"big5", traditionalchinese.Big5}},
		"ko": {{"euckr", korean.EUCKR}},
		"tr": {{"1254", charmap.Windows1254}, {"8859-9", charmap.ISO8859_9}},
		"pl": {{"1250", charmap.Windows1250}, {"8859-2", charmap.ISO8859_2}},
		"cs": {{"1250", charmap.Windows1250}, {"8859-2", charmap.ISO8859_2}},
		"hu": {{"1250", charmap.Windows1250}, {"8859-2", charmap.ISO8859_2}},
		"fr": {{"1252", charmap.Windows1252}},
		"de": {{"1252", charmap.Windows1252}, {"8859-1", charmap.ISO8859_1}},
	}
	for lang, list := range encs {
		for _, e := range list {
			for _, declared := range []string{"", as("UTF-8"), as("windows-1252")} {
				if declared == as("windows-1252") && strings.Contains("tr pl cs hu", lang) {
					continue // it reads like words all the same; then the declaration counts
				}
				body := `<?xml version="1.0"` + declared + `?><rss version="2.0"><channel><title>MOD</title><item><title>` + texts[lang][0] +
					`</title><link>http://x.example/1</link><description>` + texts[lang][1] + `</description></item></channel></rss>`
				raw, err := e.e.NewEncoder().String(body)
				if err != nil {
					t.Fatal(lang, e.n, err)
				}
				if it := items(t, raw)[0]; it.Title != texts[lang][0] || it.Summary != texts[lang][1] {
					t.Errorf("%s in %s, %q, is read as %s: %q", lang, e.n, declared, parse(raw).Charset, it.Title)
				}
			}
		}
	}
}

// A declaration that may be right is believed, however odd the text.
func TestDeclaredCharsetsStand(t *testing.T) {
	for text, c := range map[string]struct {
		name string
		enc  encoding.Encoding
	}{
		"© ® ™ € “”":      {"windows-1252", charmap.Windows1252},
		"ÅÄÖ ÉÈ":          {"iso-8859-1", charmap.Windows1252},
		"°C ± 5 µm × ½":   {"iso-8859-1", charmap.Windows1252},
		"Þórður æðir":     {"iso-8859-1", charmap.Windows1252},
		"ЗРК «Бук-М3»":    {"windows-1251", charmap.Windows1251},
		"ЛЕТНИЕ УЧЕНИЯ":   {"windows-1251", charmap.Windows1251},
		"КРАТКО: МЧС":     {"ibm866", charmap.CodePage866},
		"ｶﾀｶﾅ":            {"shift_jis", japanese.ShiftJIS},
		"臺灣":              {"big5", traditionalchinese.Big5},
		"大韓民國":            {"euc-kr", korean.EUCKR},
		"ΠΟΛΕΜΙΚΗ":        {"iso-8859-7", charmap.ISO8859_7},
		"Bakanlığı ığdır": {"iso-8859-9", charmap.ISO8859_9},
	} {
		if it := items(t, string(in(text, c.enc, as(c.name))))[0]; it.Title != text {
			t.Errorf("%s in %s is read as %q, %s", text, c.name, it.Title, parse(string(in(text, c.enc, as(c.name)))).Charset)
		}
	}
}

// EBCDIC begins with another "<?xml".
func TestEBCDIC(t *testing.T) {
	for name, enc := range map[string]encoding.Encoding{"cp037": charmap.CodePage037, "ibm1047": charmap.CodePage1047, "ibm1140": charmap.CodePage1140} {
		if it := items(t, string(in("Übung [Köln]", enc, as(name))))[0]; it.Title != "Übung [Köln]" {
			t.Errorf("%s: %q", name, it.Title)
		}
	}
}
