"""the log read by page; mails that come back later; what an organiser did for somebody

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

READ_BY = (("at",), ("action", "at"), ("actor_id", "at"), ("subject", "at"))


def upgrade() -> None:
    op.drop_index("ix_audit_entry_event_id_at", "audit_entry")
    for columns in READ_BY:
        op.create_index(_name(columns), "audit_entry", ["event_id", *columns, "id"])
    with op.batch_alter_table("mail") as mail:
        mail.add_column(sa.Column("bounced_at", sa.DateTime(), nullable=True))
    for table in ("wish", "request_step"):
        with op.batch_alter_table(table) as altered:
            altered.add_column(
                sa.Column("by_organiser", sa.Boolean(), server_default=sa.false(), nullable=False)
            )


def downgrade() -> None:
    for table in ("request_step", "wish"):
        with op.batch_alter_table(table) as altered:
            altered.drop_column("by_organiser")
    with op.batch_alter_table("mail") as mail:
        mail.drop_column("bounced_at")
    for columns in reversed(READ_BY):
        op.drop_index(_name(columns), "audit_entry")
    op.create_index("ix_audit_entry_event_id_at", "audit_entry", ["event_id", "at"])


def _name(columns: tuple[str, ...]) -> str:
    return f"ix_audit_entry_event_id_{'_'.join(columns)}_id"
