"""Music on hold, made here: a slow broken chord, quiet, 8 kHz, so that no rights of anybody are touched."""

import io
import math
import struct
import wave
from functools import cache

RATE = 8_000
NOTE_SECONDS = 1.0
NOTES = (261.63, 329.63, 392.00, 523.25, 392.00, 329.63, 293.66, 349.23, 440.00, 349.23)
LOUDNESS = 0.12
FULL_SCALE = 32_767


@cache
def wav() -> bytes:
    """Ten seconds of it, as a WAV file."""
    sound = io.BytesIO()
    with wave.open(sound, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", _sample(index)) for index in range(_length())))
    return sound.getvalue()


def _length() -> int:
    return int(RATE * NOTE_SECONDS) * len(NOTES)


def _sample(index: int) -> int:
    seconds = index / RATE
    note, within = int(seconds // NOTE_SECONDS), seconds % NOTE_SECONDS
    swell = math.sin(math.pi * within / NOTE_SECONDS)
    return int(FULL_SCALE * LOUDNESS * swell * math.sin(2 * math.pi * NOTES[note] * within))
