"""What a question was found to ask, as the understanding hands it over (docs/faq.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FaqFinding:
    """Entries of `data/faq` that a message may ask for, the likeliest first, with their probabilities.

    Only when ``sure`` may the first one's answer be told. ``topic`` is None where no answer is likelier.
    """

    topic: str | None = None
    candidates: tuple[tuple[str, float], ...] = ()
    sure: bool = False

    @property
    def entry(self) -> str | None:
        """Return the entry whose answer may be told."""
        return self.candidates[0][0] if self.sure and self.candidates else None

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any] | None) -> "FaqFinding":
        """Read it from parse data; what is not there was not searched for."""
        data = data or {}
        rows = data.get("candidates") or []
        return cls(
            topic=data.get("topic") or None,
            candidates=tuple((str(row["id"]), float(row.get("score") or 0.0)) for row in rows),
            sure=bool(data.get("sure")),
        )

    def to_mapping(self) -> dict[str, Any]:
        """Return plain data from which it can be read again."""
        rows = [{"id": name, "score": score} for name, score in self.candidates]
        return {"topic": self.topic, "candidates": rows, "sure": self.sure}
