"""What a telephone line leaves of a voice: 300 to 3,400 Hz at 8 kHz, 8 bits by the mu-law (ITU-T G.711)."""

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

SPOKEN_RATE, LINE_RATE, HEARD_RATE = 24_000, 8_000, 16_000
LOWEST_HERTZ, HIGHEST_HERTZ = 300, 3_400
TAPS = 255
LOUDNESS = 0.9
MU = 255
STEPS = 127


def through_the_line(spoken: Samples) -> Samples:
    """A voice at 24 kHz as the far end hears it, at 16 kHz; -1 to 1."""
    if not spoken.size:
        return spoken
    band = np.convolve(spoken, _band_pass(), "same")[:: SPOKEN_RATE // LINE_RATE]
    loud = band * (LOUDNESS / max(float(np.abs(band).max()), 1e-6))
    coded = np.round(np.sign(loud) * np.log1p(MU * np.abs(loud)) / np.log1p(MU) * STEPS) / STEPS
    heard = np.sign(coded) * np.expm1(np.abs(coded) * np.log1p(MU)) / MU
    places = np.arange(heard.size * HEARD_RATE // LINE_RATE) * LINE_RATE / HEARD_RATE
    return np.interp(places, np.arange(heard.size), heard).astype(np.float32)


def _band_pass() -> Samples:
    """A windowed-sinc filter for the telephone's band."""
    time = np.arange(TAPS) - (TAPS - 1) / 2
    high, low = (2 * hertz / SPOKEN_RATE for hertz in (HIGHEST_HERTZ, LOWEST_HERTZ))
    taps = high * np.sinc(high * time) - low * np.sinc(low * time)
    return (taps * np.hamming(TAPS)).astype(np.float32)
