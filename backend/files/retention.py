"""Files go when their time is over: unsent ones after a day, the others after the days that settings give.

Messages keep what the file was called; only its bytes are gone.
"""

from datetime import timedelta

from sqlalchemy import and_, delete, or_

from backend.files.models import StoredFile
from backend.unit_of_work import UnitsOfWork

SECONDS = 3_600.0
UNSENT_FOR = timedelta(days=1)


class Retention:
    """Deletes what need not be kept any longer."""

    def __init__(self, units: UnitsOfWork, days: int) -> None:
        self._units = units
        self._kept_for = timedelta(days=days)

    async def run(self) -> int:
        """Delete once; returns how many files."""
        async with self._units.begin() as uow:
            over = or_(
                StoredFile.created_at < uow.now - self._kept_for,
                and_(StoredFile.sent_at.is_(None), StoredFile.created_at < uow.now - UNSENT_FOR),
            )
            gone = await uow.session.scalars(delete(StoredFile).where(over).returning(StoredFile.id))
            return len(gone.all())
