"""bookmarks and skips, and which offers meet which needs

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("item") as table:
        table.add_column(sa.Column("revision", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_table(
        "mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("marked_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("person_id <> other_id", name=op.f("ck_mark_not_oneself")),
        sa.CheckConstraint("kind IN ('bookmark', 'skip')", name=op.f("ck_mark_known_kind")),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["participant.id"],
            name=op.f("fk_mark_person_id_participant"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["participant.id"],
            name=op.f("fk_mark_other_id_participant"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
        sa.UniqueConstraint(
            "person_id", "other_id", "kind", name=op.f("uq_mark_person_id_other_id_kind")
        ),
    )
    op.create_index(op.f("ix_mark_other_id"), "mark", ["other_id"])
    op.create_table(
        "needs_met",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("found", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_needs_met_event_id_event"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_needs_met")),
    )


def downgrade() -> None:
    op.drop_table("needs_met")
    op.drop_index(op.f("ix_mark_other_id"), table_name="mark")
    op.drop_table("mark")
    with op.batch_alter_table("item") as table:
        table.drop_column("revision")
