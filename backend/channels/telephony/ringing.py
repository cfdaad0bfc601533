"""An agent took a caller: their telephone rings, if they have one; whom they talked to is called away."""

import procrastinate
import structlog
from sqlalchemy import select

from backend.access import telephones
from backend.channels.telephony import book
from backend.channels.telephony.call_state import Phase
from backend.channels.telephony.models import PhoneCall
from backend.channels.telephony.port import AgentPhone, Carrier, CarrierError
from backend.conversations.events import OwnerChanged
from backend.conversations.models import Owner
from backend.unit_of_work import UnitOfWork, UnitsOfWork

JOB = "telephony.ring"
FETCH_CALL_JOB = "telephony.fetch_call"
FETCH_CALL_RETRY = procrastinate.RetryStrategy(max_attempts=3, wait=1)
CHANNEL = "phone"
DUE = "due"
"""In place of the call to the agent, until it is made."""

log = structlog.get_logger(__name__)


class Ringing:
    """Rings agents over a carrier. Without telephones the caller hears what the agent types."""

    def __init__(self, units: UnitsOfWork, carrier: Carrier) -> None:
        self._units = units
        self._carrier = carrier

    async def on_owner_changed(self, uow: UnitOfWork, event: OwnerChanged) -> None:
        """Ring whoever has a waiting caller now; fetch a caller whom somebody else was talking to."""
        same = event.owner == event.previous and event.agent_username == event.previous_agent
        if event.channel != CHANNEL or same:
            return
        query = select(PhoneCall).where(PhoneCall.conversation_id == event.conversation_id)
        call = await uow.session.scalar(query.with_for_update())
        if call is None or call.ended_at is not None:
            return
        if book.state_of(call).phase in {Phase.SPOKEN, Phase.HELD}:
            await self._fetch(uow, call, event)
        if book.state_of(call).phase is Phase.QUEUED and event.owner == Owner.AGENT:
            await self.due(uow, call, event.agent_username or "")

    async def due(self, uow: UnitOfWork, call: PhoneCall, username: str) -> bool:
        """Ring an agent as soon as this unit of work is over; False for one without a telephone."""
        if not self._carrier.reaches(await _phone_of(uow, username)):
            return False
        call.ring_id = DUE
        await uow.defer(JOB, call_id=call.call_id, agent=username)
        return True

    async def ring(self, call_id: str, agent: str) -> None:
        """Ring once. If that fails, the caller leaves the queue and hears what is typed.

        The call stays locked meanwhile, so that nothing is heard of the agent's call before its id is known.
        """
        async with self._units.begin() as uow:
            call = await book.alone(uow, self._carrier.name, call_id)
            if call is None or call.ended_at is not None or call.ring_id != DUE:
                return
            try:
                call.ring_id = await self._carrier.ring(await _phone_of(uow, agent), call_id)
            except CarrierError as error:
                log.warning("telephony.ring_failed", call_id=call_id, agent=agent, error=str(error))
                call.ring_id = None

    async def fetch(self, call_id: str) -> None:
        """Call a caller away from whom they talked to, or from their music."""
        try:
            await self._carrier.fetch(call_id)
        except CarrierError as error:
            log.warning("telephony.fetch_failed", call_id=call_id, error=str(error))
            if not error.final:
                raise

    async def agent_gone(self, call_id: str, ring_id: str) -> None:
        """The agent did not pick up, or hung up: who still waits is no longer kept for that telephone."""
        async with self._units.begin() as uow:
            call = await book.alone(uow, self._carrier.name, call_id)
            if call is None or call.ring_id != ring_id:
                return
            call.ring_id = None
            state = book.state_of(call)
            if state.phase is Phase.HELD:
                book.put(uow, call, state.but(phase=Phase.QUEUED))

    async def _fetch(self, uow: UnitOfWork, call: PhoneCall, event: OwnerChanged) -> None:
        # as after typing, whoever has it now is given a moment to say something
        phase = Phase.TYPED if event.owner == Owner.BOT else Phase.QUEUED
        book.put(uow, call, book.state_of(call).but(phase=phase))
        call.ring_id = None
        if self._carrier.commands_calls:
            await uow.defer(FETCH_CALL_JOB, call_id=call.call_id)


async def _phone_of(uow: UnitOfWork, username: str) -> AgentPhone:
    return AgentPhone(username, await telephones.number_of(uow.session, username))
