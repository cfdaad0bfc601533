"""Saved views, revealed numbers, corrections."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, postgresql.JSONB(astext_type=sa.Text()), nullable=False)


def upgrade() -> None:
    op.create_table(
        "reveal_log",
        sa.Column("id", sa.Uuid(), nullable=False),
        _text("username"),
        _text("display_name"),
        _text("kind"),
        _text("subject"),
        _text("reason", nullable=True),
        sa.Column("in_charge", sa.Boolean(), nullable=False),
        _moment("at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reveal_log")),
    )
    op.create_index(op.f("ix_reveal_log_at"), "reveal_log", ["at"])
    op.create_index(
        "ix_reveal_log_username_kind_subject_at", "reveal_log", ["username", "kind", "subject", "at"]
    )
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        _text("owner"),
        _text("name"),
        _json("filters"),
        sa.Column("shared", sa.Boolean(), nullable=False),
        _moment("created_at"),
        _moment("updated_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("owner", "name", name=op.f("uq_saved_view_owner_name")),
    )
    op.create_index(op.f("ix_saved_view_shared"), "saved_view", ["shared"])
    op.create_table(
        "phone_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        _text("phone"),
        _moment("created_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_key")),
        sa.UniqueConstraint("phone", name=op.f("uq_phone_key_phone")),
    )
    op.create_table(
        "correction",
        sa.Column("id", sa.Uuid(), nullable=False),
        _text("origin"),
        _text("subject"),
        _text("text"),
        _json("machine"),
        _json("person"),
        _text("by"),
        _moment("at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_at"), "correction", ["at"])
    op.create_index("ix_correction_origin_subject", "correction", ["origin", "subject"])
