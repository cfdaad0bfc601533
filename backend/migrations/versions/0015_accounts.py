"""Second factor, where sessions were opened."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("desk_user", sa.Column("totp_secret", sa.String(), nullable=True))
    op.add_column("desk_user", sa.Column("totp_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("desk_user", sa.Column("totp_step", sa.Integer(), nullable=True))
    op.add_column("desk_session", sa.Column("ip", sa.String(), nullable=True))
    op.add_column("desk_session", sa.Column("user_agent", sa.String(), nullable=True))
    op.create_table(
        "recovery_code",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["desk_user.id"],
            name=op.f("fk_recovery_code_user_id_desk_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_user_id"), "recovery_code", ["user_id"])
