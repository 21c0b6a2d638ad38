package facts

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Units of measure. A number is multiplied as its unit says, so that 5 km are 5000 m,
// and what remains is a token of its own behind it: the dimension.

// unitTables have, for a unit (its dimension, how many of it), its words, folded.
var unitTables = map[string]string{
	"m*1":        "m metre* meter metern meters metro metros metri metrow metry mètre* м метр* م متر* 米 公尺 メートル 미터",
	"m*1000":     "km kms kilomet* kilometr* kilómetr* chilometr* quilomet* км километр* кілометр* كم كيلومتر* کیلومتر* 公里 千米 キロメートル キロ 킬로미터 קילומטר* ק\"מ किलोमीटर किमी",
	"m*0.01":     "cm centimet* zentimet* см сантиметр* 厘米 センチ 센티미터",
	"m*0.001":    "mm millimet* milimet* мм миллиметр* міліметр* 毫米 ミリ 밀리미터",
	"m*1609.344": "mile miles mi milles millas мил* миль 英里 マイル 마일",
	"m*1852":     "nmi nm 海里 浬 해리",
	"m*0.3048":   "ft foot feet pieds фут* 英尺 フィート 피트",
	"m*0.9144":   "yard yards yd 码 ヤード 야드",
	"g*1e6":      "t tonne* ton tons tonn* tonel* tona ton т тонн* тон طن أطنان تن 吨 噸 トン 톤",
	"g*1000":     "kg kgs kilogra* kilo kilos kilogram* кг килограмм* кілограм* كغم كيلوغرام* کیلوگرم 公斤 千克 キログラム 킬로그램",
	"g*453.592":  "lb lbs pound pounds 磅 ポンド 파운드",
	"s*1":        "second seconds sec secs sekund* seconde secondes segundo segundos secondi секунд* ثانية ثوان* 秒 秒間 초",
	"s*60":       "minute minutes min mins minut* minuten minuto minutos minuti минут* хвилин* دقيقة دقائق دقیقه 分钟 分鐘 分間 분간",
	"s*3600":     "hour hours hr hrs stunde* heure heures hora horas ora ore godzin* saat час часа часов часами годин* ساعة ساعات ساعت 小时 小時 時間 시간",
	"s*86400":    "day days tag tage tagen tages jour jours dia dias giorno giorni dag dagen dni dzien gun день дня дней днями доба дні днів сутки суток يوم يوما أيام ايام روز 天 日間 日间 일간",
	"s*604800":   "week weeks woche wochen semaine semaines semana semanas settimana settimane tydzien tygodni* hafta недел* тижн* أسبوع أسابيع هفته 周 星期 週間 주간",
	"mon*1":      "month months monat* mois mes meses mese mesi miesiac miesiec* месяц* місяц* شهر أشهر اشهر 个月 個月 か月 ヶ月 カ月 개월",
	"mon*12":     "year years jahr jahre jahren an ans annee* ano anos año* anno anni rok lata lat yil год года лет годами годы рік роки років سنة سنوات عام عاما أعوام سال 年 年间 年間",
	"kt*1":       "kt kts knot* knoten noeud* nudo* узл* узел 节 節 ノット 노트",
	"mach*1":     "mach мах 马赫 馬赫 マッハ 마하",
	"mph*1":      "mph",
	"W*1e6":      "mw megawatt* мегаватт* мвт 兆瓦 メガワット",
	"W*1000":     "kw kilowatt* киловатт* квт 千瓦 キロワット",
	"$*1":        "usd dollar* dolar* dolares dollari доллар* долар* долл دولار* دلار* 美元 美金 米ドル ドル 달러 דולר* डॉलर",
	"€*1":        "eur euro euros евро євро يورو یورو 欧元 歐元 ユーロ 유로",
	"£*1":        "gbp sterling 英镑 英鎊",
	"₽*1":        "rub rouble* ruble* rubel* rublo* руб рубл* рублей روبل* 卢布 盧布 ルーブル 루블",
	"₴*1":        "uah hryvn* гривен* гривн* грн 格里夫纳",
	"CNY*1":      "元人民币 元人民幣 人民币元 cny rmb yuan yuans юан* 人民币 人民幣 元 圆 위안 يوان*",
	"JPY*1":      "jpy yen yens иен* 日元 日圆 日圓 円 엔",
	"₩*1":        "krw won вон 韩元 韓元 ウォン 원",
	"₹*1":        "inr rupee* рупи* 卢比 ルピー 루피 रुपये",
	"TWD*1":      "ntd 新台币 新台幣",
}

// unit is a dimension and a size in it.
type unit struct {
	dimension string
	size      float64
}

var units = func() *stems {
	s := newStems()
	for _, class := range slices.Sorted(maps.Keys(unitTables)) {
		s.put(class, unitTables[class])
	}
	return s
}()

// longestHanUnit is how many letters the longest unit without spaces has.
const longestHanUnit = 6

func unitOf(class string) unit {
	dimension, size, _ := strings.Cut(class, "*")
	v, _ := strconv.ParseFloat(size, 64)
	return unit{dimension, v}
}

// hours turn a length into a speed.
var hours = []string{"/h", "/ч", "/год", "/时", "/時", "/小时", "/小時", " per hour", " an hour", " в час", " на годину", " par heure", " por hora", " pro stunde", " all'ora", "每小时", "毎時"}

// unit takes the unit behind the number that was just taken.
func (r *reader) unit() {
	t := r.last()
	class, start, end := r.unitAhead()
	if class == "" {
		return
	}
	u := unitOf(class)
	switch year := u.dimension == "mon" && u.size == 12; {
	case t.value < 0 && t.key != "#"+figure(t.value), year && t.value >= 1000, ageAhead(r.text[end:]):
		return // a time; the year of a date; somebody's age
	}
	if u.dimension == "m" {
		low := strings.ToLower(head(r.text[end:]))
		for _, h := range hours {
			if strings.HasPrefix(low, h) {
				u.dimension, end = "m/h", end+len(h)
				break
			}
		}
	}
	if u.size != 1 {
		t.multiply(u.size, end)
		t.unit = class
	}
	r.add(token{key: u.dimension, kind: number, start: start, end: end, dimension: true})
	r.at = end
}

// unitAhead is the unit behind a number, or behind its magnitude: "1,5 Mrd. Euro",
// "5 millones de euros".
func (r *reader) unitAhead() (class string, start, end int) {
	rest := r.text[r.at:]
	start = r.at + gap(rest)
	if class, end = unitAt(r.text, start); class != "" {
		return class, start, end
	}
	for _, link := range []string{" US-", " US ", " U.S. ", ". ", " de ", " d'", " d’", " di "} {
		if strings.HasPrefix(rest, link) {
			start = r.at + len(link)
			class, end = unitAt(r.text, start)
			return class, start, end
		}
	}
	return "", start, end
}

// gap is what may stand between a number and its unit.
func gap(text string) int {
	if trimmed := strings.TrimLeft(text, spaces); trimmed != text {
		return len(text) - len(trimmed)
	}
	if text != "" && (text[0] == ' ' || text[0] == '-') {
		return 1
	}
	return 0
}

// unitAt is the unit that begins at a place of a text.
func unitAt(text string, start int) (class string, end int) {
	c, _ := utf8.DecodeRuneInString(text[start:])
	if unspaced(c) {
		return hanUnit(text, start)
	}
	end = start
	for i, c := range text[start:] {
		if !unicode.IsLetter(c) && !unicode.IsMark(c) || unspaced(c) {
			break
		}
		end = start + i + utf8.RuneLen(c)
		if i > 60 {
			break
		}
	}
	word := fold(text[start:end])
	if class = units.one(word); class != "" || !hangul(word) {
		return class, end
	}
	return hangulUnit(word), end
}

// hangulUnit is the longest unit that a word begins with, with what inflects it behind it.
func hangulUnit(word string) (class string) {
	for i, c := range word {
		if behind := strings.ContainsRune("이을를은는의에로가와과도만까부씩짜어규상", c); i > 0 && behind && units.whole[word[:i]] != nil {
			class = units.whole[word[:i]][0]
		}
	}
	return class
}

func hangul(s string) bool {
	return strings.ContainsFunc(s, func(c rune) bool { return unicode.Is(unicode.Hangul, c) })
}

// hanUnit is the longest unit that is written there without spaces.
func hanUnit(text string, start int) (class string, end int) {
	n := 0
	for i, c := range text[start:] {
		if n == longestHanUnit || !unspaced(c) {
			break
		}
		n++
		at := start + i + utf8.RuneLen(c)
		if u := units.whole[text[start:at]]; u != nil {
			class, end = u[0], at
		}
	}
	return class, end
}

// ageAhead reports "old" behind "35-year".
func ageAhead(text string) bool {
	return strings.HasPrefix(text, "-old") || strings.HasPrefix(text, " old")
}

// currency takes a sign of money before a number, or behind it, or alone.
func (r *reader) currency(key string, start, end int) {
	t := token{key: key, kind: number, start: start, end: end, dimension: true}
	r.at = end
	rest := r.text[end:]
	if c, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " "+spaces)); unicode.IsDigit(c) {
		r.money = &t
		return
	}
	r.add(t)
}

// signs are those of money as it is named.
func (r *reader) sign(c rune) string {
	if c == '¥' || c == '￥' {
		switch r.language {
		case "zh":
			return "CNY"
		case "ja":
			return "JPY"
		}
		return "¥"
	}
	return string(c)
}

// codes are names of money that stand before the sum.
var codes = map[string]string{"usd": "$", "eur": "€", "gbp": "£", "rub": "₽", "cny": "CNY", "rmb": "CNY", "jpy": "JPY", "krw": "₩", "uah": "₴", "inr": "₹"}

// moneyWord takes a word that names money before a sum: US$5m, USD 5 million.
func (r *reader) moneyWord(t token) bool {
	rest := r.text[t.end:]
	if strings.HasPrefix(rest, "$") {
		switch t.key {
		case "us":
			r.currency("$", t.start, t.end+1)
			return true
		case "a", "au", "c", "ca", "hk", "nt", "nz", "s", "r":
			r.currency(t.key+"$", t.start, t.end+1)
			return true
		}
	}
	if key := codes[t.key]; key != "" {
		if c, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " "+spaces)); unicode.IsDigit(c) {
			r.currency(key, t.start, t.end)
			return true
		}
	}
	return false
}

// sums are letters that stand behind sums of money for millions and the like.
var sums = map[byte]float64{'m': 1e6, 'M': 1e6, 'b': 1e9, 'B': 1e9, 'k': 1e3, 'K': 1e3}

// counted takes what stands behind a number: magnitude, unit, the money before it.
func (r *reader) counted() {
	money := r.money
	r.money = nil
	r.magnitude()
	if rest, ok := strings.CutPrefix(r.text[r.at:], ". "); ok && r.last().value > 1000 {
		if c, _ := utf8.DecodeRuneInString(rest); unicode.Is(unicode.Sc, c) { // 1,5 Mrd. €
			r.at++
		}
	}
	if money == nil {
		r.unit()
		return
	}
	if rest := r.text[r.at:]; rest != "" && sums[rest[0]] > 0 {
		if c, _ := utf8.DecodeRuneInString(rest[1:]); !unicode.IsLetter(c) {
			r.at++
			r.last().multiply(sums[rest[0]], r.at)
		}
	}
	r.add(*money)
}
