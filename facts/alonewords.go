package facts

import "strings"

// openings end common words in English, and in languages near it.
var openings = strings.Fields("ions tion sts ists ments ities ances ение ения ости ость ились илось")

// openers are words that begin sentences and are no names.
var openers = set(`such there each both most more many much few several some any all other others another same such no none nothing only even still yet since because although though while until unless whether
	what who which where how why when then thus hence so therefore however instead overall further furthermore moreover besides despite amid among under over between within without during after before following since
	including quoting referring commenting addressing testing fighting shelling bombing building being having adding noting reportedly allegedly notably clearly apparently shortly simultaneously increasingly especially particularly unfortunately
	local senior military defence defense security foreign government state national international regional human political economic air naval army navy forces troops soldiers police rescue
	experts analysts officials authorities residents witnesses observers critics sources reports images footage video photos satellite tensions relations talks negotiations efforts plans details work data figures
	people nearly about around almost roughly approximately up down out off last next this that these those one two three four five six seven eight nine ten hundreds thousands dozens millions half
	his her its their our your my he she it they we you i if as at by for from in into of on to with an a the and but or nor not please thank asked speaking answering responding citing according
	earlier later recently previously currently meanwhile today yesterday tomorrow now here once never always often sometimes perhaps maybe separately similarly additionally finally initially eventually
	missile missiles rocket rockets drone drones radar nuclear weapons air ships aircraft tests test systems system launches launch ballistic cruise shells
	все эксперты аналитики власти жители очевидцы ранее позднее напомним отметим кроме между тем этот эта эти это такой такие всего также система системы ракета ракеты военные военный работа работы данные стороны переговоры
	експерти аналітики влада мешканці раніше пізніше нагадаємо зазначимо усі всі крім цей ця ці це також система системи ракета ракети військові роботи дані
	experten beobachter behorden zuvor spater zudem ausserdem dabei damit dies diese dieser dieses seit wahrend nach vor bei unter es auch noch bereits schon
	selon les des ces cette ce un une il elle ils elles pour dans depuis apres avant plusieurs certains lors experts autorites
	segun los las estos estas este esta un una el la tras antes despues varios algunos expertos autoridades`)

var articles = set("der die das den dem des ein eine einen einem einer eines dieser diese dieses diesem diesen kein keine im am zum zur beim vom seine seinen seiner ihre ihren ihrer sein ihr jede jeder")

// articled are names that German puts an article before.
var articled = set("ukraine iran irak turkei usa schweiz slowakei libanon jemen sudan niger tschad vatikan krim hamas hisbollah nato eu un uno kreml pentagon mossad cia bundeswehr russe russen israeli ukrainer iraner amerikaner")

var platforms = set("facebook twitter telegram whatsapp instagram youtube linkedin tiktok viber wechat weibo vk телеграм телеграмі телеграме фейсбук вконтакте ютуб فيسبوك تلغرام تويتر واتساب تلگرام اینستاگرام 네이버 카카오톡 유튜브 텔레그램 페이스북 טלגרם פייסבוק")

// callWords are the words of such calls in scripts without capitals.
var callWords = set("هذا هذه الخبر الموضوع المقال على عبر قناتنا صفحتنا حسابنا ابق آخر الاخبار الأخبار کانال ما را در به 채널 구독 구독하기 뉴스 기사 추가 친구 공식 에서 으로 בערוץ שלנו")
