"""pictures and logos, unsaved typing, advice put off, what a search for organisations looks through

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("organisation") as organisation:
        key = sa.Column("search_key", sa.String(length=250), nullable=False, server_default="")
        organisation.add_column(key)
        organisation.add_column(
            sa.Column("logo", sa.String(length=16), nullable=False, server_default="")
        )
    _fill_search_keys()
    with op.batch_alter_table("participant") as participant:
        participant.add_column(
            sa.Column("picture", sa.String(length=16), nullable=False, server_default="")
        )
    op.create_table(
        "logo",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("large", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_logo_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_logo_user_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_logo")),
    )
    op.create_index("ix_logo_user_id", "logo", ["user_id"])
    _create_of_participant(
        "portrait",
        sa.Column("large", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("participant_id", name=op.f("pk_portrait")),
    )
    _create_of_participant(
        "unsaved",
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("step BETWEEN 1 AND 3", name=op.f("ck_unsaved_known_step")),
        sa.PrimaryKeyConstraint("participant_id", "step", name=op.f("pk_unsaved")),
    )
    _create_of_participant(
        "advice_put_off",
        sa.Column("advice", sa.String(length=40), nullable=False),
        sa.Column("put_off_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("participant_id", "advice", name=op.f("pk_advice_put_off")),
    )


def downgrade() -> None:
    for table in ("advice_put_off", "unsaved", "portrait", "logo"):
        op.drop_table(table)
    with op.batch_alter_table("participant") as participant:
        participant.drop_column("picture")
    with op.batch_alter_table("organisation") as organisation:
        organisation.drop_column("logo")
        organisation.drop_column("search_key")


def _create_of_participant(name: str, *columns: sa.schema.SchemaItem) -> None:
    """A table whose rows go with their participant."""
    op.create_table(
        name,
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"],
            ["participant.id"],
            name=op.f(f"fk_{name}_participant_id"),
            ondelete="CASCADE",
        ),
        *columns,
    )


def _fill_search_keys() -> None:
    """The words of each name and the first letters of them."""
    table = sa.table(
        "organisation", sa.column("id"), sa.column("name_key"), sa.column("search_key")
    )
    connection = op.get_bind()
    for id_, key in connection.execute(sa.select(table.c.id, table.c.name_key)).all():
        letters = "".join(word[0] for word in key.split())
        text = f" {key} {letters} "[:250]
        connection.execute(sa.update(table).where(table.c.id == id_).values(search_key=text))
