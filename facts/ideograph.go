package facts

import (
	"slices"
	"strings"

	"dewline"
)

// Of ideographs nobody can say which are a name. What was put in the place of others is
// taken for one, unless it is a single one that means no fact by itself: those are
// typing mistakes and variants of characters.

// telling are characters that are facts alone: negations, short names of countries,
// directions, life and death.
const telling = "不未没沒无無非否别別勿莫美俄中日韩韓朝英法德印台港苏蘇越伊以巴叙敘乌烏东東南西北上下前后後内內外死伤傷亡生男女大小多少高低胜勝败敗进進退是已"

// passing are what may come and go without a change of fact.
const passing = "的了着著过過在于於和与與及并並而也都就还還将將把被对對向从從为為是有这這那其之等个個名位据據悉目前今天昨日讯訊表示称稱说說道报報导導记者記介绍紹透露此外同时時另该該本はがをにでともやのへからますしたいるれなどこそ"

// kanaNots are the negations of Japanese, in kana.
var kanaNots = []string{"ない", "なかっ", "ません", "ず", "ぬ"}

// ideographs adds to a hunk what differs in scripts without spaces between words.
func (c *comparison) ideographs(h *hunk, a, b *sentence, run dewline.Run) {
	old, gone := ideographRun(a, run.A0, run.A1)
	fresh, come := ideographRun(b, run.B0, run.B1)
	if old == "" && fresh == "" {
		return
	}
	kind := dewline.FactName
	if denies(old) != denies(fresh) || verdictHan(old) != verdictHan(fresh) {
		kind = dewline.FactVerdict
	} else if trivial(old, fresh) || trivial(worn(old), worn(fresh)) || trivial(undenied(old), undenied(fresh)) && denies(old) && denies(fresh) || c.introducedHan(old, fresh) || c.pronoun(old, fresh) {
		return
	}
	if old != "" {
		gone.kind = kind
		h.old = append(h.old, gone)
	}
	if fresh != "" {
		come.kind = kind
		h.new = append(h.new, come)
	}
}

// undenied is a run without its negation.
func undenied(s string) string { return negations.Replace(s) }

var negations = strings.NewReplacer("没有", "", "沒有", "", "并未", "", "並未", "", "尚未", "", "未", "", "没", "", "沒", "")

// officesHan stand beside those who were introduced with them.
var officesHan = strings.Fields("总统 總統 总理 總理 首相 部长 部長 大臣 外长 外長 防长 防長 发言人 發言人 国防部 主席 司令 将军 將軍 大统领 大統領")

// introducedHan reports an office that was put before somebody, of a country or a body
// that the other text names too.
func (c *comparison) introducedHan(old, fresh string) bool {
	if old != "" && fresh != "" {
		return false
	}
	other := c.a.text
	if old != "" {
		other = c.b.text
	}
	for _, o := range officesHan {
		if of, ok := strings.CutSuffix(old+fresh, o); ok {
			return of == "" || strings.Contains(other, of)
		}
	}
	return false
}

// pronouns stand for a name that a text says elsewhere.
var pronouns = set("他 她 它 其 该国 該國 对方 對方 彼 同氏")

// pronoun reports a name in the place of a pronoun, or the other way round, that both
// texts have.
func (c *comparison) pronoun(old, fresh string) bool {
	return pronouns[old] && strings.Contains(c.a.text, fresh) || pronouns[fresh] && strings.Contains(c.b.text, old)
}

// ideographRun is the ideographs among some tokens.
func ideographRun(s *sentence, from, to int) (text string, f fact) {
	if s == nil {
		return "", f
	}
	var b strings.Builder
	last := -1
	for i := from; i < to; i++ {
		t := &s.tokens[i]
		if t.kind != ideograph || t.stamp || t.line {
			continue
		}
		if last < 0 {
			f = fact{start: t.start, before: s.beside(i, -1)}
		}
		b.WriteString(t.key)
		last = i
	}
	if last >= 0 {
		f.key, f.end, f.next = b.String(), s.tokens[last].end, s.beside(last, 1)
	}
	return f.key, f
}

func denies(s string) bool {
	for _, n := range kanaNots {
		if strings.Contains(s, n) {
			return true
		}
	}
	return strings.ContainsAny(s, "不未没沒无無非否别別勿莫")
}

// verdictHan is the class of what a run of Han says.
func verdictHan(s string) string {
	for _, v := range []struct{ class, words string }{
		{"denies", "否认 否認 否定 驳斥 駁斥 拒绝 拒絕 辟谣 拒否 反論"}, {"confirms", "证实 證實 确认 確認 承认 承認 批准 同意 認め 肯定"},
	} {
		for _, w := range strings.Fields(v.words) {
			if strings.Contains(s, w) {
				return v.class
			}
		}
	}
	return ""
}

// trivial reports a difference that can be no fact.
func trivial(old, fresh string) bool {
	if strings.ContainsAny(old+fresh, telling) {
		return strings.Trim(old+fresh, passing) == "" && !denies(old+fresh)
	}
	if strings.Trim(old+fresh, passing) == "" {
		return true
	}
	x, y := []rune(old), []rune(fresh)
	return len(x) <= 1 && len(y) <= 1
}

// wornTable are words that come and go without a change of fact: titles, agencies, and
// words for saying and doing; of each the characters that stand for it.
const wornTable = `新华社 新華社 中新社 中新网 人民日报 央视 央視 新华网 环球网 环球时报 参考消息 解放军报 路透社 法新社 美联社 美聯社 塔斯社 共同社 韩联社 韓聯社 朝中社 中央社 時事通信 共同通信 朝鮮中央通信 聯合ニュース 讯 消息
	客户端 客戶端 总统 總統 总理 總理 新闻 新聞 大校 上校 中校 少校 少将 中将 上将 将军 先生 女士 发言人 發言人 新闻发言人 部长 部長 大臣 報道官 報道官は 局长 局長 主任 司令 司令员
	表示 称 稱 说 說 指出 强调 強調 透露 宣布 宣佈 公布 公佈 发布 發布 发表 發表 介绍 介紹 通报 通報 报道 報道 報導 声明 聲明 回应 告诉 告訴 認為 认为 述べ 語っ 明らかに 発表 公表 説明 伝え 報じ
	试验 試驗 测试 測試 试射 試射 実験 試験 举行 舉行 进行 進行 开展 開展 实施 實施 展开 展開 近日 日前 当天 當天 当日 當日 昨天 今天 今日 昨日 目前 当前 现在 此前 随后 此外 另外 同时 周一 周二 周三 周四 周五 周六 周日 星期一 据悉 據悉 获悉 獲悉
	强烈 強烈 坚决 堅決 严重 明确 明確 正式 大约 大約 约 近 共 总共 一直 继续 繼續 仍 仅 最新 新型 所谓 积极 積極 迅速 立即 当地 现场 方面 强力 高度 密切 当地时间
	成功 顺利 圆满 大量 许多 众多 主要 重要 有关 相关 相關 方面 情况 情況 消息 记者 記者 我们 我們 他们 他 她 它 该国 當地 当地 当地时间 北京时间 时间 時間 一次 一個 一个 一枚 这一 这次 此次 本次 再 又 已经 已經 正在 曾 曾经 上午 下午`

// wornWords are those words, the longest first.
var wornWords = func() []string {
	words := strings.Fields(wornTable)
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}()

var wornOut = func() *strings.Replacer {
	var pairs []string
	for _, w := range wornWords {
		pairs = append(pairs, w, "")
	}
	return strings.NewReplacer(pairs...)
}()

// worn is a run without what comes and goes.
func worn(s string) string { return wornOut.Replace(s) }
