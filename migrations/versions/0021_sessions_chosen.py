"""the sessions of the programme that people choose, and the time these take of them

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("programme_session") as session:
        session.add_column(
            sa.Column("ref", sa.String(length=60), nullable=False, server_default="")
        )
        session.add_column(
            sa.Column("travel_minutes", sa.Integer(), nullable=False, server_default="0")
        )
        session.create_check_constraint(
            op.f("ck_programme_session_travel_within_hours"), "travel_minutes BETWEEN 0 AND 240"
        )
    op.create_table(
        "session_choice",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(), nullable=False),
        _reference("session_choice", "participant_id", "participant"),
        _reference("session_choice", "session_id", "programme_session"),
        sa.PrimaryKeyConstraint("participant_id", "session_id", name=op.f("pk_session_choice")),
    )
    op.create_index("ix_session_choice_session_id", "session_choice", ["session_id"])
    with op.batch_alter_table("absence") as absence:
        absence.add_column(sa.Column("session_id", sa.Integer(), nullable=True))
        absence.create_foreign_key(
            op.f("fk_absence_session_id"),
            "programme_session",
            ["session_id"],
            ["id"],
            ondelete="CASCADE",
        )
        absence.create_unique_constraint(
            op.f("uq_absence_participant_id_session_id"), ["participant_id", "session_id"]
        )
        absence.create_index(op.f("ix_absence_session_id"), ["session_id"])


def downgrade() -> None:
    op.execute("DELETE FROM absence WHERE session_id IS NOT NULL")
    with op.batch_alter_table("absence") as absence:
        absence.drop_index(op.f("ix_absence_session_id"))
        absence.drop_constraint(op.f("uq_absence_participant_id_session_id"), type_="unique")
        absence.drop_constraint(op.f("fk_absence_session_id"), type_="foreignkey")
        absence.drop_column("session_id")
    op.drop_table("session_choice")
    with op.batch_alter_table("programme_session") as session:
        session.drop_constraint(op.f("ck_programme_session_travel_within_hours"), type_="check")
        session.drop_column("travel_minutes")
        session.drop_column("ref")


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE"
    )
