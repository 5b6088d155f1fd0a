"""what became of meetings: words, notes, ratings, outcomes; the kind of mail that asks

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KINDS = ("needed", "requests", "agenda", "reminders")
KNOWN_ROUND = "months IN (0, 3, 6, 12)"


def upgrade() -> None:
    _set_kinds((*KINDS, "follow-up"))
    _create_of_pairs(
        "meeting_word",
        sa.Column("said", sa.String(10), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "said IN ('', 'held', 'absent', 'missed')", name=op.f("ck_meeting_word_known_saying")
        ),
        sa.CheckConstraint("rating IN (1, 2, 3)", name=op.f("ck_meeting_word_known_rating")),
        once=("person_id", "other_id"),
    )
    _create_of_pairs(
        "meeting_outcome",
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("results", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(200), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(KNOWN_ROUND, name=op.f("ck_meeting_outcome_known_round")),
        once=("person_id", "other_id", "months"),
    )
    counted = ["person_id", "other_id", "months", "results"]
    op.create_index("ix_meeting_outcome_counted", "meeting_outcome", counted)
    _create_rounds()


def downgrade() -> None:
    for table in ("outcome_round", "meeting_outcome", "meeting_word"):
        op.drop_table(table)
    op.execute("UPDATE mail SET kind = 'reminders' WHERE kind = 'follow-up'")
    op.execute("DELETE FROM stopped_kind WHERE kind = 'follow-up'")
    _set_kinds(KINDS)


def _set_kinds(kinds: tuple[str, ...]) -> None:
    with op.batch_alter_table("mail") as mail:
        mail.drop_constraint(op.f("ck_mail_known_kind"), type_="check")
        mail.create_check_constraint(op.f("ck_mail_known_kind"), f"kind IN {kinds}")


def _create_of_pairs(table: str, *more: sa.schema.SchemaItem, once: tuple[str, ...]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        *more,
        *(_reference(table, column) for column in ("person_id", "other_id")),
        sa.CheckConstraint("person_id <> other_id", name=op.f(f"ck_{table}_not_oneself")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(*once, name=op.f(f"uq_{table}_{'_'.join(once)}")),
    )
    op.create_index(f"ix_{table}_other_id", table, ["other_id"])


def _create_rounds() -> None:
    table = "outcome_round"
    op.create_table(
        table,
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        _reference(table, "participant_id"),
        sa.CheckConstraint(KNOWN_ROUND, name=op.f("ck_outcome_round_known_round")),
        sa.PrimaryKeyConstraint("participant_id", "months", name=op.f("pk_outcome_round")),
    )


def _reference(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        ["participant.id"],
        name=op.f(f"fk_{table}_{column}_participant"),
        ondelete="CASCADE",
    )
