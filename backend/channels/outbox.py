"""The outbox: what is said on a push channel is handed to its vendor, with retries, and failures are seen.

A delivery and its job are written in the transaction that stores the message (invariant 4).
"""

from collections.abc import Iterable
from uuid import UUID

import procrastinate
import structlog
from sqlalchemy import select, update

from backend.channels.events import DeliveryFailed
from backend.channels.models import Delivery, DeliveryState
from backend.channels.port import DeliveryError, NotYetError, PushChannel
from backend.conversations.events import MessageStored, OwnerChanged
from backend.conversations.models import Conversation, Message, Owner, Sender
from backend.handover.kinds import Reason
from backend.metrics import DELIVERIES
from backend.realtime import Announcer
from backend.unit_of_work import UnitOfWork, UnitsOfWork

JOB = "channels.deliver"
MAX_ATTEMPTS = 8
MAX_POSTPONED = 6
"""Runs on top of the attempts, for a channel that says `NotYetError`."""
RETRY = procrastinate.RetryStrategy(max_attempts=MAX_ATTEMPTS + MAX_POSTPONED, exponential_wait=2)

log = structlog.get_logger(__name__)


class Outbox:
    """Delivers messages over push channels."""

    def __init__(self, units: UnitsOfWork, channels: Iterable[PushChannel], announcer: Announcer) -> None:
        self._units = units
        self._channels = {channel.name: channel for channel in channels}
        self._announcer = announcer

    async def on_message(self, uow: UnitOfWork, event: MessageStored) -> None:
        """Put what is said to a customer of a push channel into the outbox."""
        if event.message.sender == Sender.CUSTOMER or event.channel not in self._channels:
            return
        conversation = await uow.session.get_one(Conversation, event.conversation_id)
        delivery = Delivery(
            message_id=event.message.id,
            channel=event.channel,
            address=conversation.address,
            created_at=uow.now,
            updated_at=uow.now,
        )
        uow.session.add(delivery)
        await uow.session.flush()
        after = await self._channels[event.channel].hold(uow, event.message)
        await uow.defer(
            JOB, after=after, lock=f"deliver:{event.conversation_id}", delivery_id=str(delivery.id)
        )

    @staticmethod
    async def on_owner_changed(uow: UnitOfWork, event: OwnerChanged) -> None:
        """A person takes a conversation: what the bot has not said yet it says no more, not even the rest.

        Where one was found because the bot asked for them, its words about that are still said.
        """
        if event.owner != Owner.AGENT or event.reason == Reason.ASSIGNED:
            return
        of_bot = select(Message.id).where(
            Message.conversation_id == event.conversation_id, Message.sender == Sender.BOT
        )
        pending = update(Delivery).where(
            Delivery.state == DeliveryState.PENDING, Delivery.message_id.in_(of_bot)
        )
        await uow.session.execute(pending.values(state=DeliveryState.WITHHELD, updated_at=uow.now))

    async def deliver(self, delivery_id: str) -> None:
        """One attempt.

        Raises:
            DeliveryError: it failed and is worth repeating; the queue does, with growing pauses.
            NotYetError: it is too early; the same.
        """
        async with self._units.database.transaction() as session:
            query = select(Delivery, Message).join(Message, Message.id == Delivery.message_id)
            row = (await session.execute(query.where(Delivery.id == UUID(delivery_id)))).one()
            delivery, message = row
        if delivery.state != DeliveryState.PENDING:
            return
        try:
            vendor_id = await self._channels[delivery.channel].send(delivery.address, message)
        except DeliveryError as error:
            await self._note_failure(delivery.id, error)
            return
        except NotYetError:
            raise
        except Exception as error:
            log.exception("delivery.adapter_failed", delivery_id=delivery_id)
            await self._note_failure(delivery.id, DeliveryError(repr(error)))
            return
        async with self._units.begin() as uow:
            stored = await _locked(uow, delivery.id)
            stored.vendor_id, stored.attempts, stored.updated_at = vendor_id, stored.attempts + 1, uow.now
            if stored.state == DeliveryState.WITHHELD:
                return
            stored.state = DeliveryState.SENT
        DELIVERIES.labels(delivery.channel, "sent").inc()

    async def _note_failure(self, delivery_id: UUID, error: DeliveryError) -> None:
        async with self._units.begin() as uow:
            stored = await _locked(uow, delivery_id)
            stored.attempts, stored.last_error, stored.updated_at = stored.attempts + 1, str(error), uow.now
            stored.reason_code = error.reason_code
            if stored.state == DeliveryState.WITHHELD:
                return
            final = error.final or stored.attempts >= MAX_ATTEMPTS
            if final:
                stored.state = DeliveryState.FAILED
                await uow.publish(DeliveryFailed(stored))
        if not final:
            raise error
        DELIVERIES.labels(stored.channel, "failed").inc()

    async def tell_desk(self, event: DeliveryFailed) -> None:
        """Announce a message that did not reach its customer."""
        failed = event.delivery
        log.error("delivery.failed", delivery_id=str(failed.id), error=failed.last_error)
        data = {
            "delivery_id": str(failed.id),
            "message_id": str(failed.message_id),
            "error": failed.last_error,
            "reason_code": failed.reason_code,
        }
        await self._announcer.to_desk("delivery.failed", data)


async def _locked(uow: UnitOfWork, delivery_id: UUID) -> Delivery:
    """The delivery as it is now; nobody withholds it before this unit of work is over."""
    return await uow.session.get_one(Delivery, delivery_id, with_for_update=True)
