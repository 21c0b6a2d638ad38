package web_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"dewline/web"
)

// output stands for the output feeds.
var output = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/atom+xml")
	_, _ = io.WriteString(w, "<feed>"+r.URL.Path+"</feed>")
})

// logTo sends the log to the test.
func logTo(t testing.TB) *slog.Logger {
	return slog.New(slog.NewTextHandler(testWriter{t}, nil))
}

type testWriter struct{ t testing.TB }

func (w testWriter) Write(b []byte) (int, error) {
	w.t.Logf("%s", b)
	return len(b), nil
}

// ask puts one question to the handler.
func ask(h http.Handler, method, target string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// get is the body of an answer that has to be well.
func get(t *testing.T, h http.Handler, target string) string {
	t.Helper()
	res := ask(h, http.MethodGet, target)
	body := read(t, res)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %s\n%s", target, res.Status, body)
	}
	return body
}

func read(t *testing.T, res *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func (s *sample) handler() http.Handler { return web.New(s, s.opts) }
