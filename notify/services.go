package notify

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"dewline"

	"github.com/nicholas-fedor/shoutrrr/pkg/router"
	"github.com/nicholas-fedor/shoutrrr/pkg/services/chat/matrix"
	"github.com/nicholas-fedor/shoutrrr/pkg/types"
)

// kind is what we know of a service beside what shoutrrr does.
type kind struct {
	form   string // of its address, for people
	titled bool   // it shows a title apart from the text
	bytes  int    // the longest text in bytes; 0: no such limit
	runes  int    // the longest text in characters; 0: longestText
	title  int    // the longest title in characters; 0: longestSubject
}

// longestText is the longest text, in characters, for a service that names no limit.
const longestText = 4000

// kinds are the services that shoutrrr knows; a test keeps the two in step. The
// limits are the services' own, or shoutrrr's where that refuses more.
var kinds = map[string]kind{
	"bark":       {form: "bark://:DEVICE-KEY@HOST", titled: true, bytes: 3500}, // of Apple's 4 kB
	"discord":    {form: "discord://TOKEN@WEBHOOK-ID", titled: true, runes: 2000},
	"generic":    {form: "generic+https://HOST/PATH, or generic://HOST/PATH?template=json"},
	"googlechat": {form: "googlechat://chat.googleapis.com/v1/spaces/SPACE/messages?key=KEY&token=TOKEN"},
	"gotify":     {form: "gotify://HOST/TOKEN", titled: true},
	"hangouts":   {form: "hangouts://chat.googleapis.com/v1/spaces/SPACE/messages?key=KEY&token=TOKEN"},
	"ifttt":      {form: "ifttt://KEY/?events=EVENT"},
	"join":       {form: "join://shoutrrr:API-KEY@join/?devices=DEVICE", titled: true, bytes: 3500},
	"lark":       {form: "lark://open.larksuite.com/TOKEN?secret=SECRET", titled: true},
	"logger":     {form: "logger://"},
	"matrix":     {form: "matrix://:ACCESS-TOKEN@HOST/?rooms=!ROOM:HOST"},
	"mattermost": {form: "mattermost://HOST/TOKEN"},
	"notifiarr":  {form: "notifiarr://API-KEY?channel=CHANNEL-ID", titled: true, runes: 1900},
	"ntfy":       {form: "ntfy://HOST/TOPIC", titled: true, bytes: 4000}, // longer ones become attachments
	"opsgenie":   {form: "opsgenie://api.opsgenie.com/API-KEY", titled: true, title: 130},
	"pagerduty":  {form: "pagerduty:///INTEGRATION-KEY", runes: 1000},
	"pushbullet": {form: "pushbullet://TOKEN", titled: true},
	"pushover":   {form: "pushover://shoutrrr:API-TOKEN@USER-KEY", titled: true, runes: 1024},
	"rocketchat": {form: "rocketchat://HOST/TOKEN-A/TOKEN-B"},
	"signal":     {form: "signal://HOST:PORT/+SENDER/+RECIPIENT", runes: 2000},
	"slack":      {form: "slack://hook:T00000000-B00000000-XXXXXXXXXXXXXXXXXXXXXXXX@webhook, or slack://xoxb:TOKEN@CHANNEL", titled: true},
	"smtp":       {form: "smtp://USER:PASSWORD@HOST:PORT/?from=SENDER&to=RECIPIENT", titled: true},
	"teams":      {form: "teams://GROUP@TENANT/ALT-ID/GROUP-OWNER/EXTRA-ID?host=ORGANIZATION.webhook.office.com", titled: true},
	"telegram":   {form: "telegram://TOKEN@telegram?chats=CHAT", titled: true, bytes: 3800}, // 4096 with the title
	"wecom":      {form: "wecom://KEY", bytes: 2048},
	"zulip":      {form: "zulip://BOT-MAIL:KEY@HOST/?stream=STREAM&topic=TOPIC", bytes: 10000},
}

// CheckService judges the address of a chat or push service. The error is a
// *dewline.SyntaxError that shows nothing of the address, which holds tokens.
func CheckService(address string) error {
	u, name, fault := parseService(address)
	if fault != nil {
		return fault
	}
	if key := unsafeKey(u); key != "" {
		return &dewline.SyntaxError{Msg: "`" + key + "=` would trust any server that stands in the way", Hint: "leave it out; a server in your own network may be spoken to by http, which you must allow in fetch.allow_private"}
	}
	if _, err := openService(u, name, true); err != nil {
		return &dewline.SyntaxError{Msg: "shoutrrr refuses this " + name + " address: " + withoutTokens(err.Error(), u), Hint: "its form is " + kinds[name].form}
	}
	return nil
}

// parseService takes the address apart.
func parseService(address string) (u *url.URL, name string, fault *dewline.SyntaxError) {
	scheme, _, _ := strings.Cut(address, "://")
	name, _, _ = strings.Cut(strings.ToLower(scheme), "+")
	switch {
	case name == "http" || name == "https":
		return nil, "", &dewline.SyntaxError{Msg: "this is an address of the web, and does not say which service is meant", Hint: "for JSON to a server of your own use webhook:; else write generic+https://…"}
	case kinds[name].form == "":
		known := slices.Sorted(maps.Keys(kinds))
		return nil, "", &dewline.SyntaxError{Msg: "shoutrrr knows no such service", Hint: "an address begins with one of " + strings.Join(known, ", ") + ", and then ://"}
	}
	if u, err := url.Parse(address); err == nil {
		return u, name, nil
	}
	// What the error says may be a part of a token.
	return nil, "", &dewline.SyntaxError{Msg: "this is not an address", Hint: "its form is " + kinds[name].form + "; what is not a letter or digit in a token is written as %XX"}
}

// unsafeKey is a key of the query that turns off the check of certificates. Those of
// smtp, which has a connection of its own, are the administrator's.
func unsafeKey(u *url.URL) string {
	for key := range u.Query() {
		if k := strings.ToLower(key); k == "disabletlsverification" || k == "insecureskipverify" {
			return key
		}
	}
	return ""
}

// openService makes shoutrrr's service of an address. To check is not to open: a Matrix
// service logs in at once where it is given a password.
func openService(u *url.URL, name string, check bool) (s types.Service, err error) {
	defer func() {
		if r := recover(); r != nil { // the address is faulty in a way that shoutrrr does not expect
			err = errors.New("it cannot be read")
		}
	}()
	if name == "matrix" {
		if password, _ := u.User.Password(); password == "" {
			return nil, errors.New("it has no access token")
		}
		if check {
			return nil, new(matrix.Config).SetURL(u)
		}
	}
	if s, err = new(router.ServiceRouter).NewService(name); err != nil {
		return nil, err
	}
	if u.Scheme != name {
		custom, ok := s.(types.CustomURLService)
		if !ok {
			return nil, fmt.Errorf("it cannot be written as %s+…", name)
		}
		if u, err = custom.GetConfigURLFromCustom(u); err != nil {
			return nil, err
		}
	}
	return s, s.Initialize(u, nil)
}

// shows reports whether the service shows a title apart from the text.
func (k kind) shows(u *url.URL) bool {
	return k.titled || strings.HasPrefix(u.Scheme, "generic") && u.Query().Get("template") != ""
}

// over is by how much a text is too long, in what the service counts.
func (k kind) over(text string) int {
	if k.bytes > 0 {
		return len(text) - k.bytes
	}
	return utf8.RuneCountInString(text) - cmp.Or(k.runes, longestText)
}

// less is a text without so much of its end.
func (k kind) less(text string, by int) string {
	if k.bytes > 0 {
		return strings.ToValidUTF8(text[:max(len(text)-by, 0)], "")
	}
	all := []rune(text)
	return string(all[:max(len(all)-by, 0)])
}

// withoutTokens leaves what the address holds out of a text: what failed is told, and
// by which token is not.
func withoutTokens(text string, u *url.URL) string {
	var parts []string
	add := func(s string) {
		for _, form := range []string{s, url.PathEscape(s), url.QueryEscape(s)} {
			if len(form) > 3 && !slices.Contains(parts, form) {
				parts = append(parts, form)
			}
		}
	}
	add(u.Opaque)
	add(u.User.Username())
	if password, ok := u.User.Password(); ok {
		add(password)
		for _, p := range strings.FieldsFunc(password, func(r rune) bool { return strings.ContainsRune("-/,:", r) }) { // as Slack's are sent
			add(p)
		}
	}
	for _, p := range append(strings.Split(u.Path, "/"), u.Fragment, u.RawQuery) {
		add(p)
	}
	for _, values := range u.Query() {
		for _, v := range values {
			add(v)
		}
	}
	if u.User == nil && u.Hostname() != "" && !strings.Contains(u.Hostname(), ".") { // wecom://KEY
		add(u.Hostname())
	}
	slices.SortFunc(parts, func(a, b string) int { return len(b) - len(a) })
	for _, p := range parts {
		text = strings.ReplaceAll(text, p, "***")
	}
	return oneLine(text)
}
