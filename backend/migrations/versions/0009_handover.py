"""Agents, groups, queues and who answered when."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

JSONB = postgresql.JSONB(astext_type=sa.Text())
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _conversation()
    _message()
    _stretch()
    _note()
    _people()


def _conversation() -> None:
    for column, default in (
        (sa.Column("version", sa.Integer(), nullable=False), "1"),
        (sa.Column("joined", JSONB, nullable=False), "'[]'::jsonb"),
        (sa.Column("priority", sa.String(), nullable=False), "'normal'"),
        (sa.Column("agent_seen_seq", sa.Integer(), nullable=False), "0"),
        (sa.Column("customer_seen_seq", sa.Integer(), nullable=False), "0"),
    ):
        column.server_default = sa.DefaultClause(sa.text(default))
        op.add_column("conversation", column)
        op.alter_column("conversation", column.name, server_default=None)
    for name in ("agent_username", "group_id", "handover_reason", "callback_ticket"):
        op.add_column("conversation", sa.Column(name, sa.String(), nullable=True))
    for name in ("updated_at", "waiting_since", "closed_at", "callback_offered_at"):
        op.add_column("conversation", sa.Column(name, TIME, nullable=True))
    for name in ("understanding", "errand"):
        op.add_column("conversation", sa.Column(name, JSONB, nullable=True))
    op.execute(
        "update conversation c set updated_at = coalesce("
        "(select max(m.created_at) from message m where m.conversation_id = c.id), c.created_at)"
    )
    op.alter_column("conversation", "updated_at", nullable=False)
    op.create_index("ix_conversation_updated_at", "conversation", ["updated_at"])
    waits, has = sa.text("owner = 'queue'"), sa.text("owner = 'agent'")
    op.create_index("ix_conversation_queue", "conversation", ["waiting_since"], postgresql_where=waits)
    op.create_index("ix_conversation_agent", "conversation", ["agent_username"], postgresql_where=has)


def _message() -> None:
    op.add_column("message", sa.Column("author", sa.String(), nullable=True))
    op.add_column("message", sa.Column("author_name", sa.String(), nullable=True))
    op.create_index(
        "ix_message_agents_own",
        "message",
        ["conversation_id", "client_message_id"],
        unique=True,
        postgresql_where=sa.text("sender = 'agent'"),
    )


def _stretch() -> None:
    op.create_table(
        "stretch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("agent_username", sa.String(), nullable=True),
        sa.Column("group_id", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("from_seq", sa.Integer(), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_stretch_conversation_id_conversation"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stretch")),
    )
    op.create_index("ix_stretch_conversation_id_started_at", "stretch", ["conversation_id", "started_at"])
    op.create_index("ix_stretch_owner_ended_at", "stretch", ["owner", "ended_at"])
    op.create_index(op.f("ix_stretch_agent_username"), "stretch", ["agent_username"])
    is_open = sa.text("ended_at IS NULL")
    op.create_index("ix_stretch_open", "stretch", ["conversation_id"], unique=True, postgresql_where=is_open)


def _note() -> None:
    op.create_table(
        "conversation_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at_seq", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_conversation_note_conversation_id_conversation"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_note")),
    )
    op.create_index(op.f("ix_conversation_note_conversation_id"), "conversation_note", ["conversation_id"])


def _people() -> None:
    op.create_table(
        "group_member",
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["username"],
            ["desk_user.username"],
            name=op.f("fk_group_member_username_desk_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("group_id", "username", name=op.f("pk_group_member")),
    )
    op.create_table(
        "presence",
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("chosen", sa.String(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("lost_at", TIME, nullable=True),
        sa.Column("idle_since", TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["username"],
            ["desk_user.username"],
            name=op.f("fk_presence_username_desk_user"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("username", name=op.f("pk_presence")),
    )
    op.create_table(
        "watching",
        sa.Column("sid", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("username", sa.String(), nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("sid", "conversation_id", name=op.f("pk_watching")),
    )
    op.create_index("ix_watching_conversation_id", "watching", ["conversation_id"])
