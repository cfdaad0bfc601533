"""The telephone over Twilio, put together."""

from dataclasses import dataclass

from backend.channels.telephony.calls import Calls
from backend.channels.telephony.controls import Controls
from backend.channels.telephony.hints import hints
from backend.channels.telephony.missed import MissedCalls
from backend.channels.telephony.people import People
from backend.channels.telephony.recordings import Recordings
from backend.channels.telephony.ringing import Ringing
from backend.channels.telephony.waiting_room import WaitingRoom
from backend.channels.twilio_voice.carrier import TwilioCarrier
from backend.channels.twilio_voice.switchboard import Switchboard
from backend.channels.twilio_voice.twiml import PREFIX, Voice
from backend.conversations.turns import Turns
from backend.house import House
from backend.settings import Settings


@dataclass(frozen=True, slots=True)
class Telephone:
    """What the application needs of it."""

    switchboard: Switchboard
    carrier: TwilioCarrier
    ringing: Ringing
    controls: Controls
    recordings: Recordings
    missed: MissedCalls


def telephone(house: House, turns: Turns) -> Telephone:
    """All parts of the telephone for one process."""
    carrier = TwilioCarrier(house.settings)
    ringing = Ringing(house.units, carrier)
    people = People(house, ringing)
    calls = Calls(house, turns, carrier.name, people)
    room = WaitingRoom(house, carrier.name, people)
    return Telephone(
        switchboard=Switchboard(house, calls, room, ringing, voice_of(house.settings)),
        carrier=carrier,
        ringing=ringing,
        controls=Controls(house.units, carrier),
        recordings=Recordings(house, carrier),
        missed=MissedCalls(house, carrier.name, room),
    )


def voice_of(settings: Settings) -> Voice:
    """How the settings want it to speak and listen."""
    base = settings.public_url.rstrip("/")
    return Voice(
        voice=settings.voice_name,
        language=settings.voice_language,
        hearing_language=settings.voice_hearing_language,
        speech_model=settings.voice_speech_model,
        speech_timeout=settings.voice_speech_timeout,
        hints=hints(settings.root / "data" / "lexicon"),
        relay=settings.voice_mode == "relay",
        relay_url=f"ws{base.removeprefix('http')}{PREFIX}/relay",
    )
