# Targets work in a fresh clone: the first one makes .venv.
PYTHON := $(shell command -v python3.11 || command -v python3 || command -v python)
BIN := .venv/bin
READY := .venv/ready

.PHONY: study figures test lint score bench clean

# The study of the shipped reports; its figures are kept in the repository.
study: $(READY)
	$(BIN)/kjreport study data/reports -o build/study
	mkdir -p figures
	cp build/study/figures/* figures/

figures: study

test: $(READY)
	$(BIN)/python -m pytest -q

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Agreement with the hand-coded gold table, where it stands beside the repository.
score: $(READY)
	$(BIN)/kjreport extract ../shared/reports ../shared/gold/docs -o build/gold.csv
	$(BIN)/kjreport score ../shared/gold/gold.csv build/gold.csv

# Speed and accuracy beside what else a user might take.
bench: $(READY)
	$(BIN)/python -m pip install --quiet --prefer-binary -c constraints.txt -e '.[bench]'
	for benchmark in benchmarks/*.py; do $(BIN)/python $$benchmark || exit 1; done

clean:
	rm -rf build .venv

$(READY): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --prefer-binary -c constraints.txt -e '.[test]'
	touch $@
