"""who may see which field, consents by purpose, when an event is erased

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NEW = {
    "job_title": (sa.String(length=120), ""),
    "phone": (sa.String(length=40), ""),
    "link": (sa.String(length=300), ""),
    "about": (sa.Text(), ""),
    "audiences": (sa.JSON(), "{}"),
}


def upgrade() -> None:
    with op.batch_alter_table("participant") as participant:
        for name, (kind, default) in NEW.items():
            column = sa.Column(name, kind, nullable=False, server_default=default)
            participant.add_column(column)
    with op.batch_alter_table("event") as event:
        event.add_column(sa.Column("erase_on", sa.Date(), nullable=True))
        event.add_column(
            sa.Column("meetings_erased", sa.Integer(), nullable=False, server_default="0")
        )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=30), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_consent_numbered_from_one")),
        sa.CheckConstraint("withdrawn_at >= given_at", name=op.f("ck_consent_times_in_order")),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_consent_participant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index("ix_consent_participant_id", "consent", ["participant_id"])
    op.execute(
        "INSERT INTO consent (participant_id, purpose, version, given_at)"
        " SELECT id, 'shown', 1, listed_at FROM participant WHERE listed_at IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table("consent")
    with op.batch_alter_table("event") as event:
        event.drop_column("meetings_erased")
        event.drop_column("erase_on")
    with op.batch_alter_table("participant") as participant:
        for name in reversed(NEW):
            participant.drop_column(name)
