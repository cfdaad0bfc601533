"""The book of calls: finding a call, its state, and the answers it was given."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from backend.channels.telephony.call_state import CallState
from backend.channels.telephony.models import PhoneAnswer, PhoneCall
from backend.channels.telephony.plan import PLAN, Plan
from backend.errors import NotFoundError
from backend.handover import moving
from backend.unit_of_work import UnitOfWork


async def find(uow: UnitOfWork, carrier: str, call_id: str) -> PhoneCall | None:
    """The call with its conversation, both locked until the unit of work ends.

    The conversation goes first, as wherever it changes hands: who locks the other way round waits for ever.
    """
    query = select(PhoneCall.conversation_id)
    this_one = PhoneCall.carrier == carrier, PhoneCall.call_id == call_id
    conversation_id = await uow.session.scalar(query.where(*this_one))
    if conversation_id is None:
        return None
    await moving.locked(uow, conversation_id)
    return await alone(uow, carrier, call_id)


async def alone(uow: UnitOfWork, carrier: str, call_id: str) -> PhoneCall | None:
    """The call, locked; for who does not touch its conversation, and may wait for a carrier meanwhile."""
    query = select(PhoneCall).where(PhoneCall.carrier == carrier, PhoneCall.call_id == call_id)
    return await uow.session.scalar(query.with_for_update().execution_options(populate_existing=True))


async def locked(uow: UnitOfWork, carrier: str, call_id: str) -> PhoneCall:
    """As `find`.

    Raises:
        NotFoundError: there is no such call.
    """
    call = await find(uow, carrier, call_id)
    if call is None:
        raise NotFoundError(f"call {call_id}")
    return call


def state_of(call: PhoneCall) -> CallState:
    """Where the call stands."""
    return CallState.model_validate(call.state)


def put(uow: UnitOfWork, call: PhoneCall, state: CallState) -> None:
    """Note where the call stands, and since when it is in this phase."""
    if state.phase != call.state.get("phase"):
        state = state.but(since=uow.now)
    call.state = state.model_dump(mode="json")


async def answer_to(uow: UnitOfWork, call: PhoneCall, key: str) -> Plan | None:
    """What the same request was answered before."""
    query = select(PhoneAnswer.plan).where(PhoneAnswer.call == call.id, PhoneAnswer.key == key)
    stored = await uow.session.scalar(query)
    return None if stored is None else PLAN.validate_python(stored)


async def remember(uow: UnitOfWork, call: PhoneCall, key: str, plan: Plan) -> None:
    """Note the answer to a request. The first one stands."""
    values = {
        "call": call.id,
        "key": key,
        "plan": PLAN.dump_python(plan, mode="json"),
        "answered_at": uow.now,
    }
    await uow.session.execute(insert(PhoneAnswer).values(values).on_conflict_do_nothing())
