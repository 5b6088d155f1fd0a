"""mailings and their deliveries; mails that the reader's server refuses

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATES = "'draft', 'scheduled', 'sending', 'done', 'stopped'"
DELIVERY_STATES = "'waiting', 'handed', 'settled', 'spared', 'stopped'"


def upgrade() -> None:
    with op.batch_alter_table("mail") as mail:
        mail.add_column(sa.Column("refused_at", sa.DateTime(), nullable=True))
    _create_mailing()
    _create_delivery()


def downgrade() -> None:
    op.drop_table("mailing_delivery")
    op.drop_table("mailing")
    with op.batch_alter_table("mail") as mail:
        mail.drop_column("refused_at")


def _create_mailing() -> None:
    op.create_table(
        "mailing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=20), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("days_of_peace", sa.Integer(), nullable=False),
        sa.Column("repeat_days", sa.Integer(), nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        _reference("mailing", "event_id", "event", "CASCADE"),
        _reference("mailing", "created_by_id", "user_account", "SET NULL"),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_mailing_known_state")),
        sa.CheckConstraint("days_of_peace >= 0", name=op.f("ck_mailing_days_of_peace_count")),
        sa.CheckConstraint("repeat_days >= 0", name=op.f("ck_mailing_repeat_days_count")),
        sa.CheckConstraint("repeats >= 0", name=op.f("ck_mailing_repeats_count")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing")),
    )
    op.create_index("ix_mailing_event_id_created_at", "mailing", ["event_id", "created_at"])
    op.create_index("ix_mailing_state_due_at", "mailing", ["state", "due_at"])


def _create_delivery() -> None:
    table = "mailing_delivery"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailing_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("handed_at", sa.DateTime(), nullable=True),
        _reference(table, "mailing_id", "mailing", "CASCADE"),
        _reference(table, "participant_id", "participant", "CASCADE"),
        _reference(table, "mail_id", "mail", "SET NULL"),
        sa.CheckConstraint(
            f"state IN ({DELIVERY_STATES})", name=op.f("ck_mailing_delivery_known_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing_delivery")),
        sa.UniqueConstraint(
            "mailing_id",
            "participant_id",
            name=op.f("uq_mailing_delivery_mailing_id_participant_id"),
        ),
    )
    for columns in (["handed_at"], ["mail_id"], ["participant_id"], ["mailing_id", "state"]):
        op.create_index(f"ix_mailing_delivery_{'_'.join(columns)}", table, columns)


def _reference(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target}.id"],
        name=op.f(f"fk_{table}_{column}_{target}"),
        ondelete=ondelete,
    )
