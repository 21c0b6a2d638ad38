package facts

import (
	"maps"
	"slices"
	"strings"
)

// The opposed words of each language, folded: one axis a line, its sides divided by |.
// A star stands for any ending. What two outlets use for the same thing stands on one side.
var opposedTables = map[string]string{
	"en": `
host: invit* welcom* admit* | expel* evict* deport*
stick: keep keeps kept retain* maintain* | abandon* drop drops dropped discard*
bind: sign signs signed | cancel* terminat* tear tore
deed: launch* fire fires fired firing | destroy* downed | deploy* | deliver* supply supplies supplied ship shipped
period: day days daily | week weeks weekly | month months monthly | year years annual* yearly
intercontinental: intercontinental | short medium intermediate
open: open* | clos*
trust: friendly | hostile
lead: win | lose
stay: stay* remain* | leave leaves left withdr*
ask: accept* agree* | declin* refus*
pact: join* | quit quits leave leaves left withdr*
wage: strengthen* | weaken*
status: active | inactive retired
strike: strike strikes struck | repel* repuls*
sentence: sentenc* convict* jail* imprison* | pardon* acquit* releas*
harm: kill* dead death* died dies die deadly fatal* slain | wound* injur* hurt | unharmed unhurt unscathed | missing
life: alive surviv* | killed dead died
time: before | after
grow: increas* rais* rise rises rising rose grow* grew climb* expand* boost* escalat* doubl* more higher up | decreas* reduc* cut cuts cutting fall* drop* shrink* shrank declin* fewer less lower down
result: success* succe* | fail* unsuccess* botched
fight: attack* offensive* assault* invad* invasion* | defend* defensive* | counterattack* counteroffensive*
hit: intercept* hit hits hitting struck downed | miss misses missed evad*
course: launch* conduct* held start* begin* began begun commenc* resum* restart* | postpon* delay* | cancel* scrap* abort* annul* | suspend* halt* paus* stop* freez* froze* | end ends ended conclud* complet* finish*
compass: north northern northward* | south southern southward* | east eastern eastward* | west western westward* | northeast* | northwest* | southeast* | southwest*
modal: will shall | would | may might could
done: will shall | was were did
all: all every entire | some several | most | none | half
rank: first 1st | second 2nd | third 3rd | fourth 4th | fifth 5th | sixth 6th | seventh 7th | eighth 8th | ninth 9th | tenth 10th | last final
door: open opens opened opening reopen* | close closes closed closing shut*
go: arriv* enter enters entered entering | depart* leave leaves left leaving exit*
front: advanc* | retreat* withdr* pull*
army: deploy* station* | withdr* remov*
take: captur* seiz* occup* | liberat* recaptur* retak* retook | lose loses lost losing
win: win wins won victor* | defeat* lose loses lost
trade: buy buys buying bought purchas* acquir* procur* import* | sell sells selling sold sale sales export*
free: arrest* detain* captur* | free freed releas*
guilt: guilty convict* | acquit* innocent
truth: true genuine authentic | false fake* fabricat*
law: legal lawful | illegal unlawful
leave: allow* permit* authoris* authoriz* | ban bans banned banning prohibit* forbid* forbad* bar barred
side: ally allies allied friend* | enem* adversar* hostile
peace: peace* ceasefire truce armistice | war wars
vote: for | against
view: support* welcom* prais* back backs backed | oppos* condemn* critici* denounc*
penalty: impos* | lift lifts lifted lifting eas*
place: above over | below under
bound: least minimum | most maximum up
half: am | pm
share: half | third thirds | quarter quarters
inside: inside within | outside beyond
day: dawn morning | noon midday afternoon | evening dusk | night* midnight
when: last | next
force: army ground land | navy naval maritime sea | air
thing: missile* rocket* projectile* | drone* uav* uas unmanned | bomb bombs | shell shells | torpedo* | tank tanks | helicopter* | aircraft plane planes airplane* jet jets warplane* fighter fighters bomber* | ship ships vessel* warship* frigate* destroyer* corvette* | submarine* | satellite* | radar* | mine mines | howitzer* | interceptor* | warhead*
make: ballistic | cruise | hypersonic
range: short | medium intermediate | long
nuclear: nuclear | conventional
people: civilian* | soldier* troop* servicem* servicew* personnel | officer officers | child children | women woman | men man | prisoner* | journalist* | sailor* | pilot*
ruin: destroy* ruin* sink* sank sunk explod* explosion* | damag* | repair* rebuil* restor*
sign: sign signs signed signing ratif* | terminat* scrap* withdr*
agree: agree* accept* | disagree* reject* refus*
blame: accus* blam* | thank* exonerat*
danger: safe secure | unsafe dangerous
plan: accidental* inadvertent* | deliberate* intentional*
span: temporar* | permanent*
part: partial* limited | full* total complete
sky: inbound incoming | outbound outgoing
open: public | secret classified
able: able capable | unable incapable
recall: appoint* nam named promot* | dismiss* sack* fire fired oust* resign*
price: cheap* | expensive
count: once | twice
`,
	"ru": `
trade2: купит* куплен* купл* | продат* продан* прода*
pact: заключ* подпис* | разорв* расторг* растор*
host: приглас* | высла* выдвор*
deed: запус* выпус* | уничтож* сбил* сбит* | размест*
period: день дня дни | недел* | месяц* | год года лет
range: мал* коротк* ближн* | средн* | дальн больш* | межконтинент*
inside: пределах внутри | пределами вне снаружи
door: откры* | закры*
wage: усил* укреп* | ослаб*
penalty2: введ* ввел* вводит | снял* снят* снима*
stay: остал* остан* останутся | покин* ушел ушли
approve: одобр* утверд* принял* поддерж* | отклон* отверг* забракова*
number: оба обе | ни
day2: днем днём | ночью
harm: погиб* убит* убил* смерт* гибел* | ранен* пострада* ранил* | пропал*
time: до перед | после
grow: увелич* повыс* вырос* рост* расшир* усил* нарасти* | уменьш* сократ* сокращ* сниз* сниж* упал* ослаб*
result: успешн* успех* удал* | неудач* неуспешн* безуспешн* провал*
fight: атак* наступ* напад* нападен* | оборон* защищ* | контрнаступ* контратак*
hit: перехват* поразил* поражен* сбил* сбит* попал* | промах* мимо
course: запус* начал* начн* начин* возобнов* старт* | отлож* перенес* перенос* отсроч* | отмен* аннулир* | приостан* останов* прекрат* замороз* | заверш* законч* окончан*
compass: север* | юг юга юге южн* юго | восток* восточн* | запад* | северо
modal: будет будут | может могут мог могли | бы
all: все всех всем | нескольк* некотор* | большинств* | половин*
rank: перв* | втор* | треть* | четверт* | пят* | последн*
go: прибы* прилет* въех* вошел вошли войд* | отбы* покин* уех* вышел вышли выйд* улет*
army: размест* разверн* развёрн* | вывел* вывод* отвел* отвод*
take: захват* занял* оккупир* | освобод* освобожд* | потеря*
trade: купил* закуп* покуп* приобре* импорт* | прода* экспорт*
free: арест* задерж* | освобод* отпуст*
leave: разреш* позвол* | запрет* запрещ*
side: союзн* | враг* противник* враж*
view: поддерж* приветств* | осуд* осужд* критик*
penalty: введ* ввел* ввод* | снял* снят* отмен*
thing: ракет* | беспилотн* дрон* бпла | бомб* | снаряд* | торпед* | танк танка танки танков | вертолет* | самолет* истребит* бомбардировщ* | корабл* судно судна суда фрегат* эсминц* | подлодк* субмарин* | спутник* | радар* рлс | мин мины мину
make: баллистич* | крылат* | гиперзвук*
nuclear: ядерн* атомн* | обычн* неядерн*
people: гражданск* мирн* | военнослуж* солдат* боец бойц* | офицер* | ребен* дет* детей | женщин* | пленн* | журналист*
ruin: уничтож* разруш* | поврежд* поврежден* | восстанов*
day: утр* | днем | вечер* | ноч*
sign: подпис* ратифиц* | расторг* денонсир*
bound: минимум менее меньше | максимум более больше свыше
bound2: минимум более больше свыше | максимум менее меньше до
count: впервые | повторно вновь
part: частичн* | полн* полностью
truth: правд* подлинн* | лож* фейк* фальшив*
force: сухопутн* | морск* | воздушн*
recall: назнач* | уволен* уволил* отставк* отстран*
vote: за | против
`,
	"uk": `
trade3: купит* куплен* | продат* продан*
pact: уклал* уклад* підпис* | розірв* розрив*
host: запрос* | висла*
period: день дня дні | тижн* тижден* | місяц* | рік року років
range: мал* коротк* ближн* | середн* | великої | міжконтинент*
inside: межах всередині | межами поза
door: відкри* | закри*
wage: посил* зміцн* | ослаб* послаб*
penalty: ввел* запровад* | знял* скасув*
harm2: поранен* | загин* загиб* вбит* убит*
approve: схвал* ухвал* підтрим* | відхил*
trade2: купу* купля | продаж*
go: прибу* | вийшл* покин* відбу*
harm: загин* вбит* вбил* смерт* | поранен* постражда* | зник*
time: до перед | після
grow: збільш* підвищ* зрос* зріс розшир* посил* | зменш* скорот* скороч* зниз* зниж* впал*
result: успішн* успіх* вдал* | невдал* невдач* неуспішн* провал*
fight: атак* наступ* напад* | оборон* захищ* | контрнаступ* контратак*
hit: перехоп* уразил* ураж* збил* збит* влуч* | промах* схиб*
course: запус* запуск* почал* почн* розпоч* віднов* старт* | відклад* відкла* перенес* | скасув* скасов* | призупин* зупин* припин* | заверш* закінч*
compass: північ* півноч* | півд* | схід східн* сход* | захід західн* заход*
modal: буде будуть | може можуть міг могли | би б
all: всі усі всіх усіх | кільк* деяк* | більшіст* | половин*
rank: перш* | друг* | трет* | четверт* | п'ят* | останн*
army: розміст* розгорн* | вивел* вивод* відвел*
take: захоп* зайнял* окуп* | звільн* | втрат*
trade: купил* закуп* придба* імпорт* | прода* експорт*
leave: дозвол* | заборон*
side: союзн* | ворог* противник* ворож*
view: підтрим* вітал* | засуд* критик*
thing: ракет* | безпілотн* дрон* бпла | бомб* | снаряд* | танк танка танки танків | гелікоптер* вертол* | літак* винищувач* | корабел* корабл* судно судна | підводн* | супутник*
make: баліст* | крилат* | гіперзвук*
nuclear: ядерн* | звичайн*
people: цивільн* мирн* | військовослуж* солдат* | офіцер* | дитин* діт* | жінк* жінок
ruin: знищ* зруйн* | пошкод* | віднов*
day: ранк* вранці | вечор* ввечері | ноч* вночі
bound: менше | більше понад
bound2: щонайменше принаймні більше понад | щонайбільше менше до
part: частков* | повн*
recall: признач* | звільнен* звільнил*
`,
	"de": `
pact: unterzeich* unterschr* geschlossen* abgeschloss* | gekundig* kundig* aufgekundig*
host: eingelad* einlad* | ausgewies* ausweis*
luck: erfolg* | misserfolg*
grow2: stieg* steig* stark* | sank* sink* schwach*
period: tag tage tagen | woche* | monat* | jahr*
range: kurzstrecken* | mittelstrecken* | langstrecken* | interkontinental*
door: offne* geoffnet* | schliess* geschlossen* schloss
penalty: verhang* | aufgehoben* aufheb*
approve: billig* genehmig* zugestimmt* stimmte | abgelehn* ablehn* lehnt*
harm2: starb* sterben gestorben tot* getot* | verletz* verwund*
stay: bleib* blieb* | verlass* verliess*
number2: beide | keine
harm: getotet* tot tote toten todlich* starb* gestorben ums | verletz* verwund* | vermisst*
time: vor bevor | nach nachdem
grow: erhoh* steig* stieg* wachs* wuchs* gestiegen anheb* verstark* ausbau* | senk* gesenkt sink* gesunken reduzi* verringer* kurz* gekurzt fiel* gefallen
result: erfolg* gelung* gelang* | fehlschlag* gescheitert* scheiter* misslung* misslang erfolglos*
fight: angriff* angreif* angegriffen offensiv* | verteidig* defensiv* | gegenangriff* gegenoffensive*
hit: abgefangen* abfang* abgeschoss* getroffen* traf trafen | verfehl*
course: start* gestartet begann* begonn* beginn* wiederaufgenommen | verschob* verschieb* vertag* | abgesagt* abgebrochen* storn* annull* | ausgesetzt* aussetz* gestoppt* stopp* unterbroch* | beendet* endet* abgeschlossen*
compass: nord* | sud* | ost osten ostlich* | west westen westlich*
modal: wird werden | konnte konnten kann durfte | wurde
all: alle allen aller | einige mehrere | meisten | halfte
rank: erste ersten erster erstes | zweite* | dritte* | vierte* | funfte* | letzte*
army: stationi* entsend* verleg* | abgezog* abzug* abzieh*
take: erober* eingenommen besetzt | befrei* zuruckerober* | verlor* verlier*
trade: kauf* kaufte gekauft erwerb* beschaff* importi* | verkauf* exporti*
free: festgenommen* verhaft* | freigelass* entlass*
leave: erlaub* gestatt* | verbiet* verbot* untersag*
side: verbundet* | feind* gegner*
view: unterstutz* begruss* | verurteil* kritis*
thing: rakete* flugkorper* lenkwaff* | drohne* | bombe* | granate* geschoss* | panzer panzern | hubschrauber* | flugzeug* jet jets kampfjet* | schiff* fregatte* zerstorer* | u-boot* unterseeboot* | satellit*
make: ballist* | marschflug* | hyperschall*
nuclear: nuklear* atom* | konventionell*
people: zivilist* zivil* | soldat* | offizier* | kinder kind | frau*
ruin: zerstor* vernicht* | beschadig*
day: morgen morgens fruh | mittag* | abend* | nacht* nachts
bound: mindestens weniger | hochstens mehr
bound2: mindestens mehr | hochstens maximal weniger bis
part: teilweise teil* | vollstandig*
inside: innerhalb | ausserhalb
above: uber oberhalb | unter unterhalb
`,
	"fr": `
bind: signe signes signee signees signer | annul*
pact: sign* conclu* | resili* rompu* denonc*
host: invit* | expuls*
period: jour jours | semaine* | mois | annee* an
range: courte | moyenne | longue | intercontinental*
door: ouvr* ouvert* | ferm*
penalty: impos* | lev*
approve: approuv* adopt* vot* | rejet* repouss*
take2: gagn* remport* | perd*
inside: interieur dans | exterieur hors
harm: tue* tuer mort* mourir deced* meurt* | bless* | disparu*
time: avant | apres
grow: augment* hauss* accroit* accru* croissan* renforc* elev* | diminu* redui* reduc* baiss* chut* recul*
result: succes reussi* reussit reussite | echec* echou* rate ratee
fight: attaqu* offensi* assaut* | defend* defensi* | contre-attaqu* contre-offensi* contre
hit: intercept* touch* abattu* | manqu* rate
course: lanc* lancement commenc* debut* repris* demarr* | report* repouss* ajourn* | annul* | suspend* suspen* arret* interromp* gele* | achev* termin*
compass: nord septentrion* | sud meridion* | est oriental* | ouest occidental* | nord-est | nord-ouest | sud-est | sud-ouest
modal: sera seront va vont | pourrait pourraient peut | serait seraient
all: tous toutes tout | quelques certains plusieurs | plupart | moitie
rank: premier* premiere* 1er 1re | deuxieme* second* | troisieme* | quatrieme* | cinquieme* | dernier*
army: deploy* deploi* stationn* | retir* retrait*
take: captur* saisi* occup* pris | liber* repri* | perd* perte*
trade: achet* achat* acquer* acqui* import* | vend* vent* export*
free: arret* detenu* | liber* relach*
leave: autoris* permet* permis | interdi*
side: allie* | ennemi* adversaire*
view: soutien* souten* salu* | condamn* critiqu*
thing: missile* roquette* fusee* | drone* | bombe* | obus | char chars | helicopter* | avion* chasseur* | navire* fregate* destroyer* | sous-marin* | satellite*
make: balistique* | croisiere | hypersonique*
nuclear: nucleaire* | conventionnel*
people: civil* | soldat* militaire* | officier* | enfant* | femme*
ruin: detrui* destruct* | endommag*
day: matin* | midi apres-midi | soir* | nuit*
bound: moins minimum | plus maximum jusqu'a
part: partiel* | total* complet*
`,
	"es": `
pact: firm* suscrib* | rescind* rompi* romper
host: invit* | expuls*
period: dia dias | semana* | mes meses | ano anos
range: corto | medio | largo | intercontinental*
door: abr* abiert* | cerr* cierr*
penalty: impus* impon* | levant*
approve: aprob* aprueb* | rechaz*
take2: gan* | perd* pierd*
inside: dentro | fuera
harm: muert* mata* mato fallec* murio murieron | herid* lesionad* | desaparecid*
time: antes | despues tras
grow: aument* increment* subio sube elev* crec* ampli* | disminu* redu* baj* descend* recort* cayo
result: exit* logr* | fracas* fallid* fallo
fight: ataqu* atac* ofensiv* asalt* | defend* defensiv* | contraataq* contraofensiv*
hit: intercept* derrib* impact* alcanz* | err* fallo
course: lanz* inici* comenz* empez* reanud* | aplaz* pospu* pospo* retras* | cancel* anul* | suspend* suspen* deten* detuv* parali* | termin* finaliz* conclu*
compass: norte | sur | este oriental* | oeste occidental* | noreste nordeste | noroeste | sureste sudeste | suroeste sudoeste
modal: sera seran va van | podria podrian puede pueden | seria serian
all: todos todas todo | algunos algunas varios | mayoria | mitad
rank: primer* | segund* | tercer* | cuart* | quint* | ultim*
army: despleg* desplieg* | retir*
take: captur* ocup* tom* | liber* recuper* | perd* perdi*
trade: compr* adquir* import* | vend* venta* export*
free: arrest* detuv* detenid* | liber*
leave: autoriz* permit* permis* | prohib* vet*
side: aliad* | enemig* adversari*
view: apoy* respald* | conden* critic*
thing: misil* cohete* | dron* | bomba* | proyectil* obus* | tanque* | helicopter* | avion* caza cazas | buque* barco* fragata* destructor* | submarin* | satelite*
make: balistic* | crucero | hipersonic*
nuclear: nuclear* | convencional*
people: civil* | soldado* militar* | oficial* | nino* | mujer*
ruin: destru* | dan*
day: manana | tarde | noche* madrugada
bound: menos minimo | mas maximo
part: parcial* | total* complet*
`,
	"ar": `
pact: وقع* توقيع* ابرم* أبرم* | فسخ* ألغى* الغى*
host: دعا دعت | طرد*
period: يوم ايام | اسبوع* أسبوع* | شهر* | سنة عام
range: قصير* | متوسط* | بعيد* طويل* | عابر*
door: فتح* | أغلق* اغلق* إغلاق*
penalty: فرض* | رفع*
approve: وافق* موافق* | رفض*
inside: داخل | خارج
yes: بنجاح | بفشل دون
rise: ارتفع* وارتفع* | انخفض* وانخفض*
harm: قتل* مقتل* قتلى استشه* | جرح* اصيب* أصيب* اصاب* إصاب* مصاب* جريح
time: قبل | بعد
grow: زياد* زاد* ارتف* رفع* | خفض* انخف* تخفيض* تراجع* قلص*
result: نجح* نجاح* ناجح* | فشل* فاشل*
fight: هجوم* هاجم* يهاجم* | دفاع* يدافع* |
hit: اعترض* اعتراض* أسقط* اسقط* | أخطأ* اخطأ*
course: اطلق* أطلق* اطلاق* إطلاق* بدأ* بدا* بدء استأنف* | أجل* تأجيل* ارجأ* أرجأ* | الغى* ألغى* إلغاء* الغاء* | علق* تعليق* اوقف* أوقف* وقف | انته* اختت*
compass: شمال* | جنوب* | شرق* | غرب*
modal: سيتم سوف | قد ربما
all: جميع كل كافة | بعض عدة | معظم | نصف
rank: اول أول الأول الأولى الاولى | ثاني الثاني* | ثالث الثالث* | رابع الرابع* | خامس الخامس* | اخير الأخير*
army: نشر* ينشر* | سحب* انسح*
take: احتل* استول* سيطر* | حرر* تحرير* | خسر* فقد*
trade: اشترى* شراء* يشتري* | باع* بيع* يبيع*
leave: سمح* يسمح* | منع* حظر*
side: حليف* حلفاء* | عدو* العدو
thing: صاروخ* صواريخ* | مسير* | قنبلة قنابل* | دبابة دبابات | مروحي* | طائرة طائرات مقاتل* | سفينة سفن* فرقاط* | غواص* | قذيف* قذائف*
make: باليستي* بالستي* | كروز | فرط
nuclear: نووي* | تقليدي*
people: مدني* | جندي جنود* عسكري* | ضابط ضباط* | طفل اطفال* أطفال* | امراة امرأة نساء*
ruin: دمر* تدمير* | تضرر* الحق اضرار*
`,
	"fa": `
period: روز | هفته | ماه | سال
range: کوتاه* | میان* متوسط* | دور* بلند*
door: باز | بسته*
penalty: اعمال* وضع* | لغو* رفع*
harm: کشته* شهید** | زخمی* مجروح*
time: قبل پیش | بعد پس
grow: افزایش* | کاهش*
result: موفق* | ناکام* شکست* ناموفق*
fight: حمله* تهاجم* | دفاع*
hit: رهگیری* اصابت* سرنگون* | خطا
course: پرتاب* شلیک* آغاز* شروع* | تعویق* | لغو* | تعلیق* متوقف* توقف* | پایان*
compass: شمال* | جنوب* | شرق* | غرب*
all: همه تمام | برخی چند | بیشتر | نصف
rank: اول نخست* | دوم* | سوم* | چهارم* | پنجم* | آخر*
army: مستقر* استقرار* | خروج* عقب*
trade: خرید* واردات* | فروش* فروخت* صادرات*
leave: اجازه مجاز* | ممنوع*
side: متحد* | دشمن*
thing: موشک* راکت* | پهپاد* | بمب* | تانک* | بالگرد* هلیکوپتر* | هواپیما* جنگنده* | کشتی* ناو* | زیردریایی* | ماهواره*
make: بالستیک* | کروز* | هایپرسونیک*
nuclear: هسته* اتمی* | متعارف*
people: غیرنظامی* | سرباز* نظامی* | کودک* | زن زنان*
ruin: نابود* منهدم* | آسیب* خسارت*
`,
	"ko": `
pact: 체결* 서명* 맺었* | 파기* 해지* 폐기*
host: 초청* | 추방*
penalty: 부과* 발동* | 해제* 철회*
period: 하루 일간 | 주간 이번주 | 이달 지난달 | 올해 지난해
range: 단거리* | 중거리* | 장거리* | 대륙간*
door: 개방* 열었* 개통* | 폐쇄* 닫았*
harm2: 다쳤* 다친* 부상* | 숨졌* 숨진* 사망*
approve: 승인* 가결* 통과* | 거부* 부결* 반려*
inside: 내 이내* | 밖 외부*
fight2: 공격* | 방어*
harm: 사망* 숨졌* 숨진 숨지* 전사* | 부상* 다쳤* 다친 | 실종*
time: 이전* 전에 앞서 | 이후* 후에 뒤
grow: 증가* 늘었* 늘리* 늘어* 확대* 인상* 상승* 강화* | 감소* 줄었* 줄이* 줄어* 축소* 인하* 하락*
result: 성공* | 실패*
fight: 공격* 공세* 침공* | 방어* 수비* | 반격*
hit: 요격* 명중* 격추* | 빗나* 놓쳤* 놓친
course: 발사* 시작* 개시* 착수* 재개* 출범* | 연기* 미뤘* | 취소* | 중단* 보류* 정지* | 종료* 완료*
compass: 북쪽* 북부* 북방* 북동* | 남쪽* 남부* 남방* | 동쪽* 동부* 동해* | 서쪽* 서부* 서해*
all: 모든 모두 전체* 전원* | 일부* | 대부분* | 절반*
rank: 첫 첫째* 첫번째* 제1* | 둘째* 두번째* 제2* | 셋째* 세번째* 제3* | 마지막*
army: 배치* 파견* | 철수*
take: 점령* 장악* | 탈환* 해방* | 빼앗*
trade: 구매* 구입* 도입* 수입* | 판매* 수출*
leave: 허용* 허가* | 금지*
side: 동맹* 우방* | 적국* 적군* 적의
view: 지지* 환영* | 반대* 규탄* 비난*
thing: 미사일* 로켓* | 무인기* 드론* | 폭탄* | 포탄* | 전차* 탱크* | 헬기* 헬리콥터* | 항공기* 전투기* 전폭기* | 함정* 군함* 구축함* 호위함* 선박* | 잠수함* | 위성*
make: 탄도* | 순항* | 극초음속*
nuclear: 핵* | 재래식*
people: 민간인* | 군인* 병사* 장병* | 장교* | 어린이* 아동* | 여성*
ruin: 파괴* | 파손* 손상*
day: 오전* 아침* 새벽* | 오후* | 저녁* | 밤* 야간*
bound: 최소* 이상* | 최대* 이하*
yet: 예정* 계획* | 완료*
`,
	"tr": `
harm: oldu olen olu* oldur* | yaral*
time: once | sonra
grow: art* yuksel* buyu* | azal* dus* indir*
result: basarili basari* | basarisiz*
fight: saldir* taarruz* | savun*
hit: vur* onle* isabet* | iskala*
course: basla* firlat* | ertele* | iptal* | durdur* aski*
compass: kuzey* | guney* | dogu* | bati*
all: tum butun | bazi
rank: ilk birinci | ikinci | ucuncu | son
trade: satin | sat* ihrac*
thing: fuze* roket* | iha siha dron* | bomba* | tank* | helikopter* | ucak* | gemi* | denizalti*
make: balistik | seyir | hipersonik
`,
	"pl": `
harm: zgin* zabit* zabil* smierc* | rann* rani*
time: przed | po
grow: wzros* zwieksz* podnios* | spad* zmniejsz* obnizy* ogranicz*
result: udan* sukces* powodzeniem | nieudan* niepowodzen* porazk*
fight: atak* ofensyw* natarci* | obron* broni*
hit: przechwyc* trafi* zestrzel* | chybi* spudl*
course: rozpocz* zacze* wystrzel* wznow* | odlozy* odroczy* przeloz* | odwola* anulow* | zawies* wstrzym* przerw* | zakoncz*
compass: polnoc* | polud* | wschod* | zachod*
all: wszystk* | niektor* kilk* | wiekszosc | polow*
rank: pierwsz* | drug* | trzec* | ostatn*
trade: kupi* zakup* naby* | sprzeda*
thing: pocisk* rakiet* | dron* | bomb* | czolg* | smiglowc* | samolot* | okret* statk*
make: balisty* | manewruj* | hiperdzwiek*
ruin: zniszcz* | uszkodz*
`,
	"it": `
harm: uccis* mort* | ferit*
time: prima | dopo
grow: aument* cresc* cresci* | diminu* ridu* ridott* cal*
result: success* riuscit* | fallit* falli*
fight: attacc* offensiv* | difend* difensiv*
hit: intercett* abbatt* colpit* | mancat*
course: lanci* inizi* avvi* | rinvi* | annull* cancell* | sospe* ferma* | termin* conclu*
compass: nord | sud | est | ovest
all: tutti tutte | alcuni alcune | maggior
rank: prim* | second* | terz* | ultim*
trade: acquist* compr* | vend*
thing: missil* razz* | dron* | bomb* | carri | elicotter* | aere* caccia | nav* | sottomarin*
make: balistic* | crociera | ipersonic*
`,
	"pt": `
harm: mort* matou mata* morreu morreram | ferid*
time: antes | depois apos
grow: aument* cresc* elev* | diminu* redu* ca* caiu
result: exito sucesso* | fracass* falh*
fight: ataqu* atac* ofensiv* | defend* defensiv*
hit: intercept* abat* ating* | err*
course: lanc* inic* comec* retom* | adi* | cancel* | suspend* suspen* par* | termin* conclu*
compass: norte | sul | leste | oeste
all: todos todas | alguns algumas | maioria
rank: primeir* | segund* | terceir* | ultim*
trade: compr* adquir* | vend*
thing: missil misseis foguete* | drone* | bomba* | tanque* | helicopter* | avi* caca* | navio* | submarin*
make: balistic* | cruzeiro | hipersonic*
`,
	"he": `
harm: נהרג* הרוג* נהרגו מת מתו | נפצע* פצוע*
time: לפני | אחרי לאחר
grow: עלה עלייה הגדיל* | ירד ירידה הפחית* קיצץ
result: הצליח* הצלחה | נכשל* כישלון
fight: תקף תקפו מתקפה התקפה | הגנה הגן
hit: יירט* יורט* פגע* | החטיא*
course: שיגר* פתח החל* | דחה נדחה | ביטל* בוטל* | השעה הושעה עצר*
compass: צפון* | דרום* | מזרח* | מערב*
thing: טיל טילים רקט* | רחפן* כטב* | פצצ* | טנק* | מסוק* | מטוס* | ספינ* | צולל*
`,
}

// hanOpposed are those of Chinese, in both forms, and of Japanese.
const hanOpposed = `
pact: 签署 簽署 签订 簽訂 缔结 締結 署名 | 废除 廢除 撕毁 解约 破棄
host: 邀请 邀請 招待 | 驱逐 驅逐 追放
rescue: 获救 獲救 生还 生還 救助 | 遇难 遇難 死亡 丧生
period: 天 日間 | 周 週 星期 | 月 | 年
inside: 之内 以内 内 | 之外 以外 外
penalty: 实施制裁 施加 | 解除 取消制裁
deed: 发射 發射 発射 | 摧毁 摧毀 击落 擊落 撃墜 | 交付 提供 供与
door2: 打开 开启 | 关闭 關閉
range2: 短程 近程 | 中程 | 远程 遠程 | 洲际 洲際
approve2: 同意 | 反对 反對
wage: 加强 加強 | 削弱
stay: 留在 | 离开 離開 退出
join: 加入 | 退出
harm: 死亡 丧生 喪生 遇难 遇難 身亡 牺牲 犧牲 击毙 擊斃 打死 炸死 死者 死去 死 阵亡 陣亡 亡 | 受伤 受傷 负伤 負傷 伤者 傷者 重伤 轻伤 打伤 炸伤 伤 傷 けが 怪我 | 失踪 失蹤 行方不明
time: 之前 以前 前 前に | 之后 之後 以后 以後 后 後 後に
grow: 增加 增长 增長 提高 上升 上調 上调 扩大 擴大 加强 加強 增强 增強 增 上 強化 拡大 | 减少 減少 下降 降低 削减 削減 缩小 縮小 下调 下調 减 減 下 縮小
result: 成功 获胜 | 失败 失敗
fight: 进攻 進攻 攻击 攻擊 袭击 襲擊 攻势 攻勢 入侵 攻撃 侵攻 | 防御 防禦 防守 防卫 防衛 守势 | 反击 反擊 反攻 反撃
hit: 拦截 攔截 击落 擊落 命中 击中 擊中 迎撃 撃墜 | 未中 脱靶 错失 落空 外れ
course: 发射 發射 启动 啟動 开始 開始 展开 展開 恢复 恢復 発射 再開 | 推迟 推遲 延期 延后 | 取消 中止 撤销 撤銷 | 暂停 暫停 停止 中断 中斷 叫停 停 | 结束 結束 完成 終了 完了
compass: 北部 北方 以北 北 | 南部 南方 以南 南 | 东部 東部 东方 東方 以东 以東 东 東 | 西部 西方 以西 西 | 东北 東北 北東 | 西北 北西 | 东南 東南 南東 | 西南 南西
modal: 将 將 会 會 将会 | 可能 或许 或許 或将 或將 也许 かもしれない 可能性
all: 全部 所有 全体 全體 すべて 全て 全員 | 部分 一些 若干 一部 | 大部分 多数 多數 大多数 大多數 | 半数 半數
door: 开放 開放 打开 重开 | 关闭 關閉 封闭 封閉 閉鎖
army: 部署 进驻 進駐 派遣 配備 | 撤出 撤离 撤離 撤回 撤军 撤軍 撤退 撤収
front: 推进 推進 前进 | 撤退 后退
take: 占领 佔領 夺取 奪取 | 解放 收复 收復 夺回 奪回 | 失守 失去
trade: 购买 購買 采购 採購 购入 买入 进口 進口 購入 調達 輸入 | 出售 销售 銷售 卖出 出口 売却 輸出
free: 逮捕 拘留 扣押 拘束 | 释放 釋放 解放 釈放
leave: 允许 允許 准许 准許 许可 許可 | 禁止
decide: 批准 通过 通過 同意 接受 赞成 贊成 承認 可決 支持 | 拒绝 拒絕 否决 否決 反对 反對 驳回 駁回 却下
side: 盟友 盟国 盟國 友军 同盟国 | 敌人 敵人 敌方 敵方 敌军 敵軍
view: 支持 欢迎 歡迎 赞扬 | 谴责 譴責 批评 批評 反对 反對 非難
thing: 导弹 導彈 火箭 ミサイル ロケット | 无人机 無人機 ドローン | 炸弹 炸彈 爆弾 | 炮弹 砲彈 砲弾 | 坦克 戦車 | 直升机 直升機 ヘリ | 飞机 飛機 战机 戰機 航空機 戦闘機 | 军舰 軍艦 舰艇 艦艇 驱逐舰 驅逐艦 护卫舰 船只 艦船 | 潜艇 潛艇 潜水艦 | 卫星 衛星
make: 弹道 彈道 弾道 | 巡航 | 高超音速 高超声速 極超音速
range: 近程 短程 短距離 | 中程 中距離 | 远程 遠程 長距離 | 洲际 洲際 大陸間
nuclear: 核 | 常规 常規 通常
people: 平民 民間人 | 士兵 军人 軍人 官兵 兵士 隊員 | 军官 軍官 | 儿童 兒童 子ども | 妇女 婦女 女性 | 记者 記者
ruin: 摧毁 摧毀 击毁 擊毀 破壊 | 损坏 損壞 受损 受損 損傷
base: 陆基 陸基 | 海基 | 空基
day: 凌晨 清晨 早晨 上午 午前 朝 | 中午 下午 午後 | 傍晚 晚上 夜 夜间 夜間
bound: 至少 最低 不少于 以上 少なくとも | 至多 最多 最高 以下
rank: 首次 首枚 首批 首 初 | 再次 再度 | 最后 最後 末
part: 部分的 | 全面
recall: 任命 | 罢免 免职 解任 辞任
truth: 属实 真实 | 虚假 虛假 不实 不實
`

var opposedByLanguage = func() map[string]*stems {
	all := map[string]*stems{"": newStems()}
	for _, language := range slices.Sorted(maps.Keys(opposedTables)) {
		s := newStems()
		s.axes(opposedTables[language])
		all[language] = s
		switch language {
		case "en", "ru", "ar", "ko", "he":
			all[""].axes(opposedTables[language])
		}
	}
	return all
}()

// opposedWords are those of a language, or English and those of other scripts where
// it is not known.
func opposedWords(language string) *stems {
	if s := opposedByLanguage[language]; s != nil {
		return s
	}
	if language == "be" {
		return opposedByLanguage["ru"]
	}
	return opposedByLanguage[""]
}

func (s *stems) axes(table string) {
	for _, line := range strings.Split(strings.TrimSpace(table), "\n") {
		axis, sides, _ := strings.Cut(line, ":")
		for i, words := range strings.Split(sides, "|") {
			s.put(axis+"/"+string(rune('a'+i)), words)
		}
	}
}

var hanOpposedWords = func() *stems {
	s := newStems()
	s.axes(hanOpposed)
	return s
}()
