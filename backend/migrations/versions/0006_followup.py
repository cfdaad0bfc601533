"""Call-backs on tickets; which policy a ticket's clocks were begun by."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

RATINGS = ("rated_attitude", "rated_skill", "rated_arrival", "rated_promises")
TEXTS = ("callback_outcome", "customer_suggestion", "clocks_version")


def upgrade() -> None:
    op.add_column("ticket", sa.Column("callback_at", sa.DateTime(timezone=True)))
    for name in RATINGS:
        op.add_column("ticket", sa.Column(name, sa.Integer()))
    for name in TEXTS:
        op.add_column("ticket", sa.Column(name, sa.String()))
    op.add_column("ticket", sa.Column("callback_attempts", sa.Integer(), nullable=False, server_default="0"))
    op.alter_column("ticket", "callback_attempts", server_default=None)
    op.create_index(
        "ix_ticket_clocks_version",
        "ticket",
        ["clocks_version"],
        postgresql_where=sa.text("stage NOT IN ('settled', 'improved', 'rejected', 'cancelled')"),
    )
