# Every command a developer needs, a sentence each; what they do stands in bin/.

PORT ?= 8000
export PORT PYTHON

.DEFAULT_GOAL := help
.PHONY: help run test test-fast test-long check lock pages

help: ## Lists these commands.
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS='	' read -r name text; do \
	    printf '  make %-10s %s\n' "$$name" "$$text"; done

run: ## Installs what is needed into .venv, loads the demo company into an empty ./var, and serves on PORT (8000).
	@bin/run

test: ## Runs all tests on SQLite, then on a PostgreSQL of its own; installs what they need when it may.
	@bin/test all

test-fast: ## Runs the tests that need no browser and no server, on SQLite in memory.
	@bin/test fast

test-long: ## Runs the tests that take minutes, such as a hundred rounds of kill -9.
	@bin/test long

check: ## Runs ruff, mypy, the import contracts, the template formatter and the migration check.
	@bin/check

lock: ## Writes requirements.txt and requirements-dev.txt anew from pyproject.toml.
	@bin/lock

pages: ## Writes docs/api.md and docs/events.md anew from the code.
	@bin/pages
