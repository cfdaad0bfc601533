"""Telling people: notices are written with the firing and sent by jobs, repeated, and seen when they fail."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import procrastinate
import structlog
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.clock import SHANGHAI
from backend.escalation.events import DeskNoticeWritten
from backend.escalation.locking import locked_ticket
from backend.escalation.models import Escalation, Notice, NoticeState
from backend.escalation.notices import Message, NoticeError, NoticeSender
from backend.masking import mask_phones_in
from backend.policy import Policy
from backend.policy.escalation import Target
from backend.realtime import Announcer
from backend.tickets import timeline
from backend.tickets.events import TicketChanged
from backend.tickets.kinds import Actor, Priority
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork, UnitsOfWork
from backend.wording import Wording

JOB = "escalation.notify"
MAX_ATTEMPTS = 8
RETRY = procrastinate.RetryStrategy(max_attempts=MAX_ATTEMPTS, exponential_wait=3)
"""3, 9, 27 ... seconds: a robot's limit of a minute, or of ten, is outlived."""
DESK = "desk"
UNSEEN = frozenset({DESK, "console"})
"""Transports that reach nobody in particular: what they were told is no entry of the timeline."""

PERSON = "person:"
"""Before the user name of somebody who is told by name, and not as a target of policy."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What people are told of something that is no ticket: of the same `subject` once."""

    subject: str
    title: str
    source: str


class Notifier:
    """Writes and sends notices."""

    def __init__(
        self,
        units: UnitsOfWork,
        policy: Policy,
        wording: Wording,
        senders: Mapping[str, NoticeSender],
        announcer: Announcer,
    ) -> None:
        self._units = units
        self._policy = policy
        self._wording = wording
        self._senders = senders
        self._announcer = announcer

    async def write(
        self, uow: UnitOfWork, ticket: Ticket, escalation: Escalation, targets: Iterable[str]
    ) -> None:
        """Put a notice for each target and each of its transports that is on into the queue."""
        about = {"escalation_id": escalation.id, "ticket_id": ticket.id}
        said = {"title": self._title(ticket, escalation), "text": self._text(ticket, escalation)}
        await self._queue(uow, targets, about | said, ticket)

    async def write_of(self, uow: UnitOfWork, told: Told, targets: Iterable[str]) -> None:
        """The same of something that is no ticket; each target is told of a subject once."""
        clause = self._policy.clauses.get(told.source, "")
        why = self._wording.say("notice_why", source=told.source, clause=clause)
        await self._queue(
            uow, targets, {"subject": told.subject, "title": told.title, "text": f"{told.title}\n{why}"}
        )

    async def _queue(
        self, uow: UnitOfWork, targets: Iterable[str], facts: dict[str, Any], ticket: Ticket | None = None
    ) -> None:
        for name in dict.fromkeys(targets):
            for transport in self._target(name).via:
                if transport not in self._senders:
                    continue
                notice = insert(Notice).values(
                    id=uuid4(),
                    target=name,
                    transport=transport,
                    state=NoticeState.PENDING,
                    attempts=0,
                    created_at=uow.now,
                    updated_at=uow.now,
                    **facts,
                )
                once = notice.on_conflict_do_nothing().returning(Notice.id)
                notice_id = await uow.session.scalar(once)
                if notice_id is None:
                    continue
                await uow.defer(JOB, notice_id=str(notice_id))
                if transport == DESK:
                    whose = (None, None) if ticket is None else (ticket.department, ticket.assignee)
                    await uow.publish(DeskNoticeWritten(notice_id, name, *whose))

    async def send(self, notice_id: str) -> None:
        """One attempt.

        Raises:
            NoticeError: it failed and is worth repeating; the queue does, with growing pauses.
        """
        async with self._units.database.transaction() as session:
            notice, ticket = await _notice(session, UUID(notice_id))
        if notice.state != NoticeState.PENDING:
            return
        try:
            await self._hand_over(notice, ticket)
        except NoticeError as error:
            await self._note_failure(notice.id, error)
            return
        except Exception as error:
            log.exception("notice.sender_failed", notice_id=notice_id)
            await self._note_failure(notice.id, NoticeError(repr(error)))
            return
        await self._note_success(notice.id)

    async def _hand_over(self, notice: Notice, ticket: Ticket | None) -> None:
        sender = self._senders.get(notice.transport)
        known = notice.target in self._policy.escalation.targets or notice.target.startswith(PERSON)
        if not known or sender is None:
            raise NoticeError(f"{notice.target} by {notice.transport} is no longer set up", final=True)
        number = None if ticket is None else ticket.number
        urgent = ticket is not None and ticket.priority == Priority.URGENT
        message = Message(notice.id, number, notice.title, notice.text, urgent)
        await sender.send(self._target(notice.target), message)

    def _target(self, name: str) -> Target:
        """A target of policy, or one person, who is told at the desk."""
        if not name.startswith(PERSON):
            return self._policy.escalation.targets[name]
        return Target(id=name, name=name.removeprefix(PERSON), via=("desk",), email=(), mobiles=())

    async def _note_success(self, notice_id: UUID) -> None:
        async with self._units.begin() as uow:
            notice = await uow.session.get_one(Notice, notice_id)
            notice.state, notice.attempts, notice.updated_at = (
                NoticeState.SENT,
                notice.attempts + 1,
                uow.now,
            )
            if notice.transport in UNSEEN or notice.escalation_id is None or notice.ticket_id is None:
                return
            escalation = await uow.session.get_one(Escalation, notice.escalation_id)
            ticket = await locked_ticket(uow, notice.ticket_id)
            told = {
                "target": self._policy.escalation.targets[notice.target].name,
                "transport": notice.transport,
            }
            deed = timeline.Deed("notified", after=told, rule=escalation.rule, source=escalation.source)
            timeline.append(uow, ticket, timeline.By(Actor.SYSTEM), deed)
            await uow.session.flush()
            await uow.publish(TicketChanged(ticket))

    async def _note_failure(self, notice_id: UUID, error: NoticeError) -> None:
        async with self._units.begin() as uow:
            notice = await uow.session.get_one(Notice, notice_id)
            notice.attempts, notice.last_error, notice.updated_at = notice.attempts + 1, str(error), uow.now
            final = error.final or notice.attempts >= MAX_ATTEMPTS
            if final:
                notice.state = NoticeState.FAILED
        if not final:
            raise error
        log.error("notice.failed", notice_id=str(notice_id), transport=notice.transport, error=str(error))
        await self._announcer.to_desk("notice.failed", {"notice_id": str(notice_id), "error": str(error)})

    def _title(self, ticket: Ticket, escalation: Escalation) -> str:
        level = self._policy.escalation.levels[escalation.level or ticket.level].name
        return self._wording.say("notice_title", level=level, number=ticket.number, rule=escalation.name)

    def _text(self, ticket: Ticket, escalation: Escalation) -> str:
        say, clause = self._wording.say, self._policy.clauses.get(escalation.source, "")
        lines = [
            say("notice_matter", title=mask_phones_in(ticket.title), department=ticket.department or "-"),
            say("notice_why", source=escalation.source, clause=clause),
            say("notice_facts", facts=worded(self._policy, escalation.facts)),
        ]
        if escalation.ack_due_at is not None:
            due = escalation.ack_due_at.astimezone(SHANGHAI)
            lines.append(say("notice_acknowledge", due=f"{due:%m-%d %H:%M}"))
        return "\n".join(lines)


def worded(policy: Policy, facts: Mapping[str, object]) -> str:
    """Facts by path as people read them, in one line."""
    return "；".join("：".join(policy.escalation.worded(path, value)) for path, value in facts.items())


async def _notice(session: AsyncSession, notice_id: UUID) -> tuple[Notice, Ticket | None]:
    notice = await session.get_one(Notice, notice_id)
    ticket = None if notice.ticket_id is None else await session.get_one(Ticket, notice.ticket_id)
    return notice, ticket
