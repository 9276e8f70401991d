# Two commands do all the set-up: `make demo` and `make test`. Each makes .venv first if it is not there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
STORE ?= curation.db

# CI installs exactly what the lock file names; elsewhere the ranges of pyproject.toml hold.
LOCK := $(if $(CI),--constraint .ci/constraints.txt)

.DEFAULT_GOAL := help
.PHONY: help demo test lint types tests docs golden screenshots bench-reading bench-capture bench-rules bench-review bench-press bench-hostile bench-mutants lock clean

help:  ## show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

$(INSTALLED): pyproject.toml .ci/constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet $(LOCK) --editable '.[dev]'
	@touch $@

demo: $(INSTALLED)  ## extract the shipped article into curation.db and print its flags
	$(BIN)/litcurate extract corpus/documents --store $(STORE)
	@echo "To look at the article, its tables and its flags in the browser:"
	@echo "    $(BIN)/litcurate browse --store $(STORE)"

test: $(INSTALLED) lint types tests  ## run ruff, mypy --strict and all tests

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(INSTALLED)
	$(BIN)/mypy

tests: $(INSTALLED)
	$(BIN)/python -m pytest --numprocesses auto

docs: $(INSTALLED)  ## write the pages of the documents that are made from the code: rules and modules
	$(BIN)/litcurate rules --format markdown > docs/rules.md
	$(BIN)/python tests/module_map.py

golden: $(INSTALLED)  ## rewrite the golden files from what the code gives now; read the difference before a commit
	$(BIN)/python -m pytest --rewrite-golden tests/test_demo.py

screenshots: $(INSTALLED)  ## take the pictures of the documents again, in an installed Chromium; look at them
	$(BIN)/python tests/screenshots.py

# The benchmarks measure against material that is not in the project: give its folders on the command line.
# ARTICLES: a folder of articles (article.pdf, tables.json, sentences.json, references.json); REVIEW: one such folder;
# CORPORA: a folder of mutation corpora (*.jsonl); SCORE: the folder of the scorers.

bench-reading: $(INSTALLED)  ## measure the reading: make bench-reading ARTICLES=... SCORE=... [REVIEW=...]
	$(BIN)/python tests/benchmarks/reading.py $(ARTICLES) --score $(SCORE) $(if $(REVIEW),--review $(REVIEW)) --memory

bench-capture: $(INSTALLED)  ## measure the recognisers: make bench-capture CORPORA=... SCORE=... [REVIEW=...]
	$(BIN)/python tests/benchmarks/capture.py $(CORPORA) --score $(SCORE) $(if $(REVIEW),--review $(REVIEW))

bench-rules: $(INSTALLED)  ## measure the rules by seeded errors: make bench-rules [ARTICLES=...]
	$(BIN)/python tests/benchmarks/seeded_errors.py $(ARTICLES) $(if $(ARTICLES),,--write curate/rules/measured.json)

bench-review: $(INSTALLED)  ## measure the review on a generated store of 100,000 flags (takes some minutes)
	$(BIN)/python tests/benchmarks/review.py

bench-press: $(INSTALLED)  ## measure the reading in styles drawn at random: make bench-press [STYLES=200] [SEED=...] [PRESS_ARTICLES=...] [SCORE=...]
	$(BIN)/python tests/benchmarks/press.py --styles $(or $(STYLES),200) $(if $(SEED),--seed $(SEED)) $(if $(PRESS_ARTICLES),--articles $(PRESS_ARTICLES)) $(if $(SCORE),--score $(SCORE))

bench-hostile: $(INSTALLED)  ## send broken and malicious PDFs through the batch: make bench-hostile [COUNT=2000]
	$(BIN)/python tests/benchmarks/hostile.py --count $(or $(COUNT),2000)

bench-mutants: $(INSTALLED)  ## put small faults into ten modules and count those that tests notice: make bench-mutants [SAMPLE=12]
	$(BIN)/python -m pip install --quiet 'cosmic-ray>=8.3,<9'
	$(BIN)/python tests/benchmarks/mutants.py --sample $(or $(SAMPLE),12)

lock: $(INSTALLED)  ## write the versions that are installed now to the lock file of CI
	$(BIN)/python -m pip freeze --exclude-editable > .ci/constraints.txt

clean:  ## remove the virtual environment and what the tools leave behind
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
