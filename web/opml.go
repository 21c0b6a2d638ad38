package web

import (
	"bytes"
	"net/http"

	"dewline"
)

// opml lists the polled feeds, for another reader.
func (s *site) opml(w http.ResponseWriter, r *http.Request) {
	var b bytes.Buffer
	if err := dewline.WriteOPML(&b, "Feeds polled by dewline", s.Feeds); err != nil {
		s.refuse(w, r, s.faultOf(r, err))
		return
	}
	w.Header().Set("Content-Type", "text/x-opml; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="dewline.opml"`)
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(b.Bytes())
}
