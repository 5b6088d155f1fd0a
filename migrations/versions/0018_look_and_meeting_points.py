"""an event's words by language, its colours and logo; booths, video rooms, who takes part online

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

COLUMNS = {
    "practical": (sa.Text(), ""),
    "texts": (sa.JSON(), "{}"),
    "colours": (sa.JSON(), "{}"),
    "logo": (sa.String(length=16), ""),
}


def upgrade() -> None:
    with op.batch_alter_table("event") as event:
        for name, (kind, usual) in COLUMNS.items():
            event.add_column(sa.Column(name, kind, nullable=False, server_default=usual))
    with op.batch_alter_table("participant") as participant:
        participant.add_column(
            sa.Column("online", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    _create_logo()
    _create_points()


def downgrade() -> None:
    for name in ("video_room", "booth", "event_logo"):
        op.drop_table(name)
    with op.batch_alter_table("participant") as participant:
        participant.drop_column("online")
    with op.batch_alter_table("event") as event:
        for name in COLUMNS:
            event.drop_column(name)


def _create_logo() -> None:
    op.create_table(
        "event_logo",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("large", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        _reference("event_logo", "event_id", "event"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_logo")),
    )


def _create_points() -> None:
    op.create_table(
        "booth",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        _reference("booth", "point_id", "meeting_point"),
        _reference("booth", "participant_id", "participant"),
        sa.PrimaryKeyConstraint("point_id", name=op.f("pk_booth")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_booth_participant_id")),
    )
    op.create_table(
        "video_room",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        _reference("video_room", "point_id", "meeting_point"),
        sa.CheckConstraint("link <> ''", name=op.f("ck_video_room_leads_somewhere")),
        sa.PrimaryKeyConstraint("point_id", name=op.f("pk_video_room")),
    )


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE"
    )
