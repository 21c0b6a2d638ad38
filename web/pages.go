package web

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"dewline"
)

// view makes a page's data; name is its template.
type view struct {
	name string
	make func(r *http.Request, now time.Time) (any, error)
}

func (s *site) pageRoutes(mux *http.ServeMux) {
	mux.HandleFunc("/search", s.searchHandler)
	for path, v := range map[string]view{
		"/{$}":         {"overview", s.overview},
		"/items/{id}":  {"item", s.item},
		"/status":      {"status", s.statusPage},
		"/status/{id}": {"feed", s.feedPage},
		"/rules":       {"rules", s.rulesPage},
		"/deliveries":  {"deliveries", s.deliveries},
		"/": {"", func(*http.Request, time.Time) (any, error) {
			return nil, notFound("There is no page at this address.")
		}},
	} {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			data, err := v.make(r, time.Now())
			if err == nil {
				err = s.show(w, http.StatusOK, v.name, data)
			}
			if err != nil {
				s.refuse(w, r, s.faultOf(r, err))
			}
		})
	}
}

// seqParam reads where a list goes on; 0 where it begins.
func seqParam(r *http.Request, name string) (uint64, error) {
	s := r.FormValue(name)
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil || n == 0 {
		return 0, badRequest(name + " in the address is not a number; follow the links of the page.")
	}
	return n, nil
}

// pageParam reads the number of a page, from 1.
func pageParam(r *http.Request) (int, error) {
	n, err := seqParam(r, "page")
	if err != nil || n > 1_000_000 {
		return 1, badRequest("page in the address is not the number of a page; follow the links of the page.")
	}
	return max(1, int(n)), nil
}

// sheet is one page of a list that is cut by number.
type sheet struct {
	First, Last, All int // what is shown, from 1; 0 for nothing
	Newer, Older     int // numbers of the pages before and after; 0 for none
}

// cut is the given page of a list, and where it stands in it. A page behind the
// end is empty.
func cut[T any](all []T, page, size int) ([]T, sheet) {
	from := min((page-1)*size, len(all))
	to := min(from+size, len(all))
	s := sheet{First: from + 1, Last: to, All: len(all), Newer: page - 1}
	if to < len(all) {
		s.Older = page + 1
	}
	if from == to {
		s.First, s.Last = 0, 0
	}
	return all[from:to], s
}

// hitsOf are what several matches found.
func hitsOf(matches []dewline.Match) (all []dewline.Hit) {
	for _, m := range matches {
		all = append(all, m.Hits...)
	}
	return all
}

// ruleView is a rule as the page names it.
type ruleView struct {
	dewline.Rule
	Known bool // configured now
	Count uint64
	Last  *stamp
}

// named is a rule as a match remembers it.
func (s *site) named(ref dewline.RuleRef) ruleView {
	if r, ok := s.rules[ref.Name]; ok {
		return ruleView{Rule: r, Known: true}
	}
	return ruleView{Rule: dewline.Rule{Name: ref.Name, Title: ref.Title}}
}

func (s *site) ruleViews(ctx context.Context, rules []dewline.Rule, now time.Time) (list []ruleView, err error) {
	for _, r := range rules {
		n, last, err := s.found(ctx, r.Name)
		if err != nil {
			return nil, err
		}
		list = append(list, ruleView{Rule: r, Known: true, Count: n, Last: at(last, now)})
	}
	return list, nil
}

const rulesOnSheet = 50

func (s *site) rulesPage(r *http.Request, now time.Time) (any, error) {
	page, err := pageParam(r)
	if err != nil {
		return nil, err
	}
	data := struct {
		frame
		Rules []ruleView
		Sheet sheet
	}{frame: s.frame(r, "Rules", "rules")}
	rules, sheet := cut(s.Rules, page, rulesOnSheet)
	data.Sheet = sheet
	data.Rules, err = s.ruleViews(r.Context(), rules, now)
	for _, rule := range rules {
		data.Offers = append(data.Offers, alternates(rule.Name, rule.Title)[0])
	}
	return data, err
}
