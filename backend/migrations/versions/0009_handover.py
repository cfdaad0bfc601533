"""Agents, groups, queues and who answered when."""

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    pass
