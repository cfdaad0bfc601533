"""The steps of the workflow at the desk: what may be done with a ticket now, and an endpoint for each step.

All endpoints of steps are alike: a typed body in, the ticket as it is afterwards out. 409 for a step that
does not follow or lacks facts (`missing` names them) and for a ticket changed meanwhile; 403 for what one may
not do.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Depends

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT
from backend.access.sessions import Identity
from backend.desk import notices
from backend.desk.schemas import OfferOut, StepsOut, TicketDetail
from backend.desk.ticket_detail import detail
from backend.house import House, HouseDependency
from backend.tickets import cases
from backend.tickets.case_steps import perform
from backend.tickets.case_store import state_of
from backend.tickets.cases import Acting
from backend.tickets.commands import Command, CorrectFacts
from backend.tickets.deeds import By
from backend.tickets.kinds import Actor, Stage
from backend.tickets.offers import COMMANDS, offers

router = APIRouter(prefix="/api/v1/tickets/{number}", tags=["steps"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]
TakeStep = Callable[..., Awaitable[TicketDetail]]


@router.get("/steps")
async def list_steps(number: str, agent: AnyAgent, house: HouseDependency) -> StepsOut:
    """Which steps are open now to whoever asks, and what each still lacks."""
    async with house.units.begin() as uow:
        ticket = await cases.get(uow, number)
        given = await cases.circumstances(Acting(uow, house.policy, _by(agent)), ticket, with_budget=True)
    open_now = [OfferOut.model_validate(offer) for offer in offers(state_of(ticket), given)]
    return StepsOut(stage=Stage(ticket.stage), version=ticket.version, steps=open_now)


@router.patch("/facts")
async def correct_facts(
    number: str, command: CorrectFacts, agent: AnyAgent, house: HouseDependency
) -> TicketDetail:
    """Correct or complete what was taken down. Only what is named changes; null clears."""
    return await _perform(house, number, command, agent)


async def _perform(house: House, number: str, command: Command, agent: Identity) -> TicketDetail:
    async with house.units.begin() as uow:
        notice_id = await notices.sent(uow, number, command)
        ticket = await perform(Acting(uow, house.policy, _by(agent), notice_id), number, command)
        return await detail(uow, house.policy, ticket, agent)


def _by(agent: Identity) -> By:
    return By(Actor.AGENT, agent.display_name, agent.username, agent.role)


def _taking(kind: type[Command]) -> TakeStep:
    async def take_step(
        number: str, command: Command, agent: AnyAgent, house: HouseDependency
    ) -> TicketDetail:
        return await _perform(house, number, command, agent)

    take_step.__annotations__["command"] = kind
    take_step.__doc__ = kind.__doc__
    return take_step


for _kind in COMMANDS:
    if _kind is not CorrectFacts:
        router.add_api_route(
            f"/steps/{_kind.step}",
            _taking(_kind),
            methods=["POST"],
            name=_kind.step.value,
            response_model=TicketDetail,
        )
