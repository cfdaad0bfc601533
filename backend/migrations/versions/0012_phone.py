"""Telephone calls and recordings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "phone_call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("caller", sa.String()),
        sa.Column("called", sa.String()),
        sa.Column("state", JSONB(), nullable=False),
        sa.Column("survey", JSONB(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("ring_id", sa.String()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_call")),
        sa.UniqueConstraint("carrier", "call_id", name=op.f("uq_phone_call_carrier_call_id")),
        sa.UniqueConstraint("conversation_id", name=op.f("uq_phone_call_conversation_id")),
        _foreign_key("phone_call", "conversation_id", "conversation", "RESTRICT"),
    )
    op.create_table(
        "phone_answer",
        sa.Column("call", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("plan", JSONB(), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("call", "key", name=op.f("pk_phone_answer")),
        _foreign_key("phone_answer", "call", "phone_call", "CASCADE"),
    )
    op.create_table(
        "phone_recording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call", sa.Uuid(), nullable=False),
        sa.Column("recording_id", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("seconds", sa.Integer()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("file_id", sa.Uuid()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_recording")),
        sa.UniqueConstraint("recording_id", name=op.f("uq_phone_recording_recording_id")),
        _foreign_key("phone_recording", "call", "phone_call", "CASCADE"),
        _foreign_key("phone_recording", "file_id", "stored_file", "SET NULL"),
    )
    op.create_index(op.f("ix_phone_recording_call"), "phone_recording", ["call"])


def _foreign_key(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)
