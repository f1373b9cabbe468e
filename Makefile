# `make` lists the targets. Everything runs without questions and without more rights than the user's own.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo stop status logs urls test environment test-quick lint fuzz bench faults screenshots up clean lock

# PYTHON=/path/to/python3 chooses the Python that makes the virtual environment.
ifeq ($(origin PYTHON),undefined)
PYTHON := $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell command -v $(name) 2>/dev/null)))
endif

# PORT=9400 moves the demo to port 9400 and those after it.
export PORT

run := .venv/bin/python
# What needs the stack beside what does not; ARGS=-n0 runs one test after the other.
pytest := $(run) -m pytest --numprocesses 2
bootstrap = $(if $(PYTHON),$(PYTHON),$(error Python 3.11 or newer is needed, and no python3 was found. Install it (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python), then run the same command again)) infra/local/bootstrap.py
# Targets that only look or stop have nothing to do where nothing was ever installed.
if_installed = test -x $(run) || { echo "Nothing is installed yet. \`make demo\` does it." >&2; exit 0; };

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | while IFS='|' read -r target line; do printf '%-18s %s\n' "$$target" "$$line"; done

demo: ## start everything, load the demo year, print its concurrency report
	@$(bootstrap) local
	@$(run) -m infra.local up
	@$(run) -m infra.demo

stop: ## stop the demo; data stays
	@$(if_installed) $(run) -m infra.local down

status: ## each process of the demo: state, time, memory
	@$(if_installed) $(run) -m infra.local status

logs: ## what the processes of the demo say (on a terminal: until Ctrl-C)
	@$(if_installed) $(run) -m infra.local logs

urls: ## one line per service and one for the gateway: name, address
	@$(if_installed) $(run) -m infra.local urls

test: ## every test, against a real PostgreSQL and a real Kafka
	@$(bootstrap) test
	@$(run) -m infra.local.browser
	@$(pytest) $(ARGS)

environment: ## the virtual environment that the tests need (.venv), and nothing else
	@$(bootstrap) test

test-quick: ## the tests that need no server
	@$(bootstrap) test
	@$(pytest) --no-servers $(ARGS)

lint: ## style, types, and who may import whom
	@$(bootstrap) test
	@$(run) -m ruff check .
	@$(run) -m ruff format --check .
	@$(run) -m mypy services shared infra
	@.venv/bin/lint-imports

fuzz: ## ask every service what its description allows, and what it forbids; EXAMPLES=300 of each operation
	@$(bootstrap) test
	@FUZZ_EXAMPLES=$(or $(EXAMPLES),300) $(run) -m pytest tests/fuzz --capture=no $(ARGS)

bench: ## how fast it is, beside a plain endpoint and bare Kafka clients
	@$(bootstrap) test
	@$(run) -m tests.benchmarks

faults: ## fifty kills under load, and nothing lost
	@$(bootstrap) test
	@$(run) -m tests.faults --kills 50 $(ARGS)

screenshots: ## pictures of the pages of the running demo, for the README
	@$(bootstrap) test
	@$(run) -m infra.local.browser
	@$(run) -m tests.screenshots

up: ## the same as the demo's stack, with docker compose
	@docker compose up --build --detach

clean: ## stop everything that runs here and remove its data (.local)
	@$(if_installed) $(run) -m infra.local clean

lock: ## pin the newest versions of what is named in infra/python/*.in
	@PYTHON=$(PYTHON) infra/python/lock.sh
