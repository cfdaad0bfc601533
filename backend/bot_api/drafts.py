"""Matters that customers began to tell and left: filed as they stand, so that nothing is lost (R10-6.1.5).

The bot says with every turn what it has understood (`Conversation.understanding`). The ticket goes by the
request by which the form itself would file it: when the customer goes on, it is completed, not doubled.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from backend.conversations import hub
from backend.conversations.hub import Utterance
from backend.conversations.lease import UNDERWAY
from backend.conversations.models import Conversation, Owner, Sender
from backend.policy import Policy
from backend.tickets.filing import file
from backend.tickets.kinds import Actor, Intake, Severity
from backend.tickets.models import Ticket
from backend.tickets.schemas import Contact, NewTicket
from backend.tickets.timeline import By
from backend.unit_of_work import UnitOfWork, UnitsOfWork
from backend.wording import Wording

SECONDS = 30.0
AT_ONCE = 50
NOT_HEARD = "phone"
"""The channel on which nothing can be said once the call is over."""

BY = By(Actor.BOT)
_CONTACT = {"customer_name": "name", "phone": "phone", "address": "address"}
_RENAMED = {"incident_time": "happened_at", "incident_place": "where"}
_ELSEWHERE = {*_CONTACT, "description", "demand", "phone_last4", "summary"}

log = structlog.get_logger(__name__)


class Drafts:
    """Run by every worker, again and again; each conversation is settled in a transaction of its own."""

    def __init__(self, units: UnitsOfWork, policy: Policy, wording: Wording) -> None:
        self._units = units
        self._policy = policy
        self._wording = wording

    async def run(self) -> None:
        """One round."""
        for conversation_id in await self._silent():
            async with self._units.begin() as uow:
                await self._keep(uow, conversation_id)

    async def _silent(self) -> list[UUID]:
        soonest = self._units.clock.now() - self._policy.workflow.drafts.idle(hazard=True)
        known = Conversation.understanding
        query = (
            select(Conversation.id)
            .where(
                Conversation.owner == Owner.BOT,
                Conversation.updated_at <= soonest,
                known["stage"].astext.in_(UNDERWAY),
                known["kind"].astext != "inquiry",
                known["ticket"].astext.is_(None),
            )
            .order_by(Conversation.updated_at)
            .limit(AT_ONCE)
        )
        async with self._units.database.transaction() as session:
            return list(await session.scalars(query))

    async def _keep(self, uow: UnitOfWork, conversation_id: UUID) -> None:
        conversation = await uow.session.get(Conversation, conversation_id, with_for_update=True)
        if conversation is None or not self._is_due(conversation, uow.now):
            return
        known = conversation.understanding or {}
        try:
            request = request_of(conversation_id, known)
        except ValidationError:
            # the messages are all there; what the bot makes of them is set aside for the others' sake
            log.exception("draft.unreadable", conversation_id=str(conversation_id))
            known["ticket"] = ""
            flag_modified(conversation, "understanding")
            return
        filed = await file(uow, self._policy, request, channel=conversation.channel, by=BY)
        known["ticket"] = filed.ticket.number
        flag_modified(conversation, "understanding")
        if filed.new and conversation.channel != NOT_HEARD:
            await self._tell(uow, conversation_id, filed.ticket)

    async def _tell(self, uow: UnitOfWork, conversation_id: UUID, ticket: Ticket) -> None:
        words = self._wording.say("draft_kept", number=ticket.number)
        await hub.store_utterances(uow, conversation_id, [Utterance(words, Sender.SYSTEM)])

    def _is_due(self, conversation: Conversation, now: datetime) -> bool:
        known = conversation.understanding or {}
        hazard = bool((known.get("signals") or {}).get("hazard"))
        idle = self._policy.workflow.drafts.idle(hazard=hazard)
        waits = conversation.owner == Owner.BOT and conversation.handled_seq >= conversation.pending_seq
        told = known.get("stage") in UNDERWAY and not known.get("ticket")
        return waits and told and conversation.updated_at <= now - idle and tells_a_matter(known)


def tells_a_matter(known: dict[str, Any]) -> bool:
    """Whether more is known than that somebody wants to complain."""
    slots = known.get("slots") or {}
    return bool(slots.get("description") or slots.get("fault"))


def request_of(conversation_id: UUID, known: dict[str, Any]) -> NewTicket:
    """The ticket of what was understood, by the key under which the form would file it.

    Raises:
        ValidationError: the bot has told something that is no ticket.
    """
    slots: dict[str, str] = known.get("slots") or {}
    hazard = bool((known.get("signals") or {}).get("hazard"))
    details = {_RENAMED.get(slot, slot): value for slot, value in slots.items() if slot not in _ELSEWHERE}
    return NewTicket(
        request_id=f"{conversation_id}:{known.get('run')}",
        conversation_id=conversation_id,
        kind=known["kind"],
        secondary_kind=known.get("secondary_kind"),
        hazard=hazard,
        severity=Severity.GRAVE if hazard else Severity.MINOR,
        description=slots.get("description") or slots.get("fault") or "",
        demand=slots.get("demand"),
        details=details,
        contact=Contact(**{name: slots.get(slot) for slot, name in _CONTACT.items()}),
        signals=known.get("signals") or {},
        intake=Intake.INCOMPLETE,
    )
