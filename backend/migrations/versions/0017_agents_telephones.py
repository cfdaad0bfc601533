"""Telephones of those who work at the desk."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("desk_user", sa.Column("phone", sa.String(), nullable=True))
    op.add_column("desk_user", sa.Column("rung_on", sa.String(), nullable=False, server_default="browser"))
    op.alter_column("desk_user", "rung_on", server_default=None)
