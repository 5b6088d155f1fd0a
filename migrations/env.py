"""Runs the migrations on the database of the application in hand, whole or not at all.

Several processes may start at once: the first takes the lock, the others find nothing left to do.
SQLite rebuilds a table to change it, and with foreign keys on that would delete the rows that
refer to it; so they are off while the tables are in hand.
"""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from matchmaker.tables import metadata

LOCK_NUMBER = 2023_04_25


def run(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK_NUMBER})"))
        context.run_migrations()


def set_foreign_keys(connection: Connection, state: str) -> None:
    """Outside a transaction, where SQLite listens; hence on the driver's own connection."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.dbapi_connection
        driver.execute(f"PRAGMA foreign_keys={state}")


with current_app.extensions["migrate"].db.engine.connect() as connection:
    set_foreign_keys(connection, "OFF")
    try:
        run(connection)
    finally:
        connection.rollback()
        set_foreign_keys(connection, "ON")
