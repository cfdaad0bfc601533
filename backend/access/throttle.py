"""Slowing down password guessing: so many failures in a while, by name and by address, then wait."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.access.models import FailedLogin
from backend.errors import TooManyAttemptsError

WINDOW = timedelta(minutes=15)
MAX_BY_USERNAME = 5
MAX_BY_IP = 30


async def require_patience(session: AsyncSession, username: str, ip: str, now: datetime) -> None:
    """Refuse a log-in after too many failures.

    Raises:
        TooManyAttemptsError: with the minutes to wait and a Retry-After header.
    """
    since = now - WINDOW
    for column, value, limit in (
        (FailedLogin.username, username, MAX_BY_USERNAME),
        (FailedLogin.ip, ip, MAX_BY_IP),
    ):
        query = select(func.count(), func.min(FailedLogin.at)).where(column == value, FailedLogin.at > since)
        count, first = (await session.execute(query)).one()
        if count >= limit:
            wait = first + WINDOW - now
            minutes = max(1, -(-int(wait.total_seconds()) // 60))
            headers = {"Retry-After": str(max(1, int(wait.total_seconds())))}
            raise TooManyAttemptsError(headers=headers, minutes=minutes)


def note_failure(session: AsyncSession, username: str, ip: str, now: datetime) -> None:
    """Remember a failed log-in."""
    session.add(FailedLogin(username=username, ip=ip, at=now))


async def forget(session: AsyncSession, username: str, now: datetime) -> None:
    """After a successful log-in: forget the name's failures, and all that are too old to count."""
    await session.execute(
        delete(FailedLogin).where((FailedLogin.username == username) | (FailedLogin.at < now - WINDOW))
    )
