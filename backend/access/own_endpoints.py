"""One's own account: password, sessions, second factor, telephone."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from backend.access import accounts, passwords, second_factor, sessions, telephones, throttle
from backend.access.events import SessionEnded
from backend.access.guard import desk
from backend.access.models import DeskSession, User
from backend.access.roles import ANY_AGENT
from backend.access.seal import seal_of
from backend.access.sessions import SHOWN_DIGEST, Identity
from backend.access.telephones import Telephone
from backend.errors import ConflictError, NotFoundError, WrongCodeError, WrongPasswordError
from backend.house import House, HouseDependency
from backend.text import Text
from backend.unit_of_work import UnitOfWork

router = APIRouter(prefix="/api/v1/auth", tags=["auth"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]
Password = Annotated[Text, Field(min_length=1, max_length=500)]
OWN = "own-account:{}"
"""In place of an address, when a password is asked for by somebody who is logged in."""


class PasswordChange(BaseModel):
    """A new password, and the present one."""

    model_config = ConfigDict(extra="forbid")

    current: Password
    new: Password


class PasswordOnly(BaseModel):
    """The present password."""

    model_config = ConfigDict(extra="forbid")

    password: Password


class Code(BaseModel):
    """A code of the authenticator app."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[Text, Field(min_length=6, max_length=20)]


class SessionLine(BaseModel):
    """A log-in that is still good; `current` is the one that asks."""

    id: str
    created_at: datetime
    expires_at: datetime
    ip: str | None
    user_agent: str | None
    current: bool


class OwnAccount(BaseModel):
    """One's sessions, latest first, whether a second factor is asked for, and what rings."""

    second_factor: bool
    telephone: Telephone
    sessions: list[SessionLine]


class EnrolmentOut(BaseModel):
    """To scan with an authenticator app, or to type in."""

    secret: str
    uri: str
    qr_svg: str


class RecoveryCodes(BaseModel):
    """Codes for a lost device, each good once; they are never shown again."""

    codes: list[str]


@router.get("/account")
async def read_account(agent: AnyAgent, house: HouseDependency) -> OwnAccount:
    """Where one is logged in."""
    async with house.units.begin() as uow:
        user = await uow.session.get_one(User, agent.user_id)
        found = await sessions.of_user(uow.session, agent.user_id, uow.now)
        return OwnAccount(
            second_factor=user.totp_since is not None,
            telephone=telephones.of(user),
            sessions=[_line(one, agent) for one in found],
        )


@router.post("/password", status_code=204)
async def change_password(given: PasswordChange, agent: AnyAgent, house: HouseDependency) -> None:
    """Change one's password; all other sessions end."""
    await _require_password(house, agent, given.current)
    password_hash = await accounts.strong_hash(given.new, agent.username)
    async with house.units.begin() as uow:
        user = await uow.session.get_one(User, agent.user_id)
        user.password_hash = password_hash
        await end_sessions(uow, agent, but=agent.token_digest)


@router.put("/telephone")
async def change_telephone(given: Telephone, agent: AnyAgent, house: HouseDependency) -> Telephone:
    """Where one is rung when one takes a caller. 422 if the number could not be called."""
    async with house.units.begin() as uow:
        user = await uow.session.get_one(User, agent.user_id)
        telephones.put(user, given)
        return telephones.of(user)


@router.delete("/sessions/{session_id}", status_code=204)
async def end_session(session_id: str, agent: AnyAgent, house: HouseDependency) -> None:
    """End one of one's own sessions."""
    async with house.units.begin() as uow:
        found = await sessions.of_user(uow.session, agent.user_id, uow.now)
        for one in found:
            if _id(one) == session_id:
                one.revoked_at = uow.now
                await uow.publish(SessionEnded(one.token_digest))
                return
        raise NotFoundError(f"session {session_id}")


@router.post("/sessions/end-others", status_code=204)
async def end_other_sessions(agent: AnyAgent, house: HouseDependency) -> None:
    """End all of one's sessions but this one."""
    async with house.units.begin() as uow:
        await end_sessions(uow, agent, but=agent.token_digest)


@router.post("/second-factor")
async def begin_second_factor(given: PasswordOnly, agent: AnyAgent, house: HouseDependency) -> EnrolmentOut:
    """A new secret for an authenticator app; not asked for before it is confirmed. 409 while one is."""
    await _require_password(house, agent, given.password)
    async with house.units.begin() as uow:
        user = await uow.session.get_one(User, agent.user_id, with_for_update=True)
        if user.totp_since is not None:
            raise ConflictError("a second factor is asked for already")
        begun = second_factor.enrol(user, seal_of(house.settings))
        return EnrolmentOut(secret=begun.secret, uri=begun.uri, qr_svg=begun.qr_svg)


@router.post("/second-factor/confirm")
async def confirm_second_factor(given: Code, agent: AnyAgent, house: HouseDependency) -> RecoveryCodes:
    """Ask for it from now on. 422 if the code is wrong."""
    async with house.units.begin() as uow:
        user = await uow.session.get_one(User, agent.user_id, with_for_update=True)
        codes = await second_factor.confirm(uow.session, user, given.code, uow.now, seal_of(house.settings))
    if codes is None:
        raise WrongCodeError
    return RecoveryCodes(codes=codes)


@router.post("/second-factor/off", status_code=204)
async def end_second_factor(given: PasswordOnly, agent: AnyAgent, house: HouseDependency) -> None:
    """Ask for it no longer."""
    await _require_password(house, agent, given.password)
    async with house.units.begin() as uow:
        await second_factor.switch_off(uow.session, await uow.session.get_one(User, agent.user_id))


async def end_sessions(uow: UnitOfWork, agent: Identity, *, but: str | None) -> None:
    """End somebody's sessions, but one, and cut off their pages."""
    for ended in await sessions.revoke_all(uow.session, agent.user_id, uow.now, but=but):
        await uow.publish(SessionEnded(ended))


async def _require_password(house: House, agent: Identity, password: str) -> None:
    """Refuse whoever found a desk unattended; guessing is slowed down as at the log-in.

    Raises:
        WrongPasswordError, TooManyAttemptsError.
    """
    here = OWN.format(agent.username)
    async with house.units.begin() as uow:
        await throttle.require_patience(uow.session, agent.username, here, uow.now)
        user = await uow.session.get_one(User, agent.user_id)
    if await passwords.matches(password, user.password_hash):
        return
    async with house.units.begin() as uow:
        throttle.note_failure(uow.session, agent.username, here, uow.now)
    raise WrongPasswordError


def _id(one: DeskSession) -> str:
    return one.token_digest[:SHOWN_DIGEST]


def _line(one: DeskSession, agent: Identity) -> SessionLine:
    return SessionLine(
        id=_id(one),
        created_at=one.created_at,
        expires_at=one.expires_at,
        ip=one.ip,
        user_agent=one.user_agent,
        current=one.token_digest == agent.token_digest,
    )
