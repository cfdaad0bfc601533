"""Contracts that end, at the desk: the list, the notice, who is sent, what came of it (R3b-20)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT
from backend.access.sessions import Identity
from backend.followup import renewals
from backend.followup.renewals import Closing
from backend.followup.schemas import CloseIn, NoticeIn, RenewalOut, Renewals, SendIn, renewal_out
from backend.house import HouseDependency

MAX_SHOWN = 200

router = APIRouter(prefix="/api/v1/renewals", tags=["renewals"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]


@router.get("")
async def list_renewals(_agent: AnyAgent, house: HouseDependency, open_only: bool = True) -> Renewals:
    """Contracts whose end is to be told, what is due first first."""
    async with house.database.transaction() as session:
        found, total = await renewals.listed(session, open_only=open_only, most=MAX_SHOWN)
        return Renewals(items=[renewal_out(ending) for ending in found], total=total)


@router.post("/{renewal_id}/send")
async def send(renewal_id: UUID, given: SendIn, _agent: AnyAgent, house: HouseDependency) -> RenewalOut:
    """Say who is sent to renew. 409 for somebody unknown, and if it was changed meanwhile."""
    async with house.units.begin() as uow:
        ending = await renewals.get(uow, renewal_id, given.version)
        await renewals.send(uow, ending, given.username)
        return renewal_out(ending)


@router.post("/{renewal_id}/notice")
async def tell(renewal_id: UUID, given: NoticeIn, agent: AnyAgent, house: HouseDependency) -> RenewalOut:
    """Note that the customer was told, or tell them now in their channel."""
    async with house.units.begin() as uow:
        ending = await renewals.get(uow, renewal_id, given.version)
        await renewals.tell(uow, house.wording, ending, given.how, agent.username)
        return renewal_out(ending)


@router.post("/{renewal_id}/close")
async def close(renewal_id: UUID, given: CloseIn, agent: AnyAgent, house: HouseDependency) -> RenewalOut:
    """Renewed, with the contract that follows, or not."""
    closing = Closing(given.outcome, given.number, given.ends_on, given.note)
    async with house.units.begin() as uow:
        ending = await renewals.get(uow, renewal_id, given.version)
        await renewals.close(uow, ending, closing, agent.username)
        return renewal_out(ending)
