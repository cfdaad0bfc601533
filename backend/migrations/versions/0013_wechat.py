"""WeChat users, what was said to them, the account's token; phone numbers behind addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("inbox", sa.Column("answer", sa.String()))
    op.add_column("outbox", sa.Column("reason_code", sa.String()))
    _users()
    _said()
    _secrets()
    _identities()


def _users() -> None:
    op.create_table(
        "wechat_user",
        sa.Column("openid", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("subscribed", sa.Boolean(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("openid", name="pk_wechat_user"),
        sa.UniqueConstraint("conversation_id", name="uq_wechat_user_conversation_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_wechat_user_conversation_id_conversation",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "wechat_consent",
        sa.Column("openid", sa.String(), nullable=False),
        sa.Column("template_id", sa.String(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("openid", "template_id", name="pk_wechat_consent"),
    )


def _said() -> None:
    op.create_table(
        "wechat_part",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("begun_at", TIME, nullable=False),
        sa.Column("said_at", TIME),
        sa.Column("vendor_id", sa.String()),
        sa.PrimaryKeyConstraint("message_id", "part", name="pk_wechat_part"),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name="fk_wechat_part_message_id_message", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_wechat_part_vendor_id", "wechat_part", ["vendor_id"])


def _secrets() -> None:
    op.create_table(
        "wechat_token",
        sa.Column("app_id", sa.String(), nullable=False),
        sa.Column("token", sa.String()),
        sa.Column("expires_at", TIME),
        sa.PrimaryKeyConstraint("app_id", name="pk_wechat_token"),
    )
    op.create_table(
        "wechat_nonce",
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("signature", name="pk_wechat_nonce"),
    )
    op.create_index("ix_wechat_nonce_seen_at", "wechat_nonce", ["seen_at"])


def _identities() -> None:
    op.create_table(
        "channel_identity",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("verified_at", TIME, nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "address", name="pk_channel_identity"),
    )
    op.create_index("ix_channel_identity_phone", "channel_identity", ["phone"])
    op.create_table(
        "binding_code",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("issued_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_binding_code"),
        sa.UniqueConstraint("conversation_id", name="uq_binding_code_conversation_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_binding_code_conversation_id_conversation",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "failed_binding",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_failed_binding"),
    )
    op.create_index("ix_failed_binding_phone", "failed_binding", ["phone"])
