"""What a customer may know: how it is said, and what the ticket must hold for it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """One thing that a customer knows.

    `words` is how it stands in a sentence, `alone` how it answers a question. `held` is what the ticket must
    hold, compared as `how` says: equal, starts (a date of which less was told), within (longer words are as
    good).
    """

    slot: str
    words: str
    held: str
    alone: str = ""
    how: str = "equal"

    @property
    def answer(self) -> str:
        return self.alone or self.words

    def is_held_by(self, ticket: Mapping[str, object]) -> bool:
        found = plain(str(on_ticket(ticket, self.slot) or ""))
        wanted = plain(self.held)
        if self.how == "starts":
            return found.startswith(wanted)
        return wanted in found if self.how == "within" else found == wanted


_CONTACT = {"customer_name": "name", "phone": "phone", "address": "address"}
_RENAMED = {"incident_time": "happened_at", "incident_place": "where"}


def on_ticket(ticket: Mapping[str, object], slot: str) -> str | None:
    """What the ticket holds for a slot of the dialogue, as the desk reads it."""
    details, contact = ticket["details"], ticket["contact"]
    assert isinstance(details, dict)
    assert isinstance(contact, dict)
    if slot in _CONTACT:
        return contact.get(_CONTACT[slot])
    if slot in {"description", "demand", "kind"}:
        return ticket[slot]  # type: ignore[return-value]
    if slot == "fault":
        return f"{details.get('fault', '')}\n{ticket['description']}"
    if slot == "incident_place":
        return f"{details.get('where', '')} {details.get('staff', '')}"
    return details.get(_RENAMED.get(slot, slot))


def plain(text: str) -> str:
    """Text as it is compared: width folded, without spaces and punctuation but that of dates."""
    return re.sub(r"[^\w-]", "", unicodedata.normalize("NFKC", text)).lower()
