package config

import (
	"fmt"
	"os"
	"regexp"
	"strings"
)

// replacement is a ${VARIABLE} that was replaced: where it was written, and
// where what it stands for is now. Offsets in bytes.
type replacement struct {
	written, writtenEnd int
	now, nowEnd         int
}

// variable finds ${NAME}, and $${ which stands for a plain ${.
var variable = regexp.MustCompile(`\$\$\{|\$\{([^}]*)\}?`)

// variableName is what may stand between the braces.
var variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// expand replaces the variables of a scalar. complain is told of each that
// cannot be, with its offset in the scalar.
func expand(s *scalar, complain func(from, to int, msg, hint string)) {
	if !strings.Contains(s.written, "${") {
		s.value = s.written
		return
	}
	var b strings.Builder
	end := 0
	for _, m := range variable.FindAllStringSubmatchIndex(s.written, -1) {
		b.WriteString(s.written[end:m[0]])
		r := replacement{written: m[0], writtenEnd: m[1], now: b.Len()}
		if m[2] < 0 {
			b.WriteString("${")
		} else if value, msg, hint := lookUp(s.written[m[0]:m[1]], s.written[m[2]:m[3]]); msg != "" {
			complain(m[0], m[1], msg, hint)
		} else {
			b.WriteString(value)
		}
		r.nowEnd = b.Len()
		s.replacements = append(s.replacements, r)
		end = m[1]
	}
	b.WriteString(s.written[end:])
	s.value = b.String()
}

func lookUp(written, name string) (value, msg, hint string) {
	if !variableName.MatchString(name) || !strings.HasSuffix(written, "}") {
		return "", fmt.Sprintf("%s is not a variable", quoted(written)), "write ${NAME}, or $${ for a plain ${"
	}
	value, ok := os.LookupEnv(name)
	if !ok {
		return "", fmt.Sprintf("the environment variable %s is not set", name), "set it, or write $${ for a plain ${"
	}
	return value, "", ""
}

// origin is the offset in the written scalar of an offset in its value.
func (s scalar) origin(offset int) int {
	shift := 0
	for _, r := range s.replacements {
		if offset < r.now {
			break
		}
		if offset < r.nowEnd {
			return r.written
		}
		shift = r.writtenEnd - r.nowEnd
	}
	return min(max(offset+shift, 0), len(s.written))
}
