"""several organisations for one account

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REFERRING = {
    "absence": ("participant_id",),
    "item": ("participant_id",),
    "wish": ("person_id", "other_id"),
    "request": ("asker_id", "answerer_id"),
    "run_meeting": ("a_id", "b_id"),
    "run_unplaced": ("a_id", "b_id"),
    "seat": ("participant_id",),
    "meeting": ("a_id", "b_id"),
}


def upgrade() -> None:
    with op.batch_alter_table("participant") as table:
        table.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(
            sa.Column("in_person", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        table.drop_constraint("uq_participant_event_id_user_id", type_="unique")
        table.create_unique_constraint(
            "uq_participant_event_id_user_id_number", ["event_id", "user_id", "number"]
        )
    op.create_table(
        "handover",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.Column("offered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name="fk_handover_participant_id_participant",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", name="pk_handover"),
    )
    op.create_index("ix_handover_email_key", "handover", ["email_key"])


def downgrade() -> None:
    """Of several participants of one account at one event the first stays."""
    op.drop_table("handover")
    _delete_further_participants()
    with op.batch_alter_table("participant") as table:
        table.drop_constraint("uq_participant_event_id_user_id_number", type_="unique")
        table.create_unique_constraint("uq_participant_event_id_user_id", ["event_id", "user_id"])
        table.drop_column("in_person")
        table.drop_column("number")


def _delete_further_participants() -> None:
    """With all that refers to them: SQLite does not follow foreign keys while migrating."""
    further = "SELECT id FROM participant WHERE number > 1"
    meetings = " OR ".join(f"{side} IN ({further})" for side in ("a_id", "b_id"))
    op.execute(f"DELETE FROM seat WHERE meeting_id IN (SELECT id FROM meeting WHERE {meetings})")  # noqa: S608
    for table, columns in REFERRING.items():
        for column in columns:
            op.execute(f"DELETE FROM {table} WHERE {column} IN ({further})")  # noqa: S608
    op.execute("DELETE FROM participant WHERE number > 1")
