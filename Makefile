# What a newcomer types. Each target installs what it needs, shows progress and can be repeated.

SWIFT ?= swift
BUILD := $(SWIFT) build -c release
BINARY := .build/release/martlet

.DEFAULT_GOAL := help
.PHONY: help run test build bench fuzz simulate torture lint format screenshots packages test-packages bench-packages

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  make run ARGS='--help'         other arguments for the demo"
	@echo "  make test FILTER=Exposition    only the tests whose name matches"

run: build ## Build and run the demo: a small shop's logs through the whole pipeline
	@$(BINARY) demo $(ARGS)

build: packages ## Build the release binary, .build/release/martlet
	$(BUILD) --product martlet

# Tests run on the release objects, without testability: the dependencies are compiled once for both
# (docs/decisions/0001-tests-run-in-release.md). Tests with real servers and time limits come one after the other,
# so that a small machine does not make them wait for each other.
TEST := $(SWIFT) test -c release --disable-testable-imports --disable-xctest
SERVED := ^(IntegrationTests|TransportTests|AdminTests|InputsTests|OutputsTests)\.

test: test-packages lint build ## Check the format, build, and run all tests
ifdef FILTER
	@scripts/run-tests $(TEST) --filter '$(FILTER)'
else
	@scripts/run-tests $(TEST) --skip '$(SERVED)'
	@scripts/run-tests $(TEST) --no-parallel --filter '$(SERVED)'
endif

simulate: ## One schedule of the spool's simulator: make simulate SEED=17 (or SCHEDULES=1000000 from SEED on)
	@MARTLET_SIMULATION_SEED=$(SEED) MARTLET_SIMULATION_SCHEDULES=$(SCHEDULES) $(TEST) --filter SimulationTests

torture: build ## Kill the agent a thousand times under load and count every line
	@MARTLET_TORTURE_KILLS=1000 $(TEST) --no-parallel --filter KillTests

bench: bench-packages ## Print MB/s and lines/s per CPU second, stage by stage
	MARTLET_BENCH=1 $(BUILD) --product Benchmarks
	.build/release/Benchmarks $(ARGS)
	MARTLET_BENCH=1 $(BUILD) --product RedactionBench
	.build/release/RedactionBench
	$(BUILD) --product martlet
	@scripts/bench-journal $(BINARY)

screenshots: build ## Draw every dashboard from a real Prometheus' answers, into docs/images
	@scripts/screenshots $(ARGS)

fuzz: test-packages ## Compare the parsers with a naive one on ten million random lines (FUZZ=N for others)
	MARTLET_FUZZ=$(or $(FUZZ),10000000) $(TEST) --filter 'ParserFuzzTests'

lint: ## Check the format of the sources, changing nothing
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests

format: ## Format the sources
	$(SWIFT) format format --in-place --parallel --recursive Package.swift Sources Tests

packages:
	@scripts/install-packages build

test-packages:
	@scripts/install-packages build test

bench-packages:
	@scripts/install-packages build bench
