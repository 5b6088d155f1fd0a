"""profiles of clusters: who leads them, members, strategy, services, criteria and label

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cluster_profile",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("director", sa.String(length=120), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        *_own_text("strategy"),
        sa.Column("strategy_link", sa.String(length=300), nullable=False),
        *_own_text("services"),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("label", sa.String(length=10), nullable=False),
        sa.Column("label_by", sa.String(length=160), nullable=False),
        sa.Column("label_from", sa.Date(), nullable=True),
        sa.Column("label_until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        _reference("organisation_id", "organisation", "CASCADE"),
        _reference("changed_by_id", "user_account", "SET NULL"),
        sa.CheckConstraint(
            "label IN ('', 'bronze', 'silver', 'gold')", name=op.f("ck_cluster_profile_known_label")
        ),
        sa.CheckConstraint(
            "label_until >= label_from", name=op.f("ck_cluster_profile_label_days_in_order")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_cluster_profile_numbered_from_one")),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_cluster_profile")),
    )
    op.create_index(op.f("ix_cluster_profile_changed_by_id"), "cluster_profile", ["changed_by_id"])


def downgrade() -> None:
    op.drop_table("cluster_profile")


def _own_text(name: str) -> tuple[sa.Column, ...]:
    return (
        sa.Column(name, sa.Text(), nullable=False),
        sa.Column(f"{name}_language", sa.String(length=2), nullable=False),
        sa.Column(f"{name}_texts", sa.JSON(), nullable=False),
    )


def _reference(column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_cluster_profile_{column}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)
