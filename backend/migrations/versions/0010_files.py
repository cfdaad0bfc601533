"""Stored files, canned replies."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa
import yaml
from alembic import op

revision = "0010"
down_revision = "0009"

CANNED_REPLIES = Path(__file__).resolve().parents[3] / "data" / "canned_replies.yml"


def upgrade() -> None:
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid()),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content_type", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_stored_file_conversation_id_conversation"),
            ondelete="RESTRICT",
        ),
    )
    op.create_index(op.f("ix_stored_file_conversation_id"), "stored_file", ["conversation_id"])
    op.create_index(op.f("ix_stored_file_created_at"), "stored_file", ["created_at"])
    # pictures and recordings are compressed already
    op.execute("ALTER TABLE stored_file ALTER COLUMN data SET STORAGE EXTERNAL")
    replies = op.create_table(
        "canned_reply",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shortcut", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("group", sa.String()),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String()),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_reply")),
        sa.UniqueConstraint("shortcut", name=op.f("uq_canned_reply_shortcut")),
    )
    # to begin with; what supervisors make of them afterwards is theirs
    now = datetime.now(UTC)
    given = yaml.safe_load(CANNED_REPLIES.read_text(encoding="utf-8"))["replies"]
    op.bulk_insert(
        replies,
        [{"id": uuid4(), "group": None, "used": 0, "changed_at": now, **reply} for reply in given],
    )
