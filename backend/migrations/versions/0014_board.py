"""Clocks that are listed, the order board."""

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    pass
