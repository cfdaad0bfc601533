"""What a user did becomes a message of their thread, or is noted, and is answered if there is time."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

import structlog

from backend.channels import inbox
from backend.channels.wechat import choosing, events, passive, pieces, threads
from backend.channels.wechat.access import Signed, require_first_use
from backend.channels.wechat.account import CHANNEL
from backend.channels.wechat.incoming import EVENT, Incoming
from backend.channels.wechat.media import JOB as FETCH
from backend.channels.wechat.messages import Said, said_by
from backend.channels.wechat.passive import Answer
from backend.conversations import hub
from backend.conversations.hub import Utterance
from backend.conversations.models import Message, Sender
from backend.conversations.turns import Turns
from backend.house import House
from backend.policy.wechat_menu import MenuItem
from backend.unit_of_work import UnitOfWork

LATE_SECONDS = 0.4
"""An answer that is not there this long after the deadline is not waited for."""
SENT_SECONDS = 0.5
"""One that leaves later than this after the deadline might reach a vendor who has hung up."""
Alive = Callable[[], Awaitable[bool]]
"""Whether the vendor still listens."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A delivery that this process is at: storing it, and giving it its turn."""

    stored: asyncio.Task[Message]
    handled: asyncio.Task[None]


class Reception:
    """Takes in what the vendor delivers."""

    def __init__(self, house: House, turns: Turns) -> None:
        self._house = house
        self._turns = turns
        self._under_way: dict[str, UnderWay] = {}

    async def receive(
        self, incoming: Incoming, signed: Signed, deadline: float, alive: Alive
    ) -> Answer | None:
        """Store or note it, once; what to say within the webhook's answer, if there is that by `deadline`.

        `deadline` in seconds of the running loop's clock.

        Raises:
            ForbiddenError: its signature came with something else before.
            MalformedError: it lacks what its kind has.
        """
        tapped = self._tapped(incoming)
        if incoming.kind == EVENT and (tapped is None or tapped.says is None):
            return await self._note(incoming, signed, tapped)
        said = Said(tapped.says or "") if tapped else said_by(incoming, self._house.wording)
        message = await self._handled(incoming, signed, said, deadline)
        if not await alive():
            return None  # the vendor's next try is given it, else the outbox says it
        return await self._answer(incoming.external_id, message.conversation_id, deadline + LATE_SECONDS)

    async def note_answered(self, answer: Answer) -> None:
        """The answer left in time, so that the outbox need not say it."""
        async with self._house.units.begin() as uow:
            await pieces.note_answered(uow, answer.entry_id)

    async def _answer(self, external_id: str, conversation_id: UUID, latest: float) -> Answer | None:
        """What to say within the webhook's answer; what is not there by `latest` is not taken for said."""
        limit = asyncio.timeout_at(latest)
        try:
            # the limit ends before the commit: of one that is cut off nobody knows whether it was made
            async with self._house.units.begin() as uow, limit:
                found = await passive.answer(uow, self._house.wording, external_id, conversation_id)
        except TimeoutError:
            if not limit.expired():
                raise
            return None
        return found

    async def _handled(self, incoming: Incoming, signed: Signed, said: Said, deadline: float) -> Message:
        """The stored message, after its turn or at the deadline.

        Tries that come together wait for the same two tasks: asking the database thrice helps nobody. The
        tasks outlive the request that began them.
        """
        key, loop = incoming.external_id, asyncio.get_running_loop()
        under_way = self._under_way.get(key)
        if under_way is None:
            stored = loop.create_task(self._store(incoming, signed, said))
            handled = loop.create_task(self._turn(stored, deadline))
            under_way = self._under_way[key] = UnderWay(stored, handled)
            handled.add_done_callback(lambda _: self._under_way.pop(key, None))
        else:
            async with self._house.units.begin() as uow:
                await require_first_use(uow, signed, key)
        message = await asyncio.shield(under_way.stored)
        await asyncio.wait([under_way.handled], timeout=max(0.0, deadline - loop.time()))
        return message

    async def _turn(self, stored: asyncio.Task[Message], deadline: float) -> None:
        await asyncio.wait([stored])
        if stored.exception() is None:
            left = deadline - asyncio.get_running_loop().time()
            await self._turns.until_handled(stored.result(), max(0.0, left))

    async def _store(self, incoming: Incoming, signed: Signed, said: Said) -> Message:
        async with self._house.units.begin() as uow:
            await require_first_use(uow, signed, incoming.external_id)
            thread = await threads.thread(uow, incoming.openid)
            text = await choosing.meant(uow, thread.conversation_id, said.text)
            message, new = await inbox.accept_once(
                uow,
                channel=CHANNEL,
                external_id=incoming.external_id,
                conversation_id=thread.conversation_id,
                text=text,
                attachments=said.attachments,
            )
            if new:
                await self._follow_up(uow, message, said, first=thread.new)
        return message

    async def _follow_up(self, uow: UnitOfWork, message: Message, said: Said, *, first: bool) -> None:
        if said.media_id:
            (attachment,) = said.attachments
            await uow.defer(FETCH, message_id=str(message.id), media_id=said.media_id, kind=attachment.kind)
        if first:
            notice = Utterance(self._house.wording.say("wechat_notice"), Sender.SYSTEM)
            await hub.store_utterances(uow, message.conversation_id, [notice])

    async def _note(self, incoming: Incoming, signed: Signed, tapped: MenuItem | None) -> Answer | None:
        async with self._house.units.begin() as uow:
            await require_first_use(uow, signed, incoming.external_id)
            conversation_id: UUID | None = None  # in which something is to be said, if this is the first try
            if await inbox.first_time(uow, CHANNEL, incoming.external_id):
                conversation_id = await events.note(uow, self._house, incoming, tapped)
                log.info("wechat.event", event_type=incoming.event, openid=incoming.openid)
            return await passive.answer(uow, self._house.wording, incoming.external_id, conversation_id)

    def _tapped(self, incoming: Incoming) -> MenuItem | None:
        if incoming.event != events.CLICK:
            return None
        return self._house.policy.wechat_menu.entry(incoming.text("EventKey"))
