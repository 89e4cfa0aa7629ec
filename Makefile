# setup: a whole environment from the locks.  demo: the whole way, shown.  test, lint, bench, peers, lock, docs: for those who build it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11
ROOMS_COVERED ?= 100
SOURCES := $(shell find src -type f -not -name '*.pyc') pyproject.toml README.md LICENSE

.PHONY: setup demo test lint bench peers lock docs clean
.DELETE_ON_ERROR:

setup: $(VENV)/.project

demo: setup
	$(BIN)/velveteen demo --out demo

# The last line is pytest's own: what comes after it speaks only when the judge or measure are not wholly covered.
test: $(VENV)/.project $(VENV)/.test
	rm -f .coverage .coverage.*
	NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest -q -m kernel -p no:cacheprovider --cov --cov-report= --cov-fail-under=0 tests/judge
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --cov --cov-append --cov-report=term:skip-covered
	@$(BIN)/coverage report --include='*/judge/*,*/measure/*' --fail-under=$(ROOMS_COVERED) >.rooms 2>&1 || (cat .rooms; rm -f .rooms; exit 1)
	@rm -f .rooms

lint: $(VENV)/.project $(VENV)/.dev
	$(BIN)/ruff check src tests docs benchmarks training
	$(BIN)/ruff format --check src tests docs benchmarks training
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

bench: $(VENV)/.project $(VENV)/.test
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/recovery.py
	$(BIN)/python benchmarks/accuracy.py

peers: $(VENV)/.project $(VENV)/.test $(VENV)/.bench
	$(BIN)/python benchmarks/speed_peers.py

docs: $(VENV)/.project
	$(BIN)/python docs/reference/build.py

lock: $(VENV)/.dev
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) --group build -c requirements/run.txt -o requirements/build.txt
	$(LOCK) --group test -c requirements/run.txt -o requirements/test.txt
	$(LOCK) --group dev -c requirements/run.txt -c requirements/build.txt -c requirements/test.txt -o requirements/dev.txt
	$(LOCK) --group bench -c requirements/run.txt -c requirements/test.txt -o requirements/bench.txt
	$(LOCK) --group train -c requirements/run.txt -c requirements/test.txt -o requirements/train.txt

clean:
	rm -rf build dist demo .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache

$(VENV)/.run: requirements/run.txt requirements/build.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements/run.txt -r requirements/build.txt
	touch $@

# The project goes in as a wheel, not as a link to src: what is tested and used is what would be shipped.
$(VENV)/.project: $(VENV)/.run $(SOURCES)
	rm -rf dist
	$(PIP) wheel --no-deps --no-build-isolation --no-index --wheel-dir dist .
	$(PIP) install --no-deps --no-index --force-reinstall dist/velveteen-*.whl
	touch $@

$(VENV)/.test: $(VENV)/.run requirements/test.txt
	$(PIP) install --require-hashes -r requirements/test.txt
	touch $@

$(VENV)/.bench: $(VENV)/.run requirements/bench.txt
	$(PIP) install --require-hashes -r requirements/bench.txt
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(PIP) install --require-hashes -r requirements/dev.txt
	touch $@
