# `make check` is what CI runs; the other targets are its parts.
.PHONY: check test lint format types

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
