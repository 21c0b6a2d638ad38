package facts

import "dewline"

// shareWords are those of share bars; shareNames those of them that must be there.
var (
	shareNames = set(dewline.ShareNames)
	shareWords = set(dewline.ShareNames + dewline.ShareWords)
)

// weakCalls are single words that may begin other sentences too.
var weakCalls = set(`related recommended advertisement watch newsletter teilen partager compartir condividi comparta compartilhe assine реклама подробнее детальніше поделиться поділитися передрук
	تابعوا شارك مشاركة اشترك اشتركوا للمزيد 구독 공유 더보기 공유하기 제보는 저작권자 무단전재 기사제보 팔로우 관련기사`)

// outlets are names of those who carry what others say.
var outlets = set(dewline.Agencies + " " + dewline.Outlets)

// quoting are the words round such names.
var quoting = set(`reported reports report reporting said says saying told tells according citing cited quoting quoted via agency agencies news newspaper media wrote writes interview by with newswire
		berichtet berichtete meldet meldete laut agentur nachrichtenagentur zufolge zitiert rapporte rapporté selon agence cité informo informó según segun agencia citado
		сообщает сообщил сообщили сообщило передает передаёт со ссылкой пишет агентство агентству агентства повідомляє повідомив пише агентство агентству посиланням
		ذكرت وكالة نقلت قالت وفق وفقا بحسب أفادت گزارش خبرگزاری به نقل 보도했다 보도 전했다 통신 따르면`)

// unsaidTable are the beginnings of what agencies say where they know no more.
const unsaidTable = `not immediately clear, no immediate comment, not immediately respond, did not respond, not responded, declined to comment, declined further comment, no further details, not give further details, not give details,
	did not elaborate, without giving details, not provide further details, not provide details, gave no details, gave no further details, not immediately available, could not be reached, could not independently verify, not be independently verified, not independently verify, refused to comment,
	keine weiteren angaben, keine stellungnahme, nicht unabhängig, pas fait de commentaire, ne a pas donné de détails, pas pu être vérifié, sin dar más detalles, no dio más detalles, no ofreció más detalles, no pudo ser verificada,
	не уточняется, не уточнюються, не уточнил, не уточнили, не уточняются, не приводится, не прокомментировал, подробностей не, без подробностей, не раскрываются, не уточнюється, не уточнив, не уточнили, подробиць не, не прокоментував,
	لم تقدم, لم يقدم, لم يتسن, ولم يتسن, مزيد من التفاصيل, 자세한 내용은, 구체적인 내용은, 추가 설명은`
