"""parts taken out of an event are kept, changes of the set-up can be undone, breaks, two matrices

Revision ID: 0017
Revises: 0016
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# Each kind of part, and the column that is unique in an event.
PARTS = {
    "participant_type": "name",
    "topic": "key",
    "meeting_block": "starts_at",
    "slot": "starts_at",
    "meeting_point": "name",
    "programme_session": "",
}


def upgrade() -> None:
    for table in PARTS:
        _let_go(table)
    with op.batch_alter_table("meeting_block") as batch:
        batch.add_column(
            sa.Column("pause_minutes", sa.Integer(), nullable=False, server_default="0")
        )
        batch.create_check_constraint(op.f("ck_meeting_block_pause_counts"), "pause_minutes >= 0")
    with op.batch_alter_table("type_permission") as batch:
        for name in ("asks", "sees"):
            batch.add_column(
                sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true())
            )
    _create_changes()


def downgrade() -> None:
    op.drop_table("setup_change")
    op.execute(sa.text("DELETE FROM type_permission WHERE NOT asks"))
    with op.batch_alter_table("type_permission") as batch:
        batch.drop_column("sees")
        batch.drop_column("asks")
    with op.batch_alter_table("meeting_block") as batch:
        batch.drop_constraint(op.f("ck_meeting_block_pause_counts"), type_="check")
        batch.drop_column("pause_minutes")
    for table, unique in PARTS.items():
        _take_in_again(table, unique)


def _let_go(table: str) -> None:
    with op.batch_alter_table(table) as batch:
        batch.alter_column("event_id", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("removed_from_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f(f"fk_{table}_removed_from_id"),
            "event",
            ["removed_from_id"],
            ["id"],
            ondelete="CASCADE",
        )
        batch.create_check_constraint(
            op.f(f"ck_{table}_belongs_once"), "(event_id IS NULL) <> (removed_from_id IS NULL)"
        )
        batch.create_index(f"ix_{table}_removed_from_id", ["removed_from_id"])


def _take_in_again(table: str, unique: str) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_index(f"ix_{table}_removed_from_id")
        batch.drop_constraint(op.f(f"ck_{table}_belongs_once"), type_="check")
    _stand_beside(table, unique)
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"fk_{table}_removed_from_id"), type_="foreignkey")
        batch.drop_column("removed_from_id")
        batch.alter_column("event_id", existing_type=sa.Integer(), nullable=False)


def _stand_beside(table: str, unique: str) -> None:
    """What was taken out comes back beside what took its name or time since."""
    column: sa.ColumnClause[object] = sa.column(
        unique or "title", sa.DateTime() if unique == "starts_at" else sa.String()
    )
    rows = sa.table(table, sa.column("id"), sa.column("event_id"), sa.column("removed_from_id"))
    named = sa.table(table, sa.column("id"), column)
    connection = op.get_bind()
    out = connection.execute(
        sa.select(rows.c.id, rows.c.removed_from_id).where(rows.c.event_id.is_(None))
    ).all()
    for row_id, event_id in out:
        if unique:
            before = connection.scalar(sa.select(column).where(named.c.id == row_id))
            apart = {column.name: _apart(before, row_id)}
            connection.execute(sa.update(named).where(named.c.id == row_id).values(apart))
        connection.execute(sa.update(rows).where(rows.c.id == row_id).values(event_id=event_id))


def _apart(before: object, row_id: int) -> object:
    if isinstance(before, str):
        return f"{before[:48]} ({row_id})"
    return before + timedelta(microseconds=row_id % 1_000_000)  # type: ignore[operator]


def _create_changes() -> None:
    op.create_table(
        "setup_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_setup_change_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_setup_change_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["undoes_id"],
            ["setup_change.id"],
            name=op.f("fk_setup_change_undoes_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup_change")),
    )
    op.create_index("ix_setup_change_event_id_version", "setup_change", ["event_id", "version"])
