.PHONY: build test

build:
	go build -o bin/dewline ./cmd/dewline

test:
	go vet ./...
	go test -race ./...
