package stories

import "strings"

// The words that are known, folded. What is not here is taken to say something.

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[string(appendFolded(nil, w))] = true
	}
	return m
}

// little are words that come and go without a change of meaning: articles, forms of to be and
// to have, words that only join. Prepositions of direction and time, words of amount, of
// possibility and of exclusion are none, nor is what is a negation in another language.
var little = set(`a an the that which who this these those of in on at and as also it its is was are were be been being has have had there
	der die das den dem des ein eine einen einem einer eines im am und auch ist war sind waren hat haben hatte dass
	le la les un une des du de d' l' et est que qui a ete sont etait
	el los las una unos unas y e es fue que son era lo al del il gli i uno di della dei nel nella che ed
	os as um uma do da dos das foi sao het een van en dat
	w z i oraz ze jest byl ve bir de
	в и а что это также был была было были который которая которые у і й та що це є був була було були який яка які
	و في ان أن التي الذي هذا هذه كان كانت قد ה את של הוא היא के की का है हैं को ने और
	및 또한 그리고 이날 한편`)

// passing are the characters of Han and Kana that are the same.
var passing = func() map[string]bool {
	m := make(map[string]bool)
	for _, c := range "的了着著过過之也就都还還其该該、・" {
		m[string(c)] = true
	}
	return m
}()

// shortened are words behind which a point ends no sentence.
var shortened = set(`mr mrs ms dr gen col lt maj capt sgt cmdr adm brig st no nos vs approx jan feb mar apr jun jul aug sep sept oct nov dec prof rep sen gov inc ltd corp co jr sr
	art abs bzw nr ca г гг ул им тыс млн млрд руб стр р ст км`)

// class maps words to what they have in common with others that say the same.
var class = func() map[string]string {
	m := make(map[string]string)
	for _, line := range strings.Split(`said says stated states told announced added noted reported
about around approximately roughly circa
large big
near nearby
begin start
began started
begins starts
however but though
while as
till until
upon on
toward towards
among amongst
per_cent percent pct %
photo photograph
television tv
aeroplane airplane aircraft plane
lorry truck
u_s us
сообщил сообщила сообщили сообщает заявил заявила заявили заявляет отметил отметила отметили рассказал рассказали
около примерно приблизительно
однако но
повідомив повідомила повідомили повідомляє заявив заявила заявили зазначив зазначила розповів
близько приблизно
проте але однак
sagte erklarte teilte mitteilte hiess
etwa rund ungefahr circa ca
aber jedoch doch
a_declare a_annonce a_indique a_affirme
environ autour
mais cependant toutefois
dijo afirmo senalo indico declaro anuncio
unos aproximadamente alrededor
disse afirmou declarou anunciou informou
kiev kyiv
kharkov kharkiv
odessa odesa
lvov lviv
peking beijing
turkey turkiye
zelenskiy zelenskyy zelensky zelenskyi
donbass donbas
hizballah hezbollah hizbullah
houthi huthi
houthis huthis
tokio tokyo
caesar cesar`, "\n") {
		words := strings.Fields(line)
		for _, w := range words {
			m[strings.ReplaceAll(w, "_", " ")] = words[0]
		}
	}
	return m
}()

// american is an English word in the spelling of America.
func american(w string) string {
	if as := britain[w]; as != "" {
		return as
	}
	for _, p := range spellings {
		if i := strings.Index(w, p.british); i >= p.least && endsIn(w[i+len(p.british):]) {
			return w[:i] + p.american + w[i+len(p.british):]
		}
	}
	return w
}

// spellings are how endings are written in Britain and in America, and how many letters
// stand before them at least.
var spellings = []struct {
	british, american string
	least             int
}{
	{"isation", "ization", 3}, {"ising", "izing", 4}, {"ise", "ize", 4}, {"yse", "yze", 3}, {"ysing", "yzing", 3}, {"our", "or", 3},
	{"ence", "ense", 3}, {"ogue", "og", 3}, {"elled", "eled", 2}, {"elling", "eling", 2}, {"eller", "eler", 2}, {"tre", "ter", 3},
}

func endsIn(s string) bool {
	switch s {
	case "", "s", "d", "ed", "ing", "al", "able", "ful", "less", "ly", "er", "ers", "ite", "ism", "hood", "ist", "ists":
		return true
	}
	return false
}

var britain = func() map[string]string {
	m := make(map[string]string)
	for _, pair := range strings.Fields(`programme/program programmes/programs grey/gray aluminium/aluminum manoeuvre/maneuver manoeuvres/maneuvers manoeuvring/maneuvering
		tyre/tire tyres/tires cheque/check plough/plow sceptical/skeptical licence/license offence/offense defence/defense kerb/curb storey/story judgement/judgment
		travelled/traveled travelling/traveling cancelled/canceled cancelling/canceling modelling/modeling fuelled/fueled signalled/signaled
		armour/armor armoured/armored harbour/harbor labour/labor neighbour/neighbor neighbours/neighbors colour/color favour/favor honour/honor
		centre/center centres/centers theatre/theater fibre/fiber calibre/caliber metre/meter metres/meters kilometre/kilometer kilometres/kilometers litre/liter
		learnt/learned whilst/while amongst/among ageing/aging enrol/enroll fulfil/fulfill instalment/installment`) {
		from, to, _ := strings.Cut(pair, "/")
		m[from] = to
	}
	return m
}()

// confused are words which a slip makes of each other, and which mean other things.
var confused = set(`county country counties countries united untied trial trail trials trails marital martial coastal costal causal casual sacred scared
	angel angle bomber bombed infected injected contract contrast conform confirm conforms confirms conformed confirmed adopt adapt adopted adapted marines marine
	attach attack attached attacked desert dessert moral morale personal personnel lunch launch lunched launched loose losing loosing later latter planned planed
	forces forced deported reported intern inter statue status statute through though thorough immigrant emigrant prescribe proscribe bother brother carrier career barrier
	founded funded mission missions omission emission emissions invasion evasion mining mines warned warmed stationed stationery
	внешний вешний приход проход выход вход взлет влет полет перелет`)

// verdicts deny or confirm.
var verdicts = set(`not no never without neither nor none nobody nothing denies deny denied denying denial rejects rejected refuses refused confirms confirmed
	cannot isn't wasn't aren't weren't doesn't don't didn't won't can't hasn't haven't hadn't wouldn't couldn't
	nicht kein keine keinen nie dementiert bestreitet ne pas jamais aucun dement no nunca jamas sin niega nego desmiente nao nem nega non mai smentisce niet geen nie
	не нет ни без никогда опровергли опроверг опровергает отрицает отверг немає ні спростував спростували заперечує
	لا لم لن ليس نفى نفت ينفي تنفي לא אין הכחיש नहीं 부인 부인했다 않았다 아니다`)

// outcomes are how something ended.
var outcomes = set(`failed fails fail failure succeeded succeeds success successful successfully killed kills dead dies died wounded injured destroyed destroys damaged sank sinks sunk
	intercepted intercepts missed misses hit hits crashed crashes cancelled canceled postponed delayed halted suspended resumed aborted
	gescheitert erfolgreich getotet zerstort abgesagt echoue reussi tues detruit annule fracaso exitoso muertos destruido cancelado
	провалился успешно неудачно убит убиты погиб погибли уничтожен уничтожены сбит сбиты сорвался отменены отменен отложен
	провалився успішно невдало вбито загинув загинули знищено збито скасовано`)

// calendar are the names of months and weekdays.
var calendar = set(`january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
	monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
	januar februar märz april mai juni juli august september oktober november dezember montag dienstag mittwoch donnerstag freitag samstag sonntag
	janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche
	enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo
	gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre janeiro fevereiro março junho julho setembro outubro novembro dezembro
	января февраля марта апреля мая июня июля августа сентября октября ноября декабря понедельник вторник среду среда четверг пятницу пятница субботу воскресенье
	січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня понеділок вівторок середу четвер п'ятницю суботу неділю
	stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
	يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
	जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर`)

// calendarMarks are what stands behind the figures of a date in East Asia.
var calendarMarks = map[string]bool{"年": true, "月": true, "日": true, "号": true}

// numberWords are numerals and magnitudes in words, in the languages in which facts are named by them.
var numberWords = set(`zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
	hundred thousand million billion mln bn percent per cent pct
	zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert tausend millionen milliarden prozent
	deux trois quatre cinq six sept huit neuf dix onze douze cent mille millions milliards
	dos tres cuatro cinco seis siete ocho nueve diez once doce cien mil millones
	два две двух три трех четыре пять шесть семь восемь девять десять тысяч тысячи млн млрд миллионов процентов процента
	дві двох трьох чотири п'ять шість сім вісім дев'ять тисяч мільйонів відсотків`)

// clockWords stand in a line that says when a page was made.
var clockWords = set(`on at am pm a.m p.m gmt utc cet cest est edt bst msk jst kst h hrs uhr um am à le les a las em às alle ore il в о мск г року года saat`)
