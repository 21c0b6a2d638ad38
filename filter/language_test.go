package filter

import (
	"slices"
	"strings"
	"testing"

	"dewline"
)

// found gives the words of the text that a query finds in an item's content.
func found(t *testing.T, query, text string) []string {
	t.Helper()
	return foundIn(t, query, &dewline.Item{Content: text})
}

func foundIn(t *testing.T, query string, it *dewline.Item) []string {
	t.Helper()
	rules, err := Compile([]dewline.Rule{{Name: "r", Query: query}})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	var words []string
	for _, m := range rules.Match(it) {
		if len(m.Hits) == 0 {
			t.Errorf("%s matches without a hit", query)
		}
		for _, h := range m.Hits {
			if text := it.Text(h.Field); text != "" && text[h.Start:h.End] != h.Text {
				t.Errorf("%s: %s %d-%d is %q, not %q", query, h.Field, h.Start, h.End, text[h.Start:h.End], h.Text)
			}
			words = append(words, h.Text)
		}
	}
	return words
}

// Each row: a query, a text, and what of the text the query finds. Nothing: the
// query does not match.
var languageTests = []struct {
	name, query, text string
	want              []string
}{
	// Words in any inflection.
	{"plural", "missile", "two missiles", []string{"missiles"}},
	{"the query is inflected", "missiles", "a missile", []string{"missile"}},
	{"possessive", "missile", "the missile's range", []string{"missile"}},
	{"possessive, curly", "missile", "the missile’s range", []string{"missile"}},
	{"other words of the same beginning", "missile", "a mission", nil},
	{"parts of words are no words", "missile", "antimissile", nil},
	{"part of a hyphenated word is a word", "missile", "non-anti-missile-system", []string{"missile"}},
	{"verb", "launch", "launched and launching launches", []string{"launched", "launching", "launches"}},
	{"case", "thaad", "THAAD Thaad", []string{"THAAD", "Thaad"}},
	{"designation", "F-16", "two F-16s and an F16", []string{"F-16s", "F16"}},
	{"plural of an abbreviation", "SLBM", "SLBMs", []string{"SLBMs"}},
	{"plural of an abbreviation with vowels", "ICBM", "the ICBMs", []string{"ICBMs"}},
	{"Russian cases", "ракета", "ракеты ракетой ракетами ракет", []string{"ракеты", "ракетой", "ракетами", "ракет"}},
	{"Russian, the query is inflected", "ракетой", "ракета", []string{"ракета"}},
	{"Russian adjective", "противоракетная", "противоракетной обороны", []string{"противоракетной"}},
	{"Ukrainian adjective", "протиракетна", "протиракетної протиракетні протиракетного", []string{"протиракетної", "протиракетні", "протиракетного"}},
	{"Ukrainian noun", "ракета", "ракеті ракетою ракети", []string{"ракеті", "ракетою", "ракети"}},
	{"Ukrainian plural", "винищувач", "винищувачі винищувачів", []string{"винищувачі", "винищувачів"}},
	{"Ukrainian, another declension", "авіація", "авіації авіацією", []string{"авіації", "авіацією"}},
	{"Russian, no verb of the same beginning", "ракета", "ракетка", nil},
	{"digits", "400", "С-400, S400", []string{"400"}},
	{"a word and not its beginning", "arm", "army", nil},

	// Hyphenated terms in all spellings.
	{"as written", "anti-missile", "anti-missile", []string{"anti-missile"}},
	{"space", "anti-missile", "the anti missile issue", []string{"anti missile"}},
	{"joined", "anti-missile", "antimissile", []string{"antimissile"}},
	{"plural", "anti-missile", "anti-missiles", []string{"anti-missiles"}},
	{"joined plural", "anti-missile", "antimissiles", []string{"antimissiles"}},
	{"capitals", "anti-missile", "ANTI-MISSILE Anti-Missile", []string{"ANTI-MISSILE", "Anti-Missile"}},
	{"ellipsis", "anti-missile", "anti… missile anti…missile anti‥ missile", nil},
	{"three dots", "anti-missile", "anti... missile anti...missile", nil},
	{"one dot", "anti-missile", "anti. missile", []string{"anti. missile"}},
	{"U+2010", "anti-missile", "anti\u2010missile", []string{"anti\u2010missile"}},
	{"U+2011", "anti-missile", "anti\u2011missile", []string{"anti\u2011missile"}},
	{"en dash", "anti-missile", "ANTI–MISSILES", []string{"ANTI–MISSILES"}},
	{"em dash", "anti-missile", "anti—missile", []string{"anti—missile"}},
	{"minus", "anti-missile", "anti−missile", []string{"anti−missile"}},
	{"hyphen bullet", "anti-missile", "anti⁃missile", []string{"anti⁃missile"}},
	{"soft hyphen", "anti-missile", "anti\u00admissile anti-mis\u00adsile", []string{"anti\u00admissile", "anti-mis\u00adsile"}},
	{"full width", "anti-missile", "ａｎｔｉ－ｍｉｓｓｉｌｅ", []string{"ａｎｔｉ－ｍｉｓｓｉｌｅ"}},
	{"zero width space", "anti-missile", "anti\u200bmissile anti-\u200bmissile", []string{"anti\u200bmissile", "anti-\u200bmissile"}},
	{"zero width joiner, word joiner, byte order mark", "anti-missile", "an\u200dti-\u2060missile\ufeff", []string{"an\u200dti-\u2060missile"}},
	{"no-break space", "anti-missile", "anti\u00a0missile", []string{"anti\u00a0missile"}},
	{"spaces around a dash", "anti-missile", "anti - missile", []string{"anti - missile"}},
	{"at a line's end", "anti-missile", "anti-\nmissile", []string{"anti-\nmissile"}},
	{"line break", "anti-missile", "anti\r\nmissile", []string{"anti\r\nmissile"}},
	{"as a part", "anti-missile", "Anti-Missile-System non-anti-missile", []string{"Anti-Missile", "anti-missile"}},
	{"mathematical letters", "anti-missile", "𝐚𝐧𝐭𝐢-𝐦𝐢𝐬𝐬𝐢𝐥𝐞", []string{"𝐚𝐧𝐭𝐢-𝐦𝐢𝐬𝐬𝐢𝐥𝐞"}},
	{"a comma parts", "anti-missile", "anti, missile", nil},
	{"a sentence's end parts", "anti-missile", "He is anti. Missile tests go on", nil},
	{"exclamation", "anti-missile", "anti! missile", nil},
	{"a block parts", "anti-missile", "anti\n\nmissile", nil},
	{"a block of CR LF parts", "anti-missile", "anti\r\n\r\nmissile", nil},
	{"a blank line of spaces parts", "anti-missile", "anti\n  \nmissile", nil},
	{"paragraph separator", "anti-missile", "anti\u2029missile", nil},
	{"a bracket parts", "anti-missile", "anti (missile)", nil},
	{"a colon parts", "anti-missile", "anti: missile", nil},
	{"a semicolon parts", "anti-missile", "anti; missile", nil},
	{"a word between parts", "anti-missile", "anti the missile", nil},
	{"order", "anti-missile", "missile anti", nil},
	{"Russian, joined and inflected", "анти-ракетный", "антиракетного анти-ракетная", []string{"антиракетного", "анти-ракетная"}},
	{"three parts", "surface-to-air", "surface to air, surface-to-air, surfacetoair, surface-toair", []string{"surface to air", "surface-to-air", "surfacetoair", "surface-toair"}},
	{"six parts, all or none", "a-b-c-d-e-f", "abcdef a b c-d e f", []string{"abcdef", "a b c-d e f"}},
	{"designations", "S-400", "S 400, S400, S‑400, S-\n400", []string{"S 400", "S400", "S‑400", "S-\n400"}},
	{"designation in another script", "S-400", "С-400", nil},

	// Phrases.
	{"phrase", `"missile defence system"`, "the Missile Defence System of", []string{"Missile Defence System"}},
	{"phrase: no inflection", `"missile defence system"`, "missile defence systems", nil},
	{"phrase: hyphen is space", `"missile defence"`, "missile-defence", []string{"missile-defence"}},
	{"phrase: space is hyphen", `"anti-missile issue"`, "anti missile issue", []string{"anti missile issue"}},
	{"phrase: not joined", `"anti missile"`, "antimissile", nil},
	{"phrase: line break", `"missile defence"`, "missile\ndefence", []string{"missile\ndefence"}},
	{"phrase: abbreviation", `"US Navy"`, "the U.S. Navy said", []string{"U.S. Navy"}},
	{"phrase: abbreviation in the query", `"U.S. Navy"`, "US Navy; U. S. Navy", []string{"US Navy", "U. S. Navy"}},
	{"phrase: abbreviation with no last dot", `"US Navy"`, "the U.S Navy", []string{"U.S Navy"}},
	{"phrase: dot before a small letter", `"approx range"`, "approx. range", []string{"approx. range"}},
	{"abbreviation, Cyrillic", "США", "флот С.Ш.А. там", []string{"С.Ш.А"}},
	{"phrase: abbreviation, Cyrillic", `"ВМС США заявили"`, "В.М.С. С.Ш.А. заявили", []string{"В.М.С. С.Ш.А. заявили"}},
	{"phrase: rank", `"Gen Smith"`, "by Gen. Smith", []string{"Gen. Smith"}},
	{"phrase: initial", `"J Smith"`, "by J. Smith", []string{"J. Smith"}},
	{"phrase: comma", `"missile defence"`, "missile, defence", nil},
	{"phrase: sentence", `"missile defence"`, "a missile. Defence", nil},
	{"phrase: sentence and quotation mark", `"missile defence"`, `"a missile." Defence`, nil},
	{"phrase: ideographic stop", `"missile defence"`, "missile。defence", nil},
	{"phrase: block", `"missile defence"`, "missile\n\ndefence", nil},
	{"phrase: its own comma", `"Moscow, Russia"`, "in Moscow, Russia today", []string{"Moscow, Russia"}},
	{"phrase: its own comma, not a block", `"Moscow, Russia"`, "Moscow\n\nRussia", nil},
	{"phrase: one word, no inflection", `"missile"`, "missiles missile", []string{"missile"}},
	{"phrase: numbers", `"1,000 missiles"`, "1,000 missiles", []string{"1,000 missiles"}},
	{"phrase: overlapping", `"a b a"`, "a b a b a", []string{"a b a", "a b a"}},
	{"phrase: curly quotation marks", `“missile defence”`, "missile defence", []string{"missile defence"}},
	{"phrase: guillemets", `«противоракетная оборона»`, "противоракетная оборона", []string{"противоракетная оборона"}},

	// This spelling and case.
	{"exact", "=ПРО", "про ПРО Про", []string{"ПРО"}},
	{"exact: no inflection", "=Missile", "Missiles Missile", []string{"Missile"}},
	{"exact: not us", "=US", "us US U.S.", []string{"US", "U.S"}},
	{"exact: not us alone", "=US", "they told us", nil},
	{"exact phrase", `="US Navy"`, "us navy, US navy, US Navy, U.S. Navy", []string{"US Navy", "U.S. Navy"}},
	{"exact: hyphen", "=Anti-Missile", "anti-missile Anti Missile Anti-Missile", []string{"Anti-Missile"}},
	{"exact: ё", "=ёлка", "елка ёлка", []string{"ёлка"}},
	{"exact: soft hyphen", "=THAAD", "TH\u00adAAD", []string{"TH\u00adAAD"}},
	{"exact: full width", "=THAAD", "ＴＨＡＡＤ", []string{"ＴＨＡＡＤ"}},
	{"exact: Hangul ends its word", "=사드", "사드를 사드 배치", []string{"사드"}},

	// AND OR NOT and brackets.
	{"side by side", "missile test", "a test of a missile", []string{"test", "missile"}},
	{"AND", "missile AND test", "missile", nil},
	{"OR", "missile OR rocket", "rocket", []string{"rocket"}},
	{"OR binds less than AND", "a b OR c", "c", []string{"c"}},
	{"brackets", "a (b OR c)", "c", nil},
	{"NOT", "missile NOT test", "missile test", nil},
	{"NOT, absent", "missile NOT test", "missile", []string{"missile"}},
	{"hyphen", "missile -test", "missile tests", nil},
	{"excluded phrase", `missile -"test launch"`, "missile test, launch", []string{"missile"}},
	{"excluded phrase, there", `missile -"test launch"`, "missile test launch", nil},
	{"excluded group", "missile -(test OR drill)", "missile drill", nil},
	{"De Morgan", "missile NOT (test drill)", "missile drill", []string{"missile"}},
	{"NOT NOT", "NOT NOT missile", "missile", []string{"missile"}},
	{"only what holds is a reason", "(a b) OR c", "a c", []string{"c"}},
	{"lower case or is a word", "a or b", "a b", nil},

	// NEAR.
	{"NEAR: neighbours are 1 apart", "missile NEAR/1 test", "missile test", []string{"missile", "test"}},
	{"NEAR: not 2", "missile NEAR/1 test", "missile a test", nil},
	{"NEAR: 2", "missile NEAR/2 test", "missile a test", []string{"missile", "test"}},
	{"NEAR: either order", "missile NEAR/2 test", "tests of missiles", []string{"tests", "missiles"}},
	{"ONEAR: this order", "missile ONEAR/2 test", "test of missile", nil},
	{"ONEAR", "missile ONEAR/2 test", "test, missile, test", []string{"missile", "test"}},
	{"NEAR: only the near ones are hits", "missile NEAR/2 test", "missile one two three missile test four five six test", []string{"missile", "test"}},
	{"NEAR crosses a comma and the end of a sentence", "missile NEAR/2 test", "A missile. Then, test", []string{"missile", "test"}},
	{"NEAR crosses a line break", "missile NEAR/1 test", "missile\ntest", []string{"missile", "test"}},
	{"NEAR does not cross a block", "missile NEAR/100 test", "missile\n\ntest", nil},
	{"NEAR does not cross a block of blanks", "missile NEAR/100 test", "missile\r\n \r\ntest", nil},
	{"NEAR: words that no rule asks for count", "missile NEAR/100 test", "missile " + strings.Repeat("x ", 99) + "test", []string{"missile", "test"}},
	{"NEAR: and are too many", "missile NEAR/100 test", "missile " + strings.Repeat("x ", 100) + "test", nil},
	{"NEAR: phrases", `"missile defence" NEAR/2 "test launch"`, "missile defence saw test launch", []string{"missile defence", "test launch"}},
	{"NEAR: from the nearest ends", `"a b c d e" NEAR/1 f`, "a b c d e f", []string{"a b c d e", "f"}},
	{"NEAR: OR", "(missile OR rocket) NEAR/2 (test OR launch)", "rocket was launched", []string{"rocket", "launched"}},
	{"NEAR: OR of several", "(missile OR rocket) NEAR/2 test", "a missile, a rocket test", []string{"rocket", "test"}},
	{"NEAR: hyphenated", "anti-missile NEAR/2 test", "antimissile test, anti-missile test", []string{"antimissile", "test", "anti-missile", "test"}},
	{"NEAR: a hyphenated word counts by its parts", "a NEAR/3 b", "a x-y b", []string{"a", "b"}},
	{"NEAR: not fewer", "a NEAR/2 b", "a x-y b", nil},
	{"NEAR: an apostrophe joins", "missile NEAR/1 range", "the missile's range, missile’s range", []string{"missile", "range", "missile", "range"}},
	{"NEAR: a number is one word", "fire NEAR/2 missile", "fired 1,000.5 missiles", []string{"fired", "missiles"}},
	{"NEAR: an abbreviation is one word", "say NEAR/2 Navy", "says U.S. Navy", []string{"says", "Navy"}},
	{"NEAR: a word is not near itself", "test NEAR/5 test", "a test", nil},
	{"NEAR: but near its like", "test NEAR/5 test", "a test of tests", []string{"test", "tests"}},
	{"NEAR: no overlap", `"missile test" NEAR/5 test`, "missile test", nil},
	{"NEAR: a chain", "a NEAR/2 b NEAR/2 c", "c x b x a", []string{"c", "b", "a"}},
	{"NEAR: a chain is as strong as its links", "a NEAR/2 b NEAR/2 c", "c x a x b", nil},
	{"ONEAR: a chain", "a ONEAR/2 b ONEAR/2 c", "c a b a c", []string{"a", "b", "c"}},
	{"NEAR: mixed chain", "a NEAR/2 b ONEAR/2 c", "b a c", []string{"b", "a", "c"}},
	{"NEAR: excluded", "missile -(missile NEAR/2 test)", "missile test", nil},
	{"NEAR: excluded, far", "missile -(missile NEAR/2 test)", "missile, a long way to a test", []string{"missile"}},
	{"NEAR: Han counts characters", "导弹 NEAR/3 发射", "导弹成功发射", []string{"导弹", "发射"}},
	{"NEAR: Han, farther", "导弹 NEAR/2 发射", "导弹成功发射", nil},
	{"NEAR: Hangul counts syllables", "미사일 NEAR/2 발사", "미사일을 발사했다", []string{"미사일", "발사"}},
	{"NEAR: Han and Latin", "THAAD NEAR/3 导弹", "THAAD系统导弹", []string{"THAAD", "导弹"}},
	{"NEAR: two words of one character", "1 NEAR/1 2", "½ mile", nil},
	{"NEAR in a field", "content:(missile NEAR/2 test)", "missile test", []string{"missile", "test"}},
	{"NEAR between a field and the text", "title:missile NEAR/2 test", "missile test", nil},

	// Wildcards.
	{"* at the end", "противоракет*", "противоракетную, противоракета, ракета", []string{"противоракетную", "противоракета"}},
	{"* stands for nothing too", "missile*", "missile missilery", []string{"missile", "missilery"}},
	{"* at the beginning", "*missile", "antimissile missile missiles", []string{"antimissile", "missile"}},
	{"* inside", "d*ce", "defence, dance, defense", []string{"defence", "dance"}},
	{"* on both sides", "*missil*", "antimissiles", []string{"antimissiles"}},
	{"several", "*m*ss*l?", "antimissile missals missals' massls", []string{"antimissile", "missals", "missals", "massls"}},
	{"? inside", "defen?e", "defence Defense defene defensse", []string{"defence", "Defense"}},
	{"? at the end", "missile?", "missile missiles", []string{"missiles"}},
	{"? at the beginning", "?issile", "missile, issile", []string{"missile"}},
	{"? is one letter in every script", "ракет?", "ракета ракеты ракет ракетой", []string{"ракета", "ракеты"}},
	{"a wildcard is not inflected", "launch*r", "launchers launcher", []string{"launcher"}},
	{"folded", "FLUGKÖR*", "Flugkörper", []string{"Flugkörper"}},
	{"wildcard across no space", "mis*ile", "mis sile", nil},
	{"wildcard across no hyphen", "anti*", "anti-missile", []string{"anti"}},
	{"full width", "ｍｉｓｓ＊", "missile", []string{"missile"}},
	{"in a hyphenated term", "anti-miss*", "antimissiles, anti-missile, anti missiles, anti tank", []string{"antimissiles", "anti-missile", "anti missiles"}},
	{"in a hyphenated term, first", "*ti-missile", "anti-missiles, multi-missile", []string{"anti-missiles", "multi-missile"}},
	{"designations", "Su-3?", "Su-30 Su-34s Su 35 Su35 Su-3", []string{"Su-30", "Su 35", "Su35"}},
	{"in a phrase", `"missile def*"`, "missile defence, missile defenders, missiles defend", []string{"missile defence", "missile defenders"}},
	{"? in a phrase", `"defen?e system"`, "defense system", []string{"defense system"}},
	{"a question mark in a phrase", `"who knows?"`, "who knows it", []string{"who knows"}},
	{"behind Han", "导弹*", "导弹防御", []string{"导弹"}},
	{"before Han", "*导弹", "反导弹", []string{"导弹"}},
	{"behind Hangul", "미사일*", "미사일을", []string{"미사일"}},
	{"before Hangul", "*미사일", "탄도미사일을 요격미사일", []string{"미사일", "미사일"}},
	{"before Hangul, not", "미사일", "탄도미사일을", nil},
	{"Hebrew prefixes", "*טיל", "הטיל", []string{"הטיל"}},
	{"Polish", "rakiet*", "rakietowy rakiety", []string{"rakietowy", "rakiety"}},

	// Regular expressions.
	{"expression", "/s-?[34]00/", "S-400, s300, S‑400 (U+2011), Ｓ－４００", []string{"S-400", "s300", "S‑400", "Ｓ－４００"}},
	{"expression: case does not count", "/S-?[34]00/", "s-400", []string{"s-400"}},
	{"expression: found as words", "/s-?[34]00/", "S-400s, XS-400, S-4000, us400", nil},
	{"expression: words of every script", "/ракет[аы]/", "запущена ракета, ракетами", []string{"ракета"}},
	{"expression: alternatives up to the edge of the word", "/missile|missiles/", "missiles", []string{"missiles"}},
	{"expression: the longest", "/missile( defence)?/", "missile defence", []string{"missile defence"}},
	{"expression: a long one that does not end with a word", "/missile.*/", "missile def", []string{"missile def"}},
	{"expression: folded", "/Flugkörper|SAMOLЁT/", "FLUGKORPER", []string{"FLUGKORPER"}},
	{"expression: ё", "/самол[ё]т/", "самолёт самолет", []string{"самолёт", "самолет"}},
	{"expression: class is folded", "/[Á-Ü]ber/", "über", []string{"über"}},
	{"expression: Han", "/反導?弹/", "反导弹", []string{"反导弹"}},
	{"expression: Han inside running text", "/[东東]风-?[0-9]+/", "中国東風-41導彈", []string{"東風-41"}},
	{"expression: Hangul from the start of a word", "/사드/", "감사드립니다 사드를", []string{"사드"}},
	{"expression: white space is one blank", "/missile defence/", "missile \n defence", []string{"missile \n defence"}},
	{"expression: not across blocks", "/missile.{1,9}defence/", "missile\n\ndefence", nil},
	{"expression: nor by a class", "/missile[^x]+defence/", "missile\n\ndefence", nil},
	{"expression: across a comma, as it says", "/missile, defence/", "missile, defence", []string{"missile, defence"}},
	{"expression: soft hyphen", "/missile/", "mis\u00adsile", []string{"mis\u00adsile"}},
	{"expression: any dash is a hyphen", "/kh-[0-9]{2}/", "Kh–47", []string{"Kh–47"}},
	{"expression: apostrophe", "/l'otan/", "L’OTAN", []string{"L’OTAN"}},
	{"expression: slash", `/km\/h/`, "900 km/h", []string{"km/h"}},
	{"expression: edges of words in every script", `/\bпро\b.*\bзапуск\b/`, "про запуск", []string{"про запуск"}},
	{"expression: begin and end of a block", "/^missile$/", "the missile\n\nmissile", []string{"missile"}},
	{"expression: a dot of an abbreviation", `/u\.s\. navy/`, "the U.S. Navy", []string{"U.S. Navy"}},
	{"expression: excluded", "missile -/s-?400/", "S-400 missile", nil},
	{"expression in NEAR", "/s-?[34]00/ NEAR/2 test", "a test of S-400; S-300, not tested", []string{"test", "S-400", "S-300", "tested"}},
	{"expression in NEAR, not so near", "/s-?[34]00/ ONEAR/1 test", "S-300, not tested", nil},
	{"expression in a field", "title:/missile/ OR x", "missile", nil},
	{"expression and words", "test /[a-z]{2}-[0-9]+/", "test of Kh-47", []string{"test", "Kh-47"}},
	{"expression without a required piece", "/[a-z]-[0-9]/", "x of x-1", []string{"x-1"}},

	// Han, Kana, Thai.
	{"Han inside running text", "反导", "中国反导系统", []string{"反导"}},
	{"Han, traditional text", "反导", "中國反導系統", []string{"反導"}},
	{"Han, traditional query", "反導", "反导", []string{"反导"}},
	{"Han, other order", "反导", "导反", nil},
	{"Han, a comma parts", "反导", "反，导", nil},
	{"one character", "弹", "导弹", []string{"弹"}},
	{"Han line break", "反导", "反\n导", []string{"反\n导"}},
	{"Kana", "ミサイル防衛", "弾道ミサイル防衛システム", []string{"ミサイル防衛"}},
	{"half-width Kana", "ミサイル", "ﾐｻｲﾙ", []string{"ﾐｻｲﾙ"}},
	{"half-width voiced Kana", "ガイド", "ｶﾞｲﾄﾞ", []string{"ｶﾞｲﾄﾞ"}},
	{"Thai", "ขีปนาวุธ", "การทดสอบขีปนาวุธข้ามทวีป", []string{"ขีปนาวุธ"}},
	{"Latin inside Han", "THAAD", "部署THAAD系统", []string{"THAAD"}},
	{"designation inside Han", "S-400", "俄S-400导弹", []string{"S-400"}},
	{"mixed term", "S-400导弹", "俄S-400导弹", []string{"S-400导弹"}},
	{"Han in a phrase", `"导弹 防御"`, "导弹防御", []string{"导弹防御"}},

	// Hangul.
	{"particle", "사드", "사드를 배치", []string{"사드"}},
	{"inside a word", "사드", "감사드립니다", nil},
	{"after a Han prefix", "미사일", "北미사일", []string{"미사일"}},
	{"after a designation", "미사일", "KN-23미사일", []string{"미사일"}},
	{"in brackets", "사드", "고고도미사일방어체계(사드)", []string{"사드"}},
	{"the compound's space is optional", `"미사일 방어"`, "미사일방어 미사일 방어체계", []string{"미사일방어", "미사일 방어"}},
	{"a compound written apart", "요격미사일", "요격 미사일을", []string{"요격 미사일"}},
	{"a space does not part a syllable", "사드", "사 드", nil},
	{"decomposed", "사드", "\u1109\u1161\u1103\u1173를", []string{"\u1109\u1161\u1103\u1173"}},

	// Arabic and Persian.
	{"article", "صاروخ", "الصاروخ", []string{"الصاروخ"}},
	{"the query has the article", "الصاروخ", "صاروخ", []string{"صاروخ"}},
	{"and", "صاروخ", "وصاروخ والصاروخ", []string{"وصاروخ", "والصاروخ"}},
	{"so, in, as, to", "صاروخ", "فالصاروخ بصاروخ بالصاروخ كالصاروخ لصاروخ للصاروخ", []string{"فالصاروخ", "بصاروخ", "بالصاروخ", "كالصاروخ", "لصاروخ", "للصاروخ"}},
	{"two of them", "دفاع", "وبالدفاع وللدفاع", []string{"وبالدفاع", "وللدفاع"}},
	{"endings", "صاروخ", "صاروخين صاروخية الصاروخية", []string{"صاروخين", "صاروخية", "الصاروخية"}},
	{"sound plural", "منظومة", "منظومات والمنظومات", []string{"منظومات", "والمنظومات"}},
	{"a beginning that is no prefix", "باليستي", "الباليستي باليستية والباليستية", []string{"الباليستي", "باليستية", "والباليستية"}},
	{"a broken plural is another word", "صاروخ", "صواريخ", nil},
	{"a letter of the word is no clitic", "تاب", "كتاب", nil},
	{"hamza on alef or not", `"اطلاق"`, "إطلاق", []string{"إطلاق"}},
	{"Persian letters", "موشک", "موشك موشکی", []string{"موشك", "موشکی"}},
	{"Persian plural with a joiner", "موشک", "موشک\u200cها", []string{"موشک\u200cها"}},

	// Foldings.
	{"Latin diacritics", `"desarme"`, "désarmé", []string{"désarmé"}},
	{"Latin diacritics of the text", "Flugkorper", "Flugkörper", []string{"Flugkörper"}},
	{"Latin diacritics of the query", "Flugkörper", "FLUGKORPER", []string{"FLUGKORPER"}},
	{"decomposed", "désarmement", "de\u0301sarmement", []string{"de\u0301sarmement"}},
	{"sharp s", "Großbritannien", "GROSSBRITANNIEN", []string{"GROSSBRITANNIEN"}},
	{"Polish l", "Łódź", "Lodz", []string{"Lodz"}},
	{"Turkish i", "kılıç", "KILIÇ", []string{"KILIÇ"}},
	{"Turkish dotted I", "İstanbul", "istanbul", []string{"istanbul"}},
	{"ligature", "efficient", "eﬃcient", []string{"eﬃcient"}},
	{"Greek", "πύραυλος", "ΠΥΡΑΥΛΟΣ", []string{"ΠΥΡΑΥΛΟΣ"}},
	{"ё", "самолёт", "самолет", []string{"самолет"}},
	{"е", "самолет", "самолёт", []string{"самолёт"}},
	{"й is not и", `"май"`, "маи", nil},
	{"decomposed й", `"май"`, "маи\u0306", []string{"маи\u0306"}},
	{"a mark at the end belongs to the hit", "café", "cafe\u0301 x", []string{"cafe\u0301"}},
	{"stress mark", "ракета", "раке\u0301та", []string{"раке\u0301та"}},
	{"harakat", "صاروخ", "صَارُوخ", []string{"صَارُوخ"}},
	{"tatweel", `"صاروخ"`, "صـاروخ", []string{"صـاروخ"}},
	{"trade mark", "Patriot", "Patriot™", []string{"Patriot"}},
	{"apostrophe as a letter", "комп'ютер", "компʼютер комп’ютер", []string{"компʼютер", "комп’ютер"}},
	{"elision", "OTAN", "l'OTAN", []string{"OTAN"}},
	{"ellipsis", `"missile defence"`, "missile… Defence", nil},
	{"hash tag", "THAAD", "#THAAD", []string{"THAAD"}},
}

func TestLanguage(t *testing.T) {
	for _, c := range languageTests {
		t.Run(c.name, func(t *testing.T) {
			if got := found(t, c.query, c.text); !slices.Equal(got, c.want) {
				t.Errorf("%s in %q: found %q, want %q", c.query, c.text, got, c.want)
			}
		})
	}
}

func TestFields(t *testing.T) {
	it := &dewline.Item{
		Title: "A missile", Summary: "A rocket", Content: "A drone",
		Authors: []string{"Jane Doe", "John Smith"}, Categories: []string{"air defence"}, Language: "en-GB",
		URL: "https://www.mod.example.org/news/anti-missile_test.html", Feed: dewline.FeedRef{Name: "UK MOD", Tags: []string{"ministry", "uk"}},
	}
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"title:missile", []string{"missile"}},
		{"title:rocket", nil},
		{"summary:rocket", []string{"rocket"}},
		{"content:drone", []string{"drone"}},
		{"missile rocket drone", []string{"missile", "rocket", "drone"}},
		{`"missile a rocket"`, nil}, // not across two fields
		{"title:(missile OR rocket)", []string{"missile"}},
		{"title:(missile rocket)", nil},
		{"title:(missile -rocket)", []string{"missile"}},
		{"missile -title:missile", nil},
		{"rocket -title:rocket", []string{"rocket"}},
		{"author:doe", []string{"Doe"}},
		{`author:"doe john"`, nil}, // not across two authors
		{`author:"john smith"`, []string{"John Smith"}},
		{"smith", nil},
		{"category:defences", []string{"defence"}},
		{`url:"mod.example.org"`, []string{"mod.example.org"}},
		{"url:anti-missile", []string{"anti-missile"}},
		{`feed:"UK MOD"`, []string{"UK MOD"}},
		{"tag:ministry", []string{"ministry"}},
		{"tag:(uk OR us)", []string{"uk"}},
		{"lang:en", []string{"en"}},
		{"lang:en-GB", []string{"en-GB"}},
		{"lang:ru", nil},
		{"missile lang:en", []string{"missile", "en"}},
		{"title:=A", []string{"A"}},
		{"title：missile", []string{"missile"}},
		{"title:m*le", []string{"missile"}},
		{"tag:minist*", []string{"ministry"}},
	} {
		t.Run(c.query, func(t *testing.T) {
			if got := foundIn(t, c.query, it); !slices.Equal(got, c.want) {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}

// The byte range of a hit in a field that is a list counts in the entries, joined
// by an empty line.
func TestListFieldRange(t *testing.T) {
	it := &dewline.Item{Authors: []string{"Jane Doe", "John Smith"}}
	rules, err := Compile([]dewline.Rule{{Name: "r", Query: "author:smith"}})
	if err != nil {
		t.Fatal(err)
	}
	h := rules.Match(it)[0].Hits[0]
	if got := strings.Join(it.Authors, "\n\n")[h.Start:h.End]; got != "Smith" || h.Text != "Smith" {
		t.Errorf("%+v stands at %q", h, got)
	}
}

// A word is stemmed by its script and by the languages of the text, which may be
// wrongly declared.
func TestDeclaredLanguage(t *testing.T) {
	for _, c := range []struct {
		name, query, lang, text string
		want                    []string
	}{
		{"Russian, undeclared", "ракета", "", "ракетой", []string{"ракетой"}},
		{"Russian, declared English", "ракета", "en", "ракетой", []string{"ракетой"}},
		{"English words in a Russian text", "missile", "ru", "missiles", []string{"missiles"}},
		{"English words in a French text", "missile", "fr-FR", "missiles", []string{"missiles"}},
		{"French in a French text", "lancement", "fr", "lancements", []string{"lancements"}},
		{"French verb in a French text", "lancer", "fr", "lance", []string{"lance"}},
		{"and not in an English one", "lancer", "en", "lance", nil},
		{"German", "Rakete", "de", "Raketen", []string{"Raketen"}},
		{"Spanish", "misil", "es", "misiles", []string{"misiles"}},
		{"Spanish, with an underscore", "misil", "es_ES", "misiles", []string{"misiles"}},
		{"capitals in the tag", "misil", "ES", "misiles", []string{"misiles"}},
		{"a language that has no stemmer", "missile", "xx", "missiles", []string{"missiles"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := foundIn(t, c.query, &dewline.Item{Content: c.text, Language: c.lang}); !slices.Equal(got, c.want) {
				t.Errorf("found %q, want %q", got, c.want)
			}
		})
	}
}
