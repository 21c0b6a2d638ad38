package filter

import (
	"strings"
	"testing"

	"dewline"
)

// A word is found as it is written on the mainland, in Taiwan and in Hong Kong.
func TestHanIsAlikeEverywhere(t *testing.T) {
	for _, pair := range strings.Fields(`反导/反導 宣布/宣佈 发布/發佈 占领/佔領 驻扎/駐紮 周一/週一 这里/這裏 这里/這裡 雇佣兵/僱傭兵
		泄漏/洩漏 托管/託管 击毁/擊燬 净空/淨空 游击队/遊擊隊 升级/昇級 污染/汙染 卫星/衞星 卫星/衛星 众议院/衆議院
		证实/証實 启动/啓動 群/羣 为/爲 台湾/臺灣 发射/發射`) {
		a, b, _ := strings.Cut(pair, "/")
		for _, query := range [][2]string{{a, b}, {b, a}} {
			r := mustCompile(t, dewline.Rule{Name: "r", Query: query[0]})
			if len(r.Match(&dewline.Item{Content: "国防部" + query[1] + "消息"})) != 1 {
				t.Errorf("%s does not find %s", query[0], query[1])
			}
		}
	}
	for _, apart := range []string{"核/该", "导/道", "弹/单", "反/返"} {
		a, b, _ := strings.Cut(apart, "/")
		if r := mustCompile(t, dewline.Rule{Name: "r", Query: a}); len(r.Match(&dewline.Item{Content: b})) != 0 {
			t.Errorf("%s finds %s", a, b)
		}
	}
}
