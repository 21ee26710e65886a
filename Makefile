# Everything here works on a fresh machine that has Python 3.11 or newer and make: each target first makes .venv if need be.
# Another interpreter: make PYTHON=/path/to/python3.12 …

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
DEMO := examples/subsequent-events
OUT := out/demo
# One more than the two cores that these tests are meant for: some wait, for a browser or for a process that is killed.
JOBS ?= 3
ARGS ?=

# Modules that stay uncompiled would be compiled anew by each command.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help check floors demo demo-lake test coverage lint types bench bench-peers comparison docs clean
help:
	@echo "make demo         render $(DEMO), print its page in the terminal, tell where the HTML is"
	@echo "make demo-lake    a lake of the filings in this repository, two questions to it, and a chart"
	@echo "make test         the tests (ARGS='-k name' to choose)"
	@echo "make coverage     the tests, with the lines that they reach; fails below the floor"
	@echo "make lint types   ruff; mypy"
	@echo "make check        all that must hold before a change goes in: lint, types, documents, tests"
	@echo "make floors       the tests with the lowest versions that pyproject.toml allows, of the core, fetching, the lake and charts"
	@echo "make bench        speed and memory; make bench-peers first to set Arelle and edgartools beside it"
	@echo "make docs         write anew from the code what of docs is made: commands, tables, findings, notebook, the stub of the API"

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "recto needs Python 3.11 or newer: none found on PATH (make PYTHON=/path/to/python)"; exit 1; }
	@echo "setting up $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --upgrade 'pip>=25.1'

# What the commands need, and what the developers' tools need on top of it.
$(VENV)/.recto: pyproject.toml | $(VENV)/bin/python
	@$(PIP) --editable '.[cli,http]'
	@$(BIN)/python -m compileall -q src
	@touch $@
$(VENV)/.recto-dev: pyproject.toml $(VENV)/.recto
	@$(PIP) --editable '.[all]' --group dev
	@touch $@

demo: $(VENV)/.recto
	@$(BIN)/recto render $(DEMO)/filing --taxonomies $(DEMO)/taxonomy --offline -o $(OUT)
	@$(BIN)/recto show $(DEMO)/filing --taxonomies $(DEMO)/taxonomy --offline "SUBSEQUENT EVENTS (Details)"
	@echo
	@echo "The pages in HTML: $(abspath $(OUT))/index.html"

# What the lake needs on top of the commands.
$(VENV)/.recto-lake: pyproject.toml $(VENV)/.recto
	@$(PIP) --editable '.[cli,lake,charts]'
	@touch $@

LAKE := out/demo-lake
demo-lake: $(VENV)/.recto-lake
	@rm -rf $(LAKE)
	@$(BIN)/python -m examples.lake.history $(LAKE) > /dev/null
	@$(BIN)/recto ingest $(LAKE)/filings $(DEMO)/filing --lake $(LAKE)/lake --taxonomies $(LAKE)/taxonomies --taxonomies $(DEMO)/taxonomy --offline
	@echo
	@echo "What did Quarry Works take in, quarter by quarter? (recto series revenue QWK --frequency quarter)"
	@$(BIN)/recto series revenue QWK --frequency quarter --lake $(LAKE)/lake
	@echo
	@echo "What happened to all companies after the end of their periods? (recto lake events)"
	@$(BIN)/recto lake events --lake $(LAKE)/lake
	@$(BIN)/recto plot QWK revenue --concept net_income --concept operating_cash_flow --frequency quarter --lake $(LAKE)/lake -o $(LAKE)/chart.svg
	@$(BIN)/recto plot QWK revenue --concept net_income --concept operating_cash_flow --frequency quarter --lake $(LAKE)/lake -o $(LAKE)/chart.png
	@echo
	@echo "The chart: $(abspath $(LAKE))/chart.svg and chart.png"

test: $(VENV)/.recto-dev
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(ARGS)

# Fails below the floor in pyproject.toml. Python 3.12 and newer measure almost for nothing (sys.monitoring); 3.11 takes
# nearly twice the time of the tests, which is why they do not always run so.
coverage: $(VENV)/.recto-dev
	$$($(BIN)/python -c 'import sys; print("env COVERAGE_CORE=sysmon" * (sys.version_info >= (3, 12)))') \
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal --cov --cov-report=term:skip-covered $(ARGS)

lint: $(VENV)/.recto-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.recto-dev
	$(BIN)/mypy

check: lint types $(VENV)/.recto-dev
	$(BIN)/ruff format --check .
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(ARGS)

# The lowest versions that pyproject.toml allows, read from it, in an environment of their own. Ray has no other version
# here than the newest: its floor is the one that is installed.
floors:
	$(PYTHON) -m venv .bench/floors
	.bench/floors/bin/python -c "import re, tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; x = p['optional-dependencies']; print('\n'.join(re.sub('>=', '==', each.split(';')[0]) for each in (*p['dependencies'], *x['cli'], *x['http'], *x['lake'], *x['charts'], *x['locale'])))" > .bench/floors.txt
	.bench/floors/bin/python -m pip install --quiet -r .bench/floors.txt pytest pytest-xdist hypothesis openpyxl pandas polars 'numpy<2'
	.bench/floors/bin/python -m pip install --quiet --no-deps --editable .
	.bench/floors/bin/python -m pytest -n $(JOBS) --dist worksteal tests/xml tests/taxonomy tests/instance tests/rules tests/rendering tests/schema tests/formula tests/lake tests/trees $(ARGS)

bench: $(VENV)/.recto-dev
	$(BIN)/python tests/perf/bench.py $(ARGS)

# Arelle and edgartools live in an environment of their own: they are measured, never imported.
bench-peers: .bench/peers/.done
.bench/peers/.done:
	$(PYTHON) -m venv .bench/peers
	.bench/peers/bin/python -m pip install --quiet arelle-release edgartools duckdb matplotlib openpyxl
	@touch $@

# docs/comparison.md: the tasks of docs/how-to beside Arelle and edgartools; needs ../shared.
comparison: $(VENV)/.recto-dev .bench/peers/.done
	$(BIN)/python docs/make_comparison.py

docs: $(VENV)/.recto-dev
	@$(PIP) --group docs
	$(BIN)/python docs/make_cli.py
	$(BIN)/python docs/make_tables.py
	$(BIN)/python docs/make_findings.py
	$(BIN)/python docs/make_api.py
	$(BIN)/python docs/make_viewer.py
	$(BIN)/python docs/make_queries.py
	$(BIN)/python docs/make_stub.py
	$(BIN)/python docs/make_how_to.py
	$(BIN)/python docs/make_notebook.py

clean:
	rm -rf $(VENV) out .bench .mypy_cache .ruff_cache .pytest_cache .hypothesis
