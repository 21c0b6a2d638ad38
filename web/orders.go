package web

import (
	"fmt"
	"net/http"
	"net/url"

	"dewline"
)

// An order changes something, where all else is a question. A browser gives one from our own pages alone: with
// the account that it remembers, any web site could give it otherwise.

// mostOfAnOrder is the longest form that is read.
const mostOfAnOrder = 16 << 10

// orders are what may be posted, by path.
func (s *site) orders() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"/deliveries/retry":             s.retryForm,
		"/api/v1/deliveries/retry":      s.answer(s.apiRetryAll),
		"/api/v1/deliveries/{id}/retry": s.answer(s.apiRetry),
	}
}

// orderRoutes is the map of the orders.
func (s *site) orderRoutes() *http.ServeMux {
	mux := http.NewServeMux()
	for path, take := range s.orders() {
		mux.HandleFunc(path, take)
	}
	return mux
}

// takesOrders reports a path to which an order may be posted.
func (s *site) takesOrders(path string) bool {
	if s.Retry == nil {
		return false
	}
	_, pattern := s.posted.Handler(&http.Request{Method: http.MethodPost, URL: &url.URL{Path: path}})
	return pattern != ""
}

// ownOrigins knows an order that a browser sends from somebody else's page. What comes from no browser passes.
func ownOrigins(baseURL string) *http.CrossOriginProtection {
	own := http.NewCrossOriginProtection()
	if base, err := url.Parse(baseURL); err == nil && base.Host != "" {
		_ = own.AddTrustedOrigin(base.Scheme + "://" + base.Host) // behind a proxy the Host may be another
	}
	return own
}

// refusal is why a request is not let through by its method and origin; nil: it is.
func (s *site) refusal(r *http.Request) *fault {
	switch {
	case r.Method == http.MethodGet, r.Method == http.MethodHead, s.isHub(r):
		return nil
	case r.Method != http.MethodPost || !s.takesOrders(r.URL.Path):
		return &fault{status: http.StatusMethodNotAllowed, title: "Not allowed", detail: r.Method + " is not allowed here: this can only be read"}
	}
	if err := s.origins.Check(r); err != nil {
		return &fault{status: http.StatusForbidden, title: "From elsewhere", detail: "this was sent from a page that is not dewline's; where it was, set http.base_url to the address that readers use"}
	}
	return nil
}

// allowed are the methods that a path takes.
func (s *site) allowed(path string) string {
	if s.takesOrders(path) {
		return http.MethodPost
	}
	return "GET, HEAD"
}

type retried struct {
	Retried int `json:"retried"`
}

func (s *site) apiRetry(r *http.Request) (any, error) {
	if _, err := readParams(r); err != nil {
		return nil, err
	}
	n, err := s.retryOne(r, r.PathValue("id"))
	return retried{n}, err
}

func (s *site) apiRetryAll(r *http.Request) (any, error) {
	p, err := readParams(r, "receiver")
	if err != nil {
		return nil, err
	}
	n, err := s.retryAll(r, p.get("receiver"))
	return retried{n}, err
}

func (s *site) retryOne(r *http.Request, id string) (int, error) {
	key, err := dewline.ParseKey(id)
	if err != nil {
		return 0, badRequest("the id of a delivery is 32 hexadecimal digits")
	}
	n, err := s.Retry(r.Context(), []dewline.Key{key}, "")
	if err == nil && n == 0 {
		err = notFound("no dead letter has the id " + id)
	}
	return n, err
}

func (s *site) retryAll(r *http.Request, receiver string) (int, error) {
	if err := s.knownReceiver(r.Context(), receiver); err != nil {
		return 0, err
	}
	return s.Retry(r.Context(), nil, receiver)
}

// retryForm is an order of the page: a dead letter by its id, or all of what the page shows. It leads back there.
func (s *site) retryForm(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, mostOfAnOrder)
	n, err := 0, r.ParseForm()
	id, receiver := r.PostForm.Get("id"), r.PostForm.Get("receiver")
	switch {
	case err != nil:
		err = badRequest("the form cannot be read: " + err.Error())
	case id != "":
		n, err = s.retryOne(r, id)
	default:
		n, err = s.retryAll(r, receiver)
	}
	if err != nil {
		s.refuse(w, r, s.faultOf(r, err))
		return
	}
	back := url.Values{"state": {r.PostForm.Get("state")}, "receiver": {receiver}, "retried": {fmt.Sprint(n)}}
	w.Header().Set("Location", "../deliveries?"+back.Encode()) // relative: the site may be mounted anywhere
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusSeeOther)
}
