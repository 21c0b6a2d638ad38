package filter

// arena gives out slices of large pieces: for the many short lists that live as long
// as the rules, and stand beside one another where they are used together.
type arena[T any] struct{ rest []T }

const arenaPiece = 1 << 10

// take gives a slice of n zero values, which cannot grow.
func (a *arena[T]) take(n int) []T {
	if n > len(a.rest) {
		a.rest = make([]T, max(n, arenaPiece))
	}
	s := a.rest[:n:n]
	a.rest = a.rest[n:]
	return s
}
