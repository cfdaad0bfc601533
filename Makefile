# `make help` lists what there is. A fresh machine needs Python 3.11 or newer and make; the rest is installed here.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export PYTHON ?= python3
BIN := .venv/bin
BOT := bot/.venv/bin

.PHONY: help
help: ## This list
	@awk 'BEGIN {FS = ":.*## "} /^[a-zA-Z0-9_%-]+:.*## / {printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run setup train
run: ## Set up what is missing, start everything, stay until Ctrl-C
	@scripts/run.sh

setup: ## Install, build and train, without starting anything
	@scripts/bootstrap.sh && $(BIN)/yingsheng setup

train: ## Train the dialogue model if its sources changed
	@scripts/bootstrap.sh && $(BIN)/yingsheng setup && $(BIN)/yingsheng train

.PHONY: check fmt check-python check-web check-generated
check: check-python check-web check-generated ## Everything that needs no running product: style, types, imports, generated files

check-python: | tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check-web: | tools
	$(BIN)/yingsheng setup --only web-packages
	cd web && export PATH="$(CURDIR)/$(BIN):$$PATH" && npm ls --package-lock-only >/dev/null && npm run check

check-generated: | tools
	PYTHONPATH=. $(BIN)/python scripts/openapi.py --check
	$(BIN)/yingsheng setup --only web-packages
	scripts/web_types.sh --check

fmt: | tools ## Format all sources, repair what can be repaired, regenerate the API description
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	PYTHONPATH=. $(BIN)/python scripts/openapi.py
	$(BIN)/yingsheng setup --only web-packages
	scripts/web_types.sh
	cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm run format

.PHONY: tools
tools:
	@scripts/bootstrap.sh

.PHONY: test test-web test-bot test-unit test-integration test-dialogue test-e2e
PYTEST := $(BIN)/python -m pytest
# a file's tests stay together; what asks much, or starts the whole product, has the machine to itself
SIDE_BY_SIDE := -n 2 --dist loadfile -m "not alone"
BOT_TESTS := tests/unit/nlu tests/unit/actions

test: setup test-web test-bot ## All tests, on what setup has built
	@scripts/install_test_tools.sh
	$(PYTEST) $(SIDE_BY_SIDE) $(addprefix --ignore=,$(BOT_TESTS)) tests/unit tests/integration
	$(PYTEST) -m alone tests/integration
	$(PYTEST) tests/dialogue tests/e2e

test-web: setup ## Tests of the web client
	cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm test

test-bot: setup ## Tests of what runs in Rasa's environment: understanding and actions
	PYTHONPATH=$(CURDIR) $(BOT)/python -m pytest -c bot/pytest.ini --rootdir=. $(BOT_TESTS)

test-unit: setup ## Tests without input or output
	$(PYTEST) $(SIDE_BY_SIDE) $(addprefix --ignore=,$(BOT_TESTS)) tests/unit

test-integration: setup ## Tests on a real PostgreSQL
	@scripts/install_test_tools.sh
	$(PYTEST) $(SIDE_BY_SIDE) tests/integration
	$(PYTEST) -m alone tests/integration

test-dialogue: setup ## Conversations with the trained model
	$(PYTEST) tests/dialogue

test-e2e: setup ## All processes and a real browser
	@scripts/install_test_tools.sh
	$(PYTEST) tests/e2e

.PHONY: bench
bench: setup ## All measurements, which takes hours; bench-NAME for one of them (see bench/)
	@for script in bench/*.py; do echo "== $$script"; $(BIN)/python "$$script" || exit 1; done

bench-voice-webhook: setup ## Telephone: from webhook to TwiML
	$(BIN)/python bench/voice_webhook.py $(ARGS)

bench-sla: setup ## Clocks: deadlines and sweeps, then escalations a second
	$(BIN)/python bench/sla.py $(ARGS)
	$(BIN)/python bench/escalation.py

bench-%: setup ## One measurement, e.g. bench-startup, or bench-nlu ARGS="--sentences 1500"
	$(BIN)/python bench/$*.py $(ARGS)

.PHONY: nlu-cv
nlu-cv: setup ## Cross-validation of the understanding on the training sentences
	PYTHONPATH=$(CURDIR) $(BOT)/python -m bot.nlu.cv

.PHONY: lock
lock: ## Regenerate the lock files; UPGRADE=1 takes the newest versions
	@scripts/lock.sh $(if $(UPGRADE),--upgrade)

.PHONY: clean distclean
clean: ## Remove environments, builds, caches and models; keeps data and secrets in var/
	rm -rf .uv .venv bot/.venv bench/spoken_calls/.venv web/node_modules web/dist var/models var/log .mypy_cache .ruff_cache .pytest_cache \
	  .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## Also remove all local state: database, secrets (asks first)
	@read -r -p "Delete var/ with the embedded database? [y/N] " answer && [ "$$answer" = y ] && rm -rf var
