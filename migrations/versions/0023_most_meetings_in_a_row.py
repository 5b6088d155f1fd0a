"""how many meetings in a row an event plans for one person

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("event") as event:
        event.add_column(sa.Column("most_in_a_row", sa.Integer(), nullable=True))
        event.create_check_constraint(op.f("ck_event_most_in_a_row_counts"), "most_in_a_row >= 1")


def downgrade() -> None:
    with op.batch_alter_table("event") as event:
        event.drop_constraint(op.f("ck_event_most_in_a_row_counts"), type_="check")
        event.drop_column("most_in_a_row")
