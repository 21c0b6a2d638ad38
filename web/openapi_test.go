package web_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"dewline/web"
)

// schema is as much of JSON Schema as openapi.json uses.
type schema struct {
	Ref        string             `json:"$ref"`
	Type       any                `json:"type"` // a word or a list of words
	Properties map[string]*schema `json:"properties"`
	Additional json.RawMessage    `json:"additionalProperties"`
	Required   []string           `json:"required"`
	Items      *schema            `json:"items"`
	Enum       []string           `json:"enum"`
	Format     string             `json:"format"`
	Pattern    string             `json:"pattern"`
}

type media struct {
	Content map[string]struct{ Schema *schema } `json:"content"`
}

type openAPI struct {
	Paths map[string]map[string]struct {
		Parameters []struct {
			Name, In string
			Schema   map[string]any
		}
		Responses map[string]media
	}
	Components struct{ Schemas map[string]*schema }

	met map[string]bool // names of the schemas' properties that an answer had
}

func readOpenAPI(t *testing.T, h http.Handler) *openAPI {
	t.Helper()
	doc := &openAPI{met: make(map[string]bool)}
	if err := json.Unmarshal([]byte(get(t, h, "/api/v1/openapi.json")), doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// check holds a value against a schema and returns what is wrong.
func (d *openAPI) check(where string, s *schema, v any) (faults []string) {
	name := where
	if s.Ref != "" {
		name = strings.TrimPrefix(s.Ref, "#/components/schemas/")
		if s = d.Components.Schemas[name]; s == nil {
			return []string{where + ": there is no schema " + name}
		}
	}
	fault := func(form string, args ...any) {
		faults = append(faults, where+": "+fmt.Sprintf(form, args...))
	}
	if kind := kindOf(v); !s.allows(kind) {
		fault("%s, described as %v", kind, s.Type)
	}
	switch v := v.(type) {
	case map[string]any:
		for _, required := range s.Required {
			if _, ok := v[required]; !ok {
				fault("%s is missing", required)
			}
		}
		for key, value := range v {
			if p := s.Properties[key]; p != nil {
				d.met[name+"."+key] = true
				faults = append(faults, d.check(where+"."+key, p, value)...)
			} else if string(s.Additional) == "false" {
				fault("%s is not described", key)
			}
		}
	case []any:
		for _, value := range v {
			faults = append(faults, d.check(where+"[]", s.Items, value)...)
		}
	case string:
		if len(s.Enum) > 0 && !slices.Contains(s.Enum, v) {
			fault("%q is none of %v", v, s.Enum)
		}
		if s.Pattern != "" && !regexp.MustCompile(s.Pattern).MatchString(v) {
			fault("%q does not match %s", v, s.Pattern)
		}
		if _, err := time.Parse(time.RFC3339, v); s.Format == "date-time" && err != nil {
			fault("%v", err)
		}
	}
	return faults
}

func kindOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []any:
		return "array"
	case float64:
		if v == float64(int64(v)) {
			return "integer"
		}
		return "number"
	}
	return "object"
}

func (s *schema) allows(kind string) bool {
	words, many := s.Type.([]any)
	if !many {
		words = []any{s.Type}
	}
	return slices.Contains(words, any(kind)) || kind == "integer" && slices.Contains(words, any("number"))
}

// TestOpenAPI holds the description and the answers together, both ways: every
// answer is as described, and everything described is answered.
func TestOpenAPI(t *testing.T) {
	s := newSample(t, time.Now())
	h := s.handler()
	doc := readOpenAPI(t, h)
	askAs := func(described, path string) {
		t.Helper()
		var v any
		if err := json.Unmarshal([]byte(get(t, h, path)), &v); err != nil {
			t.Fatal(err)
		}
		for _, fault := range doc.check(path, doc.Paths[described]["get"].Responses["200"].Content["application/json"].Schema, v) {
			t.Error(fault)
		}
	}
	ask200 := func(path string) {
		t.Helper()
		bare, _, _ := strings.Cut(path, "?")
		askAs(bare, path)
	}
	for path, methods := range doc.Paths {
		if _, question := methods["get"]; question && !strings.Contains(path, "{id}") {
			ask200(path)
		}
	}
	doc.order(t, h, s, "/api/v1/deliveries/{id}/retry")
	doc.order(t, h, s, "/api/v1/deliveries/retry")
	for _, id := range s.ids {
		askAs("/api/v1/items/{id}", "/api/v1/items/"+id.String())
	}
	ask200("/api/v1/items?limit=1")
	ask200("/api/v1/items?query=missile&limit=1")
	ask200("/api/v1/items?query=missile+or+radar")
	ask200("/api/v1/deliveries?limit=1")
	ask200("/api/v1/silences?all=true")

	for _, path := range []string{"/api/v1/items?limit=x", "/api/v1/items?query=("} {
		var problem any
		res := ask(h, http.MethodGet, path)
		if err := json.Unmarshal([]byte(read(t, res)), &problem); err != nil {
			t.Fatal(err)
		}
		for _, fault := range doc.check("problem", &schema{Ref: "#/components/schemas/Problem"}, problem) {
			t.Error(fault)
		}
	}
	for name, s := range doc.Components.Schemas {
		for property := range s.Properties {
			if !doc.met[name+"."+property] {
				t.Errorf("%s.%s is described and no answer has it", name, property)
			}
		}
		if s.Additional == nil && s.Properties != nil {
			t.Errorf("%s does not say that it has no other properties", name)
		}
	}
}

// order gives an order and holds the answer against its description.
func (d *openAPI) order(t *testing.T, h http.Handler, s *sample, described string) {
	t.Helper()
	res := ask(h, http.MethodPost, strings.Replace(described, "{id}", s.dead().String(), 1))
	var v any
	if err := json.Unmarshal([]byte(read(t, res)), &v); err != nil {
		t.Fatal(err)
	}
	for _, fault := range d.check(described, d.Paths[described]["post"].Responses[strconv.Itoa(res.StatusCode)].Content["application/json"].Schema, v) {
		t.Error(fault)
	}
}

// TestOpenAPIParameters: what is described is taken, and nothing else is.
func TestOpenAPIParameters(t *testing.T) {
	h := newSample(t, time.Now()).handler()
	doc := readOpenAPI(t, h)
	for path, methods := range doc.Paths {
		var described []string
		method := http.MethodGet
		if _, order := methods["post"]; order {
			method = http.MethodPost
		}
		for _, p := range methods[strings.ToLower(method)].Parameters {
			if p.In == "query" {
				described = append(described, p.Name)
			}
		}
		res := ask(h, method, path+"?qqqqqqqqqqqqqqqqqqqqqq=1")
		text := read(t, res)
		if res.StatusCode != http.StatusBadRequest {
			t.Errorf("%s took a parameter that does not exist: %s", path, res.Status)
		}
		want := "known: " + strings.Join(described, ", ") + `"`
		if len(described) == 0 {
			want = "it takes none"
		}
		if !strings.Contains(text, want) {
			t.Errorf("%s: %s, described: %v", path, text, described)
		}
	}
}

// TestOpenAPIPaths: every path of the API is described.
func TestOpenAPIPaths(t *testing.T) {
	h := newSample(t, time.Now()).handler()
	got := slices.Sorted(maps.Keys(readOpenAPI(t, h).Paths))
	if want := web.APIPaths(); !slices.Equal(got, want) {
		t.Errorf("described: %v, answered: %v", got, want)
	}
}
