package demo

import "dewline"

// terminal is the receiver that prints the alerts.
const terminal = "terminal"

// Rules returns the demo's rules. The first alerts; the others only publish.
func Rules() []dewline.Rule {
	return []dewline.Rule{{
		Name: "anti-missile", Title: "Anti-missile issue", Stories: dewline.StoriesFirst, Alert: []string{terminal},
		Query: `anti-missile OR missile-defence OR missile-defense OR anti-ballistic
			OR Raketenabwehr OR antimisil OR antimissili OR antimíssil OR przeciwrakietowy OR "füze savunma"
			OR противоракетная OR =ПРО OR "الدفاع الصاروخي"
			OR 反导 OR 导弹防御 OR ミサイル防衛 OR 迎撃ミサイル OR "미사일 방어" OR 요격미사일`,
	}, {
		Name: "hypersonic", Title: "Hypersonic weapons", Stories: dewline.StoriesFirst,
		Query: `hypersonic OR hypersonique OR hipersónico OR Hyperschallwaffe OR гиперзвуковой
			OR 高超音速 OR 極超音速 OR 극초음속`,
	}, {
		Name: "arms-control", Title: "Arms control and disarmament", Stories: dewline.StoriesFirst, Tags: []string{"ministry", "institute"},
		Query: `arms-control OR disarmament OR non-proliferation OR désarmement OR Abrüstung OR Rüstungskontrolle OR desarme
			OR разоружение OR "контроль над вооружениями" OR 军控 OR 裁军 OR 軍縮 OR 군축`,
	}}
}
