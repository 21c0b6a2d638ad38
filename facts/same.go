package facts

import (
	"slices"
	"strings"

	"dewline"
)

// titles are ranks and offices: put before a name or left out, they say nothing new.
// One in the place of another does.
var titles = set(`president prime minister minister's secretary general colonel senior major lieutenant captain admiral rear vice brigadier marshal sergeant commander chief commodore corporal commissioner ambassador
	spokesman spokeswoman spokesperson mr mrs ms miss dr sir lord col gen lt maj capt adm brig sgt cmdr gov sen rep prof professor chairman director deputy chancellor king prince queen foreign defence defense
	defensa exteriores interior defense armees verteidigung
	herr frau oberst generalmajor sprecher sprecherin prasident minister verteidigungsminister m mme colonel porte-parole president ministre sr sra senor coronel portavoz presidente ministro
	президент президента президентом премьер министр министра министром генерал генерала полковник майор капитан адмирал вице контр глава главы командующий спикер пресс секретарь представитель официальный господин
	президента президентом прем'єр міністр міністра генерал полковник речник голова командувач
	대령 소장 중장 대장 준장 대변인 장관 대통령 총리 의장 위원장 사령관 العقيد العميد اللواء الفريق المتحدث الناطق الوزير الرئيس السيد سرهنگ سرتیپ سردار سرلشکر سخنگوی وزیر`)

func isTitle(key string) bool { return titles[key] || titles[bare(key)] || titles[unprefixed(key)] }

// ranks are those among them that officers have.
var ranks = set("general colonel senior major lieutenant captain admiral rear vice brigadier marshal sergeant commodore corporal col gen lt maj capt adm brig sgt 대령 소장 중장 대장 준장 генерал генерала полковник майор капитан адмирал вице контр العقيد العميد اللواء الفريق سرهنگ سرتیپ سردار سرلشکر")

// retitled takes out ranks where the other side has none, and offices likewise.
func (h *hunk) retitled() {
	rank := func(f fact) bool { return isTitle(f.key) && ranks[f.key] }
	office := func(f fact) bool { return isTitle(f.key) && !ranks[f.key] }
	for _, some := range []func(fact) bool{rank, office} {
		if slices.ContainsFunc(h.old, some) != slices.ContainsFunc(h.new, some) {
			h.old, h.new = slices.DeleteFunc(h.old, some), slices.DeleteFunc(h.new, some)
		}
	}
}

// introduced takes out names that the other text has elsewhere, where they stand beside
// a rank or an office that was put before somebody: "Pentagon spokesman".
func (c *comparison) introduced(h *hunk, a, b *sentence, run dewline.Run) {
	switch {
	case len(h.old) == 0 && introduces(b.tokens[run.B0:run.B1]):
		h.new = unknownNames(h.new, c.a)
	case len(h.new) == 0 && introduces(a.tokens[run.A0:run.A1]):
		h.old = unknownNames(h.old, c.b)
	}
}

func introduces(tokens []token) bool {
	for _, t := range tokens {
		if isTitle(t.key) {
			return true
		}
	}
	return false
}

func unknownNames(list []fact, other *reading) (all []fact) {
	for _, f := range list {
		if f.kind != dewline.FactName || !other.knows(f.key) {
			all = append(all, f)
		}
	}
	return all
}

// shortened takes out names of which one is the abbreviation of the other ones: MND,
// Ministry of National Defense.
func (h *hunk) shortened(c *comparison) {
	if len(h.old)*len(h.new) > mostSpelled {
		return
	}
	shorten(h.new, h.old, c.b.text)
	shorten(h.old, h.new, c.a.text)
	h.old, h.new = left(h.old), left(h.new)
}

func shorten(short, long []fact, text string) {
	for i := range short {
		f := &short[i]
		letters := capitals(text[f.start:f.end])
		if f.kind != dewline.FactName || letters == "" || f.gone {
			continue
		}
		if at := initials(long, letters); at >= 0 {
			f.gone = true
			for k := range len(letters) {
				long[at+k].gone = true
			}
		}
	}
}

// initials is where names one after another begin with such letters, in some order;
// below zero where they do not.
func initials(list []fact, letters string) int {
	var b strings.Builder
	for _, f := range list {
		c := byte(' ')
		if f.kind == dewline.FactName && !f.gone && f.key[0] < 0x80 {
			c = f.key[0]
		}
		b.WriteByte(c)
	}
	order, want := b.String(), sortedLetters(letters)
	for i := 0; i+len(letters) <= len(order); i++ {
		if sortedLetters(order[i:i+len(letters)]) == want {
			return i
		}
	}
	return -1
}

// sortedLetters are letters in one order: Ministry of Defence is Defence Ministry.
func sortedLetters(s string) string {
	b := []byte(s)
	slices.Sort(b)
	return string(b)
}

// redated takes out dates that one sentence alone has, where they say no more than the
// other one: it names the day another way ("on Tuesday", "yesterday"), or the text
// says elsewhere which day it was.
func (c *comparison) redated(hunks []hunk, a, b *sentence, runs []dewline.Run) {
	old, fresh := dates(hunks, func(h hunk) []fact { return h.old }), dates(hunks, func(h hunk) []fact { return h.new })
	if old > 0 && fresh > 0 {
		return
	}
	gone, come := false, false
	for _, run := range runs {
		gone = gone || !run.Same && namesDay(a.tokens[run.A0:run.A1])
		come = come || !run.Same && namesDay(b.tokens[run.B0:run.B1])
	}
	for i := range hunks {
		for k := range hunks[i].old {
			f := &hunks[i].old[k]
			f.gone = f.gone || f.kind == dewline.FactDate && f.key[0] == '@' && (come || c.b.knowsDate(f.key))
		}
		for k := range hunks[i].new {
			f := &hunks[i].new[k]
			f.gone = f.gone || f.kind == dewline.FactDate && f.key[0] == '@' && (gone || c.a.knowsDate(f.key))
		}
	}
}

func dates(hunks []hunk, of func(hunk) []fact) (n int) {
	for _, h := range hunks {
		for _, f := range of(h) {
			if f.kind == dewline.FactDate {
				n++
			}
		}
	}
	return n
}

// namesDay reports words for a day that say no date.
func namesDay(tokens []token) bool {
	for _, t := range tokens {
		if weekdays[t.key] > 0 || days[t.key] {
			return true
		}
	}
	return false
}

var days = set(`today yesterday tomorrow tonight heute gestern morgen aujourd'hui hui hier demain hoy ayer manana hoje ontem oggi ieri domani vandaag gisteren dzis dzisiaj wczoraj jutro bugun dun yarin
	сегодня вчера завтра сьогодні вчора завтра اليوم امس أمس غدا امروز دیروز فردا 오늘 어제 내일 היום אתמול आज कल`)

// plain reports a word of a script without capitals that is no name, as it ends.
func plain(key string) bool {
	if plainWords[key] || plainWords[unprefixed(key)] || days[key] {
		return true
	}
	for _, e := range koreanEndings {
		if strings.HasSuffix(key, e) && len(key) > len(e) {
			return true
		}
	}
	return false
}

// koreanEndings are those of verbs and adjectives.
var koreanEndings = strings.Fields("했다 한다 했고 하고 하며 하는 하여 해서 된다 됐다 되는 되고 됐고 였다 었다 았다 이다 있다 있는 없다 졌다 진다 렸다 혔다 쳤다 켰다 겠다 니다 습니다 다고 라고 다며 라며 면서 지만 으며 으로써 적인 적으로 하기 했던 했으며 했지만 밝혔다 따르면 위해 통해 대해 관련해")

var plainWords = set(`قال قالت وقال وقالت صرح صرحت اعلن أعلن أعلنت اعلنت ذكر ذكرت افاد أفاد أفادت اضاف أضاف أضافت اوضح أوضح أوضحت اشار أشار أشارت بيان البيان مساء صباح حيث بحسب وفق وفقا خلال بشان بشأن حول يوم ضمن منذ حتى
	صباحا مساء ليلا فجر الماضي المقبل الجاري عدد كبير كبيرة جديد جديدة آخر أخرى اخرى عدة مع عند لدى بين تم وتم سيتم كانت وكان وكانت يكون هناك أنه انه إنه أنها انها بأن بان لان لأن حسب منها منه فيها فيه عليها عليه لها له عملية عمليات عام شهر ساعة يوم تصريح تصريحات مؤتمر صحفي
	وزارة الوزارة ناطق متحدث باسم رسمي رسميا مصدر عسكرية عسكري نقلا وكالة هذا هذه ذلك تلك بينما اذ إذ فقد
	گفت اعلام کرد کرده است شد شده می خبر داد داده بیان اظهار افزود تاکید گزارش طی بر روی نیز تا هم خود وی آن
	אמר אמרה הודיע הודיעה מסר מסרה דובר לפי כי על של את
	कहा बताया किया गया घोषणा के अनुसार
	오전 오후 밤 새벽 아침 저녁 정오 심야 공식 성명 성명을 통해 보도자료를 기자회견에서 관계자는 관계자 등이 등을 때 중 후 전 더 또 이미 바로 역시 특히 여러 많은 큰 새로운 것으로 것이라고 것을 것이 밝힌 말한 전한 것은 우리 자신의 계획 예정 주장 발표 보고
	밝혔다 말했다 전했다 설명했다 이날 지난 최근 현지시간 오늘 어제 현재 당시 이번 해당 가운데 위한 대한 관한 의한 통한 따라 약 총 모두`)
