"""Which delivery's own answer carries a part, so that one that was not sent in time can be said otherwise."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.add_column("wechat_part", sa.Column("entry_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        "fk_wechat_part_entry_id_inbox", "wechat_part", "inbox", ["entry_id"], ["id"], ondelete="SET NULL"
    )
    op.create_index("ix_wechat_part_entry_id", "wechat_part", ["entry_id"])
