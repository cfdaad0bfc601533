"""Logging in and out."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from backend.access import accounts, passwords, second_factor, sessions, throttle
from backend.access.events import SessionEnded
from backend.access.guard import desk, public
from backend.access.models import User
from backend.access.roles import ANY_AGENT
from backend.access.schemas import Credentials, SessionOut, session_out
from backend.access.seal import Seal, seal_of
from backend.access.sessions import COOKIE, Identity, Origin
from backend.errors import (
    BadCredentialsError,
    SecondFactorNeededError,
    SecondFactorWrongError,
    UnauthorizedError,
)
from backend.house import HouseDependency
from backend.unit_of_work import UnitOfWork

router = APIRouter(prefix="/api/v1/auth", tags=["auth"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]


@router.post("/login", dependencies=[Depends(public)])
async def login(
    credentials: Credentials, request: Request, response: Response, house: HouseDependency
) -> SessionOut:
    """Log in: sets the session cookie, answers with the CSRF token."""
    username = credentials.username.strip().lower()
    ip = request.client.host if request.client else "unknown"
    async with house.units.begin() as uow:
        await throttle.require_patience(uow.session, username, ip, uow.now)
        user = await accounts.find(uow.session, username)
    fits = await passwords.matches(credentials.password, _usable_hash(user))
    life = timedelta(hours=house.settings.session_hours)
    async with house.units.begin() as uow:
        refused = await _refusal(uow, user if fits else None, credentials.code, seal_of(house.settings))
        if refused is None and user is not None:
            await throttle.forget(uow.session, username, uow.now)
            origin = Origin(ip, request.headers.get("User-Agent"))
            token, identity = await sessions.open_session(uow.session, user, uow.now, life, origin)
        elif not isinstance(refused, SecondFactorNeededError):
            throttle.note_failure(uow.session, username, ip, uow.now)
    if refused is not None:
        raise refused
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(life.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return session_out(identity)


@router.get("/me")
async def me(identity: AnyAgent) -> SessionOut:
    """Who is logged in."""
    return session_out(identity)


@router.post("/logout", status_code=204)
async def logout(identity: AnyAgent, response: Response, house: HouseDependency) -> None:
    """End the session."""
    async with house.units.begin() as uow:
        await sessions.revoke(uow.session, identity.token_digest, uow.now)
        await uow.publish(SessionEnded(identity.token_digest))
    response.delete_cookie(COOKIE)


async def _refusal(
    uow: UnitOfWork, user: User | None, code: str | None, seal: Seal
) -> UnauthorizedError | None:
    """Why somebody whose password fits may not come in yet; none if they may."""
    if user is None:
        return BadCredentialsError()
    locked = await uow.session.get_one(User, user.id, with_for_update=True, populate_existing=True)
    if locked.totp_since is None:
        return None
    if not code:
        return SecondFactorNeededError()
    passed = await second_factor.passes(uow.session, locked, code, uow.now, seal)
    return None if passed else SecondFactorWrongError()


def _usable_hash(user: User | None) -> str | None:
    return user.password_hash if user is not None and user.active else None
