package facts

import (
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
func ideographs(h *hunk, a, b *sentence, run dewline.Run) {
	old, gone := ideographRun(a, run.A0, run.A1)
	fresh, come := ideographRun(b, run.B0, run.B1)
	if old == "" && fresh == "" {
		return
	}
	kind := dewline.FactName
	if denies(old) != denies(fresh) || verdictHan(old) != verdictHan(fresh) {
		kind = dewline.FactVerdict
	} else if trivial(old, fresh) {
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

// ideographRun is the ideographs among some tokens.
func ideographRun(s *sentence, from, to int) (text string, f fact) {
	if s == nil {
		return "", f
	}
	for i := from; i < to; i++ {
		t := &s.tokens[i]
		if t.kind != ideograph || t.stamp {
			continue
		}
		if text == "" {
			f = fact{start: t.start, line: t.line, before: s.beside(i, -1)}
		}
		text += t.key
		f.end, f.next = t.end, s.beside(i, 1)
	}
	f.key = text
	return text, f
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
