# Everything a person, the README or CI does here is a target of this file. `make help` lists them.
# Needed on the machine: Python 3.11 or newer, and make. All else is installed into .venv from the hashed lock.

VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check
LOCKED := $(PIP) install --require-hashes --progress-bar off --quiet --quiet

# The first Python that is new enough. Libraries with compiled parts come late to a new Python: known versions go first.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)

.DEFAULT_GOAL := help
.PHONY: help install demo serve test test-fast lint fmt golden openapi commands bench bench-verdicts bench-corpus bench-model \
	bench-latency bench-versus bench-load bench-chaos bench-editors bench-extension bench-watching bench-ingest \
	bench-cluster bench-rolling bench-soak try-images lock audit dist sbom clean

help: ## this list
	@grep -hE '^[a-z][a-z-]*:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | awk -F'|' '{printf "  make %-15s %s\n", $$1, $$2}'

# ── installation ────────────────────────────────────────────────────────────────────────────────────────────────────

install: $(VENV)/.project ## .venv with everything in it; the other targets do this by themselves

$(VENV)/.lock: requirements/dev.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found. Install it, or say where it is:" \
		"make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; exit 1; }
	@test -x $(BIN)/python || { echo "Making $(VENV) with $$($(PYTHON) --version) ..."; $(PYTHON) -m venv $(VENV); }
	@echo "Installing the locked packages (about a minute with a fast line) ..."
	@$(LOCKED) -r requirements/dev.txt
	@touch $@

$(VENV)/.project: $(VENV)/.lock pyproject.toml
	@$(PIP) install --quiet --quiet --no-deps --no-build-isolation -e .
	@touch $@

# Linters of the container files, the compiler of the lock: tools that the project itself does not import.
$(VENV)/.tools: requirements/tools.txt $(VENV)/.lock
	@echo "Installing the tools of the lock and of the container files ..."
	@$(LOCKED) -r requirements/tools.txt
	@touch $@

# Apart from .venv: the auditors bring many packages that must not count as ours.
$(VENV)/audit/.lock: requirements/audit.txt $(VENV)/.lock
	@test -x $(VENV)/audit/bin/python || $(BIN)/python -m venv $(VENV)/audit
	@echo "Installing the auditors ..."
	@$(VENV)/audit/bin/python -m pip --disable-pip-version-check install --require-hashes --progress-bar off --quiet --quiet \
		-r requirements/audit.txt
	@touch $@

# ── using it ────────────────────────────────────────────────────────────────────────────────────────────────────────

demo: install ## check a sample draft against the two seed reports over HTTP, print the verdicts, stop
	@$(BIN)/python -m factcheck_cli.demo

serve: install ## the whole service on this machine (data in ./data); Ctrl-C stops it
	@$(BIN)/factcheck serve --data data

# ── working on it ───────────────────────────────────────────────────────────────────────────────────────────────────

# Tests start hundreds of processes: each would compile the code anew where compiled files may not be kept.
test test-fast: export PYTHONDONTWRITEBYTECODE :=

# Many tests wait for a service or a browser: two processes a core, four at most (each loads the models
# once). A file's tests stay in one process, with what they share, and run in the order of the files: those that start
# services first, short ones last.
test: install ## all tests; `make test ARGS="-k dates"` for some of them
	@$(BIN)/python -m pytest -n $$($(BIN)/python -c "import os; print(min(4, 2 * (os.cpu_count() or 1)))") \
		--dist loadfile --no-loadscope-reorder $(ARGS)

# These compute only: a process a core. Who runs dry takes over tests of another one's.
test-fast: install ## the unit tests that need no server, browser or model: within a minute, for every change
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal -p no:schemathesis.pytest.plugin \
		-m "not server and not browser and not model" tests/unit $(ARGS)

lint: install $(VENV)/.tools ## ruff, mypy --strict, import contracts, hadolint, compose file
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/hadolint Dockerfile
	$(BIN)/docker-compose --file docker-compose.yml config --quiet

fmt: install ## rewrite the code as the linters want it
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

golden: install ## rewrite tests/golden and the demo block of the README from the current output; review the diff
	@FACTCHECK_GOLDEN=rewrite $(BIN)/python -m pytest tests/golden

commands: install ## write docs/commands.md from the help of the commands
	@$(BIN)/python -m factcheck_cli.help_page > docs/commands.md.new && mv docs/commands.md.new docs/commands.md

openapi: install ## write openapi.yaml from the code
	@$(BIN)/python -m service.openapi > openapi.yaml.new && mv openapi.yaml.new openapi.yaml

# ── measuring ───────────────────────────────────────────────────────────────────────────────────────────────────────

bench: bench-verdicts bench-corpus bench-model bench-latency bench-load bench-chaos ## all benches; figures are kept in bench/RESULTS.md

bench-verdicts: install ## accuracy on labelled cases
	$(BIN)/python -m bench.verdicts $(ARGS)

bench-corpus: install ## corpus search: speed and recall
	$(BIN)/python -m bench.corpus $(ARGS)

bench-model: install ## entailment model: accuracy and pairs a second
	$(BIN)/python -m bench.model $(ARGS)

bench-latency: install ## an article through HTTP: first verdict, last verdict
	$(BIN)/python -m bench.latency $(ARGS)

bench-versus: install ## this build against an earlier one (cf16b1c), in turn; ARGS="--only claims,latency" for some measures
	$(BIN)/python -m bench.versus $(ARGS)

bench-load: install ## submissions, reads beside long polls, a full queue
	$(BIN)/python -m bench.load $(ARGS)

bench-chaos: install ## kill -9 at random moments: nothing lost, nothing twice
	$(BIN)/python -m bench.chaos $(ARGS)

bench-cluster: install ## two hosts, Sentinel and replicas; parts and a whole host are killed under load
	$(BIN)/python -m bench.cluster $(ARGS)

bench-rolling: install ## two hosts are replaced under load; ARGS="--from COMMIT" upgrades them from an earlier build
	$(BIN)/python -m bench.rolling $(ARGS)

bench-soak: install ## mixed load for hours: does anything grow? ARGS="--minutes 120 --rate 5"
	$(BIN)/python -m bench.soak $(ARGS)

bench-watching: install ## which documents trigger a recheck, and how fast
	$(BIN)/python -m bench.watching $(ARGS)

bench-editors: install ## unchanged LanguageTool clients (fetched from the registries), and how live editing feels
	$(BIN)/python -m bench.editors $(ARGS)

bench-extension: install ## the browser extension in editors (fetched from npm's registry): marks, and how long a key takes
	$(BIN)/python -m bench.extension $(ARGS)

bench-ingest: install ## archives: dates and words of 67 layouts; ARGS=speed or ARGS=kills for the import of an export
	$(BIN)/python -m bench.ingest $(or $(ARGS),layouts)

# ── images ──────────────────────────────────────────────────────────────────────────────────────────────────────────

try-images: install ## build both images without a daemon, run the service from them, check the sample (Debian, root)
	@deploy/try-images $(ARGS)

# ── supply chain ────────────────────────────────────────────────────────────────────────────────────────────────────

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

lock: $(VENV)/.tools ## compile requirements/*.txt from pyproject.toml; ARGS=--upgrade for newer versions
	$(COMPILE) $(ARGS) pyproject.toml --extra worker --extra embedded --extra mcp --extra traces --extra dev --output-file requirements/dev.txt
	$(COMPILE) pyproject.toml --constraints requirements/dev.txt --extra ingest --output-file requirements/api.txt
	$(COMPILE) pyproject.toml --constraints requirements/dev.txt --extra worker --output-file requirements/worker.txt
	$(COMPILE) requirements/build.in --constraints requirements/dev.txt --output-file requirements/build.txt
	$(COMPILE) $(ARGS) requirements/tools.in --output-file requirements/tools.txt
	$(COMPILE) $(ARGS) requirements/audit.in --output-file requirements/audit.txt

audit: install $(VENV)/audit/.lock ## known vulnerabilities and licences of what is installed
	@$(BIN)/python requirements/audit.py $(VENV)/audit/bin

dist: install ## the client and the application as wheels and source archives in dist/
	@$(BIN)/python -m hatchling build --directory $(CURDIR)/dist
	@cd client && ../$(BIN)/python -m hatchling build --directory $(CURDIR)/dist

sbom: install $(VENV)/audit/.lock ## dist/sbom-api.json, dist/sbom-worker.json: Python packages of each image (CycloneDX)
	@mkdir -p dist
	@for image in api worker; do \
		$(VENV)/audit/bin/cyclonedx-py requirements requirements/$$image.txt --pyproject pyproject.toml \
			--output-reproducible --output-file dist/sbom-$$image.json && echo "dist/sbom-$$image.json"; done

clean: ## remove .venv, caches and build output; your data folder stays
	rm -rf $(VENV) dist client/factcheck_client .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
