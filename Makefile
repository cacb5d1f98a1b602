# Every target makes what it needs: a bare machine with Python 3.10+, git and make is enough.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint format rule tables schemas catalogue bench docs clean extension test-editors

demo: .venv/ready          ## check the examples and show what is found
	@echo '$$ pipelint examples/broken'; $(BIN)/pipelint --exit-zero examples/broken
	@echo '$$ pipelint examples/mended'; $(BIN)/pipelint examples/mended

test: .venv/ready          ## everything the project promises
	$(BIN)/python -m pytest -n 2 --dist loadgroup tests

lint: .venv/ready          ## style, types, floors
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

format: .venv/ready
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

rule: .venv/ready          ## start a rule: make rule DIALECT=harness NAME=unpinned-image FAMILY=images
	$(BIN)/python tools/scaffold.py "$(DIALECT)" "$(NAME)" "$(FAMILY)"

tables: .venv/ready        ## let lark build the parsing tables of every grammar
	$(BIN)/python -m pipelint.grammar.build

schemas: .venv/ready       ## make the JSON Schemas and slices from the catalogues
	$(BIN)/python -m pipelint_schemas.build

catalogue: .venv/ready     ## take Harness's schema over: make catalogue FROM=../harness-schema DATE=2026-08-07
	$(BIN)/python -m pipelint_schemas.harness_import "$(FROM)" $(DATE) $(COMMIT) && $(BIN)/python -m pipelint_schemas.build

bench: .venv/bench         ## measure against the peers; writes benchmarks/RESULTS.md
	$(BIN)/python benchmarks/run.py

docs: .venv/ready          ## the documentation site: build/site/index.html
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict
	$(BIN)/python tools/site/links.py build/site

extension: .venv/ready     ## the VS Code extension: vscode-extension/dist/pipelint.vsix (needs node)
	cd vscode-extension && npm ci --ignore-scripts && ../$(BIN)/python tools/bundle.py && npm run package

test-editors: extension    ## real editors: VS Code (chromium), Neovim, Emacs
	cd vscode-extension && npm run check && npm test && npm run test:editor
	$(BIN)/python -m pytest tests/editors

clean:
	rm -rf .venv dist build

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --group dev --editable ".[lsp]"
	@touch $@

.venv/bench: .venv/ready
	$(BIN)/python -m pip install --quiet --group bench
	@touch $@
