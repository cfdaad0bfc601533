"""What a person at the desk does with a call: keep the caller waiting, go on, hang up.

Where the call stands says what it does when its carrier asks next; the carrier is told to ask at once.
It is told before the unit of work ends, so that what it refuses has not happened; its question waits for
the call's lock.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

import structlog
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.channels.telephony import book
from backend.channels.telephony.call_state import Phase
from backend.channels.telephony.events import CallChanged
from backend.channels.telephony.models import PhoneCall
from backend.channels.telephony.port import Carrier, CarrierError
from backend.channels.telephony.standing import Deed, Standing, deeds, standing
from backend.conversations.models import Conversation, Owner
from backend.errors import ConflictError, DomainError, NotFoundError
from backend.handover.agents import Agent, require_owner
from backend.handover.models import Stretch
from backend.unit_of_work import UnitOfWork, UnitsOfWork

log = structlog.get_logger(__name__)


class CallElsewhereError(ConflictError):
    """The call is not where this could be done: it is over, or with somebody else."""

    code = "call_elsewhere"


class CallRefusedError(DomainError):
    """The carrier did not do it."""

    status = 502
    code = "call_refused"


@dataclass(frozen=True, slots=True)
class CallNow:
    """A call as it stands; `deeds` are those of whoever looks."""

    standing: Standing
    agent_username: str | None
    started_at: datetime
    since: datetime
    deeds: tuple[Deed, ...]


class Controls:
    """Does it over one carrier."""

    def __init__(self, units: UnitsOfWork, carrier: Carrier) -> None:
        self._units = units
        self._carrier = carrier

    async def act(self, conversation_id: UUID, agent: Agent, deed: Deed) -> None:
        """Done by who has the conversation, or a supervisor.

        Raises:
            NotFoundError: no telephone call.
            NotOwnerError, NotTakenError: it is somebody else's.
            CallElsewhereError: not possible as the call stands.
            CallRefusedError: the carrier did not do it; nothing has changed.
        """
        async with self._units.begin() as uow:
            call = await uow.session.scalar(_of(conversation_id).with_for_update())
            if call is None or call.carrier != self._carrier.name:
                raise NotFoundError(f"call of {conversation_id}")
            conversation = await uow.session.get_one(Conversation, conversation_id)
            if not agent.supervises:
                await require_owner(uow.session, conversation, agent)
            phase = book.state_of(call).phase
            if deed not in deeds(phase, conversation.owner, ended=call.ended_at is not None):
                raise CallElsewhereError(f"{deed} while {phase}")
            await self._do(uow, call, deed)
            await uow.publish(CallChanged(conversation_id, call.call_id, deed))
            log.info("call.deed", call_id=call.call_id, deed=deed, by=agent.username)

    async def _do(self, uow: UnitOfWork, call: PhoneCall, deed: Deed) -> None:
        state, carrier = book.state_of(call), self._carrier
        match deed:
            case Deed.HOLD:
                state, command = state.but(phase=Phase.HELD), carrier.fetch
            case Deed.RESUME if call.ring_id is not None:
                state, command = state.but(phase=Phase.SPOKEN), partial(carrier.rejoin, call.ring_id)
            case Deed.RESUME:
                state, command = state.but(phase=Phase.TYPED), carrier.fetch
            case Deed.HANG_UP:
                over = state.but(phase=Phase.OVER, number=state.number + 1, busy=False)
                state, command = over, carrier.hang_up
        book.put(uow, call, state)
        if not carrier.commands_calls:
            return  # it asks by itself within seconds
        try:
            await command(call.call_id)
        except CarrierError as error:
            log.warning("telephony.refused", call_id=call.call_id, deed=deed, error=str(error))
            raise CallRefusedError(str(error)) from error


async def call_now(session: AsyncSession, conversation_id: UUID, agent: Agent) -> CallNow:
    """A call as somebody at the desk sees it.

    Raises:
        NotFoundError: no telephone call.
    """
    call = await session.scalar(_of(conversation_id))
    if call is None:
        raise NotFoundError(f"call of {conversation_id}")
    conversation = await session.get_one(Conversation, conversation_id)
    state, ended = book.state_of(call), call.ended_at is not None
    has = conversation.owner == Owner.AGENT and conversation.agent_username == agent.username
    possible = deeds(state.phase, conversation.owner, ended=ended) if has or agent.supervises else ()
    return CallNow(
        standing=standing(state.phase, conversation.owner, rings=call.ring_id is not None, ended=ended),
        agent_username=conversation.agent_username,
        started_at=call.started_at,
        since=call.ended_at or await _since(session, call, state.since),
        deeds=possible,
    )


async def _since(session: AsyncSession, call: PhoneCall, phase_since: datetime | None) -> datetime:
    """Since when it stands so: the phase of the call or the hand that it is in, whichever changed last."""
    query = select(Stretch.started_at).where(Stretch.conversation_id == call.conversation_id)
    stretch = await session.scalar(query.order_by(Stretch.ordinal.desc()).limit(1))
    return max(moment for moment in (call.started_at, phase_since, stretch) if moment is not None)


def _of(conversation_id: UUID) -> Select[PhoneCall]:
    return select(PhoneCall).where(PhoneCall.conversation_id == conversation_id)
