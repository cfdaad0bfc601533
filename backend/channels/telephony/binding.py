"""A code from WeChat, keyed on a call: from then on the caller's number stands behind the WeChat user."""

from backend.channels.telephony.call_state import CallState
from backend.channels.telephony.models import PhoneCall
from backend.channels.telephony.numbers import as_written
from backend.channels.telephony.plan import Keys, Plan
from backend.channels.telephony.turn_taking import asking, awaiting_code
from backend.conversations import identity
from backend.unit_of_work import UnitOfWork
from backend.wording import Wording


async def redeemed(
    uow: UnitOfWork, call: PhoneCall, state: CallState, code: str, wording: Wording
) -> tuple[CallState, Plan]:
    """Join the two, and say whether it worked; a wrong code may be keyed again."""
    done = state.but(binding=False, keys=Keys.ONE)
    if call.caller is None:
        return asking(done, (wording.say("voice_bind_no_number"),), wording)
    if await identity.redeem_code(uow, code, as_written(call.caller)):
        return asking(done, (wording.say("voice_bind_done"),), wording)
    return asking(awaiting_code(state), (wording.say("voice_bind_failed"),), wording)
