# Everything a person or CI runs. `make help` lists it.
.SUFFIXES:
.NOTPARALLEL:
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell command -v python3.11 || command -v python3)
HOST ?= 127.0.0.1
PORT ?= 8080
DATA ?= var
WORKERS ?= 2
COV ?= --cov --cov-report=term:skip-covered
UV_VERSION = 0.13.9

# The one place where the absolute URLs of pages come from; left alone, the service derives it from HOST and PORT.
ifdef PUBLIC_URL
export ALIHBAHASA_PUBLIC_URL = $(PUBLIC_URL)
endif

RUN = .venv/bin
DEV = .venv-test/bin
PO = $(wildcard locales/*/LC_MESSAGES/*.po)
MO = $(PO:.po=.mo)
EXTRACT = -F pyproject.toml -k lazy_gettext -k lazy_ngettext:1,2 -k lazy_pgettext:1c,2 --sort-by-file --add-location=file --no-wrap

# $(call locked,VENV,LOCK): what the lock names and nothing else. setuptools goes first, because langdetect comes as
# source only: with it there and without build isolation, nothing that has no hash is ever downloaded.
PIP_INSTALL = -m pip install -q --disable-pip-version-check --no-deps
define locked
rm -rf $(1)
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Needs Python 3.11 or newer: make PYTHON=...")'
$(PYTHON) -m venv $(1)
@awk '/^[^ ]/ { build = /^setuptools==/ } build' $(2) > $(1)/build.txt
$(1)/bin/python $(PIP_INSTALL) --require-hashes -r $(1)/build.txt
$(1)/bin/python $(PIP_INSTALL) --require-hashes --no-build-isolation -r $(2)
@touch $@
endef

# $(call installed,VENV): ourselves, editable.
define installed
$(1)/bin/python $(PIP_INSTALL) --no-build-isolation -e .
@touch $@
endef

.PHONY: help
help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' Makefile

.PHONY: serve
serve: .venv/.installed $(MO) ## Serve the demo articles: PORT=8080 DATA=var HOST=127.0.0.1 PUBLIC_URL=
	@du -sm .venv | awk '{ print ".venv: " $$1 " MB" }'
	$(RUN)/alihbahasa --data "$(DATA)" models install --newer --pin models/*.argosmodel
	$(RUN)/alihbahasa --data "$(DATA)" demo demo/
	exec $(RUN)/alihbahasa --data "$(DATA)" serve --host $(HOST) --port $(PORT)

.PHONY: test
test: .venv-test/.installed $(MO) tests/browser/node_modules/.installed ## Run every test and print the coverage: ARGS="tests/unit --no-cov" WORKERS=2
	$(DEV)/python -m pytest -n $(WORKERS) --dist loadfile $(COV) $(ARGS)

.PHONY: training-test
training-test: .venv-training/.installed ## Run the tests of training/, those that need torch too
	.venv-training/bin/python -m pytest --confcutdir=tests/training tests/training $(ARGS)

.PHONY: lint
lint: .venv-test/.installed ## Check style and the direction of imports
	$(DEV)/ruff check .
	$(DEV)/ruff format --check .
	$(DEV)/lint-imports

.PHONY: types
types: .venv-test/.installed ## Check types (mypy, strict)
	$(DEV)/mypy

.PHONY: format
format: .venv-test/.installed ## Format the code and mend what ruff can mend
	$(DEV)/ruff check --fix-only .
	$(DEV)/ruff format .

.PHONY: locales
locales: .venv-test/.installed ## Extract the UI's strings, update locales/*/LC_MESSAGES/*.po, compile them
	$(DEV)/pybabel -q extract $(EXTRACT) --project=alihbahasa -o locales/messages.pot .
	$(DEV)/pybabel -q update -i locales/messages.pot -d locales --no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date
	$(DEV)/pybabel -q compile -d locales

.PHONY: docs
docs: .venv-test/.installed $(MO) ## Write docs/settings.md, docs/openapi.json, docs/localisation.md and the README's tour again
	$(DEV)/python -m docs.generate

.PHONY: screenshots
screenshots: .venv-test/.installed $(MO) ## Take the README's pictures again, with Chromium
	$(DEV)/python -m docs.screenshots

.PHONY: bench
bench: .venv-test/.installed .venv-argos/.locked $(MO) ## Measure beside raw CTranslate2 and Argos, into bench/RESULTS.md: ARGS=--print
	$(DEV)/python -m bench $(ARGS)

.PHONY: bench-pages
bench-pages: .venv-test/.installed $(MO) ## Measure pages and answers beside a bare Flask with wrk, into bench/PAGES.md: ARGS=--print
	$(DEV)/python -m bench.pages $(ARGS)

.PHONY: evaluate-figures
evaluate-figures: .venv-test/.installed ## Translate sentences full of figures and judge them, into bench/FIGURES.md
	$(DEV)/python -m bench.figures > bench/FIGURES.md.new
	mv bench/FIGURES.md.new bench/FIGURES.md

.PHONY: evaluate-findings
evaluate-findings: .venv-test/.installed ## What the checks find, into docs/checks.md: PAIRS=file.tsv, english<TAB>indonesian
	$(DEV)/python -m bench.findings $(PAIRS) docs/checks.md

.PHONY: evaluate-source
evaluate-source: evaluate-detection evaluate-spun ## All about sources, into docs/: CORPUS=folder with test/, NTREX=folder
	$(DEV)/python -m bench.sources $(NEWS) docs/source.md

.PHONY: evaluate-detection
evaluate-detection: .venv-test/.installed .venv-lingua/.locked ## How well languages are told: CORPUS=, NTREX=
	$(DEV)/python -m bench.detection $(CORPUS) $(NTREX) docs/detection.md

.PHONY: evaluate-spun
evaluate-spun: .venv-test/.installed ## How well spun English is repaired: CORPUS=, or NEWS="file.tsv…" of english<TAB>…
	$(DEV)/python -m bench.unspun docs/spun.md $(NEWS)
NEWS = $(CORPUS)/test/gunnxx-news-test.tsv $(CORPUS)/test/bbc.tsv

.PHONY: property
property: .venv-test/.installed $(MO) ## Send DOCUMENTS=1000 generated documents through translators, good and bad
	DOCUMENTS=$(or $(DOCUMENTS),1000) $(DEV)/python -m pytest tests/unit/article/test_markup.py -q -k "document or whatever"

.PHONY: fault
fault: .venv-test/.installed $(MO) ## Kill the service at FAULT_ROUNDS=200 random points and look for losses
	FAULT_ROUNDS=$(or $(FAULT_ROUNDS),200) $(DEV)/python -m pytest tests/fault -q

.PHONY: lock
lock: .venv-lock/.uv-$(UV_VERSION) ## Write requirements.lock and requirements-test.lock again: UPGRADE=--upgrade
	.venv-lock/bin/uv pip compile -q $(LOCK) --extra build -o requirements.lock pyproject.toml
	.venv-lock/bin/uv pip compile -q $(LOCK) --extra build --extra test --extra lint -c requirements.lock \
		-o requirements-test.lock pyproject.toml
	.venv-lock/bin/uv pip compile -q --no-config $(LOCK) -c requirements.lock -o bench/argos.lock bench/argos.in
	.venv-lock/bin/uv pip compile -q --no-config $(LOCK) -c requirements.lock -o bench/lingua.lock bench/lingua.in
LOCK = --universal --python-version 3.11 --generate-hashes --no-header --no-annotate $(UPGRADE)

.PHONY: clean
clean: ## Remove the virtual environments, caches and compiled locales (not DATA)
	rm -rf .venv .venv-test .venv-lock .venv-argos .venv-lingua .venv-training build *.egg-info .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache tests/browser/node_modules locales/messages.pot locales/*/LC_MESSAGES/*.mo
	find service tests -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.locked: requirements.lock
	$(call locked,.venv,requirements.lock)

.venv/.installed: .venv/.locked pyproject.toml
	$(call installed,.venv)

.venv-test/.locked: requirements-test.lock
	$(call locked,.venv-test,requirements-test.lock)

.venv-test/.installed: .venv-test/.locked pyproject.toml
	$(call installed,.venv-test)

# The peers, apart: Argos installs what we promise not to, and lingua is only asked by `make evaluate-detection`.
.venv-argos/.locked: bench/argos.lock
	$(call locked,.venv-argos,bench/argos.lock)

.venv-lingua/.locked: bench/lingua.lock
	$(call locked,.venv-lingua,bench/lingua.lock)

.venv-training/.installed: training/requirements.txt
	$(PYTHON) -m venv .venv-training
	.venv-training/bin/pip install -q --disable-pip-version-check -r training/requirements.txt
	@touch $@

.venv-lock/.uv-$(UV_VERSION):
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip install -q --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

# axe-core, for the browser tests. Without npm those that need it skip, and fail where CI is set.
tests/browser/node_modules/.installed: tests/browser/package-lock.json
	@if command -v npm >/dev/null; then cd $(<D) && npm ci --ignore-scripts --no-audit --no-fund && touch node_modules/.installed; \
		else echo "no npm: the tests with axe-core skip" >&2; fi

# Either environment will do: serve has made the first, test the second.
locales/%.mo: locales/%.po
	@for bin in $(RUN) $(DEV); do if [ -x $$bin/pybabel ]; then exec $$bin/pybabel -q compile -i $< -o $@; fi; done; \
		echo "no environment to compile $< with: make serve or make test first" >&2; exit 1
