# Everything sets itself up in .venv, from lock files with hashes. `make` alone lists what there is.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
unexport PYTHONDONTWRITEBYTECODE # or each process that a test starts compiles everything anew
JOBS ?= 2
TESTS ?= tests
SOURCES := src tests bench docs
PIP_AUDIT := pip-audit==2.10.1
DJADE := find src -name '*.html' -exec $(BIN)/djade --target-version 5.2
CORE := kernel/** facts/** flow/** journeys/** voice/** */rules/** */rules.py */actions/** */access/** */access.py

.PHONY: help setup demo test coverage test-fast test-deep check lint types audit docs bench fmt lock

help: ## List what can be done
	@grep -hE '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: .venv/.dev ## Install everything for working on the code

demo: .venv/.run ## Run it all on this machine (RESET=1 starts from nothing)
	@exec $(BIN)/ligneclaire demo

test: .venv/.dev ## Run the tests, browser included (TESTS=path for some)
	@tools/browser
	@tools/postfix
	@tools/dovecot
	@tools/smsc
	@tools/oidc
	$(BIN)/pytest -n $(JOBS) --dist loadgroup --cov --cov-report= $(TESTS)
	@$(if $(filter tests,$(TESTS)),$(MAKE) --no-print-directory coverage)

coverage: # What the last whole run proved; fails when that is too little
	$(BIN)/coverage report --skip-covered --skip-empty --show-missing --fail-under=95
	$(BIN)/coverage report --skip-covered --skip-empty --show-missing --fail-under=100 --include="$$(printf 'src/ligneclaire/%s,' $(foreach part,$(CORE),'$(part)'))"

test-fast: .venv/.dev ## Run the tests that take no real processes and no browser
	$(BIN)/pytest -n $(JOBS) --dist loadgroup -m "not slow and not browser and not deep" $(TESTS)

test-deep: .venv/.dev ## Run everything, ten times as many schedules, real kills
	@tools/browser
	@tools/postfix
	@tools/dovecot
	@tools/smsc
	@tools/oidc
	DEEP=1 $(BIN)/pytest -n $(JOBS) --dist loadgroup -m "deep or not deep" $(TESTS)

check: lint types ## Check locks, format, lint, imports, types, architecture
	$(BIN)/pytest -q -p no:cacheprovider tests/architecture tests/docs

lint: .venv/.dev
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	@$(DJADE) --check {} +
	$(BIN)/lint-imports --no-logo

types: .venv/.dev
	$(BIN)/mypy

audit: .venv/.dev ## Ask the Internet for weaknesses known of what is locked (needs a network)
	$(BIN)/uv tool run --from $(PIP_AUDIT) pip-audit --strict --progress-spinner off --disable-pip --require-hashes -r requirements-dev.lock

docs: .venv/.dev ## Write docs/reference/ from the code
	$(BIN)/python docs/generate.py

bench: .venv/.dev ## Measure speed, with the machine's own baselines
	$(BIN)/python -m bench

fmt: .venv/.dev ## Format and mend what can be mended
	$(BIN)/ruff check --fix-only $(SOURCES)
	$(BIN)/ruff format $(SOURCES)
	@$(DJADE) {} + || $(DJADE) --check {} + # it complains after mending, too

lock: .venv/.uv ## Choose the newest versions that fit pyproject.toml
	$(BIN)/uv pip compile pyproject.toml $(LOCK) --group build -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml $(LOCK) --group build --group dev -c requirements.lock -o requirements-dev.lock

LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.venv/.uv: requirements-bootstrap.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) comes without venv here. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/.run: .venv/.uv requirements.lock pyproject.toml
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.run requirements-dev.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@
