# One command for each wish; the first of them installs what is needed into .venv.
# `make PYTHON=/path/to/python3.12` chooses the Python; hooks: git config core.hooksPath hooks
SHELL := /bin/sh
BIN := .venv/bin
READY := .venv/.ready
BENCH_READY := .venv/.ready-bench
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--fork-strategy fewest --no-config --no-header --no-emit-index-url --no-emit-find-links $(UPGRADE)

.PHONY: help demo test test-long check fix docs bench lock wheel bundle

help:
	@echo "make demo       a small province from its files to the main table"
	@echo "make test       the tests; make test-long runs the long ones"
	@echo "make check      style, types, direction of imports, dependencies, sizes"
	@echo "make fix        mend what the style checker can mend"
	@echo "make docs       write docs/generated anew"
	@echo "make bench      measure speed"
	@echo "make lock       resolve requirements/*.lock anew; make wheel builds dist/*.whl, make bundle an offline installer"

# Made once for each state of the lock. An environment whose Python is gone is made anew.
$(READY): requirements/dev.lock pyproject.toml scripts/find-python
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ python=$$(PYTHON="$(PYTHON)" scripts/find-python) && \
		echo "Making .venv with $$python" && "$$python" -m venv --clear .venv; }
	@echo "Installing requirements/dev.lock (a minute or two, once)"
	@$(PIP) --require-hashes -r requirements/dev.lock
	@$(PIP) --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(BENCH_READY): $(READY) requirements/bench.lock
	@$(PIP) --require-hashes -r requirements/bench.lock
	@touch $@

demo: $(READY)
	@$(BIN)/dripline demo
	@$(BIN)/dripline site demo

test: $(READY)
	@scripts/system-packages
	$(BIN)/python -m pytest -q -n 2 -m "not long"

# The long ones, the browser among them; and what rests on the working database once more, on PostgreSQL.
test-long: $(READY)
	@scripts/system-packages
	$(BIN)/python -m pytest -q -n 2 -m long
	scripts/with-postgresql $(BIN)/python -m pytest -q -n 2 tests/portal

check: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/deptry src
	$(BIN)/python tests/house/measure.py

fix: $(READY)
	$(BIN)/ruff check --fix && $(BIN)/ruff format

docs: $(READY)
	$(BIN)/python -m dripline.docs && $(BIN)/python -m dripline.portal.docs

bench: $(BENCH_READY)
	$(BIN)/python -m benchmarks

# Reads the registry; the only target that may change a lock. Newer versions: UPGRADE=--upgrade
lock: $(READY)
	$(PIP) uv
	$(LOCK) pyproject.toml -o requirements/core.lock
	$(LOCK) pyproject.toml -c requirements/core.lock --extra publish --extra portal --extra postgresql --extra dev -o requirements/dev.lock
	$(LOCK) pyproject.toml -c requirements/dev.lock --extra publish --extra portal --extra postgresql -o requirements/site.lock
	$(LOCK) pyproject.toml -c requirements/dev.lock --extra publish --extra portal --extra postgresql --extra dev --extra bench -o requirements/bench.lock

wheel: $(READY)
	$(BIN)/hatchling build -t wheel -d dist

# For places without a network, of both machines; only one, of one Python: ONLY="x86_64 --python 3.11"
bundle: $(READY)
	$(BIN)/python scripts/bundle $(ONLY)
