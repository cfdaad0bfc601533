"""Desk sessions: a random token in a cookie, its digest in the database, revocable at any time."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.access.models import DeskSession, User
from backend.access.roles import Role

COOKIE = "ys_session"
TOKEN_BYTES = 32
USER_AGENT_CHARACTERS = 200
SHOWN_DIGEST = 16
"""Characters of a digest that name a session; the digest itself opens nothing."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is at the desk, in which session."""

    user_id: UUID
    username: str
    display_name: str
    role: Role
    csrf_token: str
    token_digest: str


def new_token() -> str:
    """An unguessable token for a URL, header or cookie."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """What is stored of a token. Tokens are random, so a fast hash is enough."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where somebody logs in from, to recognise it in the list of sessions."""

    ip: str | None = None
    user_agent: str | None = None


async def open_session(
    session: AsyncSession, user: User, now: datetime, life: timedelta, origin: Origin | None = None
) -> tuple[str, Identity]:
    """Start a session; the token goes into the cookie and nowhere else."""
    seen = origin or Origin()
    token = new_token()
    record = DeskSession(
        token_digest=digest(token),
        user_id=user.id,
        csrf_token=new_token(),
        created_at=now,
        expires_at=now + life,
        ip=seen.ip,
        user_agent=seen.user_agent and seen.user_agent[:USER_AGENT_CHARACTERS],
    )
    session.add(record)
    await session.flush()
    return token, _identity(user, record)


async def identify(session: AsyncSession, token: str, now: datetime) -> Identity | None:
    """Who the token belongs to, if its session is still good."""
    query = (
        select(User, DeskSession)
        .join(DeskSession, DeskSession.user_id == User.id)
        .where(
            DeskSession.token_digest == digest(token),
            *_valid(now),
        )
    )
    row = (await session.execute(query)).one_or_none()
    return None if row is None else _identity(row[0], row[1])


async def still_good(session: AsyncSession, digests: set[str], now: datetime) -> set[str]:
    """Those of the sessions that have neither ended nor belong to somebody who is no longer active."""
    query = (
        select(DeskSession.token_digest)
        .join(User, User.id == DeskSession.user_id)
        .where(
            DeskSession.token_digest.in_(digests),
            *_valid(now),
        )
    )
    return set(await session.scalars(query))


async def revoke(session: AsyncSession, token_digest: str, now: datetime) -> None:
    """End a session."""
    await session.execute(
        update(DeskSession).where(DeskSession.token_digest == token_digest).values(revoked_at=now)
    )


async def of_user(session: AsyncSession, user_id: UUID, now: datetime) -> list[DeskSession]:
    """The sessions of somebody that are still good, latest first."""
    good = (DeskSession.expires_at > now, DeskSession.revoked_at.is_(None), DeskSession.user_id == user_id)
    return list(
        await session.scalars(select(DeskSession).where(*good).order_by(DeskSession.created_at.desc()))
    )


async def revoke_all(
    session: AsyncSession, user_id: UUID, now: datetime, *, but: str | None = None
) -> list[str]:
    """End all sessions of somebody, but one; returns the digests of those that ended."""
    ended = [one for one in await of_user(session, user_id, now) if one.token_digest != but]
    for one in ended:
        one.revoked_at = now
    return [one.token_digest for one in ended]


def _valid(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """What must hold for a session, joined with its user, to be good."""
    return DeskSession.expires_at > now, DeskSession.revoked_at.is_(None), User.active.is_(True)


def _identity(user: User, record: DeskSession) -> Identity:
    return Identity(
        user.id, user.username, user.display_name, Role(user.role), record.csrf_token, record.token_digest
    )
