# Everything a newcomer types. Needs Python 3.11 or newer with pip, make and git; the set-up fetches the rest.

SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON3 ?= python3
PYTHON := .venv/bin/python
COMPILE := .uv/bin/uv pip compile --quiet --generate-hashes --universal --python-version 3.13 \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.PHONY: help run setup setup-dev test drills check bench exports relevance lock messages clean

help:  ## Say what can be made
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 12

run: setup  ## Set up and serve on 127.0.0.1:$PORT (8000)
	@exec $(PYTHON) -m config.supervisor

setup:  ## Install what `make run` needs and nothing else
	@$(PYTHON3) scripts/setup.py

setup-dev:
	@$(PYTHON3) scripts/setup.py --dev

test: setup-dev  ## Set up and run all tests; ARGS="tests/labs -k browse" for some
	@$(PYTHON) -m scripts.browser
	@exec $(PYTHON) -m pytest $(or $(ARGS),-n auto)

drills: setup-dev  ## Break things on purpose, for minutes; DRILL_ROUNDS=20 unless set
	@DRILL_ROUNDS=$${DRILL_ROUNDS:-20} exec $(PYTHON) -m pytest tests/drills tests/config/test_permissions.py -s $(ARGS)

check: setup-dev  ## Lint, format, types, imports, migrations, production settings, translations
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy .
	.venv/bin/lint-imports
	$(PYTHON) manage.py makemigrations --check --dry-run
	BASE_URL=https://stedkraft.example $(PYTHON) manage.py check --deploy --fail-level WARNING
	$(PYTHON) -m scripts.translations

bench:  ## Measure against the targets
	@$(PYTHON3) scripts/setup.py --dev --bench
	@exec $(PYTHON) -m config.supervisor run --data var/bench -- $(PYTHON) -m benchmarks $(ARGS)

exports: setup-dev  ## Measure how soon, how fast and in how much memory lists become files
	@exec $(PYTHON) -m config.supervisor run --data var/bench -- $(PYTHON) -m benchmarks.exports $(ARGS)

relevance: setup-dev  ## Ask the judged questions of the search; ARGS=--misses shows what it missed
	@exec $(PYTHON) -m config.supervisor run --data var/relevance -- $(PYTHON) -m benchmarks.relevance $(ARGS)

lock: setup  ## Pin the newest allowed versions with their hashes
	@$(COMPILE) --upgrade pyproject.toml -o requirements.txt
	@$(COMPILE) --upgrade pyproject.toml --group dev --constraints requirements.txt -o requirements-dev.txt
	@$(COMPILE) --upgrade --group node -o requirements-node.txt
	@$(COMPILE) --upgrade --group uv -o requirements-uv.txt
	@$(COMPILE) --upgrade --group bench -o requirements-bench.txt
	@npm install --package-lock-only

messages: setup-dev  ## Collect new texts for translation into locale/
	@$(PYTHON) manage.py makemessages --locale da --locale en --no-location --no-wrap \
		--ignore 'node_modules/*' --ignore 'var/*' --ignore 'tests/*' --ignore '.*'
	@$(PYTHON3) scripts/setup.py --dev

clean:  ## Remove what the set-up made, but not the data in var/postgres
	rm -rf .venv .uv .node node_modules var/build var/setup var/static
