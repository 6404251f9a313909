# make study · make test · make lab · make bench: each sets up .venv by itself, once.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: study test lab bench clean

study: .venv/ready
	$(BIN)/lesart study

test: .venv/ready
	$(BIN)/python -m pytest

lab: .venv/ready
	$(BIN)/jupyter lab notebooks

bench: .venv/bench
	$(BIN)/python benchmarks/run.py

# The peers that are measured against; nothing else needs them.
.venv/bench: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	@touch .venv/bench

# Only a change of what is required installs again.
.venv/ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Lesart needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || \
		{ echo "Python lacks its venv module; on Debian and Ubuntu: sudo apt install python3-venv" >&2; rm -rf .venv; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch .venv/ready

clean:
	rm -rf .venv
