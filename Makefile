# `make check` is what CI runs; the other targets are its parts.
.PHONY: check test lint format types translations

check:
	.ci/check

test:
	uv run pytest

lint:
	uv run ruff check
	uv run ruff format --check

format:
	uv run ruff check --fix
	uv run ruff format

types:
	uv run mypy

# What is marked for translation, into the catalogues; then fill in what is empty and run it again.
translations:
	uv run pybabel -q extract -F pyproject.toml -k _l --add-location=file -o translations/messages.pot .
	for language in fi sv; do \
	  uv run pybabel -q update -i translations/messages.pot -d translations -l $$language \
	    --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap; done
	rm translations/messages.pot
	uv run pybabel -q compile -d translations --statistics
