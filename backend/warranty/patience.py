"""Guessing the last digits of a buyer's number is slowed down, by what is asked and by conversation."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, select

from backend.unit_of_work import UnitOfWork
from backend.warranty.keys import look_key
from backend.warranty.models import FailedDigits

WINDOW = timedelta(minutes=30)
MOST = 5
"""Wrong digits within the window; after these nothing is told until it is over, not even for right ones."""


def keys_of(conversation_id: object | None, *asked: str | None) -> tuple[str, ...]:
    """What attempts are counted by."""
    codes = [look_key(one) for one in asked if one]
    return (*codes, *([f"conversation:{conversation_id}"] if conversation_id else ()))


async def exhausted(uow: UnitOfWork, keys: Iterable[str]) -> bool:
    """Whether too many wrong digits were tried lately."""
    counted = (
        select(FailedDigits.key)
        .where(FailedDigits.key.in_(list(keys)), FailedDigits.at > uow.now - WINDOW)
        .group_by(FailedDigits.key)
        .having(func.count() >= MOST)
    )
    return await uow.session.scalar(counted.limit(1)) is not None


def note_failure(uow: UnitOfWork, keys: Iterable[str]) -> None:
    """Remember digits that were wrong."""
    uow.session.add_all([FailedDigits(key=key, at=uow.now) for key in keys])
