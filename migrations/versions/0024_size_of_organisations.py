"""how large an organisation is, by the people who work there

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("organisation") as organisation:
        organisation.add_column(
            sa.Column("size", sa.String(length=10), nullable=False, server_default="")
        )
        organisation.create_check_constraint(
            op.f("ck_organisation_known_size"),
            "size IN ('', 'micro', 'small', 'medium', 'large')",
        )


def downgrade() -> None:
    with op.batch_alter_table("organisation") as organisation:
        organisation.drop_constraint(op.f("ck_organisation_known_size"), type_="check")
        organisation.drop_column("size")
