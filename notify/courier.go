package notify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/textproto"
	"net/url"
	"strings"
	"time"

	"github.com/nicholas-fedor/shoutrrr/pkg/services/chat/discord"
	"github.com/nicholas-fedor/shoutrrr/pkg/types"
	"github.com/nicholas-fedor/shoutrrr/pkg/util/jsonclient"
)

// A courier is a process that tells one service one thing and ends. shoutrrr takes
// neither a context nor, in most of its services, a client or a limit of time; some
// panic, some wait minutes, one calls a fault of the network a success. A process of
// its own can be ended, can be given one transport for all it asks, and what that saw
// is the judgement. See docs/adr/0018.

// errand is what a courier is given.
type errand struct {
	URL   string         `json:"url"`
	Title string         `json:"title"`
	Body  string         `json:"body"`
	Plain bool           `json:"plain"` // the text is ours, and no mark-up
	Allow []netip.Prefix `json:"allow"` // networks that may be reached although not public
}

// report is what came of it.
type report struct {
	Answer string        `json:"answer"`
	Error  string        `json:"error"` // empty: delivered
	Final  bool          `json:"final"`
	Gone   bool          `json:"gone"`
	After  time.Duration `json:"after"`
	Log    []string      `json:"log"` // what logger:// was told
}

// Courier reads one errand, carries it out and writes its report. It changes what the
// whole process uses for HTTP: the process must do nothing else.
func Courier(in io.Reader, out io.Writer, transport func(allow []netip.Prefix) http.RoundTripper) error {
	var e errand
	if err := json.NewDecoder(in).Decode(&e); err != nil {
		return fmt.Errorf("no errand to carry out: %w", err)
	}
	w := &witness{next: transport(e.Allow)}
	http.DefaultTransport = w
	return json.NewEncoder(out).Encode(w.carry(e))
}

// witness is the transport of a courier: it lets everything through that shoutrrr asks, but
// redirects, and remembers what was answered.
type witness struct {
	next   http.RoundTripper
	name   string   // of the service
	asked  int      // requests that tell something
	answer string   // the last one
	fault  *failure // what failed; of several, one that may pass
}

// RoundTrip asks, and judges the answer as that of a webhook.
func (w *witness) RoundTrip(req *http.Request) (*http.Response, error) {
	if w.name != "matrix" || strings.Contains(req.URL.Path, "/send/") { // it logs in and enters its rooms before
		w.asked++
	}
	resp, err := w.next.RoundTrip(req)
	if err != nil {
		w.blame(&failure{err: err})
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	_ = resp.Body.Close()
	if err != nil {
		w.blame(&failure{err: err})
		return nil, err
	}
	seen := *resp
	seen.Body = io.NopCloser(bytes.NewReader(body))
	if w.answer, err = judge(&seen); err != nil {
		w.blame(asFailure(err))
	}
	if resp.StatusCode/100 == 3 { // a client that follows it would ask by GET, without the message
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

func (w *witness) blame(f *failure) {
	if w.fault == nil || w.fault.final && !f.final {
		w.fault = f
	}
}

// Do is for a service that would repeat what failed, and wait in between: whether and when is
// the dispatcher's decision.
func (w *witness) Do(req *http.Request) (*http.Response, error) {
	resp, err := (&http.Client{Transport: w}).Do(req)
	if err == nil && resp.StatusCode < 300 {
		return resp, nil
	}
	return nil, errors.New("not delivered")
}

// carry tells the service.
func (w *witness) carry(e errand) report {
	u, name, fault := parseService(e.URL)
	if fault != nil {
		return report{Error: fault.Error(), Final: true}
	}
	w.name = name
	var said lines
	err := w.tell(u, name, e, &said)
	r := w.verdict(name, err)
	r.Log = said
	r.Answer, r.Error = withoutTokens(r.Answer, u), withoutTokens(r.Error, u)
	return r
}

func (w *witness) tell(u *url.URL, name string, e errand, said *lines) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("shoutrrr broke off: %v", r)
		}
	}()
	s, err := openService(u, name, false)
	if err != nil {
		return err
	}
	w.equip(s)
	if name == "logger" { // the log of any other may hold tokens
		s.SetLogger(said)
	}
	params := types.Params{}
	if e.Title != "" {
		params.SetTitle(e.Title)
	}
	if name == "telegram" && e.Plain { // what a source wrote is no mark-up, though the address says so
		params["parsemode"] = "None"
	}
	return s.Send(e.Body, &params)
}

// equip gives our transport to the services that bring one of their own.
func (w *witness) equip(s types.Service) {
	switch x := s.(type) {
	case interface{ SetHTTPClient(client *http.Client) }: // ntfy, pagerduty
		x.SetHTTPClient(&http.Client{Transport: w})
	case interface{ GetHTTPClient() *http.Client }: // gotify, mattermost
		x.GetHTTPClient().Transport = w
	case *discord.Service:
		x.HTTPClient = w
	}
}

// verdict is what a sending came to. What the servers answered counts before what
// shoutrrr makes of it.
func (w *witness) verdict(name string, err error) report {
	var reply *textproto.Error // of a mail server
	var unread jsonclient.Error
	switch {
	case w.fault != nil:
		return report{Answer: w.answer, Error: w.fault.Error(), Final: w.fault.final, Gone: w.fault.gone, After: w.fault.after}
	case err == nil && w.asked > 0:
		return report{Answer: w.answer}
	case err == nil && (name == "smtp" || name == "logger"):
		return report{Answer: "done"}
	case err == nil:
		return report{Answer: w.answer, Error: "the service was told nothing: its address names nobody whom it could tell"}
	case errors.As(err, &unread) && unread.StatusCode/100 == 2 && strings.TrimSpace(unread.Body) == "":
		return report{Answer: w.answer} // it took it, and has nothing to say
	case name == "smtp":
		return report{Error: err.Error(), Final: errors.As(err, &reply) && reply.Code >= 500}
	}
	// A service that answers 2xx and then says that it failed may recover; where nothing
	// was asked, shoutrrr refuses the message itself, and will again.
	return report{Answer: w.answer, Error: err.Error(), Final: w.answer == ""}
}

// lines is a log that is kept.
type lines []string

func (l *lines) Print(v ...any)                 { *l = append(*l, fmt.Sprint(v...)) }
func (l *lines) Println(v ...any)               { *l = append(*l, fmt.Sprint(v...)) }
func (l *lines) Printf(format string, v ...any) { *l = append(*l, fmt.Sprintf(format, v...)) }
