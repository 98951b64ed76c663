# A newcomer needs two: `make run` and `make test`. Nothing but Python 3.11+, venv, git and make is expected.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PORT
# honcho counts PORT up from process to process; links in mails must all name the web process.
SITE_URL ?= $(or $(shell sed -n 's/^SITE_URL=//p' .env 2>/dev/null),http://127.0.0.1:$(PORT))
export SITE_URL

.PHONY: run test lint format bench messages migrate

$(BIN)/.runtime: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(BIN)/.development: requirements-dev.txt requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(BIN)/.runtime

.env:
	printf 'DEBUG=1\n' > .env

run: $(BIN)/.runtime .env migrate
	python manage.py demo --first
	honcho start --no-prefix -p $(PORT) web worker sender

migrate: $(BIN)/.runtime .env
	python manage.py migrate --noinput --verbosity 0
	python manage.py createcachetable

test: $(BIN)/.development
	python -m tests

lint: $(BIN)/.development
	ruff check .
	ruff format --check .
	djlint templates --lint --quiet
	PYTHONPATH=site lint-imports
	DEBUG=1 mypy .

format: $(BIN)/.development
	ruff check --fix .
	ruff format .

bench: $(BIN)/.development
	python -m tests.benchmarks

# Needs GNU gettext. The compiled catalogue is committed: a bare machine has no msgfmt.
messages: $(BIN)/.development
	cd $(CURDIR) && DEBUG=1 python manage.py makemessages -l ru --no-location --no-obsolete -i '.venv/*' -i 'var/*' && DEBUG=1 python manage.py compilemessages -l ru
