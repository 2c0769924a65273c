# make              everything that must hold: format, lint, types, layers, tests
# make demo         plausible exports in demo/, audited; of another company: make demo COMPANY=BED
# make test         all tests
# make test-lowest  all tests with the lowest versions that pyproject.toml allows
# make test-newest  all tests with the newest versions, as a user's `pip install` would bring them today
# make update       the newest versions into requirements/, then everything with them
# make docs         checks/README.md, the rulebook
# make texts        catalogues of both languages, brought up to date with the sources
# make bench        how long reading and auditing take
#
# All but test-newest install what requirements/ names, and nothing else: the same versions, checked by hash, on any day.

PYTHON ?= python3
COMPANY ?= FUR
BIN := .venv/bin
SOURCES := auditor checks fixtures tests tools hatch_build.py
CATALOGUES := $(wildcard auditor/locale/*/LC_MESSAGES/*.po)
COMPILED := $(CATALOGUES:.po=.mo)
ENVIRONMENTS := .venv/base .venv/dev .venv/bench .venv-lowest/lowest

.PHONY: check format test test-lowest test-newest demo docs texts bench update clean python

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

test-lowest: .venv-lowest/lowest $(COMPILED)
	.venv-lowest/bin/pytest

test-newest: python
	$(PYTHON) -m venv --clear .venv-newest
	.venv-newest/bin/pip install --quiet --editable ".[dev]"
	.venv-newest/bin/pytest

demo: .venv/base $(COMPILED)
	$(BIN)/auditor demo demo --regulation $(COMPANY)
	$(BIN)/auditor check demo/exports --fail-on never

docs: .venv/dev $(COMPILED)
	$(BIN)/python -m tools.docs

texts: .venv/dev
	$(BIN)/python -m tools.texts

bench: .venv/bench $(COMPILED)
	$(BIN)/python -m bench

# One version of each package for every Python, so that what is tested on one is what all get; what an installation
# builds the project with (build-system) is locked like what it runs with.
BUILD_REQUIRES := 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")'
LOCK = .venv-update/bin/python -c $(BUILD_REQUIRES) | .venv-update/bin/uv pip compile --quiet --upgrade \
	--universal --fork-strategy fewest --generate-hashes --custom-compile-command "make update" pyproject.toml -

update: python
	$(PYTHON) -m venv --clear .venv-update
	.venv-update/bin/pip install --quiet uv
	$(LOCK) --output-file requirements/dev.txt --extra dev
	$(LOCK) --output-file requirements/base.txt --constraint requirements/dev.txt
	$(LOCK) --output-file requirements/bench.txt --constraint requirements/dev.txt --extra bench
	$(LOCK) --output-file requirements/lowest.txt --extra dev --resolution lowest-direct
	$(MAKE) check demo bench test-lowest test-newest

%.mo: %.po | .venv/base
	$(BIN)/pybabel -q compile --input-file $< --output-file $@ --locale $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))

# Two steps, for pip checks the hash of no directory; without isolation, for the build would fetch its own hatchling.
$(ENVIRONMENTS): pyproject.toml hatch_build.py $(wildcard requirements/*.txt) | python
	@test -x $(@D)/bin/pip || $(PYTHON) -m venv $(@D)
	$(@D)/bin/pip install --quiet --require-hashes --requirement requirements/$(@F).txt
	$(@D)/bin/pip install --quiet --no-build-isolation --no-deps --editable .
	@touch $@

.venv/dev .venv/bench: .venv/base

python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'

clean:
	rm -rf .venv .venv-* demo build dist
