"""about oneself and organisations in several languages; who said that somebody may be shown

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

WORDS = {"participant": "about", "organisation": "description"}
TELLER = op.f("ck_consent_known_teller")


def upgrade() -> None:
    for name, column in WORDS.items():
        with op.batch_alter_table(name) as table:
            language = sa.Column(
                f"{column}_language", sa.String(length=2), nullable=False, server_default=""
            )
            table.add_column(language)
            table.add_column(
                sa.Column(f"{column}_texts", sa.JSON(), nullable=False, server_default="{}")
            )
    with op.batch_alter_table("consent") as consent:
        consent.add_column(
            sa.Column("told_by", sa.String(length=10), nullable=False, server_default="person")
        )
        consent.create_check_constraint(TELLER, "told_by IN ('person', 'organiser')")


def downgrade() -> None:
    with op.batch_alter_table("consent") as consent:
        consent.drop_constraint(TELLER, type_="check")
        consent.drop_column("told_by")
    for name, column in WORDS.items():
        with op.batch_alter_table(name) as table:
            table.drop_column(f"{column}_texts")
            table.drop_column(f"{column}_language")
