"""Who takes a conversation, gives it back or away, closes it; notes and corrections about it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from backend.access.guard import desk
from backend.access.roles import ANY_AGENT, SUPERVISORS
from backend.access.sessions import Identity
from backend.desk import live_detail
from backend.desk.live_schemas import (
    Assign,
    ConversationDetail,
    Corrections,
    HandBack,
    NewNote,
    NoteOut,
    Remark,
    Transfer,
)
from backend.handover import claiming, closing, correcting, notes, returning, transferring
from backend.handover.agents import Agent
from backend.house import House, HouseDependency

router = APIRouter(prefix="/api/v1/live/conversations/{conversation_id}", tags=["live"])

AnyAgent = Annotated[Identity, Depends(desk(ANY_AGENT))]
Supervisor = Annotated[Identity, Depends(desk(SUPERVISORS))]


@router.post("/claim")
async def claim(conversation_id: UUID, identity: AnyAgent, house: HouseDependency) -> ConversationDetail:
    """Take a conversation that waits. Of any number who do, one wins; the others learn who."""
    async with house.units.begin() as uow:
        await claiming.claim(uow, conversation_id, _agent(identity))
    return await _as_it_is(house, conversation_id, identity)


@router.post("/takeover")
async def take_over(
    conversation_id: UUID, identity: AnyAgent, house: HouseDependency, remark: Remark | None = None
) -> ConversationDetail:
    """Take a conversation from the bot or the queue; supervisors also from a colleague."""
    async with house.units.begin() as uow:
        await claiming.take_over(uow, conversation_id, _agent(identity), _words(remark))
    return await _as_it_is(house, conversation_id, identity)


@router.post("/hand_back")
async def hand_back(
    conversation_id: UUID, identity: AnyAgent, house: HouseDependency, given: HandBack | None = None
) -> ConversationDetail:
    """Give a conversation back to the bot, which goes on at once from what it is told."""
    given = given or HandBack()
    async with house.units.begin() as uow:
        await returning.hand_back(uow, conversation_id, _agent(identity), given.note, given.facts)
    return await _as_it_is(house, conversation_id, identity)


@router.post("/transfer")
async def transfer(
    conversation_id: UUID, wish: Transfer, identity: AnyAgent, house: HouseDependency
) -> ConversationDetail:
    """Give a conversation to a colleague or a group."""
    goal = transferring.Goal(wish.to_username, wish.to_group)
    async with house.units.begin() as uow:
        await transferring.transfer(
            uow, house.policy.desk, conversation_id, _agent(identity), goal, wish.note
        )
    return await _as_it_is(house, conversation_id, identity)


@router.post("/assign")
async def assign(
    conversation_id: UUID, wish: Assign, identity: Supervisor, house: HouseDependency
) -> ConversationDetail:
    """Give a conversation, whoever has it, to somebody."""
    async with house.units.begin() as uow:
        await claiming.assign(uow, conversation_id, wish.username, _agent(identity))
    return await _as_it_is(house, conversation_id, identity)


@router.post("/join")
async def join(conversation_id: UUID, identity: Supervisor, house: HouseDependency) -> ConversationDetail:
    """Write beside the colleague who has the conversation."""
    async with house.units.begin() as uow:
        await claiming.join(uow, conversation_id, _agent(identity))
    return await _as_it_is(house, conversation_id, identity)


@router.post("/leave")
async def leave(conversation_id: UUID, identity: AnyAgent, house: HouseDependency) -> ConversationDetail:
    """Write no longer beside the colleague who has the conversation."""
    async with house.units.begin() as uow:
        await claiming.leave(uow, conversation_id, _agent(identity))
    return await _as_it_is(house, conversation_id, identity)


@router.post("/close")
async def close(
    conversation_id: UUID, identity: AnyAgent, house: HouseDependency, remark: Remark | None = None
) -> ConversationDetail:
    """It is over. If the customer writes again, the bot answers."""
    async with house.units.begin() as uow:
        await closing.close(uow, conversation_id, _agent(identity), _words(remark))
    return await _as_it_is(house, conversation_id, identity)


@router.post("/reopen")
async def reopen(conversation_id: UUID, identity: AnyAgent, house: HouseDependency) -> ConversationDetail:
    """Go on with a conversation that was closed; whoever opens it has it."""
    async with house.units.begin() as uow:
        await closing.reopen(uow, conversation_id, _agent(identity))
    return await _as_it_is(house, conversation_id, identity)


@router.post("/notes", status_code=201)
async def add_note(
    conversation_id: UUID, new: NewNote, identity: AnyAgent, house: HouseDependency
) -> NoteOut:
    """Write a note for colleagues, whoever has the conversation."""
    async with house.units.begin() as uow:
        note = await notes.add(uow, conversation_id, new.text, author=identity.username)
    async with house.database.transaction() as session:
        return (await live_detail.notes_out(session, [note], revealed=False))[0]


@router.post("/facts")
async def correct_facts(
    conversation_id: UUID, given: Corrections, identity: AnyAgent, house: HouseDependency
) -> ConversationDetail:
    """Correct what the bot has understood. The bot is told when the conversation is handed back to it."""
    async with house.units.begin() as uow:
        await correcting.correct(uow, conversation_id, _agent(identity), given.facts)
    return await _as_it_is(house, conversation_id, identity)


def _words(remark: Remark | None) -> str | None:
    return None if remark is None else remark.note


def _agent(identity: Identity) -> Agent:
    return Agent(identity.username, identity.display_name, identity.role)


async def _as_it_is(house: House, conversation_id: UUID, reader: Identity) -> ConversationDetail:
    async with house.database.transaction() as session:
        return await live_detail.detail(session, conversation_id, reader, house.clock.now())
