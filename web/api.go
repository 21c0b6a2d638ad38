package web

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"net/http"
)

//go:embed openapi.json
var openAPI []byte

// question answers an API request with a value to be written as JSON.
type question func(*http.Request) (any, error)

// questions are the paths that openapi.json describes; a test holds the two
// together.
func (s *site) questions() map[string]question {
	return map[string]question{
		"/api/v1/items":        s.apiItems,
		"/api/v1/items/{id}":   s.apiItem,
		"/api/v1/feeds":        s.apiFeeds,
		"/api/v1/rules":        s.apiRules,
		"/api/v1/deliveries":   s.apiDeliveries,
		"/api/v1/silences":     s.apiSilences,
		"/api/v1/polls":        s.apiPolls,
		"/api/v1/openapi.json": apiDescription,
	}
}

func apiDescription(r *http.Request) (any, error) {
	_, err := readParams(r)
	return json.RawMessage(openAPI), err
}

func (s *site) apiRoutes(mux *http.ServeMux) {
	for path, ask := range s.questions() {
		mux.HandleFunc(path, s.answer(ask))
	}
	mux.HandleFunc("/api/", s.answer(func(*http.Request) (any, error) {
		return nil, notFound("there is nothing at this address; /api/v1/openapi.json describes the API")
	}))
}

func (s *site) answer(ask question) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := ask(r)
		if err != nil {
			s.refuse(w, r, s.faultOf(r, err))
			return
		}
		body, err := encode(v)
		if err != nil {
			s.refuse(w, r, s.faultOf(r, err))
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = w.Write(body)
	}
}

// encode writes whole answers: what cannot be written must not look like a
// short list.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return b.Bytes(), err
}

// problem is an error as RFC 9457 writes it.
type problem struct {
	Type     string    `json:"type"`
	Title    string    `json:"title"`
	Status   int       `json:"status"`
	Detail   string    `json:"detail"`
	Position *position `json:"position,omitempty"`
}

func writeProblem(w http.ResponseWriter, f *fault) {
	body, _ := encode(problem{Type: "about:blank", Title: http.StatusText(f.status), Status: f.status, Detail: f.detail, Position: f.place})
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(f.status)
	_, _ = w.Write(body)
}
