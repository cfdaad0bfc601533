"""Service orders at the desk: the board, an endpoint for each step, and the technicians.

All endpoints of steps are alike: a typed body in, the order as it is afterwards out. 409 for a step that
does not follow or lacks something (`missing` names it) and for an order changed meanwhile; 403 for what
policy does not leave to one.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT
from backend.access.sessions import Identity
from backend.desk.schemas import Board, BoardCard
from backend.dispatch import board, orders, technicians
from backend.dispatch.board import MOST, Wanted
from backend.dispatch.commands import COMMANDS, OrderCommand
from backend.dispatch.kinds import Area
from backend.dispatch.orders import Serving
from backend.dispatch.presenting import card_out, detail_out
from backend.dispatch.schemas import (
    BoardFilter,
    DispatchMap,
    NewOrder,
    OrderDetail,
    RegionOut,
    SkillOut,
    TechnicianList,
    TechnicianOut,
)
from backend.dispatch.technicians import TechnicianIn
from backend.house import House, HouseDependency
from backend.sla import showing
from backend.sla.clocks import Clocks
from backend.sla.endpoints import ClocksDependency
from backend.tickets.deeds import By
from backend.tickets.kinds import Actor
from backend.unit_of_work import UnitOfWork

router = APIRouter(prefix="/api/v1", tags=["service orders"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]
TakeStep = Callable[..., Awaitable[OrderDetail]]


@router.get("/service-orders")
async def list_orders(
    _agent: AnyAgent,
    house: HouseDependency,
    clocks: ClocksDependency,
    wanted: Annotated[BoardFilter, Query()],
) -> Board:
    """The board: those that nobody was sent for first, in the order of work (R3b-18, R10-5)."""
    return await _board(house, clocks, Wanted(**dict(wanted)))


@router.get("/service-orders/mine")
async def list_mine(agent: AnyAgent, house: HouseDependency, clocks: ClocksDependency) -> Board:
    """The open orders that whoever asks is sent for, as a technician."""
    return await _board(house, clocks, Wanted(technician_user=agent.username, open_only=True))


@router.post("/service-orders", status_code=201)
async def open_order(given: NewOrder, agent: AnyAgent, house: HouseDependency) -> OrderDetail:
    """Open a service order for a ticket (R3b-8)."""
    async with house.units.begin() as uow:
        serving = serving_of(house, uow, agent)
        order = await orders.open_order(serving, given.ticket, parts_urgent=given.parts_urgent)
        return await _detail(serving, order.number)


@router.get("/service-orders/{number}")
async def read_order(number: str, agent: AnyAgent, house: HouseDependency) -> OrderDetail:
    """All of an order, and the steps that may be tried now."""
    async with house.units.begin() as uow:
        return await _detail(serving_of(house, uow, agent), number)


@router.get("/technicians")
async def list_technicians(
    agent: AnyAgent, house: HouseDependency, active: bool | None = None
) -> TechnicianList:
    """Technicians by name."""
    async with house.units.begin() as uow:
        found = await technicians.listed(serving_of(house, uow, agent), active=active)
        return TechnicianList(items=[TechnicianOut.model_validate(one) for one in found])


@router.post("/technicians", status_code=201)
async def enter_technician(given: TechnicianIn, agent: AnyAgent, house: HouseDependency) -> TechnicianOut:
    """Enter a technician."""
    async with house.units.begin() as uow:
        return TechnicianOut.model_validate(
            await technicians.saved(serving_of(house, uow, agent), None, given)
        )


@router.put("/technicians/{technician_id}")
async def change_technician(
    technician_id: UUID, given: TechnicianIn, agent: AnyAgent, house: HouseDependency
) -> TechnicianOut:
    """Change a technician's entry; who leaves is no longer `active`."""
    async with house.units.begin() as uow:
        saved = await technicians.saved(serving_of(house, uow, agent), technician_id, given)
        return TechnicianOut.model_validate(saved)


@router.get("/dispatch-map")
async def read_map(_agent: AnyAgent, house: HouseDependency) -> DispatchMap:
    """The regions and skills there are."""
    rules = house.policy.dispatch
    return DispatchMap(
        regions=[
            RegionOut(id=name, name=region.name, area=Area(region.area), distance_km=region.distance_km)
            for name, region in rules.regions.items()
        ],
        skills=[SkillOut(id=name, name=words) for name, words in rules.skills.items()],
    )


async def _board(house: House, clocks: Clocks, wanted: Wanted) -> Board:
    async with house.units.begin() as uow:
        cards = await board.cards(uow.session, house.policy, wanted, uow.now)
        tickets = [card.ticket for card in cards]
        due = await showing.most_urgent(uow.session, clocks, tickets, uow.now)
    items = [BoardCard(**card_out(card).model_dump(), next_due=due.get(card.ticket.id)) for card in cards]
    return Board(items=items, more=len(cards) == MOST)


async def _detail(serving: Serving, number: str) -> OrderDetail:
    order, ticket = await orders.get(serving.uow, number)
    return await detail_out(serving, order, ticket)


def serving_of(house: House, uow: UnitOfWork, agent: Identity) -> Serving:
    """Somebody at the desk, in a unit of work."""
    by = By(Actor.AGENT, agent.display_name, agent.username, agent.role)
    return Serving(uow, house.policy, house.wording, by, house.settings.public_url)


def _taking(kind: type[OrderCommand]) -> TakeStep:
    async def take_step(
        number: str, command: OrderCommand, agent: AnyAgent, house: HouseDependency
    ) -> OrderDetail:
        async with house.units.begin() as uow:
            serving = serving_of(house, uow, agent)
            await orders.take(serving, number, command)
            return await _detail(serving, number)

    take_step.__annotations__["command"] = kind
    take_step.__doc__ = kind.__doc__
    return take_step


for _kind in COMMANDS:
    router.add_api_route(
        f"/service-orders/{{number}}/steps/{_kind.step}",
        _taking(_kind),
        methods=["POST"],
        name=f"order_{_kind.step.value}",
        response_model=OrderDetail,
    )
