"""notes, settings and changes of runs; studies of capacity

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("run") as run:
        run.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
        run.add_column(sa.Column("settings", sa.JSON(), nullable=False, server_default="{}"))
        run.add_column(sa.Column("changes", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "capacity_study",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("trials", sa.JSON(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("beat_at", sa.DateTime(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed')",
            name=op.f("ck_capacity_study_known_state"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name=op.f("fk_capacity_study_event_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["user_account.id"],
            name=op.f("fk_capacity_study_asked_by_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity_study")),
    )
    op.create_index("ix_capacity_study_state", "capacity_study", ["state"])
    op.create_index("ix_capacity_study_asked_by_id", "capacity_study", ["asked_by_id"])
    op.create_index("ix_capacity_study_event_id_id", "capacity_study", ["event_id", "id"])


def downgrade() -> None:
    op.drop_table("capacity_study")
    with op.batch_alter_table("run") as run:
        for column in ("note", "settings", "changes"):
            run.drop_column(column)
