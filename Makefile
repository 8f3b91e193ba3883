# make demo and make test do all their set-up themselves, once: see tools/.
# Variables: PYTHON (interpreter of a new .venv), JOBS (test processes), ARGS (for pytest or lock),
# APT=no (install no system packages; the tests that need them are skipped with the reason).

PYTHON ?= python3
JOBS ?= 2
BIN := .venv/bin
# Stamps: what is installed in .venv is what these files say.
RUN := .venv/.installed-run
DEV := .venv/.installed-dev
SETUP := pyproject.toml perfgoals_xl/_version.py tools/venv.sh tools/apt.sh

.DEFAULT_GOAL := help
.PHONY: help setup test-setup demo test test-all lint format benchmark benchmark-departments fuzz template examples mutate manual addin pictures icons bundle deb lock clean distclean

help:
	@echo "make demo       the main job on the bundled example, start to finish"
	@echo "make test       ruff, mypy and the tests (ARGS='-k name' for some of them)"
	@echo "make test-all   the same with the further draws of long properties, as CI runs them"
	@echo "make lint       ruff and mypy alone"
	@echo "make format     let ruff format and mend"
	@echo "make benchmark  speed and memory against openpyxl"
	@echo "make benchmark-departments  many departments in one book, against openpyxl and pandas"
	@echo "make fuzz       a minute of files changed at random (ARGS='--seconds 600 --seed 7')"
	@echo "make mutate     do the tests notice wrong code? (ARGS='--module perfgoals_xl/form --count 20')"
	@echo "make template   write the committed template and example anew"
	@echo "make examples   write the old tables and the filled 自评表, 监控表 of xl/examples anew (LibreOffice)"
	@echo "make manual     write docs/规则说明.md, docs/数据说明.md, docs/contracts anew"
	@echo "make addin      write the committed add-in anew from addin/"
	@echo "make pictures   write the pictures of the manual anew (LibreOffice, Chromium)"
	@echo "make bundle     the zip for an office PC without internet, into dist/"
	@echo "make deb        a Debian package with its own Python, into dist/ (root; debootstrap)"
	@echo "make icons      write the icon's pictures anew (Chromium)"
	@echo "make lock       move the lock files to the newest versions that fit"
	@echo "make clean      remove what was built; make distclean: also what was installed"

setup: $(RUN)

test-setup: $(DEV)
	@tools/programs.sh

$(RUN): requirements.lock $(SETUP)
	@PYTHON=$(PYTHON) tools/venv.sh requirements.lock
	@touch $@

# The lock file of the tests holds all of the other one.
$(DEV): requirements-dev.lock requirements.lock $(SETUP)
	@PYTHON=$(PYTHON) tools/venv.sh requirements-dev.lock
	@touch $(RUN) $@

demo: setup
	$(BIN)/perfgoals demo

# Each test process starts a LibreOffice of its own, once it has a test for it.
PYTEST := $(BIN)/python -m pytest -n $(JOBS) --dist worksteal

test: lint test-setup
	$(PYTEST) $(ARGS)

# Without the filter of pyproject.toml.
test-all: lint test-setup
	$(PYTEST) -m '' $(ARGS)

lint: $(DEV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(DEV)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

benchmark: $(DEV)
	$(BIN)/python benchmarks/run.py $(ARGS)

benchmark-departments: $(DEV)
	$(BIN)/python benchmarks/departments.py $(ARGS)

examples: $(DEV)
	$(BIN)/python -m tools.example_layouts $(ARGS)
	$(BIN)/python -m tools.layout_page
	$(BIN)/python -m tools.example_year

fuzz: $(DEV)
	$(BIN)/python benchmarks/fuzz.py $(ARGS)

mutate: $(DEV)
	$(BIN)/python -m tools.mutate $(ARGS)

template: $(DEV)
	$(BIN)/python -m perfgoals_xl.workbooks.build

manual: $(DEV)
	$(BIN)/python -m perfgoals_xl.review.rule_manual
	$(BIN)/python -m perfgoals_xl.contracts.documents

addin: $(DEV)
	$(BIN)/python -m perfgoals_xl.excel.setup.addin_build

pictures: $(DEV)
	$(BIN)/python -m tools.manual_pictures
	$(BIN)/python -m tools.page_pictures

bundle: $(DEV)
	$(BIN)/python -m tools.bundle

# tools/try_deb.sh installs and uses it in a bare chroot without a network.
deb: $(DEV)
	$(BIN)/python -m tools.deb.package

icons: $(DEV)
	$(BIN)/python -m tools.icons

lock: $(DEV)
	ARGS="$(ARGS)" tools/lock.sh

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

distclean: clean
	rm -rf .venv tools/validator/node_modules tools/page_checks/node_modules
