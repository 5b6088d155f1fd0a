"""Runs the migrations on the database of the application in hand."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection, MetaData

from matchmaker.tables import metadata


def run(connection: Connection, target: MetaData) -> None:
    context.configure(
        connection=connection,
        target_metadata=target,
        render_as_batch=True,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


with current_app.extensions["migrate"].db.engine.connect() as connection:
    run(connection, metadata)
