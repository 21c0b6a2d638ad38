package parser

import (
	"strconv"
	"strings"

	"dewline"
)

// level is one way to identify an entry; each next one is worse.
type level int

const (
	byGUID  level = iota
	byLink        // the canonical link
	byTitle       // title and date
	byBytes       // all that the entry says
	levels
	nowhere // not at all
)

// told is an entry on its way to an identity.
type told struct {
	*fields
	fingerprint uint64
	level       level
	canonical   string // the canonical link, once it was asked for
}

// page is the canonical link. It is made once: one entry is compared with very many.
func (t *told) page() string {
	if t.canonical == "" && t.url != "" {
		t.canonical = canonical(t.url)
	}
	return t.canonical
}

// identity is what identifies the entry at its level; empty if it has nothing there.
func (t *told) identity() dewline.Identity {
	switch t.level {
	case byGUID:
		return dewline.Identity{Kind: dewline.IdentityGUID, Value: lastingGUID(t.guid, t.url)}
	case byLink:
		if t.url == "" {
			return dewline.Identity{}
		}
		return dewline.Identity{Kind: dewline.IdentityLink, Value: t.page()}
	case byTitle:
		if t.title == "" {
			return dewline.Identity{}
		}
		return dewline.Identity{Kind: dewline.IdentityTitle, Value: t.title + "\x00" + t.when()}
	}
	if t.level == nowhere {
		return dewline.Identity{}
	}
	return dewline.Identity{Kind: dewline.IdentityTitle, Value: t.title + "\x00" + t.when() + "\x00" +
		strconv.FormatUint(t.fingerprint, 16)}
}

// lastingGUID is the GUID without the time of an update that some publishers write behind it
// (gov.uk: the link, "#", the time): an edited statement is no other statement.
func lastingGUID(guid, link string) string {
	page, stamp, ok := strings.Cut(guid, "#")
	if !ok || link == "" || !isTime(stamp) || canonical(page) != canonical(link) {
		return guid
	}
	return page
}

// isTime reports whether a fragment is a time and no place in a page.
func isTime(fragment string) bool {
	_, ok := date(fragment)
	return ok && len(fragment) >= len("2026-11-23")
}

// differs reports whether two entries of one identity are two things: another link or
// title, or another date together with another text. Two copies of one entry are not, nor are
// the old and the new text of one GUID; without a GUID another text is another thing.
func (t *told) differs(other *told) bool {
	if t.title != other.title || t.url != other.url && t.page() != other.page() {
		return true
	}
	if t.level > byGUID && t.guid != other.guid {
		return true
	}
	return (t.level > byGUID || t.when() != other.when()) && (t.summary != other.summary || t.content != other.content)
}

// identify finds an identity for every entry. What identifies several different entries of one
// document identifies none of them: they all fall to the next level, so that all of them
// arrive.
func identify(entries []told) []dewline.Identity {
	ids := make([]dewline.Identity, len(entries))
	for at := range levels {
		first := make(map[dewline.Identity]int, len(entries))
		var shared map[dewline.Identity]bool
		for i := range entries {
			t := &entries[i]
			if t.level != at {
				continue
			}
			if ids[i] = t.identity(); ids[i].Value == "" {
				t.level++
				continue
			}
			j, again := first[ids[i]]
			if !again {
				first[ids[i]] = i
			} else if at < byBytes && entries[j].differs(t) {
				if shared == nil {
					shared = map[dewline.Identity]bool{}
				}
				shared[ids[i]] = true
			}
		}
		if shared == nil {
			continue
		}
		for i := range entries {
			if t := &entries[i]; t.level == at && shared[ids[i]] {
				t.level++
			}
		}
	}
	return ids
}

// identifyHalf finds the level at which the entry is identified in which a document was cut. What
// identifies it may stand after the cut, so it is sure only of what identifies all the
// whole entries: a GUID where it has one, the link where nobody has a GUID.
func identifyHalf(half *fields, whole []told) *told {
	t := &told{fields: half, fingerprint: half.fingerprint(), level: byGUID}
	if half.guid == "" {
		t.level = byLink
	}
	for i := range whole {
		if whole[i].level != t.level {
			t.level = nowhere
		}
	}
	if t.level == byLink && len(whole) == 0 {
		t.level = nowhere
	}
	return t
}
