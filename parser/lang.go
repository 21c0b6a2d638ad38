package parser

import "strings"

// language is a BCP 47 tag from what feeds write: en_us, EN-gb, zh-hans-cn. What is no
// tag is empty.
func language(s string) string {
	s = strings.TrimSpace(s)
	if len(s) < 2 || len(s) > 35 {
		return ""
	}
	parts := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == '-' || r == '_' })
	for i, p := range parts {
		if len(p) > 8 || strings.Trim(p, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return ""
		}
		switch {
		case i == 0:
			if len(p) < 2 || len(p) > 3 || strings.ContainsAny(p, "0123456789") {
				return ""
			}
		case len(p) == 2:
			parts[i] = strings.ToUpper(p)
		case len(p) == 4 && p[0] > '9':
			parts[i] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "-")
}
