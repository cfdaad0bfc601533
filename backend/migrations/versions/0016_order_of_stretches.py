"""The order of stretches and notes that began in the same instant."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

TABLES = ("stretch", "conversation_note")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("ordinal", sa.BigInteger(), sa.Identity(), nullable=False))
