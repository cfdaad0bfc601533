"""An agent took a waiting caller: their telephone rings, if they have one."""

import structlog
from sqlalchemy import select

from backend.channels.telephony.call_state import Phase
from backend.channels.telephony.models import PhoneCall
from backend.channels.telephony.port import Carrier, CarrierError
from backend.conversations.events import OwnerChanged
from backend.conversations.models import Owner
from backend.unit_of_work import UnitOfWork, UnitsOfWork

JOB = "telephony.ring"
CHANNEL = "phone"

log = structlog.get_logger(__name__)


class Ringing:
    """Rings agents over a carrier. Without telephones the caller hears what the agent types."""

    def __init__(self, units: UnitsOfWork, carrier: Carrier) -> None:
        self._units = units
        self._carrier = carrier

    async def on_owner_changed(self, uow: UnitOfWork, event: OwnerChanged) -> None:
        """Ring whoever has a waiting caller now."""
        if event.channel != CHANNEL or event.owner != Owner.AGENT or not self._carrier.rings_agents:
            return
        query = select(PhoneCall).where(PhoneCall.conversation_id == event.conversation_id)
        call = await uow.session.scalar(query.with_for_update())
        if call is None or call.ended_at is not None or call.state.get("phase") != Phase.QUEUED:
            return
        call.ring_id = "due"
        await uow.defer(JOB, call_id=call.call_id, agent=event.agent_username or "")

    async def ring(self, call_id: str, agent: str) -> None:
        """Ring once. If that fails, the caller leaves the queue and hears what is typed."""
        ring_id: str | None = None
        try:
            ring_id = await self._carrier.ring(agent, call_id)
        except CarrierError as error:
            log.warning("telephony.ring_failed", call_id=call_id, agent=agent, error=str(error))
        async with self._units.begin() as uow:
            query = select(PhoneCall).where(
                PhoneCall.call_id == call_id, PhoneCall.carrier == self._carrier.name
            )
            call = await uow.session.scalar(query.with_for_update())
            if call is not None:
                call.ring_id = ring_id
