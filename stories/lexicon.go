package stories

import (
	"maps"
	"slices"
	"strings"

	"dewline"
)

// The words that are known, folded. What is not here is taken to say something.

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[string(appendFolded(nil, w))] = true
	}
	return m
}

// phraseSet is of phrases, divided by bars or spaces, with "_" for a space within.
func phraseSet(phrases string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.FieldsFunc(phrases, func(c rune) bool { return c == '|' || c == ' ' || c == '\n' || c == '\t' }) {
		m[string(appendFolded(nil, strings.ReplaceAll(w, "_", " ")))] = true
	}
	return m
}

// littleWords are words that come and go without a change of meaning, by language: articles, forms
// of to be and to have, words that only join. Prepositions of direction and time, words of amount,
// of possibility and of exclusion are none.
var littleWords = map[string]map[string]bool{
	"en": set(`a an the that which who this these those of in on at and as also it its is was are were be been being has have had there they mr mrs ms teh hte adn taht`),
	"de": set(`der die das den dem des ein eine einen einem einer eines im am und auch dass ist war sind waren hat haben hatte hatten wurde wurden`),
	"fr": set(`le la les l' un une des du de d' et que qui a est sont été était étaient`),
	"es": set(`el la los las un una del de y e que al es son fue fueron era`),
	"it": set(`il lo la gli le i un uno una del dello della dei delle di nel nella e ed che è sono era`),
	"pt": set(`o a os as um uma do da dos das de no na nos nas e que é foi foram era`),
	"nl": set(`de het een en dat die is was zijn waren heeft`),
	"pl": set(`w z i oraz że jest był była było`),
	"tr": set(`bir ve de da`),
	"ru": set(`в и а что это также был была было были который которая которое которые`),
	"uk": set(`у в і й та що це також є був була було були який яка яке які`),
	"ar": set(`و في ان أن التي الذي هذا هذه كان كانت قد`),
	"he": set(`ה את של הוא היא`),
	"hi": set(`के की का है हैं और श्री`),
	"el": set(`ο η το οι τα του της των τον την τη και ότι που είναι ήταν ένα μια ένας`),
	"fa": set(`و که این آن است`),
	"ko": set(`및 또한 그리고 한편 들어`),
}

// littleOf are those of a language. Where it is not known they are those of English and of the scripts of
// which one language is far the most read.
func littleOf(language string) map[string]bool {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	if base == "" || base == "und" {
		return unknownLittle
	}
	return littleWords[base]
}

var unknownLittle = func() map[string]bool {
	m := make(map[string]bool)
	for _, language := range []string{"en", "ru", "ar", "he", "hi", "ko"} {
		maps.Copy(m, littleWords[language])
	}
	return m
}()

// besideDays stand before the name of a day and say nothing with it.
var besideDays = set(`el este on am an diesem le ce il questo questa اليوم يوم`)

// casing are the articles of German that tell who does a thing.
var casing = set(`der den dem des einen einem eines einer`)

// offices are words of offices that stand before or behind what they are for.
var offices = set(`ministry department minister secretary`)

// hanAlike maps characters to those that say the same in their place; hanNumerals are those of numbers, and
// hanDenials those that deny.
var (
	hanAlike = func() map[string]string {
		m := make(map[string]string)
		for _, group := range strings.Fields("此这這 与與及和暨 称稱说說 并並且 于於在 将將把 至到") {
			for _, c := range group {
				m[string(c)] = group
			}
		}
		return m
	}()
	hanDays     = letters("天日")
	hanNumerals = letters("一二两兩三四五六七八九十百千万萬亿億零〇")
	hanDenials  = letters("不未没沒无無否非拒")
)

func letters(s string) map[string]bool {
	m := make(map[string]bool)
	for _, c := range s {
		m[string(c)] = true
	}
	return m
}

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
	for _, line := range strings.Split(`said says stated states told announced added noted reported commented remarked
about around approximately roughly circa
large big
near nearby
begin start beginning
began started
begins starts
shoots_down downs
shot_down downed
took_part participated
take_part participate
takes_part participates
taking_part participating
called_on urged
calls_on urges
call_on urge
together along
because_of due_to
among_them including
injured wounded
injuring wounding
injures wounds
million mln mn
billion bn
миллионов миллиона миллион млн мільйонів мільйона мільйон
миллиардов миллиарда миллиард млрд мільярдів мільярда мільярд
тысяч тыс тисяч тис
millionen mio
milliarden mrd
milliards mds
служба службе службі
km kilometers kilometres kilometer kilometre kilometros kilómetros kilómetro километров километра километры километрах кілометрів кілометри кілометра χιλιόμετρα χιλιομέτρων kilometrów kilometri chilometri chilometro quilómetros quilômetros
kg kilograms kilogrammes kilogram килограммов кілограмів
mm millimeters millimetres millimeter millimetre миллиметров
however but though
while as
till until
upon on
toward towards
among amongst
per_cent percent pct %
photo photograph
television tv
aeroplane airplane plane
lorry truck
u_s us usa u_s_a united_states american
nobody no_one
square sq
gen general
col colonel
lt lieutenant
maj major
capt captain
adm admiral
sgt sergeant
spokesperson spokesman spokeswoman
mod ministry_of_defence defence_ministry ministry_of_defense defense_ministry
lawmakers mps
companies firms
company firm
vowed promised pledged
helicopter chopper
helicopters choppers
undersea underwater subsea
investigating looking_into probing
ordnance munitions
police_officers policemen
troops soldiers
aboard on_board
first 1st
second 2nd
third 3rd
fourth 4th
fifth 5th
sixth 6th
seventh 7th
eighth 8th
ninth 9th
tenth 10th
eleventh 11th
twelfth 12th
twentieth 20th
deuxième 2e
troisième 3e
quatrième 4e
cinquième 5e
sixième 6e
septième 7e
japan japanese
china chinese
russia russian
ukraine ukrainian
germany german
france french
poland polish
israel israeli
iran iranian
india indian
britain british
italy italian
spain spanish
минобороны министерство_обороны министерстве_обороны министерства_обороны
міноборони міністерство_оборони міністерстві_оборони міністерства_оборони
бпла беспилотников беспилотных_летательных_аппаратов
беспилотника беспилотного_летательного_аппарата
ппо протиповітряної_оборони
пво противовоздушной_обороны
минувшую прошедшую
минувшие прошедшие
분께 분쯤 분경
시께 시쯤 시경
u_k uk united_kingdom
u_n un united_nations
january jan
february feb
april apr
august aug
september sep sept
october oct
november nov
december dec
monday mon
tuesday tue tues
wednesday wed
thursday thu thurs
friday fri
saturday sat
sunday sun
сообщил сообщила сообщило сообщили сообщает сообщают заявил заявила заявило заявили заявляет отметил отметила отметили рассказал рассказала рассказали сказал сказала сказали добавил добавила добавили пояснил пояснила пояснили уточнил уточнила уточнили подчеркнул подчеркнула передает повідомило повідомляють заявила заявило заявили сказав сказала сказали додав додала додали наголосив наголосила пояснив пояснила уточнив уточнила розповіла розповіли зазначили повідомив повідомила повідомили повідомляє заявив зазначив зазначила розповів
около примерно приблизительно порядка
однако но
близько приблизно
проте але однак
министерство министерстве министерства министерстве
командование командовании
управление управлении
ведомство ведомстве
правительство правительстве
агентство агентстве
штаб штабе
пресс-служба пресс-службе
командування командуванні
міністерство міністерстві
відомство відомстві
управління управлінні
sagte erklarte teilte mitteilte hiess betonte ergänzte berichtete
etwa rund ungefahr circa ca
aber jedoch doch
annonce indique declare affirme précisé souligné ajouté expliqué dit assuré martelé fait_savoir
detto dichiarato comunicato annunciato affermato riferito spiegato aggiunto precisato sottolineato reso_noto
powiedział powiedziała powiedziało dodał dodała poinformował poinformowała poinformowało poinformowali przekazał przekazała przekazało oświadczył oświadczyła stwierdził stwierdziła zaznaczył zaznaczyła podkreślił podkreśliła
dedi açıkladı duyurdu bildirdi söyledi belirtti kaydetti konuştu vurguladı diye_konuştu ifade_etti ifadelerini_kullandı ifadesini_kullandı
قال قالت وقال وقالت ذكر ذكرت وذكر وذكرت أعلن أعلنت وأعلن وأعلنت أفاد أفادت وأفاد وأفادت أضاف أضافت وأضاف وأضافت صرح صرحت وصرح أوضح أوضحت وأوضح وأوضحت
אמר אמרה אמרו מסר מסרה מסרו הודיע הודיעה הודיעו ציין ציינה הוסיף הוסיפה
कहा बताया
είπε δήλωσε δήλωσαν ανακοίνωσε γνωστοποίησε ανέφερε τόνισε πρόσθεσε σημείωσε
말했다 밝혔다 전했다 발표했다 강조했다 덧붙였다 설명했다 알렸다
گفت افزود اعلام_کرد اظهار_کرد اظهار_داشت بیان_کرد خاطرنشان_کرد تصریح_کرد
environ autour
mais cependant toutefois
dijo afirmo senalo indico declaro anuncio informo añadió explicó comunicó manifestó precisó comentó
unos aproximadamente alrededor
disse afirmou declarou anunciou informou acrescentou explicou
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
			m[string(appendFolded(nil, strings.ReplaceAll(w, "_", " ")))] = words[0]
		}
	}
	return m
}()

// sayings are the first words of the classes of words by which something is said.
var sayings = strings.Fields(`said сообщил sagte dijo disse annonce detto powiedział dedi قال אמר कहा είπε 말했다 گفت`)

// saying are the words by which something is said.
var saying = func() map[string]bool {
	m := make(map[string]bool)
	for w, as := range class {
		if !strings.Contains(w, " ") && slices.Contains(sayings, as) {
			m[w] = true
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
var confused = func() map[string]int {
	m := make(map[string]int)
	for i, group := range strings.Split(`county country|counties countries|united untied|trial trail|trials trails|marital martial|coastal costal|causal casual|sacred scared|angel angle|
		infected injected|contract contrast|confirm conform|confirms conforms|confirmed conformed|adopted adapted|adoption adaption|personal personnel|lunch launch|launched lunched|
		planned planed|statue status statute|through though thorough|career carrier|mission emission omission|missions emissions omissions|invasion evasion|loosing losing|latter later|
		training trailing|marine marines|forced forces|mounted counted|section sanction|deserted desserted|desert dessert|lose loose|reserved reversed|reserve reverse|reserves reverses|
		staring starring starting|tried tired|barred bared|hoping hopping|filed filled|assured assumed|unclear nuclear|expects excepts|expected excepted|expect except|
		внешний вешний|приход проход|поселок поселков|снаряды наряды|снарядов нарядов|пленные плененные`, "|") {
		for _, w := range strings.Fields(group) {
			m[w] = i + 1
		}
	}
	return m
}()

// verdicts deny or confirm.
var verdicts = set(`false true fake untrue hoax фейк ложь правда неправда falsch faux falso falsa not no never without neither nor none nobody nothing denies deny denied denying denial rejects rejected refuses refused confirms confirmed
	cannot isn't wasn't aren't weren't doesn't don't didn't won't can't hasn't haven't hadn't wouldn't couldn't
	nicht kein keine keinen nie dementiert bestreitet ne pas jamais aucun dement no nunca jamas sin niega nego desmiente nao nem nega non mai smentisce niet geen nie
	не нет ни без никогда опровергли опроверг опровергает отрицает отверг немає ні спростував спростували заперечує
	δεν δε μην χωρίς ουδείς κανείς değil yok hiç yalanladı bez nie nu fără nem inte ikke ingen není khong
	نه بدون نیست تکذیب بلا دون لا لم لن ليس نفى نفت ينفي تنفي לא אין הכחיש ללא नहीं 부인 부인했다 않았다 아니다`)

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
	янв фев апр июн июл авг сен сент окт ноя нояб дек января февраля марта апреля мая июня июля августа сентября октября ноября декабря понедельник вторник среду среда четверг пятницу пятница субботу воскресенье
	січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня понеділок вівторок середу четвер п'ятницю суботу неділю
	stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
	يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר
	ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή
	pazartesi salı çarşamba perşembe cuma cumartesi pazar poniedziałek wtorek środę czwartek piątek sobotę niedzielę
	الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد دوشنبه سهشنبه چهارشنبه پنجشنبه جمعه شنبه یکشنبه सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार
	lunedì martedì mercoledì giovedì venerdì sabato domenica segunda-feira terça-feira quarta-feira quinta-feira sexta-feira
	월요일 화요일 수요일 목요일 금요일 토요일 일요일 нояб листоп
	जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर`)

// calendarMarks are what stands behind the figures of a date in East Asia.
var calendarMarks = map[string]bool{"年": true, "月": true, "日": true, "号": true}

// numberWords are numerals and magnitudes in words, in the languages in which facts are named by them.
var numberWords = set(`zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
	hundred thousand million billion mln bn percent per cent pct
	zwei drei vier fünf sechs sieben acht neun zehn elf zwölf hundert tausend millionen milliarden prozent
	deux trois quatre cinq six sept huit neuf dix onze douze cent mille millions milliards
	trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte treinta treize quatorze quinze seize vingt trente
	undici dodici tredici quattordici quindici venti trenta dreizehn vierzehn fünfzehn zwanzig dreißig одиннадцать двенадцать двадцать тридцать
	dos tres cuatro cinco seis siete ocho nueve diez once doce cien mil millones
	два две двух три трех четыре пять шесть семь восемь девять десять тысяч тысячи млн млрд миллионов процентов процента
	dwa dwie dwoch trzy trzech cztery piec szesc siedem osiem dziewiec dziesiec tysiecy milionow procent dois duas tres quatro cinco seis sete oito nove dez milhoes
	due tre quattro cinque sette otto dieci milioni iki uc dort bes alti yedi sekiz dokuz milyon milyar
	дві двох трьох чотири п'ять шість сім вісім дев'ять тисяч мільйонів відсотків`)

// clockWords stand in a line that says when a page was made.
var clockWords = set(`last first page article on at am pm a.m p.m gmt utc cet cest est edt bst msk jst kst h hrs uhr um am à le les a las em mis mise às alle ore il в о мск г року года saat`)

// stampLabels say what a time is that of.
var stampLabels = set(`updated modified published posted stand aktualisiert veröffentlicht publié jour publicado actualizado atualizado pubblicato aggiornato
	обновлено опубликовано оновлено опубліковано opublikowano güncelleme تحديث نشر 입력 수정`)

// ownPhrases are phrases of lines of the page beside those of the root, divided by commas.
var ownPhrases = map[where]string{
	asLabel: `tweet, share, print, email, e-mail, listen, more, subscribe, phone, tel, fax, end, ends, enditem`,
	atStart: `for more on this, for more stories, ©, subscribe, copyright, more details to follow, details to follow, no further details were, no part of this, further details were not, подробнее на, подробности на`,
	asNote:  `this article has been, this story has been, this report has been`,
	anywhere: `our newsletter, our newsletters, free newsletter, daily newsletter, weekly newsletter, contributed to this report, may not be published, may not be reproduced, may not be redistributed, follow us, follow our, join our, our telegram, our whatsapp, all rights reserved, terms of use, privacy policy, cookie policy, click here, read the full, subscribe to, sign up for,
this article was, this article first, this article originally, this story was, this story first, this story originally, this report was first, this report was originally, this report was produced, this report was translated,
this text was translated, this text was first, this text was originally, this release was, this is a developing story, will be updated as, подробности уточняются, материал дополняется, новость дополняется, матеріал доповнюється, новина доповнюється, weitere informationen folgen, plus d'informations à suivre, más información en breve, деталі уточнюються,
article first appeared, story first appeared, report first appeared, post first appeared, appeared first on, with input from, with inputs from, download our app, download the app, visit our website, visit our web site, visit our page,
alle rechte vorbehalten, folgen sie uns, abonnieren sie, tous droits réservés, suivez-nous, abonnez-vous, todos los derechos reservados, síganos, síguenos, suscríbase, suscríbete, todos os direitos reservados, siga-nos, inscreva-se, tutti i diritti riservati, seguici,
все права защищены, подписывайтесь, подпишитесь, наш телеграм, нашем телеграм, наш telegram, нашем telegram, всі права захищені, підписуйтесь, підписуйтеся, wszelkie prawa zastrzeżone, tüm hakları saklıdır, جميع الحقوق محفوظة, تابعونا,
版权所有, 版權所有, 关注我们, 關注我們, 轉載請, 转载请, 微信公众号, 無断転載, 無断複製, 무단전재, 무단 전재, 재배포 금지, 저작권자`,
}

var shareNames, shareWords = set(dewline.ShareNames), set(dewline.ShareWords)

// noting ends a phrase behind which it may be said what was changed.
var noting = set(`updated corrected`)

// turning are words without which a title says something else: who did it, or whether it was done.
var turning = set(`by nearly almost barely may might could would should if unless until to from against without allegedly reportedly plans threatens
	fast beinahe angeblich könnte soll von gegen ohne presque par contre sans pourrait casi por contra sin podría quasi da contro senza
	почти едва чуть якобы может против без от майже ледь нібито може проти без від`)

// crediting ends a phrase behind which the name of who made something stands.
var crediting = set(`by par por przez door`)

// writers stand before the name of who wrote.
var writers = set(`by von par por di door av af автор`)

// callVerbs begin a call to read an outlet on a platform.
var callVerbs = set(`follow read join find watch folgen lesen suivez retrouvez sigue síguenos segui seguici leggi siga читайте следите смотрите підписуйтесь читайте стежте дивіться`)

// What an outlet is by its own words: the verb and the article, the noun, and what may stand behind it.
var (
	presenting   = set(`is the a an`)
	publications = set(`magazine newspaper publication website outlet agency journal broadcaster newsletter portal`)
	publishing   = set(`on for of about covering dedicated based published serving providing focused devoted`)
)

// approximate are words that say that the number behind them is not exact.
var approximate = phraseSet(`about around approximately roughly some circa approx|etwa rund ungefähr circa ca|environ quelque|unos unas aproximadamente alrededor_de cerca_de|circa all'incirca|
	около примерно приблизительно порядка|близько приблизно|cerca_de aproximadamente|約 およそ おおよそ|حوالي نحو|약 대략`)

// currencyNames are the signs of currencies by their names, and currency the signs.
var (
	currencyNames = map[string]string{"euro": "€", "euros": "€", "dollar": "$", "dollars": "$", "pounds": "£", "dólares": "$", "dollari": "$"}
	currency      = map[string]bool{"€": true, "$": true, "£": true}
)

// asSaying are words for "as" before a word by which something is said.
var asSaying = set(`según como as wie comme come как як`)

// movable are words for a day from today, which may stand anywhere in a sentence.
var movable = set(`today yesterday tomorrow tonight heute gestern morgen aujourd'hui hier demain hoy ayer oggi ieri domani сегодня вчера завтра сьогодні вчора`)

// posts are what writers are.
var posts = set(`correspondent correspondents reporter reporters editor writer staff korrespondent correspondant journaliste corresponsal corrispondente redakteur`)

// joining stand between the names of two who wrote, and in names.
var joining = set(`edição edição edición edited édité edizione and in und et y e i und von van de della di и та with avec mit con com`)

// statements are what a thing is said in, beside a word by which it is said.
var statements = set(`statement reporters journalists press release briefing заявлении журналистам заяві журналістам erklärung journalisten communiqué comunicado`)

// hanSaying are the words of Han by which something is said.
var hanSaying = map[string]bool{"说": true, "說": true, "称": true, "稱": true, "表示": true, "指出": true, "宣布": true, "透露": true, "介绍": true, "介紹": true, "介绍说": true, "据悉": true, "據悉": true, "据介绍": true, "述べた": true, "発表した": true}

// hanExchanged are words by which something is said that may stand in the place of each other, but not for nothing.
var hanExchanged = func() map[string]bool {
	m := maps.Clone(hanSaying)
	for _, w := range strings.Fields("强调 強調 通报 通報 発表 明らかに 述べ 語っ 語った 話し 話した 説明 説明し 公表 公表し") {
		m[w] = true
	}
	return m
}()

// agencyNames are those by whom a thing is known, and attributing the words beside them.
var (
	agencyNames = set(dewline.Agencies)
	agencyNouns = set(`agency agencia agence agentur nachrichtenagentur agenzia agência агентство агентству وكالة خبرگزاری`)
	citing      = set(`according reports reported report citing cited сообщает передает пишет ссылкой данным повідомляє передає пише посиланням berichtet berichtete laut selon rapporte según informa informó segundo secondo riporta ذكرت بحسب وفق نقلا گزارش نقل`)
	attributing = set(`with avec con mit according to reports reported report citing cited by as via told news agency the
		сообщает сообщила сообщило передает передала пишет со ссылкой на как по данным об этом агентство агентству повідомляє передає пише з посиланням за даними про це як агентство
		laut berichtet berichtete wie die agentur nachrichtenagentur selon rapporte l'agence según informa informó agencia la de segundo agência secondo agenzia riporta
		به گزارش خبرگزاری نقل از
		وفق وكالة ذكرت بحسب نقلا عن`)
	hanAgencies = map[string]bool{"新华社": true, "新華社": true, "中新社": true, "路透社": true, "法新社": true, "美联社": true, "塔斯社": true, "俄新社": true, "韩联社": true, "共同社": true, "央视": true, "新华网": true, "中央社": true, "共同通信": true, "時事通信": true, "ロイター通信": true}
)
