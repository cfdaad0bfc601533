"""Plans as TwiML.

https://www.twilio.com/docs/voice/twiml

Addresses are relative to the webhook's, so that they hold for whatever address the carrier reaches us by.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from twilio.twiml.voice_response import Gather, Say, VoiceResponse

from backend.channels.telephony import plan as steps
from backend.channels.telephony.plan import Keys, Plan, Step
from backend.channels.telephony.speech import pieces, plain, portions

PREFIX = "/api/v1/twilio/voice"
MOST_SPEECH_SECONDS = 60
MOST_HINTS, MOST_HINT_CHARACTERS = 500, 100
WAIT_SECONDS = 1


@dataclass(frozen=True, slots=True)
class Voice:
    """How Twilio speaks and listens; from the settings.

    Attributes:
        speech_timeout: seconds of silence after which what was said is complete; `auto` cuts at a pause.
        relay: talk over ConversationRelay instead of <Gather>.
        relay_url: its WebSocket, absolute.
    """

    voice: str
    language: str
    hearing_language: str
    speech_model: str
    speech_timeout: int
    hints: tuple[str, ...] = ()
    relay: bool = False
    relay_url: str = ""


def rendered(plan: Plan, voice: Voice, call_id: str) -> str:
    """The plan as a TwiML document."""
    response = VoiceResponse()
    for step in plan:
        _append(response, step, voice, call_id)
    return str(response)


def said(parent: VoiceResponse | Gather, texts: Iterable[str], voice: Voice) -> None:
    """Append what is said, in portions that Twilio takes, with long numbers read digit by digit."""
    for text in texts:
        for portion in portions(text):
            verb = Say(voice=voice.voice, language=voice.language)
            for piece in pieces(portion):
                if piece.digits:
                    verb.say_as(piece.text, interpret_as="digits")
                else:
                    verb.append(piece.text)
            parent.append(verb)


def _append(response: VoiceResponse, step: Step, voice: Voice, call_id: str) -> None:
    match step:
        case steps.Say():
            said(response, [step.text], voice)
        case steps.Ask():
            (_relay if voice.relay else _gather)(response, step, voice)
        case steps.Wait():
            said(response, [step.text], voice)
            response.pause(length=WAIT_SECONDS)
            response.redirect(f"{PREFIX}/waited?turn={step.number}", method="POST")
        case steps.Queue():
            said(response, step.texts, voice)
            action, waiting = f"{PREFIX}/left", f"{PREFIX}/waits"
            response.enqueue(queue_name(call_id), action=action, wait_url=waiting, wait_url_method="POST")
        case steps.Music():
            gather = response.gather(input="dtmf", num_digits=1, timeout=1, action=f"{PREFIX}/waits")
            said(gather, step.texts, voice)
            gather.play(f"{PREFIX}/music.wav")
        case steps.Leave():
            response.leave()
        case steps.Continue():
            response.redirect(f"{PREFIX}/continued", method="POST")
        case steps.Voicemail():
            said(response, step.texts, voice)
            _record(response, step)
        case steps.Hangup():
            said(response, step.texts, voice)
            response.hangup()


def queue_name(call_id: str) -> str:
    """A queue of the call's own: who waits first is decided by us, not by the carrier."""
    return f"call-{call_id}"[:64]


def _gather(response: VoiceResponse, step: steps.Ask, voice: Voice) -> None:
    one = step.keys is Keys.ONE
    gather = Gather(
        input="dtmf speech",
        action=f"{PREFIX}/heard?turn={step.number}",
        method="POST",
        action_on_empty_result=True,
        language=voice.hearing_language,
        speech_model=voice.speech_model or None,
        speech_timeout=voice.speech_timeout if voice.speech_model else "auto",
        max_speech_time=MOST_SPEECH_SECONDS,
        timeout=step.seconds,
        profanity_filter=False,
        barge_in=True,
        finish_on_key="" if one else "#",
        num_digits=1 if one else None,
        hints=", ".join(hint[:MOST_HINT_CHARACTERS] for hint in voice.hints[:MOST_HINTS]) or None,
    )
    said(gather, step.texts, voice)
    response.append(gather)


def _record(response: VoiceResponse, step: steps.Voicemail) -> None:
    response.record(
        action=f"{PREFIX}/message",
        method="POST",
        max_length=step.seconds,
        finish_on_key="#",
        play_beep=True,
        recording_status_callback=f"{PREFIX}/recording",
        recording_status_callback_method="POST",
    )
    # no sound at all: Twilio does not ask the action, but goes on here
    response.redirect(f"{PREFIX}/message", method="POST")


def _relay(response: VoiceResponse, step: steps.Ask, voice: Voice) -> None:
    connect = response.connect(action=f"{PREFIX}/relayed")
    relay = connect.conversation_relay(
        url=voice.relay_url,
        welcome_greeting="".join(plain(text) for text in step.texts),
        welcome_greeting_interruptible="any",
        language=voice.hearing_language,
        tts_provider="Google" if voice.voice.startswith("Google.") else "Amazon",
        voice=voice.voice.partition(".")[2],
        tts_language=voice.language,
        transcription_language=voice.hearing_language,
        dtmf_detection=True,
        interruptible="any",
        profanity_filter=False,
        hints=", ".join(voice.hints[:MOST_HINTS]) or None,
    )
    relay.parameter(name="turn", value=str(step.number))
    relay.parameter(name="keys", value=step.keys.value)
