# Everything happens in .venv, which the targets make for themselves. `make help` lists the targets.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help venv demo test baseline bench bench-deps judge-deps pictures check format lock clean

PYTHON ?= python3.11
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SOURCES := ingest assistant eval tests scripts
TORCH := $(shell sed -n 's/^\(torch==.*\)/\1/p' constraints.txt)

# No test, check or demonstration needs the network, nor tells anybody that it ran.
export HF_HUB_OFFLINE ?= 1
export ANONYMIZED_TELEMETRY ?= False
export DO_NOT_TRACK ?= 1
export PIP_DISABLE_PIP_VERSION_CHECK ?= 1

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name text; do printf '  %-10s %s\n' "$$name" "$$text"; done

venv: $(STAMP) ## Make the environment (.venv), once

# torch goes first: found on its own it comes as one wheel; found as somebody's dependency it may bring others.
$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet $(TORCH)
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev,openai,postgres]'
	touch $@

demo: venv ## Read the sample documents, answer three questions, start the server (DEMO_ONCE=1 stops it at once)
	BIN=$(BIN) scripts/demo.sh

test: venv ## Run the tests
	$(BIN)/python -m pytest

# What CI holds each change against: run it when answers were meant to change, and read the difference before committing.
baseline: venv ## Ask the regression set again and keep the answers as those that changes are compared with
	$(BIN)/cabildo eval run cartagena --fresh --save-as eval/sets/cartagena/baseline.json

# The full-size documents and questions where they stand beside the repository, else those of the set that travels in it.
DOCS ?= $(firstword $(wildcard ../shared/documents) eval/sets/cartagena/documents)
SET ?= $(firstword $(wildcard ../shared/questions/questions.yaml) cartagena)
bench: venv ## Measure ingest (of a long PDF too), retrieval and answers against what they are made of (DOCS=… SET=…)
	$(BIN)/python -m eval.bench.ingest $(DOCS)
	$(BIN)/python -m eval.bench.pdf
	$(BIN)/python -m eval.bench.retrieval $(SET) $(DOCS)
	$(BIN)/python -m eval.bench.latency $(SET) $(DOCS) $(wildcard ../shared/other-cities)

# Environments of their own, since their pins clash with ours.
.venv-llama/.installed:
	$(PYTHON) -m venv .venv-llama
	.venv-llama/bin/python -m pip install --quiet $(TORCH)
	.venv-llama/bin/python -m pip install --quiet llama-index-core llama-index-vector-stores-chroma llama-index-embeddings-huggingface
	touch $@
.venv-judge/.installed:
	$(PYTHON) -m venv .venv-judge
	.venv-judge/bin/python -m pip install --quiet ragas "langchain-community<0.4" "langchain<1" "langchain-openai<1"
	touch $@

bench-deps: .venv-llama/.installed ## Make the environment of LlamaIndex, which `bench` compares with
judge-deps: .venv-judge/.installed ## Make the environment of ragas, for `cabildo eval run --judge`

pictures: venv ## Take the pictures of the pages that the README shows (needs Chromium)
	$(BIN)/python scripts/screenshots.py

check: venv ## Format, lint and types
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy

format: venv ## Format the code and mend what the linter can
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

lock: ## Pin every package anew, from a clean environment
	rm -rf $(VENV)-lock
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet $(TORCH)
	$(VENV)-lock/bin/python -m pip install --quiet -e '.[dev,openai,postgres]'
	{ sed -n '/^#/p' constraints.txt; \
	  $(VENV)-lock/bin/python -m pip freeze --exclude-editable | sed 's/+cpu//'; } > constraints.txt.new
	mv constraints.txt.new constraints.txt
	rm -rf $(VENV)-lock

clean: ## Remove what was built; the environment and the data stay
	rm -rf build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .demo
	find $(SOURCES) -name __pycache__ -type d -prune -exec rm -rf {} +
