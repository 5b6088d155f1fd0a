"""Counts the statements sent to the database inside a `with` block."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from matchmaker.extensions import db


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The statements sent meanwhile, savepoints and the like not among them."""
    statements: list[str] = []

    def remember(
        connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
    ) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", remember)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", remember)
