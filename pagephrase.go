package dewline

import "strings"

// What an outlet puts round a statement that it carries is no part of it. The rooms that compare statements
// know it by the words below.

// PagePhrase says what a phrase makes of the line that begins with it.
type PagePhrase int

const (
	// PageCall tells the reader what to do, or whose the line is.
	PageCall PagePhrase = iota
	// PageLabel names who made the report, or where it is from, if a colon or the like follows.
	PageLabel
	// PageCaption belongs to a picture. What it says may be a fact.
	PageCaption
)

// PagePhrases are the phrases of a kind, in small letters.
func PagePhrases(kind PagePhrase) []string {
	return strings.Split(strings.Join(strings.Fields(pagePhrases[kind]), " "), ", ")
}

var pagePhrases = map[PagePhrase]string{
	PageCall: `follow us, follow on, for immediate release, file photo of, a file photo of, like us, our standards, add us, find us, follow our, follow the latest, read more, read also, also read,
		read the full, read full, read next, read the original, click here, tap here, subscribe to, subscribe now, sign up, join us, join our, share this,
		share on, share via, see also, see more, more on this, more from, related stories, related articles, related news, related, recommended, most read,
		do not miss, watch live, watch more, watch the video, watch, listen to this, download our, download the app, get the app, all rights reserved,
		this article was originally, this article was first, this article originally, this story was originally, this story has been updated,
		this story has been corrected, this article has been updated, this report was first, originally published, first published by, advertisement,
		story continues below, with inputs from, with agency inputs, with input from, print this, leave a comment, stay up to date, get the latest,
		for more news, our newsletter, view original, to read more, continue reading, back to top, folgen sie uns, mehr zum thema, mehr lesen, weiterlesen,
		lesen sie auch, lesen sie mehr, auch interessant, alle rechte vorbehalten, abonnieren sie, jetzt abonnieren, newsletter, teilen, artikel teilen,
		suivez-nous, suivez nous, lire aussi, lire la suite, à lire aussi, a lire aussi, en savoir plus, abonnez-vous, tous droits réservés, partager,
		partagez cet article, lire plus, voir aussi, síguenos, siguenos, síganos, lea también, lee también, lea mas, leer más, lea más, ver también,
		suscríbete, suscríbase, todos los derechos reservados, compartir, comparta, más información, te puede interesar, siga-nos, leia também, leia mais,
		saiba mais, compartilhe, todos os direitos reservados, assine, seguici, leggi anche, leggi tutto, iscriviti, tutti i diritti riservati, condividi,
		lees ook, lees meer, volg ons, alle rechten voorbehouden, czytaj też, czytaj także, czytaj więcej, zobacz też, obserwuj nas, udostępnij,
		wszelkie prawa zastrzeżone, zobacz także, bizi takip edin, devamını oku, ayrıca okuyun, ilgili haberler, tüm hakları saklıdır, abone ol, paylaş,
		подписывайтесь, подпишитесь, подписаться, читайте также, читать далее, читать полностью, читайте больше, подробнее, смотрите также, поделиться,
		поделитесь, все права защищены, следите за, наш канал, больше новостей, присоединяйтесь, при перепечатке, при использовании материалов, реклама,
		материалы по теме, по теме, ранее по теме, нашли ошибку, підписуйтесь, підписуйтеся, підпишіться, читайте також, читати далі, детальніше,
		дивіться також, поділитися, всі права захищені, стежте за, більше новин, приєднуйтесь, приєднуйтеся, передрук, матеріали за темою, нагадаємо,
		що раніше, تابعونا, تابعوا, تابعنا, اقرأ أيضا, اقرا ايضا, اقرأ ايضا, إقرأ أيضا, اقرأ المزيد, للمزيد, شارك, مشاركة, اشترك, اشتركوا, جميع الحقوق محفوظة,
		حقوق النشر, طالع أيضا, مواضيع ذات صلة, انقر هنا, ما را دنبال کنید, بیشتر بخوانید, ادامه مطلب, همچنین بخوانید, اشتراک گذاری, کلیه حقوق, تمامی حقوق,
		به کانال, مطالب مرتبط, لینک کوتاه, עקבו אחרינו, קראו גם, קרא עוד, לקריאה נוספת, שתפו, כל הזכויות שמורות, הירשמו, हमें फॉलो करें, यह भी पढ़ें, और पढ़ें,
		शेयर करें, सर्वाधिकार सुरक्षित, 저작권자, 무단전재, 무단 전재, 기사제보, 기사 제보, 구독하기, 구독, 팔로우, 관련기사, 관련 기사, 더보기, 더 보기, 공유하기, 공유, 제보는, 네이버에서, 함께 보기, 많이 본 뉴스, 이 기사는,
		원문 보기, 关注我们, 关注本, 關注我們, 扫码, 扫描二维码, 掃描, 更多内容, 更多內容, 更多新闻, 更多新聞, 更多精彩, 阅读更多, 閱讀更多, 阅读原文, 阅读全文, 閱讀全文, 相关阅读, 相关新闻, 相關新聞, 相關報導, 相关报道, 延伸阅读, 延伸閱讀, 版权所有,
		版權所有, 版权声明, 转载请, 轉載請, 未经授权不得, 未經授權不得, 点击, 點擊, 点击进入, 打开, 在应用, 点击查看, 点击下载, 点击阅读, 分享到, 分享至, 分享, 欢迎关注, 歡迎關注, 点赞, 收藏, 下载客户端, 打开客户端, 推荐阅读, 热门推荐, 返回搜狐, 免责声明,
		本文系, 本文转自, 本文来自, 関連記事, 続きを読む, もっと見る, もっと読む, フォロー, 無断転載, 無断複製, 著作権, シェア, あわせて読みたい, この記事を, 会員登録, 広告, 記事全文, 公式アカウント, related article, more news,
		more information, for more information, for further information, about us, sponsored, disclaimer, read in app, compartilhar,
		the thomson reuters trust principles, 转载请注明, 轉載請註明, 무단, the post appeared first, if you have spotted a mistake, spotted an error, get our,
		якщо ви помітили, побачили помилку, если вы заметили, haberin devamı, devamı için tıklayın, haberi okumak için, haberin tamamı, riproduzione riservata,
		copyright ansa, διαβάστε επίσης, διαβάστε ακόμη, διαβάστε περισσότερα, δείτε επίσης, ακολουθήστε, انتهای پیام, 네이버에서 구독, 네이버에서 구독하기, 纠错, 分享让更多人看到,
		點我下載, 點我看, 下載app, 扫一扫, לכתבה המלאה, קראו עוד, और भी पढ़ें, पूरी खबर`,
	PageLabel: `copyright, editor, editors, trust principles, editor in charge, edited, editing, editing by, source, sources, author, authors, written, reporter,
		reporters, correspondent, reporting, reporting by, additional reporting, additional reporting by, writing by, compiled, via, tags, topics, keywords,
		published, published in, category, translated, translation, proofread, story by, video, original source, credit, credits, photo, photos, photo credit,
		photo by, photograph by, image, images, image credit, picture, file photo, video by, text by, news source, agency, contact, media contact, redaktion,
		redakteur, quelle, quellen, autor, autoren, foto, fotos, bild, bildquelle, schlagwörter, auteur, auteurs, rédaction, crédit, crédit photo, autores,
		redacción, redactor, fuente, fuentes, imagen, crédito, etiquetas, fonte, redação, imagem, autore, redazione, bron, źródło, redakcja, oprac, zdjęcie,
		fot, kaynak, editör, haber, fotoğraf, yazar, muhabir, редактор, источник, источники, автор, авторы, фото, фото автора, изображение, редакция, теги,
		корреспондент, текст, видео, рубрика, джерело, джерела, редакція, світлина, кореспондент, المحرر, تحرير, المصدر, المصادر, الكاتب, بقلم, كتب, إعداد,
		صورة, الصورة, تصوير, مصدر, وكالات, الوسوم, منبع, نویسنده, خبرنگار, دبیر, عکس, ویراستار, کد خبر, برچسب ها, עורך, מקור, מאת, צילום, כתב, तस्वीर, स्रोत,
		लेखक, संपादक, फोटो, 기자, 편집, 출처, 자료, 사진, 사진제공, 사진 제공, 글, 취재, 영상, 제공, 태그, 责任编辑, 責任編輯, 责编, 編輯, 编辑, 主编, 来源, 來源, 信息来源, 文章来源, 稿件来源, 本文来源, 记者, 記者, 本报记者, 本報記者,
		特约记者, 通讯员, 通訊員, 作者, 撰稿, 撰文, 图片来源, 圖片來源, 图片, 图源, 摄影, 攝影, 摄, 图, 供稿, 监制, 校对, 审核, 值班编辑, 编审, 制作, 视频来源, 原标题, 关键词, 標籤, 标签, 文字, 翻译, 編譯, 编译, 新华社发, 编写, 策划, 編集,
		出典, 情報源, 写真, 写真提供, 画像, 提供, 文, 撮影, 執筆, 筆者, 翻訳, タグ, writing, by line, editor's note, tag, categories, contacts, media contacts, press contact,
		press contacts, press office, further information, pressekontakt, weitere informationen, contact presse, plus d'informations, mais informações, 消息来源,
		原標題, edited by, compiled by, rédigé par, édité par, reportage de, avec la contribution de, bericht von, geschrieben von, redigiert von, reporte de,
		editado por, con información de, redacción de, a cura di, πηγή, πηγές, φωτογραφία, φωτογραφίες, σύνταξη, ρεπορτάζ, редагував, підготував, подготовил,
		подготовила, opracował, opracowała, haber merkezi, דיווח, עריכה, संपादन, रिपोर्ट`,
	PageCaption: `photo, file photo, image, picture, photo shows, file image, pictured, caption, foto, bild, archivbild, symbolbild, archivo, imagen de archivo,
		photo d archives, image d archive, imagem, архивное фото, фото, на фото, на снимке, фото из архива, на світлині, архівне фото, صورة, صورة أرشيفية, عکس,
		עکس, 사진, 자료사진, 자료 사진, 资料图, 資料圖, 资料图片, 資料照片, 图为, 圖為, 图片说明, 圖說, 资料照片, 图, 写真, 写真は, 資料写真, photos, video, fotos, видео, відео, zdjęcie, fotoğraf, צילום, 图片,
		圖`,
}

// Agencies are words of the names of news agencies that mean nothing else, and Outlets other words of the names of those
// who carry what others say.
const (
	Agencies = `reuters tass ap afp xinhua interfax ria novosti bloomberg yonhap kyodo jiji dpa efe ansa anadolu aa ukrinform unian upi bbc cnn belta irna
		isna tasnim sana wafa pti ani тасс риа новости интерфакс рбк белта укринформ униан укрінформ уніан інтерфакс-україна інтерфакс رويترز سانا
		وام تاس شينخوا רויטרס पीटीआई 연합뉴스 로이터 뉴시스 ynet απε μπε ایرنا تسنیم унн lusa belga tanjug`
	Outlets = `cna pap dw fars mehr wam spa kcna cctv cgtn nhk kbs mbc associated press agence france presse times post guardian journal jazeera arabiya
		telegraph newsweek politico axios zvezda izvestia kommersant рейтер рейтерс звезда известия коммерсантъ فرانس برس واس تسنيم ارنا مهر فارس
		ایسنا رویترز 뉴스1 조선중앙통신 교도통신 sputnik וואלה хабар спутник ina mena maan petra aaj tak آج αμπε apd sda ats tvn24 polsat dha iha hürriyet ntv
		trt rai sky interfax.ru regnum lenta الجزيرة العربية ایلنا خبرآنلاین הארץ מעריב`
)

// ShareNames are the words of share bars by which they are known, and ShareWords others that stand in them.
const (
	ShareNames = `facebook twitter telegram whatsapp linkedin reddit vk viber weibo wechat x pinterest instagram youtube email tiktok messenger threads bluesky line kakaotalk print share вконтакте одноклассники телеграм фейсбук teilen partager compartir поделиться поділитися شارك فيسبوك تويتر واتساب تلغرام 페이스북 트위터 카카오톡 카카오스토리 밴드 공유 인쇄`
	ShareWords = ` e mail copy link tweet post save listen comment comments on via to this article whats app pocket flipboard rss вк ок drucken mailen imprimer imprimir скопировать ссылку друк طباعة نسخ الرابط 링크 복사 네이버`
)
