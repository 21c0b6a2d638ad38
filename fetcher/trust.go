package fetcher

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"time"
)

// CheckCertificates judges the certificates of a ca_file. A warning is of what
// will not help to trust any server, now or as this system is.
func CheckCertificates(text string) (warnings []string, err error) {
	_, warnings, err = trust(text, time.Now())
	return warnings, err
}

// trust is the system's pool with more certificates in it. A root is trusted by
// being named. Any other one, such as an intermediate that a server forgets to
// send, is trusted only if it leads to a root itself: then it can stand among the
// roots, as Go verifies a chain up to the first of them, and adds nobody to those
// whom the system trusts already. weak says which do not, and why.
func trust(text string, now time.Time) (pool *x509.CertPool, weak []string, err error) {
	all, err := certificates(text)
	if err != nil {
		return nil, nil, err
	}
	if pool, err = x509.SystemCertPool(); err != nil {
		pool = x509.NewCertPool()
	}
	var links []*x509.Certificate
	between := x509.NewCertPool()
	for _, c := range all {
		switch {
		case !selfSigned(c):
			links = append(links, c)
			between.AddCert(c)
		case now.After(c.NotAfter) || now.Before(c.NotBefore):
			weak = append(weak, outOfTime(c))
		default:
			pool.AddCert(c)
		}
	}
	roots := pool.Clone() // so that the links' order does not matter
	for _, c := range links {
		if why := linked(c, roots, between, now); why != "" {
			weak = append(weak, why)
			continue
		}
		pool.AddCert(c)
	}
	return pool, weak, nil
}

// certificates reads PEM; what else stands in it, a key or a comment, is left out.
func certificates(text string) ([]*x509.Certificate, error) {
	var all []*x509.Certificate
	for rest := []byte(text); ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type != "CERTIFICATE" {
			continue
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("certificate %d cannot be read: %w", len(all)+1, err)
		}
		all = append(all, c)
	}
	if len(all) == 0 {
		return nil, errors.New("there is no certificate in it; write PEM, which begins with -----BEGIN CERTIFICATE-----")
	}
	return all, nil
}

func selfSigned(c *x509.Certificate) bool {
	return bytes.Equal(c.RawSubject, c.RawIssuer) && c.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil
}

// linked says why a certificate leads to no root, or nothing.
func linked(c *x509.Certificate, roots, between *x509.CertPool, now time.Time) string {
	_, err := c.Verify(x509.VerifyOptions{
		Roots: roots, Intermediates: between, CurrentTime: now, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
	switch {
	case err == nil:
		return ""
	case now.After(c.NotAfter) || now.Before(c.NotBefore):
		return outOfTime(c)
	case errors.As(err, new(x509.UnknownAuthorityError)):
		return fmt.Sprintf("the certificate of %q was issued by %q, which is neither in the file nor trusted by this system: add that one too", c.Subject, c.Issuer)
	}
	return fmt.Sprintf("the certificate of %q is not used: %v", c.Subject, err)
}

func outOfTime(c *x509.Certificate) string {
	return fmt.Sprintf("the certificate of %q is valid from %s to %s only", c.Subject, c.NotBefore.Format(time.DateOnly), c.NotAfter.Format(time.DateOnly))
}
