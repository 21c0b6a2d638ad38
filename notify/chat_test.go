package notify

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"dewline"

	"github.com/nicholas-fedor/shoutrrr/pkg/router"
)

// told is what a service was sent.
type told struct {
	host, path, auth string
	header           http.Header
	body             string
}

// testService is a receiver by an address of shoutrrr, in which HOST stands for a server on loopback
// that stands for all others too.
func testService(t *testing.T, address string, answer http.HandlerFunc) (*chat, *[]told) {
	t.Helper()
	var all []told
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		all = append(all, told{r.Header.Get("X-Host"), r.URL.Path, r.Header.Get("Authorization"), r.Header, string(body)})
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	host := strings.TrimPrefix(s.URL, "http://")
	c, err := newChat(dewline.Service{URL: dewline.Secret(strings.ReplaceAll(address, "HOST", host))}, forms{}, Options{
		BaseURL: "https://watch.example.org", Courier: testCourier(host), Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return c, &all
}

func says(code int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
	}
}

const (
	slackHook  = "slack://hook:T0AAAAAAA-B0BBBBBBB-cccccccccccccccccccccccc@webhook"
	botToken   = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawx"
	discordURL = "discord://" + botToken2 + "@693853386302554172"
	botToken2  = "W3dE2OZz4C13_4z_uHfDOoC7BqTW288s-z1ykqI0iJnY_HjRqMGO8Sc7YDqvf_KVKjhJ"
)

// Each service gets the message where it expects it: as shoutrrr speaks to a server
// that answers as the service does.
func TestServices(t *testing.T) {
	const title = "[Anti-missile issue] Joint briefing on <anti-missile> issue"
	for _, c := range []struct {
		name, address, answer, path, host string
		want                              []string // in the body
		title                             func(told) string
	}{
		{name: "ntfy", address: "ntfy://HOST/alerts?scheme=http", answer: `{"id":"x"}`, path: "/alerts", title: func(s told) string { return s.header.Get("Title") }},
		{name: "ntfy that says nothing", address: "ntfy://HOST/alerts?scheme=http", path: "/alerts", title: func(s told) string { return s.header.Get("Title") }},
		{name: "Slack", address: slackHook, answer: "ok", path: "/services/T0AAAAAAA/B0BBBBBBB/cccccccccccccccccccccccc", host: "hooks.slack.com", want: []string{"&lt;anti-missile&gt;"}},
		{name: "Telegram", address: "telegram://" + botToken + "@telegram?chats=@desk", answer: `{"ok":true,"result":{"message_id":1}}`, path: "/bot" + botToken + "/sendMessage", host: "api.telegram.org"},
		{name: "Telegram with mark-up", address: "telegram://" + botToken + "@telegram?chats=@desk&parsemode=Markdown", answer: `{"ok":true,"result":{"message_id":1}}`, path: "/bot" + botToken + "/sendMessage", host: "api.telegram.org", want: []string{`"parse_mode": "HTML"`, "&lt;anti-missile&gt;"}},
		{name: "Discord", address: discordURL, path: "/api/webhooks/693853386302554172/" + botToken2, host: "discord.com"},
		{name: "Matrix", address: "matrix://:t0ken@HOST/?rooms=!room:example.org&disableTLS=yes", answer: `{"room_id":"!room:example.org","event_id":"$1"}`, path: "/_matrix/client/r0/rooms/!room:example.org/send/m.room.message"},
		{name: "Signal", address: "signal://HOST/+441234567890/+441234567891?disabletls=yes", answer: `{"timestamp":1}`, path: "/v2/send"},
		{name: "generic", address: "generic+http://HOST/hook", path: "/hook"},
		{name: "generic JSON", address: "generic://HOST/hook?template=json&disabletls=yes", path: "/hook"},
		{name: "gotify", address: "gotify://HOST/Aaa.bbb.ccc.ddd?disabletls=yes", answer: `{"id":1}`, path: "/message"},
		{name: "mattermost", address: "mattermost://HOST/t0ken?disabletls=yes", path: "/hooks/t0ken"},
		{name: "googlechat", address: "googlechat://chat.googleapis.com/v1/spaces/FOO/messages?key=bar&token=baz", answer: "{}", path: "/v1/spaces/FOO/messages", host: "chat.googleapis.com", want: []string{"&lt;anti-missile&gt;"}},
		{name: "pushover", address: "pushover://shoutrrr:t0ken@us3r", answer: "{}", path: "/1/messages.json", host: "api.pushover.net"},
		{name: "zulip", address: "zulip://bot%40zulip.example.org:key@zulip.example.org?stream=a&topic=b", answer: "{}", path: "/api/v1/messages", host: "zulip.example.org"},
	} {
		t.Run(c.name, func(t *testing.T) {
			chat, sent := testService(t, c.address, says(http.StatusOK, c.answer))
			if err := CheckService(chat.address.Reveal()); err != nil {
				t.Error(err)
			}
			answer, err := chat.send(t.Context(), sampleMessage())
			if err != nil || answer != "200 OK" || len(*sent) == 0 {
				t.Fatal(answer, err)
			}
			last := (*sent)[len(*sent)-1]
			if last.path != c.path || c.host != last.host {
				t.Errorf("asked %q at %q", last.path, last.host)
			}
			body := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&", `\n`, "\n").Replace(last.body)
			if form, err := url.QueryUnescape(body); err == nil && strings.HasPrefix(last.header.Get("Content-Type"), "application/x-www-form-urlencoded") {
				body = form
			}
			want := c.want
			if want == nil {
				want = []string{"Source: UK MOD", "Dated: 23 November 2026, 09:00 UTC", "First seen: 23 November 2026, 10:00 UTC", "Rule: Anti-missile issue (anti-missile in the title",
					"https://mod.example/1", "https://watch.example.org/items/07000000000000000000000000000000"}
			}
			for _, w := range want {
				if !strings.Contains(body, w) {
					t.Errorf("%q is not in\n%s", w, body)
				}
			}
			if c.title != nil && c.title(last) != title {
				t.Errorf("the title is %q", c.title(last))
			}
			if n := strings.Count(body, "Joint briefing"); c.title == nil && n != 2 { // title and snippet
				t.Errorf("the title is told %d times\n%s", n-1, body)
			}
		})
	}
}

// A failure is judged by the answer of the server, and does not show the token.
func TestServiceAnswers(t *testing.T) {
	telegram := "telegram://" + botToken + "@telegram?chats=@desk"
	for _, c := range []struct {
		name, address string
		code          int
		body          string
		final, gone   bool
		after         time.Duration
		want          string
	}{
		{name: "ntfy limits", address: "ntfy://HOST/s3crettopic?scheme=http", code: 429, body: `{"code":42901,"http":429,"error":"limit reached"}`, after: 7 * time.Second, want: "429 Too Many Requests: "},
		{name: "ntfy is down", address: "ntfy://HOST/s3crettopic?scheme=http", code: 503, after: 7 * time.Second, want: "503 Service Unavailable"},
		{name: "ntfy wants a login", address: "ntfy://HOST/s3crettopic?scheme=http", code: 403, body: "s3crettopic is reserved", final: true, want: "403 Forbidden: *** is reserved"},
		{name: "Slack refuses", address: slackHook, code: 404, body: "no_service", final: true, want: "404 Not Found: no_service"},
		{name: "Slack is gone", address: slackHook, code: 410, body: "channel_is_archived", gone: true, want: "410 Gone"},
		{name: "Slack says no with 200", address: "slack://xoxb:123456789012-1234567890123-4mt0t4l1YL3g1T5L4cK70k3N@C001CH4NN3L", code: 200, body: `{"ok":false,"error":"ratelimited"}`, want: "ratelimited"},
		{name: "Telegram refuses", address: telegram, code: 401, body: `{"ok":false,"error_code":401,"description":"Unauthorized"}`, final: true, want: "401 Unauthorized"},
		{name: "Discord limits", address: discordURL, code: 429, body: `{"retry_after": 7}`, after: 7 * time.Second, want: "429"},
		{name: "Discord is down", address: discordURL, code: 500, after: 7 * time.Second, want: "500"},
		{name: "a redirect", address: "generic+http://HOST/s3cret", code: 302, after: 0, want: "is not followed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			chat, sent := testService(t, c.address, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Retry-After", "7")
				w.Header().Set("Location", "/elsewhere")
				says(c.code, c.body)(w, nil)
			})
			_, err := chat.send(t.Context(), sampleMessage())
			if err == nil || len(*sent) != 1 {
				t.Fatalf("error %v after %d requests, want one of each", err, len(*sent))
			}
			f := asFailure(err)
			if f.final != c.final || f.gone != c.gone || f.after != c.after || !strings.Contains(f.Error(), c.want) {
				t.Errorf("%+v", f)
			}
			for _, token := range []string{"s3cret", "cccccccccccc", botToken, botToken2, "4mt0t4l1YL3g1T5L4cK70k3N"} {
				if strings.Contains(f.Error(), token) {
					t.Errorf("the token is shown: %v", f)
				}
			}
		})
	}
}

// What shoutrrr makes of a network that fails is a success with Telegram and a panic with Zulip. It is
// neither.
func TestServiceDown(t *testing.T) {
	for _, address := range []string{
		"telegram://" + botToken + "@telegram?chats=@desk", "zulip://bot%40zulip.example.org:s3cretkey@zulip.example.org?stream=a&topic=b",
		"ntfy://127.0.0.1:1/s3crettopic?scheme=http", discordURL, "matrix://:s3crettoken@127.0.0.1:1/?rooms=!r:h&disableTLS=yes",
	} {
		chat, _ := testService(t, address, says(http.StatusOK, ""))
		chat.courier = testCourier("127.0.0.1:1")
		_, err := chat.send(t.Context(), sampleMessage())
		if f := asFailure(err); err == nil || f.final || !strings.Contains(err.Error(), "connection refused") {
			t.Errorf("%s: %+v", address, f)
		}
		if strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), botToken) {
			t.Errorf("the token is shown: %v", err)
		}
	}
}

// Who enters no room tells nobody, though nothing failed.
func TestServiceTellsNobody(t *testing.T) {
	chat, sent := testService(t, "matrix://:t0ken@HOST/?disableTLS=yes", says(http.StatusOK, `{"joined_rooms":[]}`))
	_, err := chat.send(t.Context(), sampleMessage())
	if err == nil || asFailure(err).final || !strings.Contains(err.Error(), "was told nothing") || len(*sent) != 1 {
		t.Fatal(err)
	}
}

// A service that hangs is given up at the time limit, and nothing of it stays.
func TestServiceHangs(t *testing.T) {
	hung := make(chan struct{})
	chat, _ := testService(t, "generic+http://HOST/hook", func(_ http.ResponseWriter, r *http.Request) {
		<-r.Context().Done() // the courier's end
		close(hung)
	})
	chat.timeout = time.Second
	_, err := chat.send(t.Context(), sampleMessage())
	if err == nil || asFailure(err).final || !strings.Contains(err.Error(), "generic did not answer within 1s") {
		t.Fatal(err)
	}
	<-hung
}

// A text is as long as the service takes it, and the links are not what is lost.
func TestServiceLimits(t *testing.T) {
	for _, c := range []struct {
		address string
		fits    func(string) bool
	}{
		{"telegram://" + botToken + "@telegram?chats=@desk", func(s string) bool { return len(s) <= 3800 }},
		{discordURL, func(s string) bool { return utf8.RuneCountInString(s) <= 2000 }},
		{"wecom://k3yk3yk3y", func(s string) bool { return len(s) <= 2048 }},
		{"pushover://shoutrrr:t0ken@us3r", func(s string) bool { return utf8.RuneCountInString(s) <= 1024 }},
	} {
		chat, _ := testService(t, c.address, says(http.StatusOK, ""))
		m := sampleMessage()
		m.item.Title = strings.Repeat("Противоракетный вопрос ", 50)
		m.match.Snippet = strings.Repeat("Совместный брифинг по противоракетной проблеме. ", 500)
		m.match.Hits = slices.Repeat([]dewline.Hit{{Term: "противоракетн*", Field: "title", Text: "противоракетной"}}, 20)
		title, body, err := chat.compose(m.telling("https://watch.example.org"))
		if err != nil || !c.fits(body) || !utf8.ValidString(body) || utf8.RuneCountInString(title) > longestSubject {
			t.Errorf("%s: %d bytes, %v", c.address, len(body), err)
		}
		if !strings.HasSuffix(body, m.link("https://watch.example.org")) || !strings.Contains(body, "Совместный брифинг") {
			t.Errorf("%s: the link or the snippet is lost:\n%s", c.address, body)
		}
	}
}

// Nobody can call everybody in the room by the title of a statement.
func TestServiceCallsNobody(t *testing.T) {
	m := sampleMessage()
	m.item.Title = "<!channel> @everyone @here, @**all** & others"
	for address, want := range map[string]string{
		slackHook:  "&lt;!channel&gt; @everyone",
		discordURL: "<!channel> @\u2060everyone @\u2060here, @\u2060**all** & others",
	} {
		chat, _ := testService(t, address, says(http.StatusOK, ""))
		if title, _, err := chat.compose(m.telling("")); err != nil || !strings.Contains(title, want) {
			t.Errorf("%q, %v", title, err)
		}
	}
}

// What shoutrrr can speak to, and what we know of, are the same services.
func TestServicesAreKnown(t *testing.T) {
	known := new(router.ServiceRouter).ListServices()
	slices.Sort(known)
	for _, name := range known {
		if kinds[name].form == "" {
			t.Errorf("%s is not known to us", name)
		}
		if fault := CheckService(name + "://"); fault == nil && name != "logger" && name != "generic" && name != "smtp" {
			t.Logf("%s:// alone is accepted", name)
		}
	}
	if len(known) != len(kinds) {
		t.Errorf("shoutrrr has %d services, we %d", len(known), len(kinds))
	}
}

func TestCheckService(t *testing.T) {
	for _, c := range []struct{ address, want string }{
		{"", "knows no such service"},
		{"s3cret", "knows no such service"},
		{"https://hooks.slack.com/services/s3cret", "does not say which service"},
		{"slack://hook:s3cret@webhook", "refuses this slack address"},
		{"slack://hook:s3cret", "not an address"},
		{"telegram://s3cret@telegram?chats=a", "refuses this telegram address"},
		{"ntfy://s3cret.example.org", "topic is required"},
		{"ntfy://example.org/s3crettopic?prioriti=s3cret", "refuses this ntfy address"},
		{"ntfy://example.org/s3crettopic?disabletlsverification=yes", "would trust any server"},
		{"matrix://example.org/?rooms=s3cret", "has no access token"},
		{"matrix://:t0ken@example.org/?rooms=,", ""},
		{"matrix://user:s3cret@127.0.0.1:1/", ""}, // it is not asked
		{"telegram+https://s3cret", "refuses this telegram address"},
		{"logger://", ""},
	} {
		err := CheckService(c.address)
		switch faults := dewline.SyntaxFaults(err); {
		case c.want == "":
			if err != nil && !strings.Contains(err.Error(), "cannot be read") {
				t.Errorf("%s: %v", c.address, err)
			}
		case len(faults) != 1 || !strings.Contains(faults[0].Msg, c.want) || faults[0].Hint == "":
			t.Errorf("%s: %v, want %q", c.address, err, c.want)
		case strings.Contains(err.Error(), "s3cret"):
			t.Errorf("%s: the secret is shown: %v", c.address, err)
		}
	}
}

// Whatever the address is, checking it neither panics nor shows what it holds.
func FuzzCheckService(f *testing.F) {
	for name := range kinds {
		f.Add(name, "t0ken-t0ken@host/t0ken?key=t0ken")
	}
	f.Fuzz(func(t *testing.T, name, rest string) {
		if _, known := kinds[name]; known && utf8.ValidString(rest) {
			_ = CheckService(name + "://" + rest)
		}
	})
}
