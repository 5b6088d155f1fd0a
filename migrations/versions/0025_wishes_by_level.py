"""wishes by event and level, read from the index alone

Revision ID: 0025
Revises: 0024
"""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns = ["event_id", "level", "person_id", "other_id"]
    op.create_index("ix_wish_event_id_level", "wish", columns)
    op.drop_index("ix_wish_event_id", table_name="wish")


def downgrade() -> None:
    op.create_index("ix_wish_event_id", "wish", ["event_id"])
    op.drop_index("ix_wish_event_id_level", table_name="wish")
