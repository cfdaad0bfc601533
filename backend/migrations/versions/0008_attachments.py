"""Messages carry pictures, recordings, places."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    column = sa.Column(
        "attachments",
        postgresql.JSONB(astext_type=sa.Text()),
        nullable=False,
        server_default=sa.text("'[]'::jsonb"),
    )
    op.add_column("message", column)
    op.alter_column("message", "attachments", server_default=None)
