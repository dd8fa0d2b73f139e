# Two commands do everything: `make serve` and `make test`. Each sets up what it needs in .venv the first time.
# They take settings from the command line: make serve PORT=8080, make test ARGS="tests/read -k dateline".

PYTHON ?= python3
HOST   ?= 127.0.0.1
PORT   ?= 8000
STORE  ?= kg-store
ARGS   ?= -n auto

VENV      := .venv
BIN       := $(VENV)/bin
INSTALLED := $(VENV)/installed
COMUNICA  := $(VENV)/comunica/installed
FRONTEND  := kg/web/frontend
SCRIPTS   := $(VENV)/scripts-$(if $(shell command -v npm),built,missing)
SAMPLE    := $(wildcard seeds/articles seeds/facts)
SOURCES   := $(shell find kg ontology seeds -path kg/web -prune -o -type f ! -name '*.pyc' -print)
SCRIPTED  := $(shell find $(FRONTEND) -name node_modules -prune -o -type f ! -name '*.py' ! -name '*.md' -print)

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help serve sample scripts test lint format readme coverage wheel pins clean
.DELETE_ON_ERROR:

help: ## list these commands
	@sed -nE 's/^([a-z]+):.*## (.*)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16

serve: TOLD := by the server
serve: sample $(SCRIPTS) ## build the graph of the sample articles, if need be, and serve it on 127.0.0.1:8000
	@exec $(BIN)/kg serve --store "$(STORE)" --host "$(HOST)" --port "$(PORT)"

test: lint $(COMUNICA) $(SCRIPTS) ## every check and every test
	$(BIN)/python -m pytest $(ARGS)

lint: $(INSTALLED) ## the checks without the tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

sample: $(STORE)/sample ## build the graph of the sample articles

scripts: $(SCRIPTS) ## the scripts of the pages, from kg/web/frontend, which takes Node

format: $(INSTALLED) ## bring the code into the common form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

readme: $(INSTALLED) ## write the scores, settings and commands in README.md anew, and docs/reference.md
	$(BIN)/python -m pytest -q tests/packaging/test_readme.py tests/packaging/test_reference.py -k the_part_is --update

coverage: $(INSTALLED) ## which lines and branches the tests run
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage report --skip-covered --show-missing

wheel: $(INSTALLED) $(SCRIPTS) ## the wheel, in dist/
	$(BIN)/python -m pip wheel --quiet --no-index --no-deps --no-build-isolation --wheel-dir dist .

pins: $(INSTALLED) ## take the newest versions that pyproject.toml allows into requirements-dev.txt
	$(PYTHON) -m venv $(VENV)/pins
	$(VENV)/pins/bin/python -m pip install --quiet uv
	$(VENV)/pins/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra dev \
	  --generate-hashes --no-header --no-annotate --output-file requirements-dev.txt pyproject.toml

clean: ## remove what was built and installed; the store stays
	rm -rf $(VENV) $(FRONTEND)/node_modules kg/web/static/built build dist .coverage .*_cache .hypothesis

# `sample` is a copy of `current` from the day the sample was built: a graph of other sources is served, never replaced.
$(STORE)/sample: $(INSTALLED) $(SOURCES)
	@if [ -e "$(STORE)/current" ] && ! cmp -s "$(STORE)/current" "$@"; then \
	  echo "$(STORE) holds a graph of other sources than the sample: it stays as it is"; \
	else \
	  echo "Building the graph of the sample articles in $(STORE) ..."; \
	  $(BIN)/kg build $(SAMPLE) --store "$(STORE)" && cp "$(STORE)/current" "$@"; \
	fi

# A client of the endpoint that comes from npm, for its tests; without Node or the registry they say that they did not run.
$(COMUNICA): $(wildcard tests/clients/comunica/*.json) | $(INSTALLED)
	@mkdir -p $(@D) && cp tests/clients/comunica/*.json $(@D)
	@cd $(@D) && if ! command -v npm >/dev/null; then \
	  echo "WARNING: Node is not here: THE TESTS OF COMUNICA WILL NOT RUN"; \
	elif npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >npm.log 2>&1; then \
	  touch installed; \
	else \
	  tail -n 5 npm.log; \
	  echo "WARNING: Comunica could not be installed: ITS TESTS WILL NOT RUN"; \
	fi

# What npm fetches is fetched once; bundling needs no network. Without Node, pages are plain, and that is said once.
$(SCRIPTS): $(SCRIPTED) | $(INSTALLED)
	@cd $(FRONTEND) && if ! command -v npm >/dev/null; then \
	  [ -n "$(TOLD)" ] || echo "Node is not here: the pages are served without scripts"; \
	elif ! { cmp -s package-lock.json node_modules/installed || \
	  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && cp package-lock.json node_modules/installed; }; then \
	  echo "WARNING: what the scripts of the pages are made of could not be installed: THE PAGES ARE PLAIN"; exit 0; \
	else \
	  node build.mjs; \
	fi && touch $(CURDIR)/$@

# The editable installation copies the shipped folders into the environment; those of the checkout are in use, so it goes.
$(INSTALLED): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed: name it with make PYTHON=python3.12"; exit 1; }
	@echo "Setting up $(VENV), once ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --no-index --no-deps --no-build-isolation --editable .
	@rm -rf $(VENV)/lib/python*/site-packages/kg
	@touch $@
