"""Codes that customers answer a quote and sign by: said and keyed easily, kept as digests, slow to guess."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import func, select

from backend.dispatch.models import FailedCode
from backend.errors import TooManyAttemptsError
from backend.unit_of_work import UnitOfWork

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No letter or digit that looks like another."""
LENGTH = 10
WINDOW = timedelta(minutes=15)
MAX_BY_IP = 10


def new_code() -> str:
    """A code that nobody can guess: 49 bits, and tries are few."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def digest(code: str) -> str:
    """What is kept of a code, however it was keyed in."""
    return hashlib.sha256("".join(filter(str.isalnum, code)).upper().encode()).hexdigest()


async def require_patience(uow: UnitOfWork, ip: str) -> None:
    """Refuse to try a code after too many failures from an address.

    Raises:
        TooManyAttemptsError: with the minutes to wait and a Retry-After header.
    """
    query = select(func.count(), func.min(FailedCode.at)).where(
        FailedCode.ip == ip, FailedCode.at > uow.now - WINDOW
    )
    count, first = (await uow.session.execute(query)).one()
    if count >= MAX_BY_IP:
        seconds = max(1, int((first + WINDOW - uow.now).total_seconds()))
        raise TooManyAttemptsError(headers={"Retry-After": str(seconds)}, minutes=-(-seconds // 60))


def note_failure(uow: UnitOfWork, ip: str) -> None:
    """Remember a code that is none."""
    uow.session.add(FailedCode(ip=ip, at=uow.now))
