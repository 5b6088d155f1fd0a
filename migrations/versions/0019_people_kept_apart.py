"""pairs that look like one person and are two

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "apart",
        sa.Column("a_id", sa.Integer(), nullable=False),
        sa.Column("b_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column],
                ["participant.id"],
                name=op.f(f"fk_apart_{column}_participant"),
                ondelete="CASCADE",
            )
            for column in ("a_id", "b_id")
        ),
        sa.CheckConstraint("a_id < b_id", name=op.f("ck_apart_pair_in_order")),
        sa.PrimaryKeyConstraint("a_id", "b_id", name=op.f("pk_apart")),
    )
    op.create_index("ix_apart_b_id", "apart", ["b_id"])


def downgrade() -> None:
    op.drop_table("apart")
