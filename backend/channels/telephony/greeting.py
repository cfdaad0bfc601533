"""How a call begins: what is recorded and why (PIPL art. 17), and what it is about."""

from backend.channels.telephony.call_state import CallState, OpenQuestion
from backend.channels.telephony.events import CallChanged
from backend.channels.telephony.models import PhoneCall
from backend.channels.telephony.numbers import ANONYMOUS, as_written
from backend.channels.telephony.plan import Plan, Say
from backend.channels.telephony.port import Arrival
from backend.channels.telephony.speech import one_by_one
from backend.channels.telephony.turn_taking import asking
from backend.conversations import hub
from backend.conversations.hub import Utterance
from backend.conversations.models import Sender
from backend.house import House
from backend.phone_numbers import e164
from backend.tickets import lookup
from backend.tickets.cases import CLOSED
from backend.tickets.models import Ticket
from backend.unit_of_work import UnitOfWork

CHANNEL = "phone"
TAIL = 4


async def begin(uow: UnitOfWork, carrier: str, arrival: Arrival) -> PhoneCall:
    """Write a new call into the book, with a conversation of its own."""
    caller = e164(arrival.caller)
    conversation = await hub.start(uow, CHANNEL, address=caller or ANONYMOUS)
    call = PhoneCall(
        carrier=carrier,
        call_id=arrival.call_id,
        conversation_id=conversation.id,
        caller=caller,
        called=e164(arrival.called),
        state=CallState().model_dump(mode="json"),
        started_at=uow.now,
    )
    uow.session.add(call)
    await uow.session.flush()
    await uow.publish(CallChanged(conversation.id, arrival.call_id, "started"))
    return call


async def greet(uow: UnitOfWork, house: House, call: PhoneCall) -> tuple[CallState, Plan]:
    """The notice, which cannot be talked over, and the first question."""
    wording = house.wording
    notice = wording.say("voice_notice", days=house.settings.voice_recording_days)
    state = CallState()
    ticket = await _open_matter(uow, call)
    if ticket is None:
        texts = (wording.say("voice_open"),)
    else:
        tail = one_by_one(ticket.number[-TAIL:])
        texts = (wording.say("voice_returning", title=ticket.title, tail=tail),)
        question = OpenQuestion(
            yes=wording.say("voice_returning_yes", number=ticket.number), no=wording.say("voice_open")
        )
        state = state.but(question=question)
    said = [Utterance(text, Sender.SYSTEM) for text in (notice, *texts)]
    messages = await hub.store_utterances(uow, call.conversation_id, said)
    state = state.but(spoken_seq=messages[-1].seq, number=0)
    state, plan = asking(state, texts, wording)
    return state, [Say(text=notice), *plan]


async def _open_matter(uow: UnitOfWork, call: PhoneCall) -> Ticket | None:
    """The caller's latest ticket that is still worked on; the network vouches for the number."""
    if call.caller is None:
        return None
    found = await lookup.by_phone(uow, as_written(call.caller), Ticket.stage.not_in(CLOSED))
    return found[0] if found else None
