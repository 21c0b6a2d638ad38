package parser

import "strings"

// agencies are the news agencies and services that sign their reports, in the
// forms in which they do: a name in a dateline is taken for one only if it is here,
// or if place and date stand before it.
var agencies = commaSet(`
reuters, thomson reuters, ap, associated press, afp, agence france-presse, upi, bloomberg, dpa, dpa-afx, epd, kna, sid, afx,
ansa, adnkronos, agi, askanews, italpress, lapresse, nova, efe, europa press, ep, lusa, belga, anp, apa, sda, keystone-sda, ats, awp, ntb, tt, ritzau, stt, ritzau/bloomberg,
pap, čtk, ctk, tasr, sita, mti, sta, hina, tanjug, beta, fena, srna, mina, mia, ata, bta, agerpres, mediafax, ipn, moldpres, infotag, ana-mpa, ana, ape-mpe, cna, kypros,
bns, leta, elta, err, aa, anadolu, anadolu agency, iha, dha, ihlas,
tass, itar-tass, interfax, interfax-avn, interfax.ru, ria novosti, ria, sputnik, regnum, belta, ukrinform, unian, interfax-ukraine, interfax ukraine, armyinform, rbc-ukraine,
armenpress, arka, azertac, azertag, trend, report, turan, interpressnews, kazinform, kabar, akipress, uza, khovar, turkmenportal, montsame,
xinhua, xinhuanet, china news service, cns, ecns, china daily, china military, china military online, pla daily, global times, people's daily, cctv, cgtn,
kyodo, kyodo news, jiji, jiji press, yonhap, yonhap news agency, newsis, kcna, central news agency, focus taiwan, 
pti, press trust of india, ani, ians, uni, app, ppi, bss, unb, rss, slbc, vna, ttxvn, vietnam news agency, bernama, antara, pna, tna, mcot, lao news agency, kpl, akp,
irna, isna, tasnim, fars, fna, mehr, mna, press tv, iribnews, ilna, sana, wafa, petra, nna, kuna, wam, spa, qna, bna, ona, saba, sba, mena, ina, nina, suna, lana, tap, aps, map, 
aap, nzpa, nan, gna, kna-kenya, sanews, angop, ena, zana, cuba news, prensa latina, pl, andina, telam, télam, notimex, abn, avn, abi, mercopress,
afns, af news service, air force news service, nns, navy news service, army news service, arnews, dod news, afps, american forces press service, dvids, rfe/rl, voa, bbc, cnn,
business wire, businesswire, globe newswire, globenewswire, prnewswire, pr newswire, ots, presseportal,
тасс, итар-тасс, риа новости, риа «новости», риа, интерфакс, интерфакс-авн, интерфакс-украина, росинформбюро, regnum, регнум, спутник, sputnik, белта, бакта, укринформ, униан, унн, рбк, рбк-украина, 
azerтадж, азертадж, арменпресс, казинформ, кабар, ума, ховар, рия новости, звезда, трк звезда, новости, бта, танјуг, срна, бета, миа, 
укрінформ, уніан, інтерфакс-україна, інтерфакс, армія inform, арміяinform, рбк-україна, 
सानी, भाषा, वार्ता, एएनआई, पीटीआई,
απε-μπε, απε, κυπε, ίππε`)

// hanAgencies are those of China, Taiwan, Japan and Korea, which write no spaces.
var hanAgencies = strings.Fields(`
新华社 新華社 新华网 新華網 中新社 中新网 中新網 中国新闻社 中通社 香港中通社 人民网 人民網 人民日报 解放军报 解放軍報 中国军网 中國軍網 国防部网 國防部網 央视网 央视新闻 央视 央视军事 环球网 环球时报 澎湃新闻
中央社 中央通訊社 軍聞社 军闻社 青年日報 路透社 路透 法新社 美联社 美聯社 彭博社 塔斯社 俄新社 卫星社 共同社 时事社 韩联社 韓聯社 朝中社 德新社
共同通信 共同 時事通信 時事 ロイター 聯合ニュース 新華社 タス通信 AFP時事 AFP 朝鮮通信 CNN
연합뉴스 뉴시스 뉴스1 뉴스핌 로이터 로이터연합뉴스 이데일리 아시아경제 조선중앙통신 국방일보 타스 교도`)

// arabicAgencies are those that sign in Arabic script.
var arabicAgencies = commaSet(`
سانا, واس, وام, قنا, كونا, بترا, بنا, وفا, واج, وات, لانا, سونا, سبأ, نينا, واع, أ ش أ, أ.ش.أ, العمانية, الأناضول, الاناضول, رويترز, أ ف ب, ا ف ب, أ.ف.ب, ا.ف.ب, أ ب, أ.ب, د ب أ, د.ب.أ, شينخوا, تاس, سبوتنيك, نوفوستي,
إرنا, ارنا, إيرنا, ايرنا, ایرنا, ایسنا, إيسنا, تسنيم, تسنیم, فارس, مهر, ایلنا, الوكالة الوطنية`)

// places are where datelines come from most. One of these is a place even in
// small letters, and where nothing but a dash follows.
var places = commaSet(`
abu dhabi, abuja, accra, addis ababa, algiers, almaty, amman, amsterdam, andersen, ankara, antananarivo, annapolis, arlington, ashgabat, asmara, astana, asuncion, athens, atlanta, auckland, austin, baghdad, baku, bamako, bangkok, bangui, barcelona,
basra, beijing, beirut, belgrade, belfast, bengaluru, berlin, bern, bishkek, bogota, bogotá, bonn, boston, brasilia, brasília, bratislava, brazzaville, brussels, bruxelles, bucharest, budapest, buenos aires, cairo, canberra, caracas, chicago, chisinau, chișinău, colombo, conakry, 
copenhagen, dakar, dallas, damascus, darwin, delhi, denver, detroit, dhaka, djibouti, doha, donetsk, dubai, dublin, dushanbe, dusseldorf, düsseldorf, edinburgh, erbil, frankfurt, freetown, gaza, geneva, genève, genf, hamburg, hanoi, harare, havana, helsinki, hiroshima, ho chi minh city, hong kong, honolulu,
houston, incirlik, islamabad, istanbul, jakarta, jeddah, jerusalem, johannesburg, juba, kabul, kampala, karachi, kathmandu, kharkiv, khartoum, kherson, kiev, kigali, kinshasa, kraków, kuala lumpur, kuwait, kyiv, kyoto, la paz, lagos, lahore, lima, lisbon, lisboa, ljubljana, lomé, london, los angeles, 
luanda, lusaka, luxembourg, lviv, madrid, malé, manama, manila, maputo, mecca, melbourne, mexico city, ciudad de méxico, miami, minsk, mogadishu, monrovia, monterrey, montevideo, montreal, moscow, mumbai, munich, münchen, muscat, nagasaki, nairobi, nato headquarters, naypyidaw, new delhi, new york, niamey, nicosia, norfolk, nouakchott, 
nur-sultan, odesa, odessa, okinawa, oslo, ottawa, ouagadougou, panama city, paris, peking, pentagon, pearl harbor, perth, peshawar, philadelphia, phnom penh, podgorica, port-au-prince, prague, praha, pretoria, pristina, pyongyang, quito, rabat, ramallah, ramstein, rangoon, rawalpindi, reykjavik, riga, rio de janeiro, 
riyadh, roma, rome, rostock, san diego, san francisco, san salvador, sanaa, santiago, são paulo, sarajevo, seattle, seoul, sevastopol, shanghai, simferopol, singapore, skopje, sofia, st. petersburg, stockholm, stuttgart, sydney, taipei, tallinn, tashkent, tbilisi, tehran, tel aviv, the hague, tirana, tokyo, toronto, 
tripoli, tunis, ulaanbaatar, ulan bator, united nations, valletta, vancouver, vaduz, vatican city, vienna, vientiane, vilnius, vladivostok, warsaw, warszawa, washington, wellington, wien, yangon, yerevan, zagreb, zaporizhzhia, zurich, zürich, bruxelas, londres, nueva york, parís, moscú, pekín, kiew, moskau, brüssel, varsovia, 
bruselas, ginebra, berlín, roma, lisboa, atenas, jerusalén, el cairo, bagdad, teherán, washington dc, washington d.c., hà nội, tp.hcm, mailand, milano, napoli, torino, ginevra, bruxelles, kiev, москва, киев, київ, минск, санкт-петербург, петербург, севастополь, симферополь, донецк, луганск, харьков, харків, одесса, одеса, львов, львів, 
херсон, запорожье, запоріжжя, днепр, дніпро, владивосток, хабаровск, мурманск, североморск, калининград, ростов-на-дону, екатеринбург, новосибирск, казань, самара, краснодар, сочи, тула, брюссель, вашингтон, лондон, париж, берлин, женева, вена, варшава, пекин, токио, сеул, пхеньян, анкара, стамбул, дамаск, бейрут, тегеран, 
багдад, иерусалим, тель-авив, каир, баку, ереван, тбилиси, кишинев, вильнюс, рига, таллин, астана, алматы, ташкент, бишкек, душанбе, ашхабад, нью-йорк, оон, рим, мадрид, прага, братислава, будапешт, бухарест, софия, београд, белград, софія, варшава, брюссель, αθήνα, λευκωσία`)

// regions stand behind a place: "FORT CARSON, Colo. –".
var regions = commaSet(`
ala., alaska, ariz., ark., calif., colo., conn., del., fla., ga., hawaii, idaho, ill., ind., iowa, kan., ky., la., maine, md., mass., mich., minn., miss., mo., mont., neb., nev., n.h., n.j., n.m., n.y., n.c., n.d., ohio, okla., ore., pa., r.i., s.c., s.d., tenn., texas, utah, vt., va., wash., w.va., w. va., wis., wyo., d.c., dc,
alabama, arizona, arkansas, california, colorado, connecticut, delaware, florida, georgia, illinois, indiana, kansas, kentucky, louisiana, maryland, massachusetts, michigan, minnesota, mississippi, missouri, montana, nebraska, nevada, new hampshire, new jersey, new mexico, new york, north carolina, north dakota, oklahoma, oregon, 
pennsylvania, rhode island, south carolina, south dakota, tennessee, vermont, virginia, washington, west virginia, wisconsin, wyoming, guam, puerto rico,
al, ak, az, ar, ca, co, ct, fl, hi, id, il, in, ks, ky, md, ma, mi, mn, ms, mt, ne, nv, nh, nj, nm, ny, nc, nd, oh, ok, or, ri, sc, sd, tn, tx, ut, va, wa, wv, wi, wy,
afghanistan, albania, algeria, angola, argentina, armenia, australia, austria, azerbaijan, bahrain, bangladesh, belarus, belgium, bosnia, brazil, bulgaria, cambodia, cameroon, canada, chad, chile, china, colombia, croatia, cuba, cyprus, czech republic, denmark, djibouti, ecuador, egypt, england, estonia, ethiopia, finland, france, germany, 
ghana, greece, greenland, hungary, iceland, india, indonesia, iran, iraq, ireland, israel, italy, japan, jordan, kazakhstan, kenya, kosovo, kuwait, kyrgyzstan, latvia, lebanon, libya, lithuania, malaysia, mali, malta, mexico, moldova, mongolia, montenegro, morocco, mozambique, myanmar, nepal, netherlands, new zealand, niger, nigeria, north korea, 
north macedonia, norway, oman, pakistan, panama, peru, philippines, poland, portugal, qatar, romania, russia, saudi arabia, scotland, senegal, serbia, singapore, slovakia, slovenia, somalia, south africa, south korea, spain, sri lanka, sudan, sweden, switzerland, syria, taiwan, tajikistan, tanzania, thailand, tunisia, turkey, türkiye, turkmenistan, 
uganda, uk, u.k., ukraine, united arab emirates, uae, united kingdom, uzbekistan, venezuela, vietnam, wales, yemen, zambia, zimbabwe, ontario, quebec, british columbia, alberta, nova scotia, new south wales, queensland`)

// noPlaces are words in capitals before a dash that are no places.
var noPlaces = commaSet(`
update, updated, breaking, breaking news, news, live, watch, video, photo, photos, gallery, exclusive, analysis, opinion, comment, commentary, editorial, feature, factbox, explainer, explained, interview, podcast, review, report, special report, statement, press release, press statement, media release, release, notice, warning, alert, correction, corrected, 
clarification, note, editor's note, background, summary, abstract, introduction, contents, title, subject, date, time, place, topic, tags, from, to, re, fw, fwd, attention, important, urgent, flash, just in, developing, read more, more, see also, related, sponsored, advertisement, q&a, q & a, faq, new, top, best, free, week in review, weekly, daily, today, yesterday, tomorrow,
nato, otan, un, eu, us, u.s., usa, uk, uae, ussr, dod, mod, pla, idf, iaea, osce, asean, aukus, icbm, slbm, thaad, abm, inf, start, uav, uas, isis, is, who, fbi, cia, nsa, darpa, nasa, esa, usaf, usmc, raf, ai, ceo, covid, covid-19, part, chapter, section, volume, issue, day, week, year, i, ii, iii, iv, v, who, what, where, when, why, how, yes, no, ok, the, a, an, and, or, but, it, 
monday, tuesday, wednesday, thursday, friday, saturday, sunday, january, february, march, april, may, june, july, august, september, october, november, december, 
срочно, обновлено, видео, фото, мнение, аналитика, интервью, комментарий, новости, внимание, молния, нато, сша, ес, рф, ссср, всу, пво, про, мид, мо, заявление, сводка, оон и нато, терміново, оновлено, відео, фото, нато, зсу, ппо, сша, єс,
понедельник, вторник, среда, четверг, пятница, суббота, воскресенье, eil, eilmeldung, aktualisiert, kommentar, vídeo, última hora, opinión, urgente, análisis, direct, en direct, vidéo, exclusif, édito, urgent, ultim'ora, esclusiva`)

// firstWords are the words with which a dateline may begin that is not in capitals.
var firstWords = func() map[string]bool {
	set := make(map[string]bool, len(places)+len(agencies))
	for _, names := range []map[string]bool{places, agencies} {
		for name := range names {
			set[firstWord(name)] = true
		}
	}
	delete(set, "the") // of The Hague: too much prose begins so
	return set
}()

// firstWord is what stands before the first sign that ends a word.
func firstWord(s string) string {
	if i := strings.IndexAny(s, " ,.:/-—–("); i >= 0 {
		return s[:i]
	}
	return s
}

// commaSet makes a set of a list with commas.
func commaSet(list string) map[string]bool {
	set := make(map[string]bool)
	for name := range strings.SplitSeq(list, ",") {
		if name = strings.TrimSpace(name); name != "" {
			set[name] = true
		}
	}
	return set
}
