package parser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dewline"
)

// published is when the texts of the table were published, by their feeds.
var published = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)

// The forms in which the press signs: text → name, place, day.
var sourceForms = []struct{ text, name, place, day string }{
	// Source lines.
	{"(Source: China Military; issued March 29, 2017)\nGENEVA --- The militaries of two countries held a briefing.", "China Military", "Geneva", "2017-03-29"},
	{"(Source: China Military; issued March 29, 2017)\n\nGENEVA --- The militaries held a briefing.", "China Military", "Geneva", "2017-03-29"},
	{"(Source: U.S. Department of Defense; issued Nov. 23, 2026)\n\nThe Department announced a contract.", "U.S. Department of Defense", "", "2026-11-23"},
	{"(Source: Xinhua, March 29, 2017)", "Xinhua", "", "2017-03-29"},
	{"(Source: French Armed Forces Ministry; posted Nov 20, 2026)\n\nText.", "French Armed Forces Ministry", "", "2026-11-20"},
	{"[Source: Ministry of Defence of Ukraine]\n\nText.", "Ministry of Defence of Ukraine", "", ""},
	{"Source: Ministry of Defence\n\nThe minister opened the harbour.", "Ministry of Defence", "", ""},
	{"The minister opened the harbour.\n\nSource: Ministry of Defence", "Ministry of Defence", "", ""},
	{"The minister opened the harbour.\n\nSOURCE: TASS", "TASS", "", ""},
	{"The company won a contract.\n\nSOURCE Lockheed Martin", "Lockheed Martin", "", ""},
	{"The minister spoke.\n\n(Source: Yonhap; issued Nov 22, 2026)\n\nprev next\n\nOfficial reports See all", "Yonhap", "", "2026-11-22"},
	{"Text.\n\nSource: mil.ru", "mil.ru", "", ""},
	{"Министр посетил полигон.\n\nИсточник: ТАСС", "ТАСС", "", ""},
	{"Источник: Департамент информации Минобороны России\n\nМинистр посетил полигон.", "Департамент информации Минобороны России", "", ""},
	{"Міністр відвідав полігон.\n\nДжерело: АрміяInform", "АрміяInform", "", ""},
	{"Der Minister sprach.\n\nQuelle: Bundeswehr", "Bundeswehr", "", ""},
	{"El ministro habló.\n\nFuente: Ministerio de Defensa", "Ministerio de Defensa", "", ""},
	{"Il ministro ha parlato.\n\nFonte: Stato Maggiore della Difesa", "Stato Maggiore della Difesa", "", ""},
	{"Le ministre a parlé.\n\nSource : Ministère des Armées", "Ministère des Armées", "", ""},
	{"Minister mówił.\n\nŹródło: PAP", "PAP", "", ""},
	{"Bakan konuştu.\n\nKaynak: AA", "AA", "", ""},
	{"تحدث الوزير.\n\nالمصدر: سانا", "سانا", "", ""},
	{"来源：新华社\n\n国防部发言人表示。", "新华社", "", ""},
	{"来源：国防部网  作者：张三  发布时间：2026-11-23 10:00\n\n国防部发言人表示。", "国防部网", "", "2026-11-23"},
	{"发布时间：2026-11-23 10:00 来源：中国军网\n\n国防部发言人表示。", "中国军网", "", "2026-11-23"},
	{"2026年11月23日 10:00 | 来源：解放军报 | 作者：李四\n\n部队举行演习。", "解放军报", "", "2026-11-23"},
	{"来源： 中国军网综合 责任编辑：王五\n\n部队举行演习。", "中国军网综合", "", ""},
	{"部队举行演习。\n\n（来源：解放军报）", "解放军报", "", ""},
	{"部隊舉行演習。\n\n資料來源：軍聞社", "", "", ""}, // another label: the source of data
	{"稿源：新华网\n\n部队举行演习。", "新华网", "", ""},
	{"防衛省は発表した。\n\n出典：防衛省", "防衛省", "", ""},
	{"국방부는 밝혔다.\n\n출처: 국방부", "국방부", "", ""},

	// Agencies in brackets.
	{"(Reuters) - The ministry said on Monday that it would buy missiles.", "Reuters", "", ""},
	{"(Xinhua) -- China launched a satellite on Monday.", "Xinhua", "", ""},
	{"(Yonhap) -- South Korea's military said on Monday.", "Yonhap", "", ""},
	{"(ANSA) - ROMA, 23 NOV - Il ministro della Difesa ha detto.", "ANSA", "Roma", "2026-11-23"},
	{"(AP) VOORHEES, N.J. The unit came home.", "AP", "Voorhees", ""},
	{"(AFNS) -- The Air Force announced a change.", "AFNS", "", ""},
	{"The missile was launched at noon, the military said. (ANI)", "ANI", "", ""},
	{"The missile was launched at noon.\n\nThe range was not given. (Reuters)", "Reuters", "", ""},

	// Datelines.
	{"GENEVA --- The militaries of China and Russia held a joint briefing.", "", "Geneva", ""},
	{"EGLIN AIR FORCE BASE, Fla. --- The wing tested a weapon.", "", "Eglin Air Force Base", ""},
	{"REDSTONE ARSENAL, Ala. – One of the leaders said keeping capabilities is necessary.", "", "Redstone Arsenal", ""},
	{"REDSTONE ARSENAL, Alabama – To the personnel who run the site.", "", "Redstone Arsenal", ""},
	{"REDSTONE ARSENAL, Ala. — Nov. 20, 2026 — The government has awarded a contract.", "", "Redstone Arsenal", "2026-11-20"},
	{"FORT CARSON, Colo. – Space-based assets are necessary.", "", "Fort Carson", ""},
	{"WASHINGTON, Nov. 23, 2026 — The Department of Defense announced.", "", "Washington", "2026-11-23"},
	{"WASHINGTON — The Pentagon said.", "", "Washington", ""},
	{"WASHINGTON (AFNS) -- The Air Force announced.", "AFNS", "Washington", ""},
	{"WASHINGTON, Nov 23 (Reuters) - The United States said.", "Reuters", "Washington", "2026-11-23"},
	{"KYIV, Nov 23 (Ukrinform) — The General Staff said.", "Ukrinform", "Kyiv", "2026-11-23"},
	{"KYIV, November 23 – Ukrinform. The General Staff said.", "Ukrinform", "Kyiv", "2026-11-23"},
	{"PARIS (AP) — The minister said.", "AP", "Paris", ""},
	{"BEIJING, Nov. 23 (Xinhua) -- China's defense ministry said.", "Xinhua", "Beijing", "2026-11-23"},
	{"SEOUL, Nov. 23 (Yonhap) -- North Korea fired a missile.", "Yonhap", "Seoul", "2026-11-23"},
	{"TOKYO, Nov 23 (Kyodo) - Japan's government said.", "Kyodo", "Tokyo", "2026-11-23"},
	{"MOSCOW, November 23. /TASS/. Russian forces launched.", "TASS", "Moscow", "2026-11-23"},
	{"MOSCOW, November 23 (Sputnik) - The ministry said.", "Sputnik", "Moscow", "2026-11-23"},
	{"MINSK, 23 November (BelTA) – The minister said.", "BelTA", "Minsk", "2026-11-23"},
	{"UNITED NATIONS, Nov 23 (Xinhua) -- The Council met.", "Xinhua", "United Nations", "2026-11-23"},
	{"NEW DELHI, Nov 23 (PTI): India tested a missile.", "PTI", "New Delhi", "2026-11-23"},
	{"New Delhi (ANI) - India tested a missile.", "ANI", "New Delhi", ""},
	{"LONDON, 23 November 2026 – The ministry said.", "", "London", "2026-11-23"},
	{"Berlin, 23. November 2026 – Der Minister sagte.", "", "Berlin", "2026-11-23"},
	{"Berlin (dpa) - Die Bundeswehr beschafft Raketen.", "dpa", "Berlin", ""},
	{"Brussels, 23 November 2026 – NATO said.", "", "Brussels", "2026-11-23"},
	{"PARIS, 23 nov (Reuters) - La France a dit.", "Reuters", "Paris", "2026-11-23"},
	{"Paris (AFP) – La ministre des Armées a annoncé.", "AFP", "Paris", ""},
	{"Madrid, 23 nov (EFE).- El ministro dijo.", "EFE", "Madrid", "2026-11-23"},
	{"Washington, 23 nov (EFE).- El Pentágono dijo.", "EFE", "Washington", "2026-11-23"},
	{"París (AFP) – Francia dijo.", "AFP", "París", ""},
	{"Lisboa, 23 nov 2026 (Lusa) - O ministro disse.", "Lusa", "Lisboa", "2026-11-23"},
	{"ROMA (ITALPRESS) - Il ministro ha detto.", "ITALPRESS", "Roma", ""},
	{"Warszawa (PAP) - Minister powiedział.", "PAP", "Warszawa", ""},
	{"ANKARA (AA) - Bakan konuştu.", "AA", "Ankara", ""},
	{"Jakarta (ANTARA) - Menteri mengatakan.", "ANTARA", "Jakarta", ""},
	{"Hà Nội (TTXVN) - Bộ trưởng nói.", "TTXVN", "Hà Nội", ""},
	{"МОСКВА, 23 ноя — РИА Новости. Российские силы нанесли удар.", "РИА Новости", "Москва", "2026-11-23"},
	{"МОСКВА, 23 ноя - РИА Новости. Российские силы нанесли удар.", "РИА Новости", "Москва", "2026-11-23"},
	{"МОСКВА, 23 ноября. /ТАСС/. Министерство обороны сообщило.", "ТАСС", "Москва", "2026-11-23"},
	{"РОСТОВ-НА-ДОНУ, 23 ноября. /ТАСС/. Военные сообщили.", "ТАСС", "Ростов-на-Дону", "2026-11-23"},
	{"Москва. 23 ноября. INTERFAX.RU - Минобороны сообщило.", "INTERFAX.RU", "Москва", "2026-11-23"},
	{"ТАСС, 23 ноября. Минобороны сообщило.", "ТАСС", "", "2026-11-23"},
	{"МИНСК, 23 ноября (БелТА). Министр сказал.", "БелТА", "Минск", "2026-11-23"},
	{"КИЇВ, 23 листопада — Укрінформ. Генштаб повідомив.", "Укрінформ", "Київ", "2026-11-23"},
	{"КИЕВ, 23 ноя — УНИАН. Генштаб сообщил.", "УНИАН", "Киев", "2026-11-23"},
	{"新华社北京11月23日电（记者张三）国防部发言人表示。", "新华社", "北京", "2026-11-23"},
	{"新华社华盛顿11月23日电 美国国防部表示。", "新华社", "华盛顿", "2026-11-23"},
	{"新华社北京2026年11月23日电 国防部表示。", "新华社", "北京", "2026-11-23"},
	{"新华社北京23日电 国防部表示。", "新华社", "北京", "2026-11-23"},
	{"中新社北京11月23日电（记者李四）中国国防部表示。", "中新社", "北京", "2026-11-23"},
	{"中新网11月23日电 据报道。", "中新网", "", "2026-11-23"},
	{"据新华社北京11月23日电 国防部表示。", "新华社", "北京", "2026-11-23"},
	{"（新华社北京11月23日电）国防部表示。", "新华社", "北京", "2026-11-23"},
	{"本报北京11月23日讯 记者张三报道：部队举行演习。", "", "北京", "2026-11-23"},
	{"（中央社台北23日電）國防部表示。", "中央社", "台北", "2026-11-23"},
	{"(서울=연합뉴스) 김철수 기자 = 국방부는 밝혔다.", "연합뉴스", "서울", ""},
	{"[서울=뉴시스] 김철수 기자 = 국방부는 밝혔다.", "뉴시스", "서울", ""},
	{"(워싱턴=연합뉴스) 이영희 특파원 = 미국 국방부는 밝혔다.", "연합뉴스", "워싱턴", ""},
	{"【北京=共同】中国国防省は発表した。", "共同", "北京", ""},
	{"【ワシントン共同】米国防総省は発表した。", "共同", "ワシントン", ""},
	{"【ソウル聯合ニュース】韓国国防部は発表した。", "聯合ニュース", "ソウル", ""},
	{"［東京　２３日　ロイター］ - 防衛省は発表した。", "ロイター", "東京", "2026-11-23"},
	{"بيروت/ 23 تشرين الثاني/ سانا\n\nأعلن الجيش.", "سانا", "بيروت", "2026-11-23"},
	{"دمشق-سانا أعلنت وزارة الدفاع", "", "", ""}, // the agency is not divided from the text
	{"دمشق-سانا\n\nأعلنت وزارة الدفاع", "سانا", "دمشق", ""},
	{"الدوحة في 23 نوفمبر /قنا/ أعلنت وزارة الدفاع.", "قنا", "الدوحة", "2026-11-23"},
	{"الرياض (واس) - أعلنت وزارة الدفاع.", "واس", "الرياض", ""},
	{"القاهرة - (أ ف ب) - أعلن الجيش.", "أ ف ب", "القاهرة", ""},
	{"By John Smith\n\nSEOUL, Nov. 23 (Yonhap) -- The military said.", "Yonhap", "Seoul", "2026-11-23"},
}

// What looks like a source and is none.
var noSources = []string{
	"",
	"The militaries of China and Russia held a joint briefing.",
	"Source: officials said the missile had been launched from the sea at noon, and that it had flown 600 kilometres before it fell.",
	"Source: a person familiar with the matter",
	"Sources: the test failed",
	"Source: https://www.mod.example/news",
	"Text.\n\nSource: Getty",
	"Text.\n\nPhoto source: Ministry of Defence",
	"Source code: the program is published",
	"The source: a report of the ministry",
	"Open source: tools for everybody",
	"The only source: China",
	"NATO — the alliance said on Monday",
	"NATO --- the alliance said on Monday",
	"THAAD — a system of missile defence",
	"UPDATE — the ministry has corrected its statement",
	"UPDATE --- the ministry has corrected its statement",
	"BREAKING NEWS -- Missile launched",
	"WATCH: the launch of a missile - live",
	"EXCLUSIVE - The plans of the ministry",
	"Doha Smith (Reuters) was there",
	"Monday, Nov. 23 — The ministry said",
	"Monday, 23 November 2026 – The ministry said",
	"November 23, 2026 – The ministry said",
	"Statement, 23 November 2026 – The ministry said",
	"The minister – a former general – spoke in Paris",
	"Geneva – a city by the lake – is where they met",
	"Paris - and nobody else - decides",
	"Russia, China — allies or partners?",
	"Smith, 45, — a sailor of the navy — was honoured",
	"General Smith (Ret.) - The new commander",
	"Lockheed Martin (NYSE: LMT) — has won a contract",
	"S-400 -- the system is in service",
	"PAC-3 MSE — the interceptor hit its target",
	"He said: \"GENEVA --- is a city\"",
	"(Updated) - The ministry said",
	"(Photo by Jane Doe) - The minister",
	"(1) - The first point",
	"(see below) -- The annex",
	"Moscow and Minsk, 23 November: the two ministers met",
	"In Moscow, on 23 November 2026, the ministers met – for the first time",
	"The talks ended. (More follows)",
	"The system was tested (see the picture)",
	"Министр — бывший генерал — посетил полигон",
	"НАТО — угроза, сказал министр",
	"СРОЧНО — Минобороны сообщило",
	"Москва — столица России",
	"В Москве 23 ноября — парад",
	"Источник в Минобороны: ракета была запущена вчера",
	"Источник: ракета была запущена вчера с моря и пролетела шестьсот километров, сообщил собеседник агентства в понедельник вечером",
	"新华社是中国的通讯社",
	"11月23日，国防部举行记者会",
	"国防部11月23日举行例行记者会，发言人表示",
	"来源不明的导弹",
	"导弹的来源：专家认为可能来自海上，但目前还没有证据表明这一点",
	"【速報】防衛省がミサイル発射を発表",
	"【写真】新型ミサイル",
	"(종합) 국방부는 밝혔다",
	"[속보] 북한 미사일 발사",
	"أعلنت وزارة الدفاع - اليوم - اختبار منظومة",
	"وزارة الدفاع / بيان صحفي",
	"[ad_1]\n\nSome text.\n\n[ad_2]\nSource",
}

func TestSources(t *testing.T) {
	for _, c := range sourceForms {
		s := sourceOf(plain(c.text), "", published)
		if s.Name != c.name || s.Place != c.place || s.Day() != c.day {
			t.Errorf("%q\n got %q, %q, %q\nwant %q, %q, %q", c.text, s.Name, s.Place, s.Day(), c.name, c.place, c.day)
		}
	}
	t.Logf("%d forms", len(sourceForms))
}

func TestNoSources(t *testing.T) {
	for _, text := range noSources {
		if s := sourceOf(plain(text), "", published); !s.IsZero() {
			t.Errorf("%q is taken for %+v", text, s)
		}
	}
	t.Logf("%d texts", len(noSources))
}

// A date without a year is the one nearest to when the statement came; nothing comes from the
// future, and without a date to be near to there is none.
func TestDatesWithoutYears(t *testing.T) {
	for _, c := range []struct {
		text, ref, want string
	}{
		{"WASHINGTON, Dec. 30 (Reuters) - x", "2026-01-02", "2025-12-30"},
		{"WASHINGTON, Jan. 2 (Reuters) - x", "2026-01-02", "2026-01-02"},
		{"WASHINGTON, Nov. 25 (Reuters) - x", "2026-11-24", "2026-11-25"}, // east of us it is tomorrow
		{"WASHINGTON, Nov. 28 (Reuters) - x", "2026-11-24", ""},
		{"WASHINGTON, Nov. 28, 2027 (Reuters) - x", "2026-11-24", ""},
		{"WASHINGTON, Nov. 23 (Reuters) - x", "", ""},
		{"新华社北京30日电 x", "2026-12-02", "2026-11-30"},
		{"WASHINGTON, Feb. 29 (Reuters) - x", "2024-03-01", "2024-02-29"},
	} {
		var ref time.Time
		if c.ref != "" {
			ref, _ = time.Parse(time.DateOnly, c.ref)
		}
		if s := sourceOf(c.text, "", ref); s.Day() != c.want {
			t.Errorf("%q at %s: %q, want %q", c.text, c.ref, s.Day(), c.want)
		}
	}
}

func TestSourceOfTheSeed(t *testing.T) {
	dir := os.Getenv("DEWLINE_SHARED_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "data")
	}
	text, err := os.ReadFile(filepath.Join(dir, "seed-article.txt"))
	if err != nil {
		t.Skipf("the shared test data is not here (%v)", err)
	}
	_, body, _ := strings.Cut(string(text), "\n")
	s := sourceOf(plain(body), "en", published)
	if s.Name != "China Military" || s.Place != "Geneva" || s.Day() != "2017-03-29" {
		t.Errorf("%+v", s)
	}
}

func FuzzSource(f *testing.F) {
	for _, c := range sourceForms {
		f.Add(c.text)
	}
	for _, text := range noSources {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := sourceOf(plain(text), "", published)
		for _, part := range []string{s.Name, s.Place} {
			if len(part) > 2*maxName || strings.ContainsAny(part, "\n") {
				t.Errorf("%q", part)
			}
		}
		if !s.Issued.IsZero() && (s.Issued.Year() < 1990 || s.Issued.After(published.Add(48*time.Hour))) {
			t.Errorf("issued %v", s.Issued)
		}
	})
}

var sourceSink dewline.Source

func BenchmarkSource(b *testing.B) {
	text := strings.Repeat("The joint exercise tests the air defence of the northern region – it lasts until Friday. ", 8)
	for name, text := range map[string]string{"prose": text, "dateline": "WASHINGTON, Nov 23 (Reuters) - " + text, "line": "(Source: China Military; issued March 29, 2017)\n\n" + text} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				sourceSink = sourceOf(text, "en", published)
			}
		})
	}
}
