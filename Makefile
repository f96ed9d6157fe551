# The six things done here. `make run` and `make test` need only Python 3.11 and make on a fresh Debian.
PYTHON ?= python3
BIN := .venv/bin
PACKAGES := bot retrieval index knowledge
# A service that may not write beside its code, or a shell told not to, would compile all of it at every start.
COMPILE = $(BIN)/python -m compileall -q $(PACKAGES)

.PHONY: run test check bench torture clean

run: .venv ## index the sample documents into ./var when it is empty, print the address, serve
	$(BIN)/tdkt serve

test: .venv ## the whole suite; warnings are errors
	$(BIN)/python -m pytest $(ARGS)

check: .venv ## format, lint, types, layers: what CI runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.bench ## every figure of the README's table, one JSON object a line
	$(COMPILE)
	$(BIN)/python -m tests.bench $(ARGS)

torture: .venv ## kill serving processes while people chat; KILLS=200 PROCESSES=1 DATABASE=sqlite|postgresql SEED=…
	KILLS=$(KILLS) PROCESSES=$(PROCESSES) DATABASE=$(DATABASE) SEED=$(SEED) $(BIN)/python -m tests.torture

clean: ## what set-up, tests and runs left behind, the documents' home ./var excepted
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(PACKAGES) tests -name __pycache__ -type d -prune -exec rm -rf {} +

# A half-made environment must not pass for a whole one: the folder is stamped only at the end.
# What a user would pick instead is measured too, where it can be installed.
.venv/.bench: .venv/.stamp
	@$(BIN)/pip install --quiet --disable-pip-version-check -c requirements.lock --editable '.[dev,bench]' \
		&& touch $@ || echo "bench: the packages of the extra 'bench' cannot be installed; their figures are left out"

.venv: .venv/.stamp
.venv/.stamp: pyproject.toml requirements.lock
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c requirements.lock --editable '.[dev]'
	$(COMPILE)
	touch .venv/.stamp
