"""Canned replies: everybody at the desk uses them, supervisors write them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlalchemy import select, update

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT, SUPERVISORS
from backend.access.sessions import Identity
from backend.conversations.models import Conversation
from backend.desk.answering.canned_models import CannedReply
from backend.desk.answering.canned_text import CannedTextError, variables
from backend.desk.answering.errors import CannedVariableError, ShortcutTakenError
from backend.desk.answering.schemas import CannedIn, CannedOut, CannedReplies, Variables
from backend.errors import NotFoundError
from backend.handover.errors import UnknownGroupError
from backend.house import HouseDependency
from backend.policy.desk import DeskRules
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork

router = APIRouter(prefix="/api/v1", tags=["answering"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]
Supervisor = Annotated[Identity, Depends(desk(SUPERVISORS))]


@router.get("/canned", dependencies=[Depends(desk(ANY_AGENT))])
async def list_canned(house: HouseDependency) -> CannedReplies:
    """All canned replies."""
    query = select(CannedReply).order_by(CannedReply.used.desc(), CannedReply.shortcut)
    async with house.database.transaction() as session:
        return CannedReplies(
            items=[CannedOut.model_validate(reply) for reply in await session.scalars(query)]
        )


@router.post("/canned", status_code=201)
async def add_canned(given: CannedIn, supervisor: Supervisor, house: HouseDependency) -> CannedOut:
    """Write one. 409 if its shortcut is taken, 422 if it names an unknown variable or group."""
    async with house.units.begin() as uow:
        await _require_sound(uow, house.policy.desk, given, None)
        reply = CannedReply(**given.model_dump(), changed_by=supervisor.username, changed_at=uow.now)
        uow.session.add(reply)
        await uow.session.flush()
        return CannedOut.model_validate(reply)


@router.put("/canned/{canned_id}")
async def change_canned(
    canned_id: UUID, given: CannedIn, supervisor: Supervisor, house: HouseDependency
) -> CannedOut:
    """Write it anew; how often it was used stays."""
    async with house.units.begin() as uow:
        reply = await _locked(uow, canned_id)
        await _require_sound(uow, house.policy.desk, given, canned_id)
        for name, value in given.model_dump().items():
            setattr(reply, name, value)
        reply.changed_by, reply.changed_at = supervisor.username, uow.now
        await uow.session.flush()
        return CannedOut.model_validate(reply)


@router.delete("/canned/{canned_id}", status_code=204, dependencies=[Depends(desk(SUPERVISORS))])
async def drop_canned(canned_id: UUID, house: HouseDependency) -> None:
    """Take it out; what was said with it stays said."""
    async with house.units.begin() as uow:
        await uow.session.delete(await _locked(uow, canned_id))


@router.post("/canned/{canned_id}/used", status_code=204, dependencies=[Depends(desk(ANY_AGENT))])
async def note_use(canned_id: UUID, house: HouseDependency) -> None:
    """Note that it was picked; what is picked often stands first."""
    statement = (
        update(CannedReply)
        .where(CannedReply.id == canned_id)
        .values(used=CannedReply.used + 1)
        .returning(CannedReply.id)
    )
    async with house.units.begin() as uow:
        if await uow.session.scalar(statement) is None:
            raise NotFoundError(f"canned reply {canned_id}")


@router.get("/live/conversations/{conversation_id}/variables")
async def get_variables(conversation_id: UUID, agent: AnyAgent, house: HouseDependency) -> Variables:
    """What the variables stand for here, by the newest ticket of the conversation."""
    newest = (
        select(Ticket)
        .where(Ticket.conversation_id == conversation_id)
        .order_by(Ticket.created_at.desc())
        .limit(1)
    )
    async with house.database.transaction() as session:
        if await session.get(Conversation, conversation_id) is None:
            raise NotFoundError(f"conversation {conversation_id}")
        ticket = (await session.scalars(newest)).one_or_none()
    return Variables(
        customer_name=ticket and ticket.customer_name,
        ticket=ticket and ticket.number,
        agent=agent.display_name,
        product=ticket and ticket.details.get("product"),
    )


async def _locked(uow: UnitOfWork, canned_id: UUID) -> CannedReply:
    reply = await uow.session.get(CannedReply, canned_id, with_for_update=True)
    if reply is None:
        raise NotFoundError(f"canned reply {canned_id}")
    return reply


async def _require_sound(uow: UnitOfWork, rules: DeskRules, given: CannedIn, own_id: UUID | None) -> None:
    if given.group is not None and given.group not in rules.groups:
        raise UnknownGroupError(given.group)
    try:
        variables(given.text)
    except CannedTextError as error:
        raise CannedVariableError(str(error), found=str(error)) from error
    holder = await uow.session.scalar(select(CannedReply.id).where(CannedReply.shortcut == given.shortcut))
    if holder not in {None, own_id}:
        raise ShortcutTakenError(shortcut=given.shortcut)
