"""Hearing what was said in a recording. WeChat no longer tells it; who has a recogniser plugs it in here."""

from typing import Protocol


class Transcriber(Protocol):
    """Turns speech into text."""

    async def transcribe(self, data: bytes, content_type: str) -> str | None:
        """What is said in the recording (AMR of 8 kHz, as WeChat records), or None if it cannot be told."""
        ...


class Deaf:
    """No recogniser: the customer is asked to type."""

    async def transcribe(self, _data: bytes, _content_type: str) -> str | None:
        """Nothing."""
        return None
