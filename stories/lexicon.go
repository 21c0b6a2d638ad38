package stories

import (
	"maps"
	"strings"
)

// The words that are known, folded. What is not here is taken to say something.

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[string(appendFolded(nil, w))] = true
	}
	return m
}

// littleWords are words that come and go without a change of meaning, by language: articles, forms
// of to be and to have, words that only join. Prepositions of direction and time, words of amount,
// of possibility and of exclusion are none.
var littleWords = map[string]map[string]bool{
	"en": set(`a an the that which who this these those of in on at and as also it its is was are were be been being has have had there`),
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
	"hi": set(`के की का है हैं को ने और`),
	"ko": set(`및 또한 그리고 한편`),
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
aeroplane airplane plane
lorry truck
u_s us usa u_s_a united_states
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
сообщил сообщила сообщили сообщает заявил заявила заявили заявляет отметил отметила отметили рассказал рассказала рассказали повідомив повідомила повідомили повідомляє заявив зазначив зазначила розповів
около примерно приблизительно
однако но
близько приблизно
проте але однак
sagte erklarte teilte mitteilte hiess
etwa rund ungefahr circa ca
aber jedoch doch
annonce indique declare affirme
environ autour
mais cependant toutefois
dijo afirmo senalo indico declaro anuncio informo
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

// saying are the words by which something is said.
var saying = func() map[string]bool {
	m := make(map[string]bool)
	for w, as := range class {
		if as == class["said"] || as == class["сообщил"] || as == class["sagte"] || as == class["dijo"] || as == class["disse"] || as == class["annonce"] {
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
	янв фев апр июн июл авг сен сент окт ноя нояб дек января февраля марта апреля мая июня июля августа сентября октября ноября декабря понедельник вторник среду среда четверг пятницу пятница субботу воскресенье
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
	dwa dwie dwoch trzy trzech cztery piec szesc siedem osiem dziewiec dziesiec tysiecy milionow procent dois duas tres quatro cinco seis sete oito nove dez milhoes
	due tre quattro cinque sette otto dieci milioni iki uc dort bes alti yedi sekiz dokuz milyon milyar
	дві двох трьох чотири п'ять шість сім вісім дев'ять тисяч мільйонів відсотків`)

// clockWords stand in a line that says when a page was made.
var clockWords = set(`last first page article on at am pm a.m p.m gmt utc cet cest est edt bst msk jst kst h hrs uhr um am à le les a las em mis mise às alle ore il в о мск г року года saat`)

// stampLabels say what a time is that of.
var stampLabels = set(`updated modified published posted stand aktualisiert veröffentlicht publié jour publicado actualizado atualizado pubblicato aggiornato
	обновлено опубликовано оновлено опубліковано opublikowano güncelleme تحديث نشر 입력 수정`)

// linePhrases are the phrases of lines of the page, divided by commas.
var linePhrases = map[where]string{
	asLabel: `source, sources, photo by, photo credit, image credit, credit, reporting, editing, writing, by line, author, editor, editors, editor's note, read more, read also, read next, see also, also read, more, related, related article, related articles, related news,
more on this, more news, recommended, share, share this, tweet, print, email, e-mail, tag, tags, keywords, topics, category, categories, contact, contacts, media contact, media contacts, press contact, press contacts, press office, more information, further information,
for more information, for further information, about us, advertisement, sponsored, disclaimer, end, ends, enditem, phone, tel, fax, read in app, listen, continue reading,
quelle, quellen, redaktion, mehr zum thema, teilen, pressekontakt, weitere informationen, crédit, partager, contact presse, plus d'informations, fuente, compartir, etiquetas, más información, fonte, condividi, compartilhar, mais informações,
источник, автор, редактор, поделиться, теги, реклама, по теме, джерело, поділитися, теги, źródło, kaynak, المصدر, مصدر, מקור, स्रोत,
来源, 來源, 消息来源, 文章来源, 责任编辑, 責任編輯, 责编, 编辑, 編輯, 作者, 原标题, 原標題, 相关新闻, 相關新聞, 延伸阅读, 延伸閱讀, 分享, 出典, 関連記事, 編集, 출처, 관련기사, 기자`,
	asCredit: `photo, photos, image, picture, video, foto, fotos, bild, фото, видео, відео, zdjęcie, fotoğraf, صورة, צילום, 图, 图片, 圖, 写真, 사진`,
	atStart: `reporting by, additional reporting by, editing by, writing by, edited by, compiled by, follow us, follow our, subscribe, sign up, click here, read more, read also, read the full, see also, more details to follow, details to follow, no further details were, further details were not, copyright, ©, all rights reserved, our standards, the thomson reuters trust principles,
lesen sie auch, lire aussi, à lire aussi, leer más, lea también, leia também, leia mais, leggi anche, читайте также, читать далее, читайте також, czytaj także, اقرأ أيضا, اقرأ ايضا, यह भी पढ़ें, 责任编辑, 責任編輯, 版权所有, 版權所有, 转载请注明, 轉載請註明, 저작권자, 무단`,
	anywhere: `our newsletter, our newsletters, free newsletter, daily newsletter, weekly newsletter, follow us, follow our, join our, our telegram, our whatsapp, all rights reserved, terms of use, privacy policy, cookie policy, click here, read the full, subscribe to, sign up for,
this article was, this article has been, this article first, this article originally, this story was, this story has been, this story first, this story originally, this report was first, this report was originally, this report was produced, this report was translated,
this text was translated, this text was first, this text was originally, this release was, this is a developing story, will be updated as, подробности уточняются, weitere informationen folgen, plus d'informations à suivre, más información en breve, деталі уточнюються,
article first appeared, story first appeared, report first appeared, post first appeared, appeared first on, with input from, with inputs from, download our app, download the app, visit our website, visit our web site, visit our page,
alle rechte vorbehalten, folgen sie uns, abonnieren sie, tous droits réservés, suivez-nous, abonnez-vous, todos los derechos reservados, síganos, síguenos, suscríbase, suscríbete, todos os direitos reservados, siga-nos, inscreva-se, tutti i diritti riservati, seguici,
все права защищены, подписывайтесь, подпишитесь, наш телеграм, нашем телеграм, наш telegram, нашем telegram, всі права захищені, підписуйтесь, підписуйтеся, wszelkie prawa zastrzeżone, tüm hakları saklıdır, جميع الحقوق محفوظة, تابعونا,
版权所有, 版權所有, 关注我们, 關注我們, 轉載請, 转载请, 微信公众号, 無断転載, 無断複製, 무단전재, 무단 전재, 재배포 금지, 저작권자`,
}

// writers stand before the name of who wrote.
var writers = set(`by von par por di door av af автор`)

// joining stand between the names of two who wrote, and in names.
var joining = set(`and in und et y e i und von van de della di и та`)

// statements are what a thing is said in, beside a word by which it is said.
var statements = set(`statement reporters journalists press release briefing заявлении журналистам заяві журналістам erklärung journalisten communiqué comunicado`)

// hanSaying are the words of Han by which something is said.
var hanSaying = map[string]bool{"说": true, "說": true, "称": true, "稱": true, "表示": true, "指出": true, "宣布": true, "透露": true, "介绍": true, "介紹": true, "介绍说": true, "据悉": true, "據悉": true, "据介绍": true, "述べた": true, "発表した": true}

// agencyNames are news agencies and outlets by which a thing is known, and attributing the words
// beside them.
var (
	agencyNames = set(`reuters tass ap afp xinhua interfax ria novosti bloomberg yonhap kyodo jiji dpa efe ansa anadolu aa ukrinform unian upi bbc cnn belta sputnik irna isna tasnim fars sana wafa pti ani
		тасс риа новости интерфакс рбк белта укринформ униан укрінформ уніан інтерфакс-україна інтерфакс رويترز سانا وام تاس شينخوا רויטרס पीटीआई 연합뉴스 로이터 뉴시스`)
	attributing = set(`according to reports reported report citing cited by as via told news agency the
		сообщает сообщила сообщило передает передала пишет со ссылкой на как по данным об этом агентство агентству повідомляє передає пише з посиланням за даними про це як агентство
		laut berichtet berichtete wie die agentur nachrichtenagentur selon rapporte l'agence según informa informó agencia la de segundo agência secondo agenzia riporta
		وفق وكالة ذكرت بحسب نقلا عن`)
	hanAgencies = map[string]bool{"新华社": true, "新華社": true, "中新社": true, "路透社": true, "法新社": true, "美联社": true, "塔斯社": true, "俄新社": true, "韩联社": true, "共同社": true, "央视": true, "新华网": true, "中央社": true, "共同通信": true, "時事通信": true, "ロイター通信": true}
)
