package parser

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"dewline"
)

// jsonFeed is a JSON Feed 1.0 or 1.1. gofeed's reader loses a whole feed for one field of
// the wrong type, so this is ours; every field takes what it gets.
type jsonFeed struct {
	Version  text           `json:"version"`
	Title    text           `json:"title"`
	HomePage text           `json:"home_page_url"`
	FeedURL  text           `json:"feed_url"`
	Hubs     list[jsonHub]  `json:"hubs"`
	Next     text           `json:"next_url"`
	Language text           `json:"language"`
	About    text           `json:"description"`
	Author   list[person]   `json:"author"`
	Authors  list[person]   `json:"authors"`
	Items    list[jsonItem] `json:"items"`
}

type jsonItem struct {
	ID          text         `json:"id"`
	URL         text         `json:"url"`
	ExternalURL text         `json:"external_url"`
	Title       text         `json:"title"`
	HTML        text         `json:"content_html"`
	Text        text         `json:"content_text"`
	Summary     text         `json:"summary"`
	Published   text         `json:"date_published"`
	Modified    text         `json:"date_modified"`
	Language    text         `json:"language"`
	Author      list[person] `json:"author"`
	Authors     list[person] `json:"authors"`
	Tags        list[text]   `json:"tags"`
}

type person struct {
	Name text `json:"name"`
}

// text is a string, or a number or truth value written as one; anything else is empty.
type text string

// UnmarshalJSON takes any value.
func (t *text) UnmarshalJSON(raw []byte) error {
	switch raw[0] {
	case '"':
		return json.Unmarshal(raw, (*string)(t))
	case '{', '[', 'n':
		*t = ""
	default:
		*t = text(raw)
	}
	return nil
}

// list is an array, or one value in place of an array of one. null and what is no T is left out.
type list[T any] []T

// UnmarshalJSON takes any value.
func (l *list[T]) UnmarshalJSON(raw []byte) error {
	var all []json.RawMessage // not made of raw, or decoding would write into it
	if raw[0] != '[' {
		all = append(all, raw)
	} else if err := json.Unmarshal(raw, &all); err != nil {
		return err
	}
	for _, one := range all {
		var v T
		if string(one) != "null" && json.Unmarshal(one, &v) == nil {
			*l = append(*l, v)
		}
	}
	return nil
}

// readJSON reads a JSON Feed.
func readJSON(doc dewline.Document, body []byte) dewline.Parsed {
	body, cut, err := guardJSON(body)
	switch {
	case errors.Is(err, errHostile):
		return dewline.Parsed{Status: dewline.StatusHostile, Detail: "refused, because reading it could harm: " + err.Error() +
			"; nothing of it was taken in"}
	case body[0] == '[':
		return dewline.Parsed{Status: dewline.StatusNotFeed, Detail: "the body is a JSON list and no JSON Feed; check the address in a browser"}
	}
	var shape struct {
		Version, Items json.RawMessage
	}
	var feed jsonFeed
	if err = json.Unmarshal(body, &shape); err == nil {
		err = json.Unmarshal(body, &feed)
	}
	isFeed := strings.Contains(strings.ToLower(string(body[:min(len(body), 4096)])), "jsonfeed.org")
	switch {
	case err != nil && isFeed && cut:
		return cutShort("JSON Feed")
	case err != nil && isFeed:
		return malformed("JSON Feed", err)
	case err != nil || !isFeed && (len(shape.Items) == 0 || shape.Items[0] != '['):
		return dewline.Parsed{Status: dewline.StatusNotFeed, Detail: "the body is JSON, but no JSON Feed; check the address in a browser"}
	}
	return jsonParsed(doc, &feed, cut)
}

func jsonParsed(doc dewline.Document, feed *jsonFeed, cut bool) dewline.Parsed {
	version := strings.TrimPrefix(string(feed.Version[strings.LastIndexByte(string(feed.Version), '/')+1:]), "version")
	p := dewline.Parsed{
		Format: strings.TrimSpace(fmt.Sprintf("JSON Feed %s", version)), Title: line(string(feed.Title)),
		Link: webLink(parseBase(doc.URL), string(feed.HomePage)), Language: language(string(feed.Language)),
		Description: line(string(feed.About)), Authors: tidy(names(feed.Author, feed.Authors), author),
		Paging: dewline.Paging{Next: webLink(parseBase(doc.URL), string(feed.Next))},
	}
	p.Offer = jsonOffer(parseBase(doc.URL), feed)
	all, authors := make([]fields, len(feed.Items)), shared(names(feed.Author, feed.Authors))
	for i := range feed.Items {
		all[i] = feed.Items[i].fields()
		if len(all[i].authors) == 0 {
			all[i].authors = authors
		}
	}
	collect(doc, &p, all)
	settle(&p, cut, len(p.Entries))
	return p
}

func (j *jsonItem) fields() fields {
	f := fields{
		guid: string(j.ID), permalink: true, link: string(cmp.Or(j.URL, j.ExternalURL)), title: string(j.Title), titleIs: asPlain,
		summary: string(j.Summary), summaryIs: asPlain, content: string(j.HTML),
		published: string(j.Published), updated: string(j.Modified), language: string(j.Language),
		authors: names(j.Author, j.Authors),
	}
	if f.content == "" {
		f.content, f.contentIs = string(j.Text), asPlain
	}
	for _, t := range j.Tags {
		f.categories = append(f.categories, string(t))
	}
	return f
}

func names(lists ...list[person]) []string {
	var out []string
	for _, l := range lists {
		for _, p := range l {
			out = append(out, string(p.Name))
		}
	}
	return out
}
