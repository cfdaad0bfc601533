"""The corrections that were kept, as examples."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.desk.corrections.examples import Corrected, Example, consolidated
from backend.desk.corrections.models import Correction

FIELDS = ("origin", "subject", "text", "machine", "person", "by", "at")


async def examples(session: AsyncSession, since: datetime | None) -> list[Example]:
    """One example a ticket or conversation that was corrected since then; all without `since`."""
    query = select(Correction).order_by(Correction.at)
    if since is not None:
        query = query.where(Correction.at >= since)
    rows = await session.scalars(query)
    return consolidated(Corrected(**{name: getattr(row, name) for name in FIELDS}) for row in rows)
