"""what offers and needs say by category and in other languages; the organiser's questions

Revision ID: 0006
Revises: 0005
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NEW = {
    "category": (sa.String(length=20), ""),
    "stage": (sa.String(length=20), ""),
    "ipr": (sa.String(length=20), ""),
    "cooperation": (sa.JSON(), "[]"),
    "partner_kinds": (sa.JSON(), "[]"),
    "partner_role": (sa.String(length=300), ""),
    "language": (sa.String(length=2), ""),
    "texts": (sa.JSON(), "{}"),
    "words": (sa.Text(), ""),
}


def upgrade() -> None:
    with op.batch_alter_table("item") as item:
        for name, (kind, default) in NEW.items():
            item.add_column(sa.Column(name, kind, nullable=False, server_default=default))
    _fill_words()
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.String(length=12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('text', 'long', 'choice', 'several', 'number', 'consent')",
            name=op.f("ck_question_known_kind"),
        ),
        sa.CheckConstraint(
            "audience IN ('organisers', 'participants')", name=op.f("ck_question_known_audience")
        ),
        _cascade("question", "event"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("event_id", "key", name=op.f("uq_question_event_id_key")),
    )
    op.create_table(
        "question_type",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        _cascade("question_type", "question"),
        _cascade("question_type", "participant_type", column="type_id"),
        sa.PrimaryKeyConstraint("question_id", "type_id", name=op.f("pk_question_type")),
    )
    op.create_table(
        "question_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.JSON(), nullable=False),
        sa.Column("help", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_question_wording_numbered_from_one")),
        _cascade("question_wording", "question"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_wording")),
        sa.UniqueConstraint(
            "question_id", "number", name=op.f("uq_question_wording_question_id_number")
        ),
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("wording_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        _cascade("answer", "question"),
        _cascade("answer", "participant"),
        _cascade("answer", "question_wording", column="wording_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "question_id", "participant_id", name=op.f("uq_answer_question_id_participant_id")
        ),
    )
    op.create_index("ix_answer_participant_id", "answer", ["participant_id"])
    op.create_index("ix_answer_wording_id", "answer", ["wording_id"])


def downgrade() -> None:
    for table in ("answer", "question_wording", "question_type", "question"):
        op.drop_table(table)
    with op.batch_alter_table("item") as item:
        for name in reversed(NEW):
            item.drop_column(name)


def _cascade(table: str, other: str, column: str = "") -> sa.ForeignKeyConstraint:
    column = column or f"{other}_id"
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE"
    )


def _fill_words() -> None:
    item = sa.table("item", sa.column("id"), sa.column("title"), sa.column("words"))
    connection = op.get_bind()
    rows = [
        {"row": id_, "found": _words(title)}
        for id_, title in connection.execute(sa.select(item.c.id, item.c.title))
    ]
    if rows:
        by_id = sa.update(item).where(item.c.id == sa.bindparam("row"))
        connection.execute(by_id.values(words=sa.bindparam("found")), rows)


def _words(title: str) -> str:
    decomposed = unicodedata.normalize("NFKD", title.casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return "".join(f" {word}" for word in re.findall(r"\w+", bare.casefold()))
