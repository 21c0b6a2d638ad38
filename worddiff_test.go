package dewline_test

import (
	"slices"
	"strings"
	"testing"

	"dewline"

	"pgregory.net/rapid"
)

// wdiff writes edits as the program of that name does.
func wdiff(edits []dewline.Edit) string {
	var b strings.Builder
	for _, e := range edits {
		switch e.Op {
		case dewline.EditDelete:
			b.WriteString("[-" + e.Text + "-]")
		case dewline.EditInsert:
			b.WriteString("{+" + e.Text + "+}")
		case dewline.EditSkip:
			b.WriteString("…")
		default:
			b.WriteString(e.Text)
		}
	}
	return b.String()
}

func TestDiffText(t *testing.T) {
	for _, c := range []struct{ name, before, after, want string }{
		{"nothing", "", "", ""},
		{"the same", "They met.", "They met.", "They met."},
		{"a word", "fired 3 missiles at dawn", "fired 5 missiles at dawn", "fired [-3-]{+5+} missiles at dawn"},
		{"words one after another", "the old tin can", "the new iron can", "the [-old tin-]{+new iron+} can"},
		{"inserted", "He denied it.", "He firmly denied it.", "He {+firmly +}denied it."},
		{"deleted at the end", "They met today.", "They met", "They met[- today.-]"},
		{"from nothing", "", "They met.", "{+They met.+}"},
		{"typography", "“It’s on” – he said…", "\"It's on\" - he said...", "\"It's on\" - he said..."},
		{"white space", "one  two\nthree", "one two three", "one two three"},
		{"blocks stay apart", "One two.\n\nThree four.", "One six.\n\nFive four.", "One [-two-]{+six+}.\n\n[-Three-]{+Five+} four."},
		{"numbers are whole", "1,000 men", "1,500 men", "[-1,000-]{+1,500+} men"},
		{"Han by character", "试射三枚导弹", "试射五枚导弹", "试射[-三-]{+五+}枚导弹"},
		{"Kana by character", "ミサイルを発射", "ミサイルを確認", "ミサイルを[-発射-]{+確認+}"},
		{"Thai", "ยิงขีปนาวุธ", "ยิงจรวด", "ยิง[-ขีปนาวุธ-]{+จรวด+}"},
		{"Hangul by word", "미사일 발사를 확인했다", "미사일 발사를 부인했다", "미사일 발사를 [-확인했다-]{+부인했다+}"},
		{"Cyrillic", "ведомство подтверждает", "ведомство отрицает", "ведомство [-подтверждает-]{+отрицает+}"},
		{"a decomposed letter is one", "cafe\u0301 open", "cafe open", "[-cafe\u0301-]{+cafe+} open"},
	} {
		if got := wdiff(dewline.DiffText(c.before, c.after)); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
}

// The texts can be put together again from the edits.
func TestDiffTextIsWhole(t *testing.T) {
	words := rapid.SampledFrom([]string{"missile", "missiles", " ", "  ", "\n\n", "three", "反", "导", ".", "don't", "1,000", "\u0301", "ก"})
	text := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(words, 0, 30).Draw(t, "words"), "") })
	rapid.Check(t, func(t *rapid.T) {
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		var a, b strings.Builder
		var last dewline.EditOp
		for _, e := range dewline.DiffText(before, after) {
			if e.Op == last || e.Text == "" {
				t.Errorf("two edits of one kind, or an empty one: %q", e)
			}
			last = e.Op
			if e.Op != dewline.EditInsert {
				a.WriteString(e.Text)
			}
			if e.Op != dewline.EditDelete {
				b.WriteString(e.Text)
			}
		}
		if b.String() != after {
			t.Errorf("the newer text is %q, of the edits %q", after, b.String())
		}
		// What is equal is as the newer text has it: the older one is whole but for white space.
		if x, y := strings.Fields(before), strings.Fields(a.String()); !slices.Equal(x, y) {
			t.Errorf("the older text is %q, of the edits %q", before, a.String())
		}
	})
}

func TestShortenEdits(t *testing.T) {
	before := "a b c d e f g h i 3 j k l m n o p q r s. t"
	after := strings.Replace(before, "3", "5", 1)
	if got, want := wdiff(dewline.ShortenEdits(dewline.DiffText(before, after), 2)), "…h i [-3-]{+5+} j k…"; strings.Join(strings.Fields(got), " ") != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := dewline.ShortenEdits(dewline.DiffText("a b 3", "a b 5"), 2); wdiff(got) != "a b [-3-]{+5+}" {
		t.Errorf("what is short was shortened: %q", got)
	}
}

// common is the length of a longest common subsequence, by the definition.
func common(a, b []int) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		before := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = before + 1
			} else {
				row[j+1] = max(row[j], above)
			}
			before = above
		}
	}
	return row[len(b)]
}

// The runs cover both lists in order, what is common is the same, and nothing that
// could be common is lost.
func TestCompare(t *testing.T) {
	list := rapid.SliceOfN(rapid.IntRange(0, 4), 0, 40)
	rapid.Check(t, func(t *rapid.T) {
		a, b := list.Draw(t, "a"), list.Draw(t, "b")
		var i, j, same int
		for _, r := range dewline.Compare(a, b) {
			if r.A0 != i || r.B0 != j {
				t.Fatalf("a run begins at %d, %d, the one before ended at %d, %d", r.A0, r.B0, i, j)
			}
			i, j = r.A1, r.B1
			if r.Same {
				same += r.A1 - r.A0
				if !slices.Equal(a[r.A0:r.A1], b[r.B0:r.B1]) {
					t.Fatalf("%v and %v are not the same", a[r.A0:r.A1], b[r.B0:r.B1])
				}
			}
		}
		if i != len(a) || j != len(b) || same != common(a, b) {
			t.Fatalf("%d of %d, %d of %d, %d in common of %d", i, len(a), j, len(b), same, common(a, b))
		}
	})
}

// Lists that have next to nothing in common are divided by what both have once, and
// take no time that grows with their product.
func TestCompareFarApart(t *testing.T) {
	const n = 300_000
	a, b := make([]int, n), make([]int, n)
	for i := range n {
		a[i], b[i] = i%7, 10+i%7
	}
	for i := 1000; i < n; i += 1000 { // each once
		a[i], b[i+3-i%2] = i, i
	}
	same := 0
	for _, r := range dewline.Compare(a, b[:n-5]) {
		if r.Same {
			same += r.A1 - r.A0
		}
	}
	if want := n/1000 - 1; same != want {
		t.Errorf("%d in common, want %d", same, want)
	}
}
