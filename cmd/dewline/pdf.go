package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"time"

	"dewline"
	"dewline/parser"

	"github.com/spf13/cobra"
)

// A PDF is a program as much as a document: it can be made so that reading it takes
// all time or memory there is, and the libraries that read it cannot be stopped. So it is
// read by a process of its own, which the kernel ends.
const (
	pdfTimeout = 30 * time.Second
	pdfCPU     = 20      // seconds
	pdfMemory  = 1 << 30 // bytes
	pdfCommand = "pdf-text"
)

// readArticle reads what an item links to.
func readArticle(ctx context.Context, doc dewline.Document) dewline.Article {
	if !parser.IsPDF(doc) {
		return parser.Article(doc)
	}
	p, err := readPDF(ctx, doc.Body)
	return parser.PDFArticle(doc, p, err)
}

// pdfAnswer is what the process that reads a PDF writes.
type pdfAnswer struct {
	PDF   parser.PDF
	Error string
}

func readPDF(ctx context.Context, body []byte) (p parser.PDF, err error) {
	ctx, cancel := context.WithTimeout(ctx, pdfTimeout)
	defer cancel()
	cmd := itself(ctx, pdfCommand)
	cmd.WaitDelay = time.Second
	cmd.Stdin = bytes.NewReader(body)
	out, err := cmd.Output()
	var answer pdfAnswer
	switch {
	case errors.As(err, new(*exec.ExitError)) || ctx.Err() != nil:
		return p, errors.New("reading it took too much time or memory")
	case err != nil:
		return p, fmt.Errorf("no process to read it: %w", err)
	case json.Unmarshal(out, &answer) != nil:
		return p, errors.New("nothing came of reading it")
	case answer.Error != "":
		return p, errors.New(answer.Error)
	}
	return answer.PDF, nil
}

// pdfTextCommand is the process that reads a PDF. It is no part of the command line that
// people use.
func (p *program) pdfTextCommand() *cobra.Command {
	return &cobra.Command{
		Use: pdfCommand, Hidden: true, Args: cobra.NoArgs,
		Short: "Read the text of a PDF from standard input, for the daemon",
		RunE: func(*cobra.Command, []string) error {
			if err := limitProcess(pdfCPU, pdfMemory); err != nil {
				return fmt.Errorf("the process cannot be limited, so it reads no PDF: %w", err)
			}
			body, err := io.ReadAll(p.stdin)
			if err != nil {
				return err
			}
			var answer pdfAnswer
			if answer.PDF, err = parser.ReadPDF(body); err != nil {
				answer.Error = err.Error()
			}
			return json.NewEncoder(p.stdout).Encode(answer)
		},
	}
}
