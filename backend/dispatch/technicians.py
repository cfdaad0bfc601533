"""Technicians: who is sent where, with which skills."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from backend.access import accounts
from backend.dispatch.commands import Name
from backend.dispatch.models import Technician
from backend.dispatch.orders import Serving, require_allowed
from backend.errors import ConflictError, IllegalStepError, NotFoundError
from backend.policy.dispatch import DispatchRules

FACTS = frozenset({"known_region", "known_skill", "username"})
"""What a technician's entry can lack."""


class TechnicianIn(BaseModel):
    """A technician as they are entered."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name
    username: Name | None = Field(default=None, description="At the desk, for their own list")
    phone: Annotated[str, Field(pattern=r"^[0-9+-]{5,20}$")] | None = None
    regions: Annotated[tuple[Name, ...], Field(min_length=1, max_length=100)]
    skills: Annotated[tuple[Name, ...], Field(max_length=100)] = ()
    active: bool = True


async def listed(serving: Serving, *, active: bool | None) -> list[Technician]:
    """All technicians by name, or those that are (not) active."""
    query = select(Technician).order_by(Technician.name, Technician.id)
    if active is not None:
        query = query.where(Technician.active == active)
    return list(await serving.uow.session.scalars(query))


async def saved(serving: Serving, technician_id: UUID | None, given: TechnicianIn) -> Technician:
    """Enter a technician, or change the entry.

    Raises:
        ForbiddenError: it is not for this person.
        NotFoundError: there is no such technician.
        IllegalStepError: a region, a skill or the user is not known.
        ConflictError: the user is another technician's.
    """
    require_allowed(serving, "technicians")
    session = serving.uow.session
    _require_known(serving.policy.dispatch, given)
    if given.username is not None:
        await _require_user(serving, technician_id, given.username)
    if technician_id is None:
        technician = Technician(created_at=serving.uow.now)
        session.add(technician)
    else:
        found = await session.get(Technician, technician_id, with_for_update=True)
        if found is None:
            raise NotFoundError(f"technician {technician_id}")
        technician = found
    technician.name, technician.username, technician.phone = given.name, given.username, given.phone
    technician.regions, technician.skills = list(given.regions), list(given.skills)
    technician.active = given.active
    await session.flush()
    return technician


def _require_known(rules: DispatchRules, given: TechnicianIn) -> None:
    lacking = []
    if not set(given.regions) <= rules.regions.keys():
        lacking.append("known_region")
    if not set(given.skills) <= rules.skills.keys():
        lacking.append("known_skill")
    if lacking:
        raise IllegalStepError(f"technician {given.name}", tuple(lacking))


async def _require_user(serving: Serving, technician_id: UUID | None, username: str) -> None:
    session = serving.uow.session
    if await accounts.find(session, username) is None:
        raise IllegalStepError(f"no colleague {username}", ("username",))
    holder = await session.scalar(select(Technician.id).where(Technician.username == username))
    if holder not in {None, technician_id}:
        raise ConflictError(f"{username} is another technician's")
