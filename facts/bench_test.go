package facts_test

import (
	"strings"
	"testing"

	"dewline/facts"
)

// BenchmarkDiffer compares two copies of a text of about 500 words, with another
// dateline, another figure, and furniture.
func BenchmarkDiffer(b *testing.B) {
	paragraph := "The Ministry of Defence said the air force intercepted 12 of 15 drones that were launched at the port overnight, and that two soldiers were wounded before the attack ended. " +
		"President Zelensky told reporters in Kyiv that the system had cost $5 million and had a range of 300 km. "
	old := "Air force intercepts drones\n\n" + strings.Repeat(paragraph+"\n\n", 9)
	fresh := "Drones intercepted\n\nKYIV, Nov. 24 (Example) - " + strings.Repeat(strings.Replace(paragraph, "12 of 15", "13 of 15", 1)+"\n\n", 9) + "Follow us on Telegram\n\nEditor: Jane Doe"
	b.SetBytes(int64(len(old) + len(fresh)))
	for b.Loop() {
		if facts.Differ(old, fresh, "en") == nil {
			b.Fatal("nothing differs")
		}
	}
}

// BenchmarkDifferHan does so in Chinese.
func BenchmarkDifferHan(b *testing.B) {
	paragraph := "国防部新闻发言人吴谦表示,拦截弹在300公里外击中目标,三名军官在试验之前受伤,这一系统耗资12亿元。他说,试验是防御性的,不针对任何国家。"
	old := strings.Repeat(paragraph+"\n\n", 9)
	fresh := "新华社北京3月30日电 " + strings.Repeat(strings.Replace(paragraph, "三名", "五名", 1)+"\n\n", 9) + "责任编辑：李伟"
	b.SetBytes(int64(len(old) + len(fresh)))
	for b.Loop() {
		if facts.Differ(old, fresh, "zh") == nil {
			b.Fatal("nothing differs")
		}
	}
}
