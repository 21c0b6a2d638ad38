package parser

import "strings"

// months by their names as foldName writes them, from lists of twelve. In a name of two words "_" stands
// between them.
var months = byName(
	// English, and what abbreviations have in common
	"jan feb mar apr may jun jul aug sep oct nov dec",
	"january february march april may june july august september october november december",
	"- - - - - - - - sept - - -",
	// Russian, Ukrainian, Belarusian, Bulgarian, Serbian
	"январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
	"января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
	"янв фев мар апр май июн июл авг сен окт ноя дек",
	"- февр - - - - - - сент - нояб -",
	"січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
	"січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
	"- - берез квіт трав черв - серп верес жовт листоп груд",
	"- - - - - - - - - - лист -",
	"січ лют бер кві тра чер лип сер вер жов лис гру",
	"студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
	"януари февруари март април май юни юли август септември октомври ноември декември",
	"- фебр - - - - - септ - - - -",
	"јануар фебруар март април мај јун јул август септембар октобар новембар децембар",
	// Germanic
	"januar februar märz april mai juni juli august september oktober november dezember",
	"jänner feber mär - - - - - - okt - dez",
	"januari februari maart april mei juni juli augustus september oktober november december",
	"januar februar marts april maj juni juli august september oktober november december",
	"januari februari mars april maj juni juli augusti september oktober november december",
	"- - mrt - - - - - - - - des",
	"- - - - - - - - - - - desember",
	// Romance
	"janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
	"janv févr mars avr mai juin juil août - - - déc",
	"- fevrier - - - - - aout - - - decembre",
	"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
	"ene - - abr - - - ago set - - dic",
	"- - - - - - - - setiembre - - -",
	"janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
	"- fev - - mai - - - - out - dez",
	"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
	"gen - - - mag giu lug - - ott - -",
	"ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
	"ian - - - - iun iul - - - noi -",
	// West and South Slavic, Baltic, Uralic
	"styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
	"i ii iii iv v vi vii viii ix x xi xii",
	"stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
	"sty lut - kwi - cze lip sie wrz paź lis gru",
	"leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
	"ledna února března dubna května června července srpna září října listopadu prosince",
	"januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
	"siječanj veljača ožujak travanj svibanj lipanj srpanj kolovoz rujan - studeni prosinac",
	"siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca",
	"- - - - - - - avgust - - - -",
	"sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
	"janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris",
	"jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
	"tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
	"tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
	"január február március április május június július augusztus szeptember október november december",
	"jan febr márc ápr máj jún júl aug szept okt nov dec",
	"saus vas kov bal geg birž liep rugp rugs spal lapkr gruod",
	// Greek, Turkish, Azerbaijani, Hebrew, Arabic, Persian (Gregorian), Hindi, Indonesian, Vietnamese is in numbers
	"ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου",
	"ιαν φεβ μαρ απρ μαϊ ιουν ιουλ αυγ σεπ οκτ νοε δεκ",
	"ιανουάριος φεβρουάριος μάρτιος απρίλιος μάιος ιούνιος ιούλιος αύγουστος σεπτέμβριος οκτώβριος νοέμβριος δεκέμβριος",
	"- - μαρτ απριλ μαι ιον ιολ - σεπτ - νοεμ -",
	"- - μαω - - - - - - - - -",
	"oca şub mar nis may haz tem ağu eyl eki kas ara",
	"ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
	"yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
	"ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
	"בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
	"يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
	"- - - ابريل ماي يونيه يوليه اغسطس شتنبر اكتوبر نونبر دجنبر",
	"جانفي فيفري - أفريل - جوان جويلية أوت - - - -",
	"- - - إبريل - - يوليوز غشت - - - -",
	"كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
	"- - - - مايس - - - - - - -",
	"ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
	"- - - - می - جولای آگوست - - - -",
	"جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر - نومبر دسمبر",
	"जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
	"- फरवरी - - - - - - सितम्बर अक्तूबर नवम्बर दिसम्बर",
	"januari februari maret april mei juni juli agustus september oktober november desember",
	"- - - - - - - agu - - - -",
	"januari februari mac april mei jun julai ogos september oktober november disember",
	"- पेब्रुअरी - - - जुन - - सेप्टेम्बर अक्टोबर नोभेम्बर डिसेम्बर",
	"জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
	"იანვარი თებერვალი მარტი აპრილი მაისი ივნისი ივლისი აგვისტო სექტემბერი ოქტომბერი ნოემბერი დეკემბერი",
	"հունվարի փետրվարի մարտի ապրիլի մայիսի հունիսի հուլիսի օգոստոսի սեպտեմբերի հոկտեմբերի նոյեմբերի դեկտեմբերի",
	"қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
)

// Months of other calendars.
func init() {
	for from, lists := range map[int][]string{
		persianMonth: {"فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"},
		thaiMonth: {
			"มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
			"ม.ค ก.พ มี.ค เม.ย พ.ค มิ.ย ก.ค ส.ค ก.ย ต.ค พ.ย ธ.ค",
		},
	} {
		for name, month := range byName(lists...) {
			if _, known := months[name]; !known {
				months[name] = from + month
			}
		}
	}
}

// byName makes one table of lists of twelve names. The first list that has a name wins.
func byName(lists ...string) map[string]int {
	table := make(map[string]int, 12*len(lists))
	for _, list := range lists {
		for i, name := range strings.Fields(list) {
			name = foldName(strings.ReplaceAll(name, "_", " "))
			if _, known := table[name]; !known && name != "-" {
				table[name] = i + 1
			}
		}
	}
	return table
}

// words is a set of words, as foldName writes them.
func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[foldName(w)] = true
	}
	return set
}

var (
	// ordinals stand between a day and its month.
	ordinals = words("st nd rd th er re e ème º ª o a de del di of den dne d le")
	// yearLinks stand between a month and its year.
	yearLinks = words("de del of do di st nd rd th er")
	// hourMarks stand between an hour and its minutes.
	hourMarks = words("h u ч 時 时 点 點 시 uhr")
	// clockWords stand before a time of day whose parts a dot divides.
	clockWords = words("kl klo ore alle um godz saat at às ώρα в о ob u")
	// halves of the day.
	halves = byHalf("am 上午 午前 오전 凌晨 早上 清晨 πμ ص صباحا öö", "pm 下午 午後 오후 傍晚 晚上 夜间 μμ م مساء مساءا ös", "中午 正午 오정")
)

// byHalf is the half of the day that each word of three lists means.
func byHalf(lists ...string) map[string]int {
	table := map[string]int{}
	for i, list := range lists {
		for w := range words(list) {
			table[w] = i + 1
		}
	}
	return table
}

// dayComesFirst reports whether 03/04/2026 is the third of April in a language; known is false
// where the countries that speak it, or its people, write both.
func dayComesFirst(language string) (dayFirst, known bool) {
	switch primary(language) {
	case "", "zh", "ja", "ko", "hu", "lt", "mn", "sv", "eu":
		return false, false // they write the year first, and nothing is common where they do not
	case "en":
		_, country, _ := strings.Cut(language, "-")
		return country != "US" && country != "PH", country != "" && country != "CA"
	case "fil", "tl":
		return false, true
	}
	return true, true
}

// primary is a language without its country and script.
func primary(language string) string {
	head, _, _ := strings.Cut(language, "-")
	return strings.ToLower(head)
}

// zones by their names, in seconds east of UTC. Where a name has several meanings it is the one
// that feeds use: IST is India's, CST and EST are North America's, BST is British summer time.
var zones = map[string]int{
	"z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0,
	"est": hours(-5), "edt": hours(-4), "cst": hours(-6), "cdt": hours(-5), "mst": hours(-7), "mdt": hours(-6),
	"pst": hours(-8), "pdt": hours(-7), "akst": hours(-9), "akdt": hours(-8), "hst": hours(-10),
	"ast": hours(-4), "adt": hours(-3), "nst": hours(-3.5), "ndt": hours(-2.5),
	"et": hours(-5), "ct": hours(-6), "mt": hours(-7), "pt": hours(-8),
	"brt": hours(-3), "brst": hours(-2), "art": hours(-3), "clt": hours(-4), "clst": hours(-3), "cot": hours(-5), "pet": hours(-5),
	"bst": hours(1), "west": hours(1), "cet": hours(1), "met": hours(1), "mez": hours(1), "cest": hours(2), "mest": hours(2), "mesz": hours(2),
	"eet": hours(2), "eest": hours(3), "sast": hours(2), "cat": hours(2), "wat": hours(1), "eat": hours(3), "idt": hours(3),
	"msk": hours(3), "msd": hours(4), "trt": hours(3), "мск": hours(3), "irst": hours(3.5), "gst": hours(4), "azt": hours(4), "samt": hours(4),
	"pkt": hours(5), "uzt": hours(5), "yekt": hours(5), "ist": hours(5.5), "npt": hours(5.75), "almt": hours(6), "omst": hours(6),
	"mmt": hours(6.5), "ict": hours(7), "wib": hours(7), "krat": hours(7), "novt": hours(7),
	"hkt": hours(8), "sgt": hours(8), "pht": hours(8), "myt": hours(8), "awst": hours(8), "wita": hours(8), "irkt": hours(8),
	"jst": hours(9), "kst": hours(9), "wit": hours(9), "yakt": hours(9), "acst": hours(9.5), "acdt": hours(10.5),
	"aest": hours(10), "aedt": hours(11), "vlat": hours(10), "magt": hours(11), "nzst": hours(12), "nzdt": hours(13), "pett": hours(12),
}

func hours(h float64) int { return int(h * 3600) }
