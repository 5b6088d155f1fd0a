"""kinds of mail, invitations and stopped kinds; time zone of a user; what of an agenda was seen

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KNOWN_KINDS = "kind IN ('needed', 'requests', 'agenda', 'reminders')"


def upgrade() -> None:
    with op.batch_alter_table("mail") as mail:
        mail.add_column(sa.Column("kind", sa.String(20), nullable=False, server_default="needed"))
        mail.add_column(sa.Column("locale", sa.String(5), nullable=False, server_default="en"))
        mail.add_column(sa.Column("invitations", sa.JSON(), nullable=False, server_default="[]"))
        mail.add_column(sa.Column("stopped_at", sa.DateTime(), nullable=True))
        mail.create_check_constraint(op.f("ck_mail_known_kind"), KNOWN_KINDS)
    with op.batch_alter_table("user_account") as user:
        user.add_column(sa.Column("timezone", sa.String(60), nullable=False, server_default=""))
    with op.batch_alter_table("participant") as participant:
        participant.add_column(sa.Column("wishes_told_at", sa.DateTime(), nullable=True))
    op.create_table(
        "stopped_kind",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("stopped_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_stopped_kind_user_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "kind", name=op.f("pk_stopped_kind")),
    )
    op.create_table(
        "agenda_visit",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("seen_until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f("fk_agenda_visit_participant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_agenda_visit")),
    )


def downgrade() -> None:
    op.drop_table("agenda_visit")
    op.drop_table("stopped_kind")
    with op.batch_alter_table("participant") as participant:
        participant.drop_column("wishes_told_at")
    with op.batch_alter_table("user_account") as user:
        user.drop_column("timezone")
    with op.batch_alter_table("mail") as mail:
        mail.drop_constraint(op.f("ck_mail_known_kind"), type_="check")
        mail.drop_column("stopped_at")
        mail.drop_column("invitations")
        mail.drop_column("locale")
        mail.drop_column("kind")
