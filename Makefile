# Two commands do everything: `make demo` and `make test`. Nothing is needed but Python and make.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The Python that .venv is made from: 3.11 where there is one, else whatever python3 is.
PYTHON ?= $(shell command -v python3.11 || command -v python3 || command -v python)
BIN := .venv/bin
FORM_SCRIPTS := $(wildcard marsad/questionnaires/web/*.*s marsad/questionnaires/web/widgets/*.js)
CATALOGUES := $(wildcard marsad/locale/*/LC_MESSAGES/*.po)
# What tests are spread over; a number of processes, or 0 to run them one after another.
PROCESSES ?= auto
# Further options of pytest.
OPTIONS ?=

.PHONY: help setup demo test check format bench clean

help: ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

setup: .setup/marsad .setup/frontend .setup/messages ## prepare .venv; quick when it is prepared

demo: setup ## start Marsad with made-up people and sample documents, and open a browser
	@exec $(BIN)/marsad up --demo --open

test: setup ## run every test; those that drive a browser are skipped where there is none
	@$(BIN)/python -m pytest -q -n $(PROCESSES) --dist loadfile $(OPTIONS)

check: setup ## everything a change must pass besides the tests
	@echo "Format and lint …"
	@$(BIN)/ruff format --check --quiet . || { echo "Run: make format" >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@echo "Types …"
	@$(BIN)/mypy
	@echo "Who may import whom …"
	@$(BIN)/lint-imports --no-logo
	@echo "Migrations and messages …"
	@$(BIN)/python -m config.manage makemigrations --check --dry-run
	@$(BIN)/python tools/messages.py check
	@echo "The reference …"
	@$(BIN)/python tools/reference.py check

format: setup ## put the code into its one form
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --fix --quiet .

bench: setup ## measure how fast it is
	@$(BIN)/python benchmarks/library.py

clean: ## forget what setup made; your data is kept
	@rm -rf .venv .setup node_modules build *.egg-info

# ── what setup does, each step once until what it is made from changes ──────────────────────────
.setup/python:
	@mkdir -p .setup
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Marsad needs Python 3.11 or newer; found: $$("$(PYTHON)" --version 2>&1 || echo none)." >&2; \
	  echo "Install it, or name it: make setup PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Preparing .venv with $$("$(PYTHON)" --version) …"
	@"$(PYTHON)" -m venv --clear .venv || { \
	  echo "Python could not make .venv. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

.setup/packages: requirements/dev.txt .setup/python
	@echo "Installing the packages that Marsad stands on (once; about a minute) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

.setup/marsad: pyproject.toml .setup/packages
	@echo "Installing the command marsad …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.setup/frontend: package.json tools/frontend.py $(FORM_SCRIPTS) .setup/packages
	@$(BIN)/python tools/frontend.py
	@touch $@

.setup/messages: $(CATALOGUES) tools/messages.py .setup/packages
	@$(BIN)/python tools/messages.py compile
	@touch $@
