package facts

// The words of furniture: phrases are divided by a comma and a space.
var phraseTables = map[phraseClass]string{
	call: `follow us, follow on, file photo of, a file photo of, like us, our standards, add us, find us, follow our, follow the latest, read more, read also, also read, read the full, read full, read next, read the original, click here, tap here, subscribe to, subscribe now,
		sign up, join us, join our, share this, share on, share via, see also, see more, more on this, more from, related stories, related articles, related news,
		related, recommended, most read, do not miss, watch live, watch more, watch the video, watch, listen to this, download our, download the app, get the app, all rights reserved,
		this article was originally, this article was first, this article originally, this story was originally, this story has been updated, this story has been corrected, this article has been updated, this report was first,
		originally published, first published by, advertisement, for immediate release, story continues below, with inputs from, with agency inputs, with input from, print this, leave a comment,
		stay up to date, get the latest, for more news, our newsletter, view original, to read more, continue reading, back to top,
		folgen sie uns, mehr zum thema, mehr lesen, weiterlesen, lesen sie auch, lesen sie mehr, auch interessant, alle rechte vorbehalten, abonnieren sie, jetzt abonnieren, newsletter, teilen, artikel teilen,
		suivez-nous, suivez nous, lire aussi, lire la suite, à lire aussi, a lire aussi, en savoir plus, abonnez-vous, tous droits réservés, partager, partagez cet article, lire plus, voir aussi,
		síguenos, siguenos, síganos, lea también, lee también, lea mas, leer más, lea más, ver también, suscríbete, suscríbase, todos los derechos reservados, compartir, comparta, más información, te puede interesar,
		siga-nos, leia também, leia mais, saiba mais, compartilhe, todos os direitos reservados, assine, seguici, leggi anche, leggi tutto, iscriviti, tutti i diritti riservati, condividi,
		lees ook, lees meer, volg ons, alle rechten voorbehouden, czytaj też, czytaj także, czytaj więcej, zobacz też, obserwuj nas, udostępnij, wszelkie prawa zastrzeżone, zobacz także,
		bizi takip edin, devamını oku, ayrıca okuyun, ilgili haberler, tüm hakları saklıdır, abone ol, paylaş,
		подписывайтесь, подпишитесь, подписаться, читайте также, читать далее, читать полностью, читайте больше, подробнее, смотрите также, поделиться, поделитесь, все права защищены, следите за, наш канал, больше новостей, присоединяйтесь, при перепечатке, при использовании материалов, реклама, материалы по теме, по теме, ранее по теме, нашли ошибку,
		підписуйтесь, підписуйтеся, підпишіться, читайте також, читати далі, детальніше, дивіться також, поділитися, всі права захищені, стежте за, більше новин, приєднуйтесь, приєднуйтеся, передрук, матеріали за темою, нагадаємо, що раніше,
		تابعونا, تابعوا, تابعنا, اقرأ أيضا, اقرا ايضا, اقرأ ايضا, إقرأ أيضا, اقرأ المزيد, للمزيد, شارك, مشاركة, اشترك, اشتركوا, جميع الحقوق محفوظة, حقوق النشر, طالع أيضا, مواضيع ذات صلة, انقر هنا,
		ما را دنبال کنید, بیشتر بخوانید, ادامه مطلب, همچنین بخوانید, اشتراک گذاری, کلیه حقوق, تمامی حقوق, به کانال, مطالب مرتبط, لینک کوتاه,
		עקבו אחרינו, קראו גם, קרא עוד, לקריאה נוספת, שתפו, כל הזכויות שמורות, הירשמו,
		हमें फॉलो करें, यह भी पढ़ें, और पढ़ें, शेयर करें, सर्वाधिकार सुरक्षित,
		저작권자, 무단전재, 무단 전재, 기사제보, 기사 제보, 구독하기, 구독, 팔로우, 관련기사, 관련 기사, 더보기, 더 보기, 공유하기, 공유, 제보는, 네이버에서, 함께 보기, 많이 본 뉴스, 이 기사는, 원문 보기,
		关注我们, 关注本, 關注我們, 扫码, 扫描二维码, 掃描, 更多内容, 更多內容, 更多新闻, 更多新聞, 更多精彩, 阅读更多, 閱讀更多, 阅读原文, 阅读全文, 閱讀全文, 相关阅读, 相关新闻, 相關新聞, 相關報導, 相关报道, 延伸阅读, 延伸閱讀, 版权所有, 版權所有, 版权声明, 转载请, 轉載請, 未经授权不得, 未經授權不得, 点击, 點擊, 点击进入, 打开, 在应用, 点击查看, 点击下载, 点击阅读, 分享到, 分享至, 分享, 欢迎关注, 歡迎關注, 点赞, 收藏, 下载客户端, 打开客户端, 推荐阅读, 热门推荐, 返回搜狐, 免责声明, 本文系, 本文转自, 本文来自,
		関連記事, 続きを読む, もっと見る, もっと読む, フォロー, 無断転載, 無断複製, 著作権, シェア, あわせて読みたい, この記事を, 会員登録, 広告, 記事全文, 公式アカウント`,
	label: `copyright, editor, editors, trust principles, editor in charge, edited, editing, editing by, source, sources, author, authors, written, reporter, reporters, correspondent, reporting, reporting by, additional reporting, additional reporting by, writing by, compiled, via, tags, topics, keywords, published, published in, category, translated, translation, proofread, story by, video,
		original source, credit, credits, photo, photos, photo credit, photo by, photograph by, image, images, image credit, picture, file photo, video by, text by, news source, agency, contact, media contact,
		redaktion, redakteur, quelle, quellen, autor, autoren, foto, fotos, bild, bildquelle, schlagwörter, auteur, auteurs, rédaction, source, sources, crédit, crédit photo, photo, image, autor, autores, redacción, redactor, fuente, fuentes, foto, imagen, crédito, etiquetas, fonte, redação, imagem, autore, redazione, bron, auteur, źródło, autor, redakcja, oprac, zdjęcie, fot, kaynak, editör, haber, fotoğraf, yazar, muhabir,
		редактор, источник, источники, автор, авторы, фото, фото автора, изображение, редакция, теги, корреспондент, текст, видео, рубрика, джерело, джерела, автор, редактор, редакція, світлина, теги, кореспондент,
		المحرر, تحرير, المصدر, المصادر, الكاتب, بقلم, كتب, إعداد, صورة, الصورة, تصوير, مصدر, وكالات, الوسوم, منبع, نویسنده, خبرنگار, دبیر, عکس, ویراستار, کد خبر, برچسب ها, עורך, מקור, מאת, צילום, כתב, तस्वीर, स्रोत, लेखक, संपादक, फोटो,
		기자, 편집, 출처, 자료, 사진, 사진제공, 사진 제공, 글, 취재, 영상, 제공, 태그,
		责任编辑, 責任編輯, 责编, 編輯, 编辑, 主编, 来源, 來源, 信息来源, 文章来源, 稿件来源, 本文来源, 记者, 記者, 本报记者, 本報記者, 特约记者, 通讯员, 通訊員, 作者, 撰稿, 撰文, 图片来源, 圖片來源, 图片, 图源, 摄影, 攝影, 摄, 图, 供稿, 监制, 校对, 审核, 值班编辑, 编审, 制作, 视频来源, 原标题, 关键词, 標籤, 标签, 文字, 翻译, 編譯, 编译, 新华社发, 编写, 策划,
		編集, 出典, 情報源, 写真, 写真提供, 画像, 提供, 文, 撮影, 執筆, 記者, 筆者, 翻訳, タグ`,
	caption: `photo, file photo, image, picture, photo shows, file image, pictured, caption, foto, bild, archivbild, symbolbild, archivo, imagen de archivo, photo d archives, image d archive, imagem, архивное фото, фото, на фото, на снимке, фото из архива, на світлині, архівне фото, صورة, صورة أرشيفية, عکس, עکس, 사진, 자료사진, 자료 사진,
		资料图, 資料圖, 资料图片, 資料照片, 图为, 圖為, 图片说明, 圖說, 资料照片, 图, 写真, 写真は, 資料写真`,
}

// shareWords are those of share bars; shareNames those of them that must be there.
var (
	shareNames = set(`facebook twitter telegram whatsapp linkedin reddit vk viber weibo wechat x pinterest instagram youtube email tiktok messenger threads bluesky line kakaotalk print share
		вконтакте одноклассники телеграм фейсбук teilen partager compartir поделиться поділитися شارك فيسبوك تويتر واتساب تلغرام 페이스북 트위터 카카오톡 카카오스토리 밴드 공유 인쇄`)
	shareWords = set(`facebook twitter telegram whatsapp linkedin reddit vk viber weibo wechat x pinterest instagram youtube email e mail tiktok messenger threads bluesky line kakaotalk print share copy link tweet post
		save listen comment comments on via to this article whats app pocket flipboard rss
		вконтакте одноклассники телеграм фейсбук вк ок teilen drucken mailen partager imprimer compartir imprimir поделиться скопировать ссылку поділитися друк شارك فيسبوك تويتر واتساب تلغرام طباعة نسخ الرابط 페이스북 트위터 카카오톡 카카오스토리 밴드 공유 인쇄 링크 복사 네이버`)
)

// weakCalls are single words that may begin other sentences too.
var weakCalls = set(`related recommended advertisement watch newsletter teilen partager compartir condividi comparta compartilhe assine реклама подробнее детальніше поделиться поділитися передрук
	تابعوا شارك مشاركة اشترك اشتركوا للمزيد 구독 공유 더보기 공유하기 제보는 저작권자 무단전재 기사제보 팔로우 관련기사`)

// outlets are names of those who carry what others say.
var outlets = set(`cna reuters afp ap xinhua tass ria novosti interfax yonhap kyodo jiji dpa efe ansa pap ukrinform unian bbc cnn dw anadolu aa irna tasnim fars mehr isna sana wam spa kcna bloomberg cctv cgtn nhk kbs mbc
		associated press agence france presse times post guardian journal jazeera arabiya telegraph newsweek politico axios upi pti ani zvezda izvestia kommersant
		тасс риа новости интерфакс рейтер рейтерс укринформ уніан укрінформ инта звезда известия коммерсантъ рбк ансалатинa بيننا رويترز فرانس برس سانا واس وام شينخوا تسنيم ارنا مهر ایرنا تسنیم فارس ایسنا رویترز 연합뉴스 뉴시스 뉴스1 조선중앙통신 로이터 교도통신`)

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
