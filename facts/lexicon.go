package facts

import (
	"maps"
	"strings"
)

// The words that are known, folded. Those of all languages stand together unless a
// word means something else in another one.

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// nots deny the word beside them.
var nots = set(`not no never without neither nor none nobody nothing
	nicht kein keine keinen keinem keiner keines nie niemals ohne nichts
	ne pas jamais sans aucun aucune ni nunca jamas sin ningun ninguna tampoco nao nem sem nenhum nenhuma
	non mai senza nessun nessuna niet geen nooit zonder nie bez nigdy ikke inte ingen aldrig aldri utan uten uden
	degil yok hic не нет ни без никогда нельзя ні немає ніколи
	δεν δε μη μην χωρις ουδεις κανεις κανενας καμια ποτε nu fara nici nem nincs sem ei eivat ilman neni bez nije khong tidak bukan tanpa
	لا لم لن ليس ليست غير بدون نه نيست نمی لیس לא אין אינו אינה בלי नहीं न बिना`)

// verdicts begin the words that say that something is so, or is not.
var verdicts = []struct{ class, stems string }{
	{"denies", `denied denies deny denial denying refut reject refus disput dismiss disprov debunk
		dement leugn bestreit bestritt widerleg abgelehnt lehnt ablehn
		rejet refuse contest nie niega niego nego negado negar desmient desmint rechaz desment rejeit recus
		smentis smentit nega negato respin ontken weiger zaprzecz odrzuc dementow
		yalanla reddet reddett inkar отриц отверг отказ опроверг опроверж запереч спростов спростув відкин відмов
		부인 반박 거부
		نفى نفت ينفي تنفي نفي انكر أنكر ينكر رفض يرفض ترفض تکذیب הכחיש מכחיש הכחישה دحض खंडन इनकार इनकार`},
	{"confirms", `confirm approv acknowledg admit admits admitted verifi accept endors
		bestatig zugegeben zugestimmt stimmt genehmig confirme confirmo avalis approuv admis avou reconn accept
		aprob aprueb admit reconoc reconhec conferm approv ammess ammett bevestig goedgekeur
		potwierdz zatwierdz przyzna dogrula onayla kabul подтвер признал признаёт признает одобр утверд підтверд визна схвал
		확인 인정 승인
		أكد أكدت يؤكد تؤكد تأكيد اكد وافق اعترف تایید אישר אישרה מאשר पुष्टि`},
	{"claims", `alleg claim purport suppos reportedly might perhaps possibly presumabl probabl moglicherweise vermutlich wahrscheinlich
		probablement peut-etre posiblemente probablemente quiza вероятно возможно предположительно ймовірно можливо angeblich mutmasslich presunt supuest alegad przypuszcz iddia якобы предположительно нібито زعم تزعم يزعم`},
}

var verdictStems = func() *stems {
	all := newStems()
	for _, v := range verdicts {
		for _, w := range strings.Fields(v.stems) {
			if !shortStems[w] {
				w += "*"
			}
			all.put(v.class, w)
		}
	}
	return all
}()

// shortStems are words that would begin too many others.
var shortStems = set("deny nie nega niego nego refuse might perhaps")

// verdict is the class of a word that denies or confirms; empty of any other word.
func verdict(key string) string {
	if nots[key] {
		return "not"
	}
	if strings.Contains(key, "않") || strings.Contains(key, "못") || key == "안" {
		return "not"
	}
	return verdictStems.one(key)
}

// littleWords begin sentences with a capital and are no names; of scripts without
// capitals they are those that may come and go.
var littleWords = set(`a an the this that these those it he she they we i you in on at of to from for by with as and but or if when while after before
	however meanwhile also according there here its his her their our earlier later today officials official some several many all both
	der die das den dem des ein eine einen einem einer es er sie wir ich in im am an auf aus bei mit nach von vom zu zum zur und aber oder auch wie wenn
	le la les un une des du de et mais ou dans sur en au aux avec par pour ce cette ces il elle ils elles selon
	el los las una unos unas y pero o con por para segun este esta lo al del il lo gli i uno e ma con per di da del della nel nella
	o os as um uma no na nos nas do da dos das em ao het een en maar op van voor w z i na do po przy oraz ale
	ve ile bir bu ama da de в на и но а с со по из за к у о об от для при как это он она они мы что также однако ранее
	і та але у з із за до від що це він вона вони
	و في من على إلى الى عن مع أن ان إن هذا هذه كما قد كان كانت التي الذي ثم او أو بعد قبل أيضا ايضا و به از در که این با برای را
	של את על עם גם כי הוא היא זה זו में के की का को ने से और है हैं पर यह वह
	및 또한 그리고 이날 한편 수 것 등 은 는 이 가 을 를 의 에`)

func (r *reading) little(key string) bool {
	return littleWords[key] || r.language != "" && len(key) < 2
}

var abbreviations = set("mr mrs ms dr gen col lt maj capt sgt adm st no nos vs approx jan feb mar apr jun jul aug sep sept oct nov dec hr fr prof rep sen gov inc ltd corp co jr sr u.s fot art abs bzw z.b nr г гг ул им тыс млн млрд руб стр т д п г-н")

var percents = set("percent pct procent prozent procenta procentow porcento процент процента процентов процентами процентам відсоток відсотки відсотків pourcent yuzde 퍼센트 프로")

// The names that places have in two spellings.
var spellings = func() map[string]string {
	m := make(map[string]string)
	for _, pair := range strings.Fields(`kiev/kyiv kharkov/kharkiv lvov/lviv odessa/odesa nikolaev/mykolaiv dnieper/dnipro chernobyl/chornobyl
		peking/beijing bombay/mumbai calcutta/kolkata burma/myanmar turkey/turkiye rumania/romania tokio/tokyo
		zelenskiy/zelensky zelenskyy/zelensky selenskyj/zelensky poutine/putin gaddafi/qaddafi mohammed/muhammad mohamed/muhammad
		ukrainian/ukraine ukrainians/ukraine russian/russia russians/russia chinese/china iranian/iran iranians/iran iraqi/iraq israeli/israel israelis/israel japanese/japan
		german/germany germans/germany french/france british/uk britain/uk briton/uk britons/uk american/us americans/us america/us usa/us polish/poland poles/poland turkish/turkey turks/turkey
		indian/india indians/india pakistani/pakistan syrian/syria syrians/syria saudi/saudi egyptian/egypt lebanese/lebanon korean/korea koreans/korea italian/italy spanish/spain
		norwegian/norway swedish/sweden finnish/finland danish/denmark dutch/netherlands belgian/belgium greek/greece romanian/romania bulgarian/bulgaria hungarian/hungary latvian/latvia
		lithuanian/lithuania estonian/estonia belarusian/belarus georgian/georgia armenian/armenia azerbaijani/azerbaijan kazakh/kazakhstan yemeni/yemen palestinian/palestine afghan/afghanistan
		canadian/canada australian/australia mexican/mexico brazilian/brazil vietnamese/vietnam thai/thailand filipino/philippines philippine/philippines taiwanese/taiwan indonesian/indonesia
		european/europe african/africa asian/asia
		kremlin's/kremlin gorbachov/gorbachev zelenski/zelensky zelenskiy/zelensky zelenskyj/zelensky netanjahu/netanyahu khamenei/khamenei erdogan/erdogan al-assad/assad
		qatar/qatar koran/quran tehran/tehran teheran/tehran riyad/riyadh pyeongyang/pyongyang
		maj/major gen/general lt/lieutenant col/colonel adm/admiral capt/captain sgt/sergeant brig/brigadier cmdr/commander gov/governor sen/senator
		centre/center programme/program harbour/harbor armour/armor labour/labor armoured/armored manoeuvre/maneuver manoeuvres/maneuvers grey/gray
		белоруссия/беларусь белоруссии/беларусь белоруссию/беларусь белоруссией/беларусь беларуси/беларусь беларусью/беларусь
		минобороны/mod сша/us америка/us украинский/украина российский/россия
		donbass/donbas belorussia/belarus byelorussia/belarus czechia/czech hizballah/hezbollah hizbullah/hezbollah houthi/huthi houthis/huthi`) {
		from, to, _ := strings.Cut(pair, "/")
		m[from] = to
	}
	return m
}()

// Languages whose numbers are written 1.000,5, and those that write 1 000,5.
var (
	commaPoint  = set("de fr es it pt nl ru uk pl cs sk tr id vi sv da no nb nn fi el ro hu bg sr hr sl lt lv et is ca gl eu be kk")
	spaceGroups = set("fr ru uk pl cs sk sv no nb nn fi bg hu lt lv et be kk")
)

var magnitudes = func() map[string]float64 {
	m := make(map[string]float64)
	for by, words := range map[float64]string{
		100:  "hundred hundert cent cents cien ciento cento honderd sto сто сотня сотни сотен yuz مئة مائة",
		1000: "thousand thousands tausend mille mil mila duizend tysiac tysiace tysiecy bin тысяча тысячи тысяч тысячу тыс тисяча тисячі тисяч ألف الف آلاف الاف הזר אלף 천",
		1e6:  "million millions mln mn millionen mio millon millones milhao milhoes milione milioni miljoen milion miliony milionow milyon мільйон мільйона мільйони миллион миллиона миллионов млн мільйон мільйонів миллионами مليون ملايين מיליון लाख 백만",
		1e9:  "billion billions bn milliarde milliarden mrd milliard milliards miliardo miliardi miljard miliard miliardy miliardow milyar миллиард миллиарда миллиардов млрд md mds мільярд мільярди мільярда мільярдів مليار מיליארד",
	} {
		for _, w := range strings.Fields(words) {
			m[w] = by
		}
	}
	return m
}()

var hangulMagnitudes = map[rune]float64{'만': 1e4, '억': 1e8, '조': 1e12}

var hanMagnitudes = map[rune]float64{'十': 10, '百': 100, '千': 1000, '万': 1e4, '萬': 1e4, '億': 1e8, '亿': 1e8, '兆': 1e12}

var hanDigits = map[rune]float64{
	'〇': 0, '零': 0, '一': 1, '二': 2, '两': 2, '兩': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
}

// numberNames begin with zero or one and rise; a word with / has several forms; _ is
// none, for a word that is an article too.
var numberNames = map[string]string{
	"en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
	"de": "null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn zwanzig",
	"fr": "zero _ deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt",
	"es": "cero _ dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte",
	"it": "zero _ due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove venti",
	"pt": "zero _ dois/duas tres quatro cinco seis sete oito nove dez onze doze treze catorze/quatorze quinze dezesseis dezessete dezoito dezenove vinte",
	"nl": "nul _ twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig",
	"pl": "zero jeden/jedna/jedno dwa/dwie/dwoch/dwoma trzy/trzech cztery/czterech piec/pieciu szesc/szesciu siedem/siedmiu osiem/osmiu dziewiec/dziewieciu dziesiec/dziesieciu jedenascie dwanascie trzynascie czternascie pietnascie szesnascie siedemnascie osiemnascie dziewietnascie dwadziescia",
	"ru": "ноль/нуль один/одна/одно/одного/одной/одну два/две/двух/двумя/двое три/трех/тремя/трое четыре/четырех/четверо пять/пяти/пятеро шесть/шести семь/семи восемь/восьми девять/девяти десять/десяти одиннадцать/одиннадцати двенадцать/двенадцати тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать/двадцати",
	"uk": "нуль один/одна/одне два/дві/двох три/трьох чотири/чотирьох п'ять/п'яти шість/шести сім/семи вісім/восьми дев'ять/дев'яти десять/десяти",
	"tr": "sifir _ iki uc dort bes alti yedi sekiz dokuz on",
	"ar": "صفر واحد/واحدة اثنان/اثنين/اثنتين ثلاثة/ثلاث أربعة/أربع/اربعة خمسة/خمس ستة/ست سبعة/سبع ثمانية/ثماني تسعة/تسع عشرة/عشر",
	"ko": "_ 한/하나 두/둘 세/셋 네/넷 다섯 여섯 일곱 여덟 아홉 열",
	"he": "אפס אחד/אחת שניים/שני/שתי שלושה/שלוש ארבעה/ארבע חמישה/חמש שישה/שש שבעה/שבע שמונה תשעה/תשע עשרה/עשר",
	"hi": "शून्य एक दो तीन चार पांच छह सात आठ नौ दस",
}

var tensNames = map[string]string{
	"en": "thirty forty fifty sixty seventy eighty ninety", "de": "dreissig vierzig funfzig sechzig siebzig achtzig neunzig",
	"fr": "trente quarante cinquante soixante", "es": "treinta cuarenta cincuenta sesenta setenta ochenta noventa",
	"it": "trenta quaranta cinquanta sessanta settanta ottanta novanta", "pt": "trinta quarenta cinquenta sessenta setenta oitenta noventa",
	"ru": "тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто", "pl": "trzydziesci czterdziesci piecdziesiat szescdziesiat siedemdziesiat osiemdziesiat dziewiecdziesiat",
}

// extraNames are numbers that stand alone.
var extraNames = map[string]map[string]float64{
	"en": {"hundred": 100, "thousand": 1000, "million": 1e6, "billion": 1e9, "dozen": 12},
	"ru": {"двести": 200, "триста": 300, "четыреста": 400, "пятьсот": 500, "шестьсот": 600, "семьсот": 700, "восемьсот": 800, "девятьсот": 900, "двухсот": 200, "трехсот": 300, "четырехсот": 400, "пятисот": 500, "сто": 100, "тысяча": 1000, "тысячу": 1000, "миллион": 1e6, "миллиард": 1e9}, "de": {"hundert": 100, "tausend": 1000},
	"fr": {"cent": 100, "mille": 1000}, "es": {"cien": 100, "mil": 1000}, "pt": {"cem": 100, "mil": 1000}, "it": {"cento": 100, "mille": 1000},
}

var allNumbers = func() map[string]map[string]float64 {
	all := make(map[string]map[string]float64)
	for language, names := range numberNames {
		m := make(map[string]float64)
		list := func(names string, from, step float64) {
			for i, forms := range strings.Fields(names) {
				for _, w := range strings.Split(forms, "/") {
					if w != "_" {
						m[w] = from + step*float64(i)
					}
				}
			}
		}
		list(names, 0, 1)
		list(tensNames[language], 30, 10)
		maps.Copy(m, extraNames[language])
		all[language] = m
	}
	return all
}()

// numberWords are those of a language, or English and those of other scripts where it
// is not known.
func numberWords(language string) map[string]float64 {
	if m := allNumbers[language]; m != nil {
		return m
	}
	if language == "" {
		return unknownNumbers
	}
	return nil
}

var unknownNumbers = func() map[string]float64 {
	m := make(map[string]float64)
	for _, language := range []string{"en", "ru", "ar", "ko", "he", "hi"} {
		maps.Copy(m, allNumbers[language])
	}
	return m
}()

var months = calendar(
	"january jan januar janvier enero janeiro gennaio januari stycznia styczen ocak января январь січня يناير",
	"february feb februar fevrier febrero fevereiro febbraio februari lutego luty subat февраля февраль лютого فبراير",
	"march mar marz mars marzo marco maart marca marzec mart марта март березня مارس",
	"april apr avril abril aprile kwietnia kwiecien nisan апреля апрель квітня أبريل",
	"may mai mayo maio maggio mei maja maj mayis мая май травня مايو",
	"june jun juni juin junio junho giugno czerwca czerwiec haziran июня июнь червня يونيو",
	"july jul juli juillet julio julho luglio lipca lipiec temmuz июля июль липня يوليو",
	"august aug aout agosto augustus sierpnia sierpien agustos августа август серпня أغسطس",
	"september sep sept septembre septiembre setembro settembre wrzesnia wrzesien eylul сентября сентябрь вересня سبتمبر",
	"october oct oktober octobre octubre outubro ottobre pazdziernika pazdziernik ekim октября октябрь жовтня أكتوبر",
	"november nov novembre noviembre novembro listopada listopad kasim ноября ноябрь листопада نوفمبر",
	"december dec dezember dez decembre diciembre dezembro dicembre grudnia grudzien aralik декабря декабрь грудня ديسمبر",
)

var weekdays = calendar(
	"monday montag lundi lunes segunda-feira lunedi maandag poniedzialek pazartesi понедельник понедельника понеділок الاثنين",
	"tuesday dienstag mardi martes martedi dinsdag wtorek sali вторник вторника вівторок الثلاثاء",
	"wednesday mittwoch mercredi miercoles mercoledi woensdag sroda srode carsamba среда среду среды середу الأربعاء",
	"thursday donnerstag jeudi jueves giovedi donderdag czwartek persembe четверг четверга четвер الخميس",
	"friday freitag vendredi viernes venerdi vrijdag piatek cuma пятница пятницу пятницы пятницю الجمعة",
	"saturday samstag samedi sabado sabato zaterdag sobota sobote cumartesi суббота субботу субботы суботу السبت",
	"sunday sonntag dimanche domingo domenica zondag niedziela niedziele pazar воскресенье воскресенья неділю الأحد",
)

func calendar(names ...string) map[string]int {
	m := make(map[string]int)
	for i, list := range names {
		for _, w := range strings.Fields(list) {
			m[w] = i + 1
		}
	}
	return m
}
