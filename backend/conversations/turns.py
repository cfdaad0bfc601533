"""Turns: each waiting customer message, in order, gets its answer (invariants 2, 3 and 7).

A turn runs at once in the process that stored the message; a job deferred with the message runs it later if
that process died. The lease keeps two from doing the same.
"""

import asyncio
from datetime import timedelta
from itertools import chain
from uuid import UUID

import structlog
from sqlalchemy import select, update

from backend.conversations import hub, lease
from backend.conversations.asking import Answer, Asking
from backend.conversations.events import ErrandFailed, HandoverWished, TurnOver
from backend.conversations.fallback import Fallback
from backend.conversations.lease import Lease
from backend.conversations.models import Conversation, Message, Owner, Sender
from backend.metrics import TURNS
from backend.realtime import Announcer
from backend.unit_of_work import UnitOfWork, UnitsOfWork

JOB = "conversations.handle_waiting"
LEASE_LIFE = timedelta(seconds=20)
SAFETY_NET_AFTER = LEASE_LIFE + timedelta(seconds=5)
LOOK_SECONDS = 0.25
"""How often who waits looks whether the turn is over: another process may have it in hand."""

log = structlog.get_logger(__name__)


class StillWaitingError(Exception):
    """A message waits, and another process holds the conversation's lease."""


class Turns:
    """Handles waiting messages."""

    def __init__(self, units: UnitsOfWork, asking: Asking, fallback: Fallback, announcer: Announcer) -> None:
        self._units = units
        self._asking = asking
        self._fallback = fallback
        self._announcer = announcer
        self._running: dict[UUID, set[asyncio.Task[None]]] = {}

    def begin(self, conversation_id: UUID) -> asyncio.Task[None]:
        """Handle what waits, in the background; survives the request that asked for it."""
        task = asyncio.create_task(self._guarded(conversation_id))
        self._running.setdefault(conversation_id, set()).add(task)
        task.add_done_callback(lambda over: self._forget(conversation_id, over))
        return task

    async def finish(self) -> None:
        """Wait for the turns under way; called at shutdown."""
        await asyncio.gather(*chain.from_iterable(self._running.values()), return_exceptions=True)

    async def until_handled(self, message: Message, limit_seconds: float) -> None:
        """Return when the message has had its turn, by whomever, or the time is up."""
        now = asyncio.get_running_loop().time
        deadline = now() + limit_seconds
        self.begin(message.conversation_id)
        while (left := deadline - now()) > 0:
            look = min(left, LOOK_SECONDS)
            in_hand = self._running.get(message.conversation_id)
            if in_hand:
                await asyncio.wait(in_hand, timeout=look, return_when=asyncio.FIRST_COMPLETED)
            else:
                await asyncio.sleep(look)
            if await self._handled(message):
                return

    async def handle_waiting(self, conversation_id: UUID) -> None:
        """Handle all messages of a conversation that wait, unless another holds its lease."""
        async with self._units.begin() as uow:
            held = await lease.take(uow.session, conversation_id, uow.now, LEASE_LIFE)
            if held is not None and held.owner is not Owner.BOT:
                await self._leave_to_people(uow, held)
                return
        if held is None:
            return
        seq, more = held.handled_seq, held.pending_seq > held.handled_seq
        try:
            if held.errand is not None:
                more = await self._run_errand(held)
            while more:
                message, owner = await self._next(held, seq)
                seq = message.seq
                more = await self._turn(held, message, owner)
        except Exception:
            async with self._units.begin() as uow:
                await lease.give_back(uow.session, held)
            raise

    async def run_job(self, conversation_id: str) -> None:
        """The safety net: handles what a dead process left behind.

        Raises:
            StillWaitingError: somebody holds the lease; the queue asks again until nothing waits.
        """
        await self.handle_waiting(UUID(conversation_id))
        async with self._units.database.transaction() as session:
            conversation = await session.get_one(Conversation, UUID(conversation_id))
        if conversation.handled_seq < conversation.pending_seq or conversation.errand is not None:
            raise StillWaitingError(conversation_id)

    def _forget(self, conversation_id: UUID, over: asyncio.Task[None]) -> None:
        running = self._running[conversation_id]
        running.discard(over)
        if not running:
            del self._running[conversation_id]

    async def _guarded(self, conversation_id: UUID) -> None:
        with structlog.contextvars.bound_contextvars(conversation_id=str(conversation_id)):
            try:
                await self.handle_waiting(conversation_id)
            except Exception:
                log.exception("turn.failed")  # the safety net repeats it

    async def _handled(self, message: Message) -> bool:
        async with self._units.database.transaction() as session:
            query = select(Conversation.handled_seq).where(Conversation.id == message.conversation_id)
            return (await session.scalar(query) or 0) >= message.seq

    async def _next(self, held: Lease, after_seq: int) -> tuple[Message, Owner]:
        async with self._units.database.transaction() as session:
            query = (
                select(Message, Conversation.owner)
                .join(Conversation, Conversation.id == Message.conversation_id)
                .where(
                    Message.conversation_id == held.conversation_id,
                    Message.sender == Sender.CUSTOMER,
                    Message.seq > after_seq,
                )
                .order_by(Message.seq)
                .limit(1)
            )
            message, owner = (await session.execute(query)).one()
            return message, Owner(owner)

    async def _turn(self, held: Lease, message: Message, owner: Owner) -> bool:
        """One message's turn; whether more wait."""
        if owner is not Owner.BOT:
            async with self._units.begin() as uow:
                progress = await lease.advance(uow.session, held, message.seq, uow.now, LEASE_LIFE)
            TURNS.labels(held.channel, "left_to_people").inc()
            return progress is not None and progress.more
        await self._show_typing(held, active=True)
        try:
            answer = await self._asking.about(held, message)
            async with self._units.begin() as uow:
                return await self._write(uow, held, message, answer)
        finally:
            await self._show_typing(held, active=False)

    async def _leave_to_people(self, uow: UnitOfWork, held: Lease) -> None:
        """Nobody asks the bot: whatever waits has had its turn, in the transaction that saw who has it."""
        await lease.advance(uow.session, held, held.pending_seq, uow.now, LEASE_LIFE, errand_done=True)
        TURNS.labels(held.channel, "left_to_people").inc(held.pending_seq - held.handled_seq)

    async def _run_errand(self, held: Lease) -> bool:
        """Have the bot go on with what was handed back to it; whether messages wait."""
        await self._show_typing(held, active=True)
        try:
            answer = await self._asking.after_hand_back(held)
            async with self._units.begin() as uow:
                return await self._write_errand(uow, held, answer)
        finally:
            await self._show_typing(held, active=False)

    async def _write(self, uow: UnitOfWork, held: Lease, message: Message, answer: Answer | None) -> bool:
        progress = await lease.advance(uow.session, held, message.seq, uow.now, LEASE_LIFE)
        if progress is None:
            log.warning("turn.lease_lost", message_id=str(message.id))
            return False
        if progress.owner is Owner.AGENT:
            TURNS.labels(held.channel, "left_to_people").inc()
            return progress.more
        if answer is None:
            answer = Answer([await self._fallback.answer(uow, message, held.channel)])
            TURNS.labels(held.channel, "bot_down").inc()
        else:
            TURNS.labels(held.channel, "answered").inc()
        await _say(uow, held, answer, in_reply_to=message.id)
        if progress.owner is Owner.QUEUE:
            await uow.publish(TurnOver(held.conversation_id))
        return progress.more

    async def _write_errand(self, uow: UnitOfWork, held: Lease, answer: Answer | None) -> bool:
        progress = await lease.advance(
            uow.session, held, held.handled_seq, uow.now, LEASE_LIFE, errand_done=True
        )
        if progress is None:
            return False
        if progress.owner is Owner.BOT and answer is None:
            await uow.publish(ErrandFailed(held.conversation_id))
        elif progress.owner is not Owner.AGENT and answer is not None:
            await _say(uow, held, answer, in_reply_to=None)
        return progress.more

    async def _show_typing(self, held: Lease, *, active: bool) -> None:
        conversation_id = str(held.conversation_id)
        data = {"conversation_id": conversation_id, "who": "bot", "name": None, "active": active}
        await self._announcer.to_customer(conversation_id, "typing", data)
        await self._announcer.to_watchers(conversation_id, None, "conversation.typing", data)


async def _say(uow: UnitOfWork, held: Lease, answer: Answer, *, in_reply_to: UUID | None) -> None:
    """Store what is said and what was understood, and pass on that the bot wants a person."""
    if answer.understanding is not None:
        statement = update(Conversation).where(Conversation.id == held.conversation_id)
        await uow.session.execute(statement.values(understanding=answer.understanding))
    if answer.utterances:
        await hub.store_utterances(uow, held.conversation_id, answer.utterances, in_reply_to=in_reply_to)
    if answer.handover is not None:
        wish = HandoverWished(
            held.conversation_id,
            str(answer.handover.get("reason", "")),
            answer.handover.get("note"),
            in_reply_to,
            said=bool(answer.utterances),
        )
        await uow.publish(wish)
