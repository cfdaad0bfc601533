"""A telephone for tests: one call to a running hotline, turn by turn, over the vendor's protocol."""

from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from cli.phone.line import CALL_PATH, Line
from cli.phone.player import spoken


class Telephone:
    def __init__(self, base: str, token: str, caller: str) -> None:
        self.line = Line(base=base, token=token, caller=caller)
        self.lines: list[tuple[str, list[str]]] = []
        self.over = False
        self.document: Element = fromstring(self.line.post(CALL_PATH, {"CallStatus": "ringing"}))
        self.opening = self._heard()

    def say(self, words: str) -> list[str]:
        return self.hear(words, 0.92)

    def hear(self, words: str, confidence: float) -> list[str]:
        """What the recogniser took for the caller's words, and how sure it is of them."""
        return self._does(words, {"SpeechResult": words, "Confidence": str(confidence)})

    def key(self, digits: str) -> list[str]:
        return self._does(f"#{digits}", {"Digits": digits})

    def hang_up(self) -> None:
        self.line.hang_up()

    def _does(self, told: str, given: dict[str, str]) -> list[str]:
        gather = self.document.find("Gather")
        assert gather is not None, self.lines
        self._go(gather.get("action", ""), given)
        heard = self._heard()
        while (redirect := self.document.find("Redirect")) is not None and self.document.find(
            "Record"
        ) is None:
            self._go(redirect.text or "", {})
            heard += self._heard()
        self.over = self.document.find("Gather") is None
        self.lines.append((told, heard))
        return heard

    def _go(self, address: str, given: dict[str, str]) -> None:
        self.document = fromstring(self.line.post(urljoin(self.line.base, address), given))

    def _heard(self) -> list[str]:
        return [spoken(say) for say in self.document.iter("Say")]
