"""What the eight steps of R1-1.3 record, and links between tickets."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TEXTS = (
    "assignee",
    "subject",
    "sold_by",
    "grounds",
    "rejection_reason",
    "rejection_evidence",
    "responsible_person",
    "direct_cause",
    "unsolved_cause",
    "supplier",
    "cause_class",
    "findings",
    "inspection_body",
    "solution",
    "proposed_by",
    "approved_by",
    "approval_level",
    "notified_how",
    "carried_out",
    "reaction",
    "corrective_action",
    "preventive_action",
    "action_owner",
    "merged_into",
    "stage_before_merge",
)
TIMES = (
    "first_contact_at",
    "awaiting_customer_since",
    "approved_at",
    "notified_at",
    "settled_at",
    "action_verified_at",
)
AMOUNTS = ("claim_amount", "solution_amount", "concession")
# of tickets that exist already; new ones get theirs from the model
REQUIRED: dict[str, tuple[type[sa.types.TypeEngine[Any]], str]] = {
    "priority": (sa.String, "normal"),
    "level": (sa.String, "agent"),
    "reply_required": (sa.String, "none"),
    "emergency_open": (sa.Boolean, "false"),
    "quality_disputed": (sa.Boolean, "false"),
    "compensate_first": (sa.Boolean, "false"),
    "repeats": (sa.Integer, "0"),
    "urged": (sa.Integer, "0"),
    "reopened": (sa.Integer, "0"),
}


def upgrade() -> None:
    for name, (kind, present) in REQUIRED.items():
        op.add_column("ticket", sa.Column(name, kind(), nullable=False, server_default=present))
        op.alter_column("ticket", name, server_default=None)
    optional: list[sa.Column[Any]] = [
        *(sa.Column(name, sa.String()) for name in TEXTS),
        *(sa.Column(name, sa.DateTime(timezone=True)) for name in TIMES),
        *(sa.Column(name, sa.Numeric(12, 2)) for name in AMOUNTS),
        sa.Column("demand_reasonable", sa.Boolean()),
        sa.Column("customer_accepted", sa.Boolean()),
        sa.Column("action_due", sa.Date()),
        sa.Column("notice_id", sa.Uuid()),
    ]
    for column in optional:
        op.add_column("ticket", column)
    op.create_index(op.f("ix_ticket_assignee"), "ticket", ["assignee"], unique=False)
    op.create_index(op.f("ix_ticket_approved_at"), "ticket", ["approved_at"], unique=False)
    op.create_index(op.f("ix_ticket_merged_into"), "ticket", ["merged_into"], unique=False)
    _links()
    _requests()


def _links() -> None:
    op.create_table(
        "ticket_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ticket_id <> other_id", name=op.f("ck_ticket_link_two_tickets")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_link_ticket_id_ticket"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["ticket.id"], name=op.f("fk_ticket_link_other_id_ticket"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_link")),
        sa.UniqueConstraint(
            "ticket_id", "other_id", "relation", name=op.f("uq_ticket_link_ticket_id_other_id_relation")
        ),
    )
    op.create_index(op.f("ix_ticket_link_other_id"), "ticket_link", ["other_id"], unique=False)


def _requests() -> None:
    op.create_table(
        "ticket_request",
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_request_ticket_id_ticket"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_ticket_request")),
    )
    op.create_table(
        "failed_lookup",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_lookup")),
    )
    op.create_index(
        "ix_failed_lookup_conversation_at", "failed_lookup", ["conversation_id", "at"], unique=False
    )
    op.create_index("ix_failed_lookup_number_at", "failed_lookup", ["number", "at"], unique=False)
