"""what happened after publishing, repairs, locks, the grid's draft, and versions to go back to

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("run") as batch:
        batch.add_column(_text("kind", 10, "whole"))
        batch.add_column(sa.Column("of_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_run_of_id"), "run", ["of_id"], ["id"], ondelete="CASCADE")
        batch.create_index("ix_run_of_id", ["of_id"])
        batch.create_check_constraint(op.f("ck_run_known_kind"), "kind IN ('whole', 'repair')")
    with op.batch_alter_table("meeting") as batch:
        batch.add_column(
            sa.Column("locked", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    _widen_agenda()
    _create_disruption()
    _create_draft()


def downgrade() -> None:
    for name in ("agenda_step", "agenda_draft", "disruption"):
        op.drop_table(name)
    op.execute("DELETE FROM agenda WHERE run_id IS NULL")
    with op.batch_alter_table("agenda") as batch:
        batch.drop_constraint(op.f("ck_agenda_known_kind"), type_="check")
        for name in ("kind", "note", "contents", "added", "moved", "cancelled"):
            batch.drop_column(name)
        batch.alter_column("run_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("meeting") as batch:
        batch.drop_column("locked")
    op.execute("DELETE FROM run WHERE of_id IS NOT NULL AND id NOT IN (SELECT run_id FROM agenda)")
    with op.batch_alter_table("run") as batch:
        batch.drop_constraint(op.f("ck_run_known_kind"), type_="check")
        batch.drop_index("ix_run_of_id")
        batch.drop_constraint(op.f("fk_run_of_id"), type_="foreignkey")
        batch.drop_column("of_id")
        batch.drop_column("kind")


def _widen_agenda() -> None:
    with op.batch_alter_table("agenda") as batch:
        batch.alter_column("run_id", existing_type=sa.Integer(), nullable=True)
        batch.add_column(_text("kind", 10, "run"))
        batch.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("contents", sa.JSON(), nullable=False, server_default="[]"))
        for name in ("added", "moved", "cancelled"):
            batch.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        batch.create_check_constraint(
            op.f("ck_agenda_known_kind"), "kind IN ('run', 'repair', 'grid', 'earlier', 'none')"
        )


def _create_disruption() -> None:
    op.create_table(
        "disruption",
        sa.Column("id", sa.Integer(), nullable=False),
        _reference("disruption", "event_id", "event"),
        sa.Column("kind", sa.String(length=10), nullable=False),
        _reference("disruption", "participant_id", "participant", nullable=True),
        _reference("disruption", "absence_id", "absence", nullable=True, ondelete="SET NULL"),
        _reference("disruption", "point_id", "meeting_point", nullable=True),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        _reference("disruption", "told_by_id", "user_account", nullable=True, ondelete="SET NULL"),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('gone', 'away', 'point', 'time')", name=op.f("ck_disruption_known_kind")
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_disruption_times_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disruption")),
    )
    op.create_index("ix_disruption_event_id", "disruption", ["event_id"])
    op.create_index("ix_disruption_participant_id", "disruption", ["participant_id"])


def _create_draft() -> None:
    op.create_table(
        "agenda_draft",
        _reference("agenda_draft", "event_id", "event"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_agenda_draft")),
    )
    op.create_table(
        "agenda_step",
        sa.Column("id", sa.Integer(), nullable=False),
        _reference("agenda_step", "event_id", "event"),
        sa.Column("turn", sa.Integer(), nullable=False),
        _reference("agenda_step", "a_id", "participant"),
        _reference("agenda_step", "b_id", "participant"),
        _reference("agenda_step", "slot_id", "slot", nullable=True),
        _reference("agenda_step", "point_id", "meeting_point", nullable=True),
        _reference("agenda_step", "by_id", "user_account", nullable=True, ondelete="SET NULL"),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("a_id < b_id", name=op.f("ck_agenda_step_pair_in_order")),
        sa.CheckConstraint(
            "(slot_id IS NULL) = (point_id IS NULL)", name=op.f("ck_agenda_step_a_place_is_whole")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_step")),
        sa.UniqueConstraint(
            *("event_id", "turn", "a_id", "b_id"),
            name=op.f("uq_agenda_step_event_id_turn_a_id_b_id"),
        ),
    )


def _text(name: str, length: int, default: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False, server_default=default)


def _reference(
    table: str, column: str, target: str, *, nullable: bool = False, ondelete: str = "CASCADE"
) -> sa.Column[int]:
    name = op.f(f"fk_{table}_{column}")
    key = sa.ForeignKey(f"{target}.id", name=name, ondelete=ondelete)
    return sa.Column(column, sa.Integer(), key, nullable=nullable)
