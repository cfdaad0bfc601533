"""Notices that are about no ticket; tickets found by their cause."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.alter_column("notice", "escalation_id", nullable=True)
    op.alter_column("notice", "ticket_id", nullable=True)
    op.add_column("notice", sa.Column("subject", sa.String(), nullable=True))
    op.create_unique_constraint(
        op.f("uq_notice_subject_target_transport"), "notice", ["subject", "target", "transport"]
    )
    op.create_check_constraint(
        op.f("ck_notice_about_one_thing"),
        "notice",
        "(ticket_id IS NULL) = (escalation_id IS NULL) AND (ticket_id IS NULL) = (subject IS NOT NULL)",
    )
    op.create_index(
        "ix_ticket_cause_class_created_at",
        "ticket",
        ["cause_class", "created_at"],
        postgresql_where=sa.text("cause_class IS NOT NULL"),
    )
