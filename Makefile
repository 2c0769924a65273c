# make            everything that must hold: format, lint, types, layers, tests
# make demo       plausible exports in demo/, audited
# make test       all tests
# make docs       checks/README.md, the rulebook
# make texts      catalogues of both languages, brought up to date with the sources
# make bench      how long reading and auditing take

PYTHON ?= python3
BIN := .venv/bin
SOURCES := auditor checks fixtures tests tools hatch_build.py
CATALOGUES := $(wildcard auditor/locale/*/LC_MESSAGES/*.po)
COMPILED := $(CATALOGUES:.po=.mo)

.PHONY: check format lint types layers test demo docs texts bench clean

check: .venv/dev $(COMPILED)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

format: .venv/dev
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

test: .venv/dev $(COMPILED)
	$(BIN)/pytest

demo: .venv/base
	$(BIN)/auditor demo demo
	$(BIN)/auditor check demo/exports --fail-on never

docs: .venv/dev $(COMPILED)
	$(BIN)/python -m tools.docs

texts: .venv/dev
	$(BIN)/python -m tools.texts

bench: .venv/dev
	$(BIN)/pip install --quiet --editable ".[bench]"
	$(BIN)/python -m bench

%.mo: %.po | .venv/dev
	$(BIN)/pybabel -q compile --input-file $< --output-file $@ --locale $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))

.venv/base: pyproject.toml hatch_build.py $(CATALOGUES)
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --editable .
	@touch $@

.venv/dev: .venv/base
	$(BIN)/pip install --quiet --editable ".[dev]"
	@touch $@

clean:
	rm -rf .venv demo build dist
