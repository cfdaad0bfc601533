"""Escalations, emergencies and notices at the desk."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlalchemy import ColumnElement, select

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT
from backend.access.sessions import Identity
from backend.db import counted
from backend.escalation import acknowledging, emergencies
from backend.escalation.emergencies import Tick
from backend.escalation.models import Escalation, Notice, NoticeState
from backend.escalation.schemas import (
    EmergencyOut,
    EmergencyTaskOut,
    EscalationOut,
    Escalations,
    NoticeOut,
    Notices,
    Remark,
    WaitingEscalation,
    WaitingEscalations,
    escalation_out,
)
from backend.house import House, HouseDependency
from backend.tickets import cases
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork

MAX_SHOWN = 200

router = APIRouter(prefix="/api/v1", tags=["escalations"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]


@router.get("/tickets/{number}/escalations", dependencies=[Depends(desk(ANY_AGENT))])
async def list_escalations(number: str, house: HouseDependency) -> Escalations:
    """Why a ticket went up: each firing with its rule, clause and facts, latest first."""
    async with house.units.begin() as uow:
        ticket = await cases.get(uow, number)
        query = select(Escalation).where(Escalation.ticket_id == ticket.id)
        rows = await uow.session.scalars(query.order_by(Escalation.fired_at.desc(), Escalation.rule))
        return Escalations(items=[escalation_out(house.policy, row) for row in rows])


@router.get("/escalations", dependencies=[Depends(desk(ANY_AGENT))])
async def list_all(house: HouseDependency, waiting: bool = False) -> WaitingEscalations:
    """Escalations of all tickets; `waiting`: only those on open tickets that nobody has taken up yet."""
    conditions: tuple[ColumnElement[bool], ...] = ()
    order: ColumnElement[Any] = Escalation.fired_at.desc()
    if waiting:
        conditions = (
            Escalation.ack_due_at.is_not(None),
            Escalation.acknowledged_at.is_(None),
            Escalation.passed_on_at.is_(None),
            Ticket.stage.not_in(cases.CLOSED),
        )
        order = Escalation.ack_due_at.asc()
    query = select(Escalation, Ticket).join(Ticket, Ticket.id == Escalation.ticket_id).where(*conditions)
    async with house.database.transaction() as session:
        rows = await session.execute(query.order_by(order).limit(MAX_SHOWN))
        return WaitingEscalations(
            total=await counted(session, query),
            items=[
                WaitingEscalation(
                    **escalation_out(house.policy, row).model_dump(),
                    ticket_number=ticket.number,
                    title=ticket.title,
                    severity=ticket.severity,
                )
                for row, ticket in rows
            ],
        )


@router.post("/escalations/{escalation_id}/ack")
async def acknowledge(
    escalation_id: UUID, remark: Remark, agent: AnyAgent, house: HouseDependency
) -> EscalationOut:
    """Take an escalation up. 403 below its level, 409 if nobody is waited for."""
    async with house.units.begin() as uow:
        _, escalation = await acknowledging.acknowledge(uow, escalation_id, remark.note, agent)
        return escalation_out(house.policy, escalation)


@router.get("/tickets/{number}/emergency", dependencies=[Depends(desk(ANY_AGENT))])
async def get_emergency(number: str, house: HouseDependency) -> EmergencyOut:
    """A ticket's checklist."""
    async with house.units.begin() as uow:
        return await _emergency(uow, house, await cases.get(uow, number))


@router.post("/tickets/{number}/emergency/tasks/{task}")
async def do_emergency_task(
    number: str, task: str, remark: Remark, agent: AnyAgent, house: HouseDependency
) -> EmergencyOut:
    """Tick something off. 409 if it is done already or no emergency is open."""
    async with house.units.begin() as uow:
        ticket = await cases.locked(uow, number)
        await emergencies.tick_off(uow, house.policy, ticket, Tick(task, remark.note), agent)
        return await _emergency(uow, house, ticket)


@router.post("/tickets/{number}/emergency/close")
async def close_emergency(
    number: str, remark: Remark, agent: AnyAgent, house: HouseDependency
) -> EmergencyOut:
    """The emergency is over. 409 while something is left, 403 below the level that policy asks for."""
    async with house.units.begin() as uow:
        ticket = await cases.locked(uow, number)
        await emergencies.close(uow, house.policy, ticket, remark.note, agent)
        return await _emergency(uow, house, ticket)


@router.get("/notices", dependencies=[Depends(desk(ANY_AGENT))])
async def list_notices(house: HouseDependency, state: NoticeState = NoticeState.FAILED) -> Notices:
    """Notices in a state, latest first: those that failed reached nobody."""
    query = (
        select(Notice, Ticket.number)
        .outerjoin(Ticket, Ticket.id == Notice.ticket_id)
        .where(Notice.state == state)
    )
    own = [name for name in NoticeOut.model_fields if name != "ticket_number"]
    async with house.database.transaction() as session:
        rows = await session.execute(query.order_by(Notice.updated_at.desc()).limit(MAX_SHOWN))
        return Notices(
            total=await counted(session, query),
            items=[
                NoticeOut(**{name: getattr(row, name) for name in own}, ticket_number=number)
                for row, number in rows
            ],
        )


async def _emergency(uow: UnitOfWork, house: House, ticket: Ticket) -> EmergencyOut:
    source = house.policy.escalation.emergency.source
    tasks = await emergencies.tasks_of(uow.session, ticket)
    return EmergencyOut(
        open=ticket.emergency_open,
        source=source,
        clause=house.policy.clauses.get(source),
        tasks=[EmergencyTaskOut.model_validate(task) for task in tasks],
    )
