"""The agent's side of a call: a whisper, then the waiting caller.

https://www.twilio.com/docs/voice/twiml/queue
"""

from collections.abc import Sequence
from urllib.parse import quote

from twilio.twiml.voice_response import VoiceResponse

from backend.channels.telephony.models import PhoneCall
from backend.channels.twilio_voice.twiml import PREFIX, Voice, queue_name, said
from backend.conversations.models import Conversation
from backend.unit_of_work import UnitOfWork
from backend.wording import Wording

ASK_SECONDS = 8
KEPT_SECONDS = 20


async def summary(uow: UnitOfWork, wording: Wording, call: PhoneCall) -> str:
    """The case in a line, as the bot understood it."""
    conversation = await uow.session.get_one(Conversation, call.conversation_id)
    known = (conversation.understanding or {}).get("summary")
    return wording.say("voice_whisper", summary=known or wording.say("voice_whisper_unknown"))


def asked(texts: Sequence[str], voice: Voice, call_id: str) -> str:
    """Say these and join whoever presses a key; machines press none."""
    response = VoiceResponse()
    action = f"{PREFIX}/agent?caller={quote(call_id)}&ready=1"
    gather = response.gather(input="dtmf", num_digits=1, finish_on_key="", timeout=ASK_SECONDS, action=action)
    said(gather, texts, voice)
    response.hangup()
    return str(response)


def joined(texts: Sequence[str], voice: Voice, call_id: str) -> str:
    """Say these and dial the caller's queue; who keeps the caller waiting then stays on the line."""
    response = VoiceResponse()
    said(response, texts, voice)
    dial = response.dial(action=f"{PREFIX}/agent-left?caller={quote(call_id)}")
    dial.queue(queue_name(call_id))
    return str(response)


def kept(call_id: str) -> str:
    """Keep an agent on the line whose caller hears music."""
    response = VoiceResponse()
    response.pause(length=KEPT_SECONDS)
    response.redirect(f"{PREFIX}/agent-left?caller={quote(call_id)}", method="POST")
    return str(response)


def ended() -> str:
    """There is nobody to talk to any more."""
    response = VoiceResponse()
    response.hangup()
    return str(response)
