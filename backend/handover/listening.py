"""What hand-over hears: rules and the bot that want a person, and what the customer is told of it."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from backend.conversations import hub
from backend.conversations.events import ErrandFailed, HandoverRequested, HandoverWished, OwnerChanged
from backend.conversations.hub import Utterance
from backend.conversations.models import Conversation, Owner, Sender
from backend.conversations.rasa_client import People
from backend.handover import presence
from backend.handover.agents import name_of
from backend.handover.callbacks import PHONE, Callbacks, known_phone
from backend.handover.kinds import Reason
from backend.handover.models import Stretch
from backend.handover.moving import locked
from backend.handover.opening import next_opening
from backend.handover.requesting import request
from backend.handover.waiting import Queued
from backend.house import House
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork

JOB = "handover.by_rule"
JOB_AFTER = timedelta(seconds=2)
REASONS = frozenset({Reason.CUSTOMER_ASKED, Reason.BOT_UNSURE, Reason.ABUSE, Reason.HAZARD})


class Listener:
    """Brings conversations to people when something asks for one."""

    def __init__(self, house: House, callbacks: Callbacks) -> None:
        self._house = house
        self._callbacks = callbacks

    async def on_rule(self, uow: UnitOfWork, event: HandoverRequested) -> None:
        """A rule fired on a ticket. It is locked now, and conversations are locked before tickets: a job."""
        await uow.defer(
            JOB,
            after=JOB_AFTER,
            conversation_id=str(event.conversation_id),
            ticket_number=event.ticket_number,
            rule=event.rule,
            asked_at=uow.now.isoformat(),
        )

    async def by_rule(self, conversation_id: str, ticket_number: str, rule: str, asked_at: str) -> None:
        """The job: hazards go before all others. Nothing, if a person has had it since the rule fired."""
        async with self._house.units.begin() as uow:
            conversation = await locked(uow, UUID(conversation_id))
            if await _seen_to(uow, conversation, datetime.fromisoformat(asked_at)):
                return
            hazard = await uow.session.scalar(select(Ticket.hazard).where(Ticket.number == ticket_number))
            reason = Reason.HAZARD if hazard else Reason.RULE
            queued = await request(
                uow,
                self._house.policy,
                conversation.id,
                reason,
                note=self._name_of(rule),
                ticket_number=ticket_number,
            )
            if queued.new:
                await self._tell(uow, conversation, queued)

    async def at_once(self, event: HandoverRequested) -> None:
        """Do not wait for the job; it will find that nothing is left to do."""
        now = self._house.clock.now().isoformat()
        await self.by_rule(str(event.conversation_id), event.ticket_number, event.rule, now)

    async def on_wish(self, uow: UnitOfWork, event: HandoverWished) -> None:
        """The bot asks for a person within its turn."""
        reason = Reason(event.reason) if event.reason in REASONS else Reason.BOT_UNSURE
        queued = await request(uow, self._house.policy, event.conversation_id, reason, note=event.note)
        if event.said and queued.queued and not queued.new:
            return  # a rule was faster, and the customer was told then
        conversation = await locked(uow, event.conversation_id)
        await self._tell(uow, conversation, queued, in_reply_to=event.in_reply_to)

    async def on_errand_failed(self, uow: UnitOfWork, event: ErrandFailed) -> None:
        """The bot cannot go on with what was handed back: a person must."""
        queued = await request(uow, self._house.policy, event.conversation_id, Reason.BOT_FAILED)
        await self._tell(uow, await locked(uow, event.conversation_id), queued)

    async def on_owner_changed(self, uow: UnitOfWork, event: OwnerChanged) -> None:
        """Tell the customer who answers now, or that somebody else will."""
        wording = self._house.wording
        if event.owner == Owner.AGENT and event.agent_username != event.previous_agent:
            name = await name_of(uow.session, event.agent_username)
            text = wording.say("handover_joined", name=name)
        elif event.owner == Owner.QUEUE and event.previous == Owner.AGENT:
            text = wording.say("handover_moved_on")
        else:
            return
        await hub.store_utterances(uow, event.conversation_id, [Utterance(text, Sender.SYSTEM)])

    async def people(self) -> People:
        """Whether somebody should be there, and how many are; told to the bot with every message."""
        now, rules = self._house.clock.now(), self._house.policy.desk
        async with self._house.database.transaction() as session:
            online = await presence.online_for(session, rules, None, now)
        return People(open=rules.hours.open_at(now), online=online)

    def _name_of(self, rule: str) -> str:
        rules = self._house.policy.escalation.rules
        return next((each.name for each in rules if each.id == rule), rule)

    async def _tell(
        self,
        uow: UnitOfWork,
        conversation: Conversation,
        queued: Queued,
        in_reply_to: UUID | None = None,
    ) -> None:
        if queued.taken:
            return
        text = await self._words(uow, conversation, queued)
        said = [Utterance(text, Sender.SYSTEM)]
        await hub.store_utterances(uow, conversation.id, said, in_reply_to=in_reply_to)

    async def _words(self, uow: UnitOfWork, conversation: Conversation, queued: Queued) -> str:
        wording, position = self._house.wording, queued.position
        spoken = conversation.channel == PHONE
        if queued.agents_online > 0:
            written = wording.say("handover_queued", position=position, minutes=queued.minutes)
            return wording.say("handover_queued_spoken") if spoken else written
        if queued.open_now:
            written = wording.say("handover_waiting", position=position)
            return wording.say("handover_waiting_spoken") if spoken else written
        ticket = await self._callbacks.on_record(uow, conversation, await known_phone(uow, conversation))
        opens = next_opening(self._house.policy.desk.hours, uow.now)
        back = wording.say("handover_moment", month=opens.month, day=opens.day, time=opens.strftime("%H:%M"))
        return wording.say("handover_closed", back=back, number=ticket.number)


async def _seen_to(uow: UnitOfWork, conversation: Conversation, since: datetime) -> bool:
    if conversation.owner == Owner.AGENT:
        return True
    query = select(Stretch.id).where(
        Stretch.conversation_id == conversation.id, Stretch.owner == Owner.AGENT, Stretch.started_at >= since
    )
    return await uow.session.scalar(query.limit(1)) is not None
