"""Notices at the desk are kept for whoever was away."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "inbox_entry",
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_inbox_entry_notice_id_notice"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["username"],
            ["desk_user.username"],
            name=op.f("fk_inbox_entry_username_desk_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("notice_id", "username", name=op.f("pk_inbox_entry")),
    )
    op.create_index("ix_inbox_entry_username_at", "inbox_entry", ["username", "at"])
    op.create_index(
        "ix_inbox_entry_unread",
        "inbox_entry",
        ["username", "at"],
        postgresql_where=sa.text("read_at IS NULL"),
    )
