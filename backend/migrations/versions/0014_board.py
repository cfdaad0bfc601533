"""Clocks that are listed, service orders on site, contracts that end."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    _lists()
    _orders()
    _renewals()
    _register()


def _lists() -> None:
    op.create_index(
        "ix_clock_due_at",
        "clock",
        ["due_at"],
        postgresql_where=sa.text("stopped_at IS NULL AND paused_since IS NULL"),
    )
    op.create_index(
        "ix_escalation_ack_due_at",
        "escalation",
        ["ack_due_at"],
        postgresql_where=sa.text(
            "ack_due_at IS NOT NULL AND acknowledged_at IS NULL AND passed_on_at IS NULL"
        ),
    )


def _orders() -> None:
    for name in ("cause", "diagnosis", "record"):
        op.add_column("service_order", sa.Column(name, sa.String()))
    op.add_column("service_order", sa.Column("record_filed_at", sa.DateTime(timezone=True)))
    actions = sa.Column("actions", postgresql.JSONB(), nullable=False, server_default=sa.text("'[]'::jsonb"))
    op.add_column("service_order", actions)
    op.alter_column("service_order", "actions", server_default=None)
    op.create_table(
        "order_picture",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["service_order.id"],
            name=op.f("fk_order_picture_order_id_service_order"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["stored_file.id"],
            name=op.f("fk_order_picture_file_id_stored_file"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_picture")),
    )
    op.create_index(op.f("ix_order_picture_order_id"), "order_picture", ["order_id"])


def _renewals() -> None:
    op.create_table(
        "contract_renewal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assignee", sa.String()),
        sa.Column("noticed_at", sa.DateTime(timezone=True)),
        sa.Column("noticed_how", sa.String()),
        sa.Column("noticed_by", sa.String()),
        sa.Column("message_id", sa.Uuid()),
        sa.Column("breached_at", sa.DateTime(timezone=True)),
        sa.Column("outcome", sa.String()),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("closed_by", sa.String()),
        sa.Column("note", sa.String()),
        sa.Column("renewed_by", sa.Uuid()),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["maintenance_contract.id"],
            name=op.f("fk_contract_renewal_contract_id_maintenance_contract"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["renewed_by"],
            ["maintenance_contract.id"],
            name=op.f("fk_contract_renewal_renewed_by_maintenance_contract"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_renewal")),
        sa.UniqueConstraint("contract_id", name=op.f("uq_contract_renewal_contract_id")),
    )
    op.create_index(
        "ix_contract_renewal_due_at",
        "contract_renewal",
        ["due_at"],
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def _register() -> None:
    op.create_table(
        "failed_digits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_digits")),
    )
    op.create_index("ix_failed_digits_key_at", "failed_digits", ["key", "at"])
