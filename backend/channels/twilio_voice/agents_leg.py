"""The agent's side of a call: a whisper, then the waiting caller.

https://www.twilio.com/docs/voice/twiml/queue
"""

from twilio.twiml.voice_response import VoiceResponse

from backend.channels.telephony.models import PhoneCall
from backend.channels.twilio_voice.twiml import Voice, queue_name, said
from backend.conversations.models import Conversation
from backend.unit_of_work import UnitOfWork
from backend.wording import Wording


async def summary(uow: UnitOfWork, wording: Wording, call: PhoneCall) -> str:
    """The case in a line, as the bot understood it."""
    conversation = await uow.session.get_one(Conversation, call.conversation_id)
    known = (conversation.understanding or {}).get("summary")
    return wording.say("voice_whisper", summary=known or wording.say("voice_whisper_unknown"))


def joined(whisper: str, voice: Voice, call_id: str) -> str:
    """Say the whisper and dial the caller's queue."""
    response = VoiceResponse()
    said(response, [whisper], voice)
    response.dial().queue(queue_name(call_id))
    return str(response)
