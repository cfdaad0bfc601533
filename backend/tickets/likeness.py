"""Whether two customers' words describe the same fault. Pure."""

import unicodedata

PAIR = 2


def likeness(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (one says what the other says): shared pairs of characters.

    The overlap coefficient over neighbouring characters, since one is often longer: 漏水 and 一直漏水.
    """
    a, b = _pairs(one), _pairs(other)
    if not a or not b:
        return 0.0
    return len(a & b) / min(len(a), len(b))


def _pairs(text: str) -> set[str]:
    plain = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).lower()))
    return {plain[at : at + PAIR] for at in range(max(1, len(plain) - PAIR + 1))} - {""}
