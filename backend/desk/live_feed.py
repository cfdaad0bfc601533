"""What desk and customers are told of conversations as it happens. Hints: whoever misses one fetches it.

Messages go to those who have the conversation open and to its owner's pages; everybody gets its card, at most
once a second. Each carries `last_seq` and `version`, so that a late or repeated one changes nothing. Phone
numbers in them are hidden; who has revealed them fetches a message that says that it is `veiled`.
"""

from typing import Any
from uuid import UUID

from backend.conversations.events import (
    ConversationChanged,
    FactsCorrected,
    MessageChanged,
    MessageStored,
    OwnerChanged,
)
from backend.conversations.models import Conversation, Owner, Sender
from backend.conversations.schemas import MessageOut
from backend.desk import live_board, live_cards, live_detail
from backend.desk.pulse import Pulse
from backend.desk.veiling import veiled_message
from backend.handover.notes import NoteWritten
from backend.handover.presence import PresenceChanged
from backend.handover.seeing import SeenUpTo
from backend.handover.standing import customer_view, places
from backend.house import House

QUEUE = "queue"


class LiveFeed:
    """Tells browsers."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._cards: Pulse[UUID] = Pulse(self._tell_cards)
        self._people: Pulse[str] = Pulse(self._tell_people)
        self._queue: Pulse[str] = Pulse(self._tell_queue)

    async def finish(self) -> None:
        """Stop telling."""
        for pulse in (self._cards, self._people, self._queue):
            await pulse.finish()

    async def on_message(self, event: MessageStored) -> None:
        """A message is there."""
        await self._message(event, event.agent_username, event.version)

    async def on_message_changed(self, event: MessageChanged) -> None:
        """A message shows more than before."""
        async with self._house.database.transaction() as session:
            conversation = await session.get_one(Conversation, event.conversation_id)
        await self._message(event, conversation.agent_username, conversation.version)

    async def on_changed(self, event: ConversationChanged | FactsCorrected) -> None:
        """Something on the card is new."""
        self._cards.touch(event.conversation_id)

    async def on_owner_changed(self, event: OwnerChanged) -> None:
        """Somebody else has the conversation."""
        self._cards.touch(event.conversation_id)
        self._queue.touch(QUEUE)
        for username in {event.agent_username, event.previous_agent} - {None}:
            self._people.touch(str(username))
        async with self._house.database.transaction() as session:
            conversation = await session.get_one(Conversation, event.conversation_id)
            view = await customer_view(session, conversation)
        data = _about(conversation) | view
        await self._house.announcer.to_customer(str(conversation.id), "owner", data)

    async def on_presence(self, event: PresenceChanged) -> None:
        """Somebody is there in another way."""
        self._people.touch(event.username)
        self._queue.touch(QUEUE)

    async def on_note(self, event: NoteWritten) -> None:
        """A note was written."""
        async with self._house.database.transaction() as session:
            conversation = await session.get_one(Conversation, event.note.conversation_id)
            (note,) = await live_detail.notes_out(session, [event.note], revealed=False)
        data = _about(conversation) | {"note": note.model_dump(mode="json")}
        await self._house.announcer.to_watchers(
            str(conversation.id), conversation.agent_username, "conversation.note", data
        )

    async def on_seen(self, event: SeenUpTo) -> None:
        """One side has read on."""
        conversation_id = str(event.conversation_id)
        data = {"conversation_id": conversation_id, "by": event.by, "seq": event.seq}
        await self._house.announcer.to_watchers(
            conversation_id, event.agent_username, "conversation.seen", data
        )
        if event.by is Sender.AGENT:
            await self._house.announcer.to_customer(conversation_id, "seen", data)

    async def _message(self, event: MessageStored | MessageChanged, owner: str | None, version: int) -> None:
        conversation_id = str(event.conversation_id)
        written = MessageOut.model_validate(event.message)
        shown = veiled_message(written)
        data = {
            "conversation_id": conversation_id,
            "message": shown.model_dump(mode="json"),
            "veiled": shown != written,
            "last_seq": event.message.seq,
            "version": version,
        }
        await self._house.announcer.to_watchers(conversation_id, owner, "conversation.message", data)
        self._cards.touch(event.conversation_id)

    async def _tell_cards(self, ids: list[UUID]) -> None:
        async with self._house.database.transaction() as session:
            cards = await live_cards.cards_of(session, ids)
        for card in cards:
            data = {"conversation_id": str(card.id), "card": card.model_dump(mode="json")}
            await self._house.announcer.to_desk(
                "conversation.changed", data | {"last_seq": card.last_seq, "version": card.version}
            )

    async def _tell_people(self, usernames: list[str]) -> None:
        async with self._house.database.transaction() as session:
            agents = await live_board.agents(session, self._house.policy.desk, usernames)
        for agent in agents:
            await self._house.announcer.to_desk("presence.changed", {"agent": agent.model_dump(mode="json")})

    async def _tell_queue(self, _keys: list[str]) -> None:
        """The desk learns of all queues; customers who wait learn of their places."""
        rules, now = self._house.policy.desk, self._house.clock.now()
        async with self._house.database.transaction() as session:
            groups = await live_board.groups(session, rules, now)
            waiting = await places(session)
        data = {"groups": [group.model_dump(mode="json") for group in groups]}
        await self._house.announcer.to_desk("queue.changed", data)
        for conversation, place in waiting:
            told = _about(conversation) | {"owner": Owner.QUEUE, "agent_name": None, "position": place}
            await self._house.announcer.to_customer(str(conversation.id), "owner", told)


def _about(conversation: Conversation) -> dict[str, Any]:
    return {
        "conversation_id": str(conversation.id),
        "last_seq": conversation.last_seq,
        "version": conversation.version,
    }
