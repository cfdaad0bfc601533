"""Logging in and out."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from backend.access import accounts, passwords, sessions, throttle
from backend.access.events import SessionEnded
from backend.access.guard import desk, public
from backend.access.models import User
from backend.access.roles import ANY_AGENT
from backend.access.schemas import Credentials, SessionOut, session_out
from backend.access.sessions import COOKIE, Identity
from backend.errors import BadCredentialsError
from backend.house import HouseDependency

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
    async with house.units.begin() as uow:
        if user is None or not fits:
            throttle.note_failure(uow.session, username, ip, uow.now)
        else:
            await throttle.forget(uow.session, username, uow.now)
            life = timedelta(hours=house.settings.session_hours)
            token, identity = await sessions.open_session(uow.session, user, uow.now, life)
    if user is None or not fits:
        raise BadCredentialsError
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


def _usable_hash(user: User | None) -> str | None:
    return user.password_hash if user is not None and user.active else None
