"""Wiring of hand-over: who hears that a conversation changes hands, and what time does to queues."""

from dataclasses import dataclass

import procrastinate

from backend.conversations.events import (
    ConversationChanged,
    ErrandFailed,
    FactsCorrected,
    HandoverRequested,
    HandoverWished,
    MessageChanged,
    MessageStored,
    OwnerChanged,
    TurnOver,
)
from backend.conversations.models import Owner
from backend.conversations.turns import Turns
from backend.desk.live_feed import LiveFeed
from backend.handover import listening, sweeping
from backend.handover.callbacks import Callbacks
from backend.handover.draining import Drain
from backend.handover.kinds import PresenceState, Reason
from backend.handover.listening import Listener
from backend.handover.notes import NoteWritten
from backend.handover.presence import PresenceChanged
from backend.handover.seeing import SeenUpTo
from backend.handover.sweeping import Sweep
from backend.house import House

RETRY = procrastinate.RetryStrategy(max_attempts=20, wait=10)


@dataclass(frozen=True, slots=True)
class Handover:
    """What hand-over is made of."""

    callbacks: Callbacks
    listener: Listener
    drain: Drain
    sweep: Sweep
    feed: LiveFeed

    async def finish(self) -> None:
        """End what is under way in the background; called at shutdown."""
        await self.drain.finish()
        await self.feed.finish()


def handover(house: House) -> Handover:
    """The parts, not wired yet."""
    callbacks = Callbacks(house)
    drain = Drain(house.units, house.policy.desk)
    sweep = Sweep(house.units, house.policy.desk, drain, callbacks)
    return Handover(callbacks, Listener(house, callbacks), drain, sweep, LiveFeed(house))


def subscribe(house: House, parts: Handover, turns: Turns) -> None:
    """Let them hear."""
    bus, jobs, listener, feed, drain = house.bus, house.jobs, parts.listener, parts.feed, parts.drain

    async def go_on(event: OwnerChanged) -> None:
        if event.owner == Owner.BOT and event.reason == Reason.HANDED_BACK:
            turns.begin(event.conversation_id)

    async def somebody_may_be_found(event: OwnerChanged | TurnOver | PresenceChanged) -> None:
        waits = isinstance(event, OwnerChanged) and event.owner == Owner.QUEUE
        freed = isinstance(event, OwnerChanged) and event.previous == Owner.AGENT
        came = isinstance(event, PresenceChanged) and event.state is PresenceState.ONLINE
        if waits or freed or came or isinstance(event, TurnOver):
            drain.nudge()

    bus.inside(HandoverRequested, listener.on_rule)
    bus.inside(HandoverWished, listener.on_wish)
    bus.inside(ErrandFailed, listener.on_errand_failed)
    bus.inside(OwnerChanged, listener.on_owner_changed)
    bus.inside(MessageStored, parts.callbacks.on_message)

    bus.after_commit(HandoverRequested, listener.at_once)
    bus.after_commit(OwnerChanged, feed.on_owner_changed)
    bus.after_commit(OwnerChanged, go_on)
    for event in (OwnerChanged, TurnOver, PresenceChanged):
        bus.after_commit(event, somebody_may_be_found)
    bus.after_commit(MessageStored, feed.on_message)
    bus.after_commit(MessageChanged, feed.on_message_changed)
    bus.after_commit(ConversationChanged, feed.on_changed)
    bus.after_commit(FactsCorrected, feed.on_changed)
    bus.after_commit(PresenceChanged, feed.on_presence)
    bus.after_commit(NoteWritten, feed.on_note)
    bus.after_commit(SeenUpTo, feed.on_seen)

    jobs.register(listening.JOB, listener.by_rule, retry=RETRY)
    jobs.repeat("handover.sweep", parts.sweep.run, sweeping.SECONDS)
