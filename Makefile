# Every target makes what it needs; nothing has to be installed by hand but Python and make.
PYTHON ?= python3
PORT ?= 8000
ARGS ?=
PY := .venv/bin/python
DEV := DEBUG=1

.DEFAULT_GOAL := help
.PHONY: help run test check format bench lock pictures runtime dev

help: ## Show the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

run: runtime ## Try the site with its starter data (PORT=8000)
	@DEBUG=1 DEMO=1 SITE_URL=http://127.0.0.1:$(PORT) $(PY) manage.py demo --port $(PORT)

test: dev ## Run the tests on SQLite and PostgreSQL (ARGS="-k name")
	@$(PY) tests/run.py $(ARGS)

check: dev ## Check style, types, imports, templates, migrations and settings
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	$(DEV) $(PY) -m mypy
	.venv/bin/lint-imports --no-logo
	.venv/bin/djlint templates --lint --quiet --allow-empty-input
	.venv/bin/djlint templates --check --quiet --allow-empty-input
	$(DEV) DATABASE_URL=sqlite:///var/check.sqlite3 $(PY) manage.py makemigrations --check --dry-run
	@# What a deployment would set; the key is drawn anew each time.
	SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	  ALLOWED_HOSTS=example.org SITE_URL=https://example.org DATABASE_URL=sqlite:///var/check.sqlite3 \
	  LEDGER_ANCHOR=var/check.anchor DEBUG=0 DEMO=0 $(PY) manage.py check --deploy --fail-level WARNING
	$(PY) tools/floors.py

format: dev ## Format code and templates
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	-.venv/bin/djlint templates --reformat --quiet --allow-empty-input

bench: runtime ## Measure what users wait for (ARGS="--size 10000 --database sqlite")
	@$(PY) -m tools.bench $(ARGS)

lock: dev ## Pin the requirements again (ARGS=--upgrade for newer releases)
	$(PY) tools/lock.py $(ARGS)

pictures: dev ## Make the pictures of the documents again
	@$(PY) -m tools.pictures

runtime:
	@$(PYTHON) tools/install.py requirements.txt

dev:
	@$(PYTHON) tools/install.py requirements-dev.txt
