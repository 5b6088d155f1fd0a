"""requests with their history, times proposed, and meetings changed by the two themselves

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

EVENT_COLUMNS = ("most_pending", "request_days", "placement", "change_hours")
EVENT_CHECKS = (
    "most_pending_counts",
    "request_days_count",
    "known_placement",
    "change_hours_count",
)


def upgrade() -> None:
    _settle_event()
    _widen_request()
    _create_request_parts()
    with op.batch_alter_table("meeting") as meeting:
        meeting.add_column(
            sa.Column("kept", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    _create_meeting_move()


def downgrade() -> None:
    op.drop_table("meeting_move")
    with op.batch_alter_table("meeting") as meeting:
        meeting.drop_column("kept")
    op.drop_table("request_step")
    op.drop_table("request_slot")
    with op.batch_alter_table("request") as request:
        request.drop_index("ix_request_state_created_at")
        request.drop_index("ix_request_about_id")
        request.drop_constraint("fk_request_about_id_item", type_="foreignkey")
        request.drop_constraint("fk_request_slot_id_slot", type_="foreignkey")
        for name in ("about_id", "slot_id", "reason", "proposed_at", "reminded_at"):
            request.drop_column(name)
    with op.batch_alter_table("event") as event:
        for name in EVENT_CHECKS:
            event.drop_constraint(op.f(f"ck_event_{name}"), type_="check")
        for name in EVENT_COLUMNS:
            event.drop_column(name)


def _settle_event() -> None:
    with op.batch_alter_table("event") as event:
        event.add_column(
            sa.Column("most_pending", sa.Integer(), nullable=False, server_default="10")
        )
        event.add_column(
            sa.Column("request_days", sa.Integer(), nullable=False, server_default="7")
        )
        event.add_column(
            sa.Column("placement", sa.String(length=10), nullable=False, server_default="run")
        )
        event.add_column(sa.Column("change_hours", sa.Integer(), nullable=True, server_default="1"))
        checks = ("most_pending >= 1", "request_days >= 0", "placement IN ('run', 'at once')")
        for name, check in zip(EVENT_CHECKS, (*checks, "change_hours >= 0"), strict=True):
            event.create_check_constraint(op.f(f"ck_event_{name}"), check)


def _widen_request() -> None:
    with op.batch_alter_table("request") as request:
        request.add_column(sa.Column("about_id", sa.Integer(), nullable=True))
        request.add_column(sa.Column("slot_id", sa.Integer(), nullable=True))
        request.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))
        request.add_column(sa.Column("proposed_at", sa.DateTime(), nullable=True))
        request.add_column(sa.Column("reminded_at", sa.DateTime(), nullable=True))
        request.create_foreign_key(
            "fk_request_about_id_item", "item", ["about_id"], ["id"], ondelete="SET NULL"
        )
        request.create_foreign_key(
            "fk_request_slot_id_slot", "slot", ["slot_id"], ["id"], ondelete="SET NULL"
        )
        request.create_index("ix_request_about_id", ["about_id"])
        request.create_index("ix_request_state_created_at", ["state", "created_at"])


def _create_request_parts() -> None:
    op.create_table(
        "request_slot",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        _reference("request_slot", "request"),
        _reference("request_slot", "slot"),
        sa.PrimaryKeyConstraint("request_id", "slot_id", name="pk_request_slot"),
    )
    op.create_table(
        "request_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("deed", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "side IN ('asker', 'answerer', '')", name=op.f("ck_request_step_known_side")
        ),
        sa.CheckConstraint(
            "deed IN ('asked', 'edited', 'proposed', 'accepted', 'declined', 'withdrawn',"
            " 'expired')",
            name=op.f("ck_request_step_known_deed"),
        ),
        _reference("request_step", "request"),
        sa.PrimaryKeyConstraint("id", name="pk_request_step"),
    )
    op.create_index("ix_request_step_request_id", "request_step", ["request_id"])


def _create_meeting_move() -> None:
    op.create_table(
        "meeting_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'accepted', 'declined', 'withdrawn', 'outdated')",
            name=op.f("ck_meeting_move_known_state"),
        ),
        _reference("meeting_move", "meeting"),
        _reference("meeting_move", "participant", column="by_id"),
        _reference("meeting_move", "slot"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_move"),
    )
    op.create_index("ix_meeting_move_meeting_id", "meeting_move", ["meeting_id"])
    op.create_index("ix_meeting_move_by_id", "meeting_move", ["by_id"])
    pending = sa.text("state = 'pending'")
    op.create_index(
        "uq_meeting_move_meeting_id",
        "meeting_move",
        ["meeting_id"],
        unique=True,
        sqlite_where=pending,
        postgresql_where=pending,
    )


def _reference(table: str, other: str, *, column: str = "") -> sa.ForeignKeyConstraint:
    """A row that goes with what it refers to."""
    name = column or f"{other}_id"
    return sa.ForeignKeyConstraint(
        [name], [f"{other}.id"], name=f"fk_{table}_{name}_{other}", ondelete="CASCADE"
    )
