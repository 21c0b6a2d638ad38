package parser

import (
	"bytes"

	"dewline"
)

// bareText is the length under which a page has nothing to say: the text of challenge
// pages is shorter, that of real pages longer.
const bareText = 1200

// mark is a string by which a bot wall's page is known.
type mark struct {
	text string // lower case
	wall string
	bare bool // counts only on a page with next to no text: real pages carry it too
}

var marks = []mark{
	{"_cf_chl_opt", "Cloudflare", false},
	{"cf-browser-verification", "Cloudflare", false},
	{"<title>just a moment...</title>", "Cloudflare", false},
	{"attention required! | cloudflare", "Cloudflare", false},
	{"cf-error-details", "Cloudflare", true},
	{"/cdn-cgi/challenge-platform/", "Cloudflare", true},
	{"incapsula incident id", "Imperva", false},
	{"_incapsula_resource", "Imperva", true},
	{"pardon our interruption", "Imperva", true},
	{"errors.edgesuite.net", "Akamai", true},
	{"bm-verify", "Akamai", true},
	{"sec-if-cpt-container", "Akamai", false},
	{"/_sec/cp_challenge/", "Akamai", false},
	{"ddos-guard", "DDoS-Guard", true},
	{"check.ddos-guard.net", "DDoS-Guard", true},
	{"qrator", "Qrator", true},
	{"servicepipe", "Servicepipe", true},
	{"stormwall", "StormWall", true},
	{"variti", "Variti", true},
	{"captcha-delivery.com", "DataDome", true},
	{"px-captcha", "HUMAN", true},
	{"sucuri_cloudproxy_js", "Sucuri", false},
	{"sucuri website firewall", "Sucuri", true},
	{"awswafintegration", "AWS WAF", true},
	{"aws-waf-token", "AWS WAF", true},
	{"/tspd/", "F5", true},
	{"the requested url was rejected. please consult", "F5", true},
	{"anubis_challenge", "Anubis", false},
	{"making sure you're not a bot", "Anubis", true},
	{"acw_sc__v2", "Aliyun", true},
	{"yunsuo_session", "Yunsuo", true},
	{"__jsl_clearance", "Jiasule", true},
	{"checking your browser before", "a bot wall", true},
	{"verify you are human", "a bot wall", true},
	{"please enable cookies and javascript to continue", "a bot wall", true},
	{"slowaes.decrypt", "a bot wall", true},
	{"document.cookie=\"__test=", "a bot wall", true},
}

// wallOf is the name of the bot wall whose page this is; empty if it is none.
func wallOf(text []byte) string {
	head := bytes.ToLower(text[:min(len(text), sniffBytes)])
	bare := -1
	for _, m := range marks {
		if !bytes.Contains(head, []byte(m.text)) {
			continue
		}
		if m.bare && bare < 0 {
			bare = 0
			if len(text) > sniffBytes || len(Text(string(text))) > bareText {
				bare = 1
			}
		}
		if !m.bare || bare == 0 {
			return m.wall
		}
	}
	return ""
}

func challenge(wall string) dewline.Parsed {
	return dewline.Parsed{
		Status: dewline.StatusChallenge,
		Detail: "the server answered with a bot wall's page (" + wall + ") in place of the feed; " +
			"ask the publisher to let feed readers pass, or try other headers for this feed",
	}
}
