"""places and the waiting list, tags, invitations, saved views, files being brought in

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BEFORE = "'registering', 'pending', 'approved', 'rejected', 'withdrawn'"
AFTER = "'registering', 'pending', 'waiting', 'approved', 'rejected', 'withdrawn'"


def upgrade() -> None:
    for table in ("event", "participant_type"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("places", sa.Integer(), nullable=True))
            batch.create_check_constraint(op.f(f"ck_{table}_places_count"), "places >= 0")
    with op.batch_alter_table("participant") as batch:
        batch.add_column(sa.Column("waiting_since", sa.DateTime(), nullable=True))
    _know_states(AFTER)
    _create_marks_of_people()
    _create_views_and_sheets()


def downgrade() -> None:
    for name in ("person_sheet", "saved_view", "invitation", "participant_tag"):
        op.drop_table(name)
    op.execute("UPDATE participant SET status = 'pending' WHERE status = 'waiting'")
    _know_states(BEFORE)
    with op.batch_alter_table("participant") as batch:
        batch.drop_column("waiting_since")
    for table in ("event", "participant_type"):
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"ck_{table}_places_count"), type_="check")
            batch.drop_column("places")


def _know_states(states: str) -> None:
    with op.batch_alter_table("participant") as batch:
        batch.drop_constraint(op.f("ck_participant_known_status"), type_="check")
        batch.create_check_constraint(op.f("ck_participant_known_status"), f"status IN ({states})")


def _create_marks_of_people() -> None:
    op.create_table(
        "participant_tag",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        _reference("participant_tag", "participant"),
        sa.PrimaryKeyConstraint("participant_id", "tag", name=op.f("pk_participant_tag")),
    )
    op.create_index("ix_participant_tag_tag", "participant_tag", ["tag"])
    op.create_table(
        "invitation",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("reminded_at", sa.DateTime(), nullable=True),
        _reference("invitation", "participant"),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_invitation")),
    )


def _create_views_and_sheets() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("query", sa.String(length=1000), nullable=False),
        _reference("saved_view", "event"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("event_id", "name", name=op.f("uq_saved_view_event_id_name")),
    )
    op.create_table(
        "person_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("heading", sa.Integer(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=True),
        _reference("person_sheet", "event"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_sheet")),
    )
    op.create_index(
        "ix_person_sheet_event_id_created_at", "person_sheet", ["event_id", "created_at"]
    )


def _reference(table: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [f"{target}_id"],
        [f"{target}.id"],
        name=op.f(f"fk_{table}_{target}_id_{target}"),
        ondelete="CASCADE",
    )
