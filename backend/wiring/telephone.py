"""The telephone's wiring: which handler hears which event, which job runs what."""

from backend.channels.telephony import missed, recordings, ringing
from backend.channels.telephony.events import CallBackPromised, CallChanged
from backend.channels.twilio_voice.assembly import Telephone
from backend.conversations.events import OwnerChanged
from backend.house import House
from backend.sla.clocks import Clocks
from backend.unit_of_work import UnitOfWork

PROMISED = "human_promised"


def subscribe(house: House, phone: Telephone, clocks: Clocks) -> None:
    """Let the telephone hear what concerns it, and the house what it tells."""

    async def call_back_promised(uow: UnitOfWork, event: CallBackPromised) -> None:
        await clocks.happened(uow, event.ticket, [PROMISED])

    async def tell_desk_of_call(event: CallChanged) -> None:
        call = {"conversation_id": str(event.conversation_id), "call_id": event.call_id, "state": event.state}
        await house.announcer.to_desk("live.call", call)

    house.bus.inside(OwnerChanged, phone.ringing.on_owner_changed)
    house.bus.inside(CallBackPromised, call_back_promised)
    house.bus.after_commit(CallChanged, tell_desk_of_call)
    house.jobs.repeat("telephony.expiry", phone.recordings.expire, recordings.EXPIRY_SECONDS)
    house.jobs.repeat("telephony.missed", phone.missed.take_over, missed.SECONDS)
    house.jobs.register(recordings.FETCH_JOB, phone.recordings.fetch, retry=recordings.RETRY)
    house.jobs.register(ringing.JOB, phone.ringing.ring)
    house.jobs.register(ringing.FETCH_CALL_JOB, phone.ringing.fetch, retry=ringing.FETCH_CALL_RETRY)
