package dewline

import "sync"

// OneHan is the character that stands for a character of Han in whatever form it is written: simplified,
// traditional, or as Hong Kong and Taiwan have it. Any other one stands for itself.
func OneHan(c rune) rune {
	const first = 0x3400
	if c < first {
		return c
	}
	if one, ok := han()[c]; ok {
		return one
	}
	return c
}

var han = sync.OnceValue(func() map[rune]rune {
	m := make(map[rune]rune)
	var from rune
	for _, c := range hanVariants {
		if from == 0 {
			from = c
			continue
		}
		m[from], from = c, 0
	}
	return m
})
