"""Accounts of the people at the desk, for administrators."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import structlog
from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import delete, func, select

from backend.access import accounts, second_factor, sessions, telephones, throttle
from backend.access.events import SessionEnded
from backend.access.guard import desk
from backend.access.models import DeskSession, FailedLogin, User
from backend.access.roles import ADMINS, Role
from backend.access.sessions import Identity
from backend.access.telephones import Telephone
from backend.errors import (
    LastAdminError,
    NotFoundError,
    OwnAccountError,
    UsernameTakenError,
    ValidationFailedError,
)
from backend.handover.models import GroupMember
from backend.house import House, HouseDependency
from backend.text import Text
from backend.unit_of_work import UnitOfWork

router = APIRouter(prefix="/api/v1/admin/users", tags=["administration"])
log = structlog.get_logger(__name__)

Admin = Annotated[Identity, Depends(desk(ADMINS))]
DisplayName = Annotated[Text, Field(min_length=1, max_length=40)]
Password = Annotated[Text, Field(min_length=1, max_length=500)]
Groups = Annotated[list[Text], Field(max_length=50)]


class NewAccount(BaseModel):
    """An account to be made; the user name in small letters."""

    model_config = ConfigDict(extra="forbid")

    username: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{1,39}$")]
    display_name: DisplayName
    role: Role
    password: Password
    groups: Groups = []
    telephone: Telephone = Telephone()


class AccountChange(BaseModel):
    """What is to be otherwise; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    display_name: DisplayName | None = None
    role: Role | None = None
    active: bool | None = None
    groups: Groups | None = None
    telephone: Telephone | None = None


class NewPassword(BaseModel):
    """A password that an administrator hands over."""

    model_config = ConfigDict(extra="forbid")

    password: Password


class AccountOut(BaseModel):
    """An account. `locked_until`: log-ins are refused until then, after too many failures."""

    id: UUID
    username: str
    display_name: str
    role: Role
    active: bool
    groups: list[str]
    telephone: Telephone
    second_factor: bool
    sessions: int
    last_login_at: datetime | None
    failures: int
    locked_until: datetime | None
    created_at: datetime


class GroupName(BaseModel):
    """A group of policy/desk.yml."""

    id: str
    name: str


class AccountList(BaseModel):
    """Accounts by name, and the groups there are."""

    items: list[AccountOut]
    groups: list[GroupName]


@router.get("")
async def list_accounts(_admin: Admin, house: HouseDependency) -> AccountList:
    """All accounts, those in use first."""
    async with house.units.begin() as uow:
        users = await uow.session.scalars(select(User).order_by(User.active.desc(), User.username))
        names = [GroupName(id=one.id, name=one.name) for one in house.policy.desk.groups.values()]
        return AccountList(items=[await _out(uow, user) for user in users], groups=names)


@router.post("", status_code=201)
async def make_account(given: NewAccount, admin: Admin, house: HouseDependency) -> AccountOut:
    """Make an account."""
    await accounts.strong_hash(given.password, given.username)
    async with house.units.begin() as uow:
        if await accounts.find(uow.session, given.username) is not None:
            raise UsernameTakenError(given.username)
        user = await accounts.create_user(
            uow.session, given.username, given.display_name, given.role, given.password
        )
        telephones.put(user, given.telephone)
        await _join(house, uow, user, given.groups)
        log.info("account.made", account=user.username, role=user.role, by=admin.username)
        return await _out(uow, user)


@router.patch("/{user_id}")
async def change_account(
    user_id: UUID, given: AccountChange, admin: Admin, house: HouseDependency
) -> AccountOut:
    """Change name, role, groups, or whether it is in use. Who is no longer in use is out at once."""
    async with house.units.begin() as uow:
        user = await _locked(uow, user_id)
        await _require_possible(uow, admin, user, given)
        for name, value in given.model_dump(exclude_unset=True, exclude={"groups", "telephone"}).items():
            if value is not None:
                setattr(user, name, value)
        if given.telephone is not None:
            telephones.put(user, given.telephone)
        if given.groups is not None:
            await _join(house, uow, user, given.groups)
        if not user.active:
            await _end_sessions(uow, user)
        await uow.session.flush()
        changed = given.model_dump(mode="json", exclude_unset=True, exclude={"telephone": {"phone"}})
        log.info("account.changed", account=user.username, changed=changed, by=admin.username)
        return await _out(uow, user)


@router.post("/{user_id}/password")
async def reset_password(
    user_id: UUID, given: NewPassword, admin: Admin, house: HouseDependency
) -> AccountOut:
    """Give somebody a new password; all their sessions end and failed log-ins are forgotten."""
    async with house.units.begin() as uow:
        user = await _locked(uow, user_id)
        user.password_hash = await accounts.strong_hash(given.password, user.username)
        await _end_sessions(uow, user)
        await throttle.forget(uow.session, user.username, uow.now)
        log.info("account.password_reset", account=user.username, by=admin.username)
        return await _out(uow, user)


@router.post("/{user_id}/unlock")
async def unlock(user_id: UUID, admin: Admin, house: HouseDependency) -> AccountOut:
    """Forget somebody's failed log-ins, so that they may try again now."""
    async with house.units.begin() as uow:
        user = await _locked(uow, user_id)
        await throttle.forget(uow.session, user.username, uow.now)
        log.info("account.unlocked", account=user.username, by=admin.username)
        return await _out(uow, user)


@router.post("/{user_id}/sessions/end")
async def end_sessions(user_id: UUID, admin: Admin, house: HouseDependency) -> AccountOut:
    """Log somebody out everywhere."""
    async with house.units.begin() as uow:
        user = await _locked(uow, user_id)
        await _end_sessions(uow, user)
        log.info("account.sessions_ended", account=user.username, by=admin.username)
        return await _out(uow, user)


@router.post("/{user_id}/second-factor/off")
async def end_second_factor(user_id: UUID, admin: Admin, house: HouseDependency) -> AccountOut:
    """For who has lost both device and recovery codes."""
    async with house.units.begin() as uow:
        user = await _locked(uow, user_id)
        await second_factor.switch_off(uow.session, user)
        await _end_sessions(uow, user)
        log.info("account.second_factor_off", account=user.username, by=admin.username)
        return await _out(uow, user)


async def _locked(uow: UnitOfWork, user_id: UUID) -> User:
    user = await uow.session.get(User, user_id, with_for_update=True)
    if user is None:
        raise NotFoundError(f"account {user_id}")
    return user


async def _require_possible(uow: UnitOfWork, admin: Identity, user: User, given: AccountChange) -> None:
    loses_role = given.role is not None and given.role != user.role
    leaves = given.active is False and user.active
    if user.id == admin.user_id and (loses_role or leaves):
        raise OwnAccountError
    if user.role == Role.ADMIN and (loses_role or leaves):
        admins = select(User.id).where(User.role == Role.ADMIN, User.active).with_for_update()
        if len(list(await uow.session.scalars(admins))) == 1:
            raise LastAdminError


async def _join(house: House, uow: UnitOfWork, user: User, groups: list[str]) -> None:
    unknown = set(groups) - set(house.policy.desk.groups)
    if unknown:
        raise ValidationFailedError(f"no groups {sorted(unknown)}")
    await uow.session.execute(delete(GroupMember).where(GroupMember.username == user.username))
    uow.session.add_all([GroupMember(group_id=group, username=user.username) for group in set(groups)])
    await uow.session.flush()


async def _end_sessions(uow: UnitOfWork, user: User) -> None:
    for ended in await sessions.revoke_all(uow.session, user.id, uow.now):
        await uow.publish(SessionEnded(ended))


async def _out(uow: UnitOfWork, user: User) -> AccountOut:
    since = uow.now - throttle.WINDOW
    failed = select(func.count(), func.min(FailedLogin.at)).where(
        FailedLogin.username == user.username, FailedLogin.at > since
    )
    failures, first = (await uow.session.execute(failed)).one()
    locked = failures >= throttle.MAX_BY_USERNAME
    groups = select(GroupMember.group_id).where(GroupMember.username == user.username)
    last = select(func.max(DeskSession.created_at)).where(DeskSession.user_id == user.id)
    return AccountOut(
        id=user.id,
        username=user.username,
        display_name=user.display_name,
        role=Role(user.role),
        active=user.active,
        groups=sorted(await uow.session.scalars(groups)),
        telephone=telephones.of(user),
        second_factor=user.totp_since is not None,
        sessions=len(await sessions.of_user(uow.session, user.id, uow.now)),
        last_login_at=await uow.session.scalar(last),
        failures=failures,
        locked_until=first + throttle.WINDOW if locked else None,
        created_at=user.created_at,
    )
