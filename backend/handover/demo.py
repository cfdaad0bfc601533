"""Live work to try the desk with: agents with skills, and conversations that wait for them."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select

from backend.access import accounts
from backend.access.roles import Role
from backend.clock import FixedClock
from backend.conversations import hub
from backend.conversations.hub import Utterance
from backend.conversations.models import Conversation, Owner, Sender
from backend.handover import presence
from backend.handover.kinds import Reason
from backend.handover.moving import BOT, locked, move
from backend.handover.requesting import request
from backend.house import House
from backend.unit_of_work import UnitOfWork

CHANNEL = "web"
STORIES = UUID("6f4b6c1e-5d8e-4a53-9a0e-2f0c5d1b7a11")


async def seed(house: House, clock: FixedClock, password: str, plan: dict[str, Any]) -> list[str]:
    """Make what does not exist yet; returns what was made. Afterwards the time is as it was."""
    now = clock.now()
    made = [agent["username"] for agent in plan["agents"] if await _hired(house, agent, password)]
    if made:
        await _end_old_waits(house)
    for story in plan["waiting"]:
        clock.set(now - timedelta(minutes=story["minutes_ago"]))
        if await _queued(house, story):
            made.append(story["id"])
    clock.set(now)
    return made


async def _hired(house: House, agent: dict[str, Any], password: str) -> bool:
    async with house.units.begin() as uow:
        if await accounts.find(uow.session, agent["username"]) is not None:
            return False
        name = agent["display_name"]
        await accounts.create_user(uow.session, agent["username"], name, Role.AGENT, password)
        await presence.set_groups(uow, agent["username"], agent["groups"])
    return True


async def _end_old_waits(house: House) -> None:
    """The other stories went on for days: nobody of them waits in a chat any more."""
    async with house.units.begin() as uow:
        query = select(Conversation.id).where(Conversation.owner == Owner.QUEUE)
        for conversation_id in list(await uow.session.scalars(query)):
            conversation = await locked(uow, conversation_id)
            await move(uow, conversation, BOT, Reason.CLOSED)
            conversation.closed_at = uow.now


async def _queued(house: House, story: dict[str, Any]) -> bool:
    conversation_id = uuid5(STORIES, story["id"])
    async with house.units.begin() as uow:
        if await uow.session.get(Conversation, conversation_id) is not None:
            return False
        await _told(uow, conversation_id, story)
        await request(uow, house.policy, conversation_id, story["reason"], note=story.get("note"))
    return True


async def _told(uow: UnitOfWork, conversation_id: UUID, story: dict[str, Any]) -> None:
    conversation = Conversation(
        id=conversation_id,
        channel=CHANNEL,
        address=str(conversation_id),
        created_at=uow.now,
        updated_at=uow.now,
        understanding=story["understanding"],
    )
    uow.session.add(conversation)
    await uow.session.flush()
    said = [Utterance(message["text"], Sender(message["sender"])) for message in story["messages"]]
    await hub.store_utterances(uow, conversation_id, said)
