# The commands of a developer. Each prints what it runs.

GOLANGCI_LINT = github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
GOVULNCHECK   = golang.org/x/vuln/cmd/govulncheck@v1.9.0

.PHONY: build test deps lint vuln bench fuzz demo screenshot

# One static binary, bin/dewline.
build:
	CGO_ENABLED=0 go build -trimpath -o bin/dewline ./cmd/dewline

# Everything that CI decides by.
test: deps
	go vet ./...
	@bad="$$(gofmt -l .)"; test -z "$$bad" || { echo "not in the form of gofmt:"; echo "$$bad"; exit 1; }
	go test -race -timeout 14m ./...

# What the tests need and this machine lacks: a C compiler for -race, a browser
# for the page, systemd-analyze for the unit.
deps:
	@.ci/deps

# The first run builds the linter, which takes some minutes.
lint:
	go run $(GOLANGCI_LINT) run

# Known faults in what we build on. Asks vuln.go.dev over the network.
vuln:
	go run $(GOVULNCHECK) ./...

# Figures, not judgements: make bench BENCH=Poll
BENCH = .
bench:
	go test -run '^$$' -bench '$(BENCH)' -benchmem ./...

# Every fuzz test for a while: make fuzz FUZZTIME=5m
FUZZTIME = 10s
fuzz:
	@for dir in $$(go list -f '{{.Dir}}' ./...); do \
		for f in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' $$dir/*_test.go 2>/dev/null); do \
			echo "go test -run '^$$' -fuzz '^$$f$$' -fuzztime $(FUZZTIME) $$dir"; \
			go test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) "$$dir" || exit 1; \
		done; \
	done

# The whole product on loopback, without network or configuration.
demo:
	go run ./cmd/dewline demo

# The picture of the page in the README, from sample data, by a real browser.
screenshot:
	go test ./web -run TestScreenshot -count=1 -screenshot $(CURDIR)/docs/page.png
