# Everything a person needs to work on this project. `make help` prints the list.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8000

# Local mode: plain http on this machine, secrets made and kept in var/. A server never sets this.
LOCAL := IOPGUIDE_LOCAL=1
# The demonstration has a database of its own, so that made-up people never stand beside real ones.
DEMO := $(LOCAL) IOPGUIDE_VAR=$(CURDIR)/var/demo

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONDONTWRITEBYTECODE :=
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

.PHONY: help
help: ## Print this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: install
install: $(VENV)/.dev ## Make the environment: .venv with every locked package

# Two steps, so that who only wants to see the site does not wait for the browser driver and the type checker.
$(VENV)/.run: requirements.txt deploy/make-venv
	@deploy/make-venv $(PYTHON) $(VENV) requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	@deploy/make-venv $(PYTHON) $(VENV) requirements-dev.txt
	@touch $@

.PHONY: run
run: $(VENV)/.run ## Serve on http://127.0.0.1:8000 (PORT= to change), like a server but over plain http
	@$(LOCAL) $(BIN)/python manage.py prepare
	@exec env $(LOCAL) PORT=$(PORT) $(BIN)/gunicorn --config deploy/gunicorn.conf.py

.PHONY: demo
demo: $(VENV)/.run ## Serve a site filled with made-up staff, figures and requests, in var/demo/
	@$(DEMO) $(BIN)/python manage.py prepare
	@$(DEMO) $(BIN)/python manage.py demo
	@exec env $(DEMO) PORT=$(PORT) $(BIN)/gunicorn --config deploy/gunicorn.conf.py

.PHONY: dev
dev: $(VENV)/.run ## Serve with DEBUG and reload, for people changing the code
	@$(LOCAL) IOPGUIDE_DEBUG=1 $(BIN)/python manage.py prepare --skip-static
	@exec env $(LOCAL) IOPGUIDE_DEBUG=1 $(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

# Python's packages and the checkers of finished pages come from two registries: side by side, neither waits.
.PHONY: test
test: ## Run everything: the gates, the suite on SQLite and on PostgreSQL, the browser, the audits of HTML
	@$(MAKE) --no-print-directory --jobs=2 install audit-tools
	@$(BIN)/python -m tests.all

.PHONY: audit
audit: install audit-tools ## Put every page before the HTML checkers, and one of each make before Lighthouse, timed
	@$(BIN)/python -m tests.audits

.PHONY: audit-tools
audit-tools: ## Install what the audits need, in tests/audits/ (needs npm; `make test` and `make audit` do it)
	@$(PYTHON) -m tests.audits.tools install

.PHONY: lint
lint: install ## Check style, types, layers, templates, translations and configuration
	@$(BIN)/python -m tests.all --only gates

.PHONY: fix
fix: install ## Let the linters repair what they can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: screens
screens: install ## Take the pictures anew that the browser tests hold the key screens against
	@$(BIN)/python -m tests.browser.references

.PHONY: check
check: install ## Ask Django about the configuration, as a server would be asked
	$(LOCAL) $(BIN)/python manage.py check

.PHONY: messages
messages: install ## Collect the words to translate into locale/, and compile them
	$(LOCAL) $(BIN)/python manage.py translations --update --compile

.PHONY: lock
lock: ## Renew the hash-locked requirements from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo "This needs uv: python3 -m pip install uv"; exit 1; }
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-strip-extras \
		pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-strip-extras \
		pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

.PHONY: lock-audits
lock-audits: ## Renew the lock of the audits from tests/audits/package.json (needs npm)
	@$(PYTHON) -m tests.audits.tools lock

ifneq ($(wildcard benchmarks/__main__.py),)
.PHONY: bench
bench: install ## Measure
	@$(LOCAL) $(BIN)/python -m benchmarks
endif

.PHONY: clean
clean: ## Remove the environment and everything generated; the local database in var/ stays
	rm -rf $(VENV) build tests/audits/node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
