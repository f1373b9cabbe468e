# `make` in the folder of one owning service, which includes this file. It uses the repository's virtual environment, makes
# it where it is not there yet, and touches nothing of the other services.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help test contracts run

this := $(abspath $(lastword $(MAKEFILE_LIST)))
root := $(abspath $(dir $(this))..)
name := $(notdir $(CURDIR))
python = cd $(root) && .venv/bin/python

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(this) | while IFS='|' read -r target line; do printf '%-18s %s\n' "$$target" "$$line"; done

test: ## the tests of this service, each module on a database of its own (ARGS='-k …' for pytest)
	@$(MAKE) --no-print-directory -C $(root) environment
	@$(python) -m pytest services/$(name) $(ARGS)

contracts: ## write the contracts of this service's events, or say which one would break its readers
	@$(MAKE) --no-print-directory -C $(root) environment
	@$(python) -m services.$(name) contracts

run: ## migrate the database that DATABASE_URL names, and serve the API and the pages on PORT
	@$(MAKE) --no-print-directory -C $(root) environment
	$(if $(DATABASE_URL),,$(error DATABASE_URL says which database: make -C services/$(name) run DATABASE_URL=postgresql://…))
	@$(python) -m services.$(name) migrate
	@cd $(root) && exec .venv/bin/gunicorn -c python:shared.serving "services.$(name).app:create()"
