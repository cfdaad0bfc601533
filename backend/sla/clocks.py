"""The clocks of a ticket: started, paused, stopped and counted anew by what happens to it.

Everything here runs in the transaction of what happened, with the ticket locked or new; no other transaction
writes a ticket's clocks meanwhile.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from backend.policy import Policy
from backend.policy.clock_rules import ClockRule
from backend.sla import marks
from backend.sla.counting import Count, Timekeeper
from backend.sla.events import ClockMet, ClockStarted
from backend.sla.facts import facts_of
from backend.sla.models import TicketClock
from backend.sla.moments import Entry, beginning, moments, waits
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork


class Clocks:
    """Runs the clocks of one policy."""

    def __init__(self, policy: Policy) -> None:
        self.keeper = Timekeeper(policy.sla, policy.calendar)
        self.version = f"{policy.version}-{policy.calendar.days.edition}"

    async def of(self, uow: UnitOfWork, ticket: Ticket) -> list[TicketClock]:
        """All clocks that run or ran on a ticket, the one that is due first first."""
        query = select(TicketClock).where(TicketClock.ticket_id == ticket.id)
        return list(await uow.session.scalars(query.order_by(TicketClock.due_at, TicketClock.clock_id)))

    async def happened(
        self, uow: UnitOfWork, ticket: Ticket, triggers: Iterable[str], at: datetime | None = None
    ) -> None:
        """Something happened to a ticket: stop the clocks that waited for it, start those that count from it.

        Args:
            uow: its transaction has the ticket locked, or made it.
            ticket: whose clocks.
            triggers: what happened, of TRIGGERS.
            at: when, if not now. What started later is not stopped; what ran since then is not started.
        """
        happened, moment = frozenset(triggers), at or uow.now
        clocks = await self.of(uow, ticket)
        for clock in clocks:
            rule = self.keeper.sla.clocks.get(clock.clock_id)
            if rule and clock.stopped_at is None and clock.started_at <= moment and rule.stops & happened:
                await self._stop(uow, ticket, clock, moment)
        facts = facts_of(ticket)
        rules = [
            rule
            for rule in self.keeper.sla.clocks.values()
            if rule.starts & happened and self.keeper.sla.applies(rule, facts)
        ]
        await self._start(uow, ticket, rules, clocks, moment)

    async def pause(self, uow: UnitOfWork, ticket: Ticket) -> None:
        """We wait for the customer: clocks that pause stand still."""
        for clock in await self._running(uow, ticket):
            rule = self.keeper.sla.clocks.get(clock.clock_id)
            if rule and rule.pauses and clock.paused_since is None:
                await self._settle(uow, ticket, clock, rule, uow.now)
                clock.paused_since = uow.now
                clock.schedule()
        await uow.session.flush()

    async def resume(self, uow: UnitOfWork, ticket: Ticket) -> None:
        """The customer has answered: clocks go on, by so much later as they stood still."""
        for clock in await self._running(uow, ticket):
            if clock.paused_since is not None:
                self._end_pause(clock, uow.now)
                self._count_again(clock, self._count(clock.clock_id, ticket))
        await uow.session.flush()

    async def reclassified(self, uow: UnitOfWork, ticket: Ticket) -> None:
        """The ticket is of another sort: withdraw clocks that are not for it, start those that it lacks."""
        facts, clocks = facts_of(ticket), await self.of(uow, ticket)
        for clock in clocks:
            rule = self.keeper.sla.clocks.get(clock.clock_id)
            if clock.stopped_at is None and rule and not self.keeper.sla.applies(rule, facts):
                marks.withdraw(uow, ticket, clock, rule)
        seen = {clock.clock_id for clock in clocks}
        over = {f"stage:{ticket.stage}"} | ({"contact"} if ticket.first_contact_at else set())
        lacking = [
            rule
            for rule in self.keeper.sla.clocks.values()
            if "filed" in rule.starts and rule.id not in seen and not rule.stops & over
        ]
        wanted = [rule for rule in lacking if self.keeper.sla.applies(rule, facts)]
        await self._start(uow, ticket, wanted, clocks, uow.now)

    async def lapsed(self, uow: UnitOfWork, ticket: Ticket, trigger: str) -> None:
        """An approval, say, no longer holds: withdraw the clocks that count from it alone."""
        for clock in await self._running(uow, ticket):
            rule = self.keeper.sla.clocks.get(clock.clock_id)
            if rule and rule.starts == {trigger}:
                marks.withdraw(uow, ticket, clock, rule)
        await uow.session.flush()

    async def revived(self, uow: UnitOfWork, ticket: Ticket, merged_at: datetime) -> None:
        """A merger was undone: clocks that it stopped go on as though it had never been."""
        for clock in await self.of(uow, ticket):
            rule = self.keeper.sla.clocks.get(clock.clock_id)
            if rule and clock.stopped_at == merged_at and not clock.withdrawn:
                clock.stopped_at = None
                self._count_again(clock, self._count(rule.id, ticket))
                marks.resume(uow, ticket, clock, rule)
        await uow.session.flush()

    async def complete(self, uow: UnitOfWork, ticket: Ticket, timeline: Sequence[Entry]) -> bool:
        """Start the clocks that policy has for an open ticket and that it never had; true if there were any.

        They count from when they would have started by the ticket's record, and from now where they would
        have run out already: nobody was late by a rule that was not there.
        """
        had = {clock.clock_id for clock in await self.of(uow, ticket)}
        facts, happened = facts_of(ticket), moments(timeline)
        added = False
        for rule in self.keeper.sla.clocks.values():
            since = None if rule.id in had else beginning(rule, happened)
            if since is None or not self.keeper.sla.applies(rule, facts):
                continue
            clock = self._new(ticket, rule, 1, since)
            self._pause_as_recorded(ticket, clock, rule, timeline)
            if clock.due_at <= uow.now:
                clock = self._new(ticket, rule, 1, uow.now)
            uow.session.add(clock)
            await uow.session.flush()
            marks.add(uow, ticket, clock, rule)
            await uow.publish(ClockStarted(ticket.id, clock.clock_id, clock.due_at))
            added = True
        ticket.clocks_version = self.version
        await uow.session.flush()
        return added

    def _pause_as_recorded(
        self, ticket: Ticket, clock: TicketClock, rule: ClockRule, timeline: Sequence[Entry]
    ) -> None:
        if not rule.pauses:
            return
        clock.pauses = [_ended(pause.since, pause.until) for pause in waits(timeline, clock.started_at)]
        self._count_again(clock, self._count(rule.id, ticket))

    async def recount(
        self, uow: UnitOfWork, ticket: Ticket, clocks: Iterable[TicketClock] | None = None
    ) -> bool:
        """Count open clocks by the policy and the ticket's facts as they are now; true if one moved.

        What was breached stays as it was recorded.
        """
        moved = False
        for clock in await self._running(uow, ticket) if clocks is None else clocks:
            if clock.breached_at is None and clock.stopped_at is None:
                moved |= self._recount_one(uow, ticket, clock)
        await uow.session.flush()
        return moved

    async def brought_over(self, uow: UnitOfWork, ticket: Ticket, clocks: Iterable[TicketClock]) -> bool:
        """Bring running clocks of another policy to this one; true if one moved or was withdrawn."""
        facts, kept, withdrawn = facts_of(ticket), [], False
        for clock in clocks:
            rule = self.keeper.sla.clocks.get(clock.clock_id)
            if rule and clock.stopped_at is None and not self.keeper.sla.applies(rule, facts):
                marks.withdraw(uow, ticket, clock, rule)
                withdrawn = True
            else:
                kept.append(clock)
        return await self.recount(uow, ticket, kept) or withdrawn

    def _recount_one(self, uow: UnitOfWork, ticket: Ticket, clock: TicketClock) -> bool:
        rule = self.keeper.sla.clocks.get(clock.clock_id)
        if rule is None:
            marks.withdraw(uow, ticket, clock, None)
            return True
        was_due = clock.due_at
        self._count_again(clock, self._count(rule.id, ticket))
        if clock.due_at == was_due:
            return False
        if clock.warn_at is not None and clock.warn_at > uow.now:
            clock.warned_at = None
            clock.schedule()
        marks.move(uow, ticket, clock, rule, was_due)
        return True

    async def _running(self, uow: UnitOfWork, ticket: Ticket) -> list[TicketClock]:
        return [clock for clock in await self.of(uow, ticket) if clock.stopped_at is None]

    def _count(self, clock_id: str, ticket: Ticket) -> Count:
        return self.keeper.count(clock_id, facts_of(ticket))

    async def _start(
        self, uow: UnitOfWork, ticket: Ticket, rules: list[ClockRule], clocks: list[TicketClock], at: datetime
    ) -> None:
        """Start these clocks, save those that run, or ran since then."""
        started = []
        for rule in rules:
            earlier = [clock for clock in clocks if clock.clock_id == rule.id]
            if not any(clock.stopped_at is None or clock.started_at >= at for clock in earlier):
                generation = 1 + max((clock.generation for clock in earlier), default=0)
                started.append(self._new(ticket, rule, generation, at))
        uow.session.add_all(started)
        await uow.session.flush()
        for clock in started:
            await uow.publish(ClockStarted(ticket.id, clock.clock_id, clock.due_at))

    def _new(self, ticket: Ticket, rule: ClockRule, generation: int, at: datetime) -> TicketClock:
        clock = TicketClock(
            ticket_id=ticket.id,
            clock_id=rule.id,
            generation=generation,
            started_at=at,
            pauses=[],
            withdrawn=False,
            policy_version=self.version,
        )
        self._count_again(clock, self._count(rule.id, ticket))
        if rule.pauses and ticket.awaiting_customer_since is not None:
            clock.paused_since = max(at, ticket.awaiting_customer_since)
            clock.schedule()
        return clock

    async def _stop(self, uow: UnitOfWork, ticket: Ticket, clock: TicketClock, at: datetime) -> None:
        if clock.paused_since is not None:
            self._end_pause(clock, at)
            self._count_again(clock, self._count(clock.clock_id, ticket))
        rule = self.keeper.sla.clocks[clock.clock_id]
        await self._settle(uow, ticket, clock, rule, at)
        clock.stopped_at = at
        clock.schedule()
        await uow.session.flush()
        if clock.breached_at is None:
            await uow.publish(ClockMet(ticket.id, clock.clock_id))

    async def _settle(
        self, uow: UnitOfWork, ticket: Ticket, clock: TicketClock, rule: ClockRule, at: datetime
    ) -> None:
        """A clock that ran out before the sweep saw it is breached all the same."""
        if clock.breached_at is None and clock.due_at < at:
            await marks.breach(uow, ticket, clock, rule)

    def _end_pause(self, clock: TicketClock, at: datetime) -> None:
        since = (clock.paused_since or at).astimezone(UTC)
        until = max(at.astimezone(UTC), since)
        clock.pauses = [*clock.pauses, _ended(since, until)]
        clock.paused_since = None

    def _count_again(self, clock: TicketClock, count: Count) -> None:
        taken = clock.taken()
        clock.due_at = count.due(clock.started_at, taken).due_at
        clock.warn_at = count.warn_at(clock.started_at, taken)
        clock.policy_version = self.version
        clock.schedule()


def _ended(since: datetime, until: datetime) -> dict[str, Any]:
    """A pause as it is stored."""
    return {"since": since.astimezone(UTC).isoformat(), "until": until.astimezone(UTC).isoformat()}
