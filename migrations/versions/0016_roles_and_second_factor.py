"""roles of those who run an event, invitations to the team, a second factor of signing in

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ROLES = "'owner', 'organiser', 'helper', 'viewer'"
TABLES = ("passkey_challenge", "passkey", "recovery_code", "second_factor", "team_invitation")


def upgrade() -> None:
    with op.batch_alter_table("event_organiser") as team:
        # Who ran an event so far could do everything there.
        team.add_column(sa.Column("role", sa.String(10), nullable=False, server_default="owner"))
        team.add_column(sa.Column("added_at", sa.DateTime(), nullable=True))
        team.create_check_constraint(op.f("ck_event_organiser_known_role"), f"role IN ({ROLES})")
    with op.batch_alter_table("event") as event:
        event.add_column(
            sa.Column(
                "two_factor_required", sa.Boolean(), nullable=False, server_default=sa.false()
            )
        )
    _create_invitation()
    _create_second_factor()
    _create_passkey()


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(name)
    with op.batch_alter_table("event") as event:
        event.drop_column("two_factor_required")
    with op.batch_alter_table("event_organiser") as team:
        team.drop_constraint(op.f("ck_event_organiser_known_role"), type_="check")
        team.drop_column("added_at")
        team.drop_column("role")


def _create_invitation() -> None:
    table = "team_invitation"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("email_key", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        _reference(table, "event_id", "event", "CASCADE"),
        _reference(table, "invited_by_id", "user_account", "SET NULL"),
        sa.CheckConstraint(f"role IN ({ROLES})", name=op.f("ck_team_invitation_known_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_invitation")),
        sa.UniqueConstraint(
            "event_id", "email_key", name=op.f("uq_team_invitation_event_id_email_key")
        ),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_team_invitation_secret_hash")),
    )


def _create_second_factor() -> None:
    op.create_table(
        "second_factor",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("app_secret", sa.String(length=300), nullable=False),
        sa.Column("last_counter", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("failed_since", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        _reference("second_factor", "user_id", "user_account", "CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        _reference("recovery_code", "user_id", "user_account", "CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "code_hash", name=op.f("pk_recovery_code")),
    )


def _create_passkey() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("credential", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("transports", sa.JSON(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        _reference("passkey", "user_id", "user_account", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential", name=op.f("uq_passkey_credential")),
    )
    op.create_index("ix_passkey_user_id", "passkey", ["user_id"])
    op.create_table(
        "passkey_challenge",
        sa.Column("challenge", sa.String(length=100), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        _reference("passkey_challenge", "user_id", "user_account", "CASCADE"),
        sa.PrimaryKeyConstraint("challenge", name=op.f("pk_passkey_challenge")),
    )


def _reference(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{target}.id"],
        name=op.f(f"fk_{table}_{column}_{target}"),
        ondelete=ondelete,
    )
