"""What one message of the customer says, as far as the dialogue cares."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from actions.faq_finding import FaqFinding
from actions.people import HAND_BACK, HandedBack, People
from actions.wording import Wording

NOT_UNDERSTOOD = "nlu_fallback"
SPOKEN_CHANNEL = "phone"
_TELLING = (
    "fault", "phone", "person_name", "address", "purchase_date", "order_number", "serial_number", "model",
)  # fmt: skip
"""What makes a question part of the story rather than a question about how things are done."""

LONGEST_WITH_LABELS = 30
"""Characters up to which the name of a slot in a message is taken for a pointer to it."""


@dataclass(frozen=True)
class Entity:
    """Something named in the message: its kind, its normalised value, and the words themselves.

    ``vague``: a fault of which only is said that there is one, a product that could be any. ``handled``: a
    product that others wash, cook or keep.
    """

    kind: str
    value: str
    words: str
    vague: bool = False
    handled: bool = False


@dataclass(frozen=True)
class Signals:
    """What is to be heard between the words; see the NLU component of the same name."""

    hazard: bool = False
    hazard_kind: str | None = None
    anger: int = 0
    threat: bool = False
    vulnerable: bool = False
    repeated: bool = False
    wants_human: bool = False

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any] | None) -> "Signals":
        """Read signals from parse data or a slot; what is not there counts as not heard."""
        data = data or {}
        return cls(
            hazard=bool(data.get("hazard")),
            hazard_kind=data.get("hazard_kind") or None,
            anger=int(data.get("anger") or 0),
            threat=bool(data.get("threat")),
            vulnerable=bool(data.get("vulnerable")),
            repeated=bool(data.get("repeated")),
            wants_human=bool(data.get("wants_human")),
        )

    def merged(self, later: "Signals") -> "Signals":
        """Return the signals of everything said so far: nothing once heard is forgotten."""
        return Signals(
            hazard=self.hazard or later.hazard,
            hazard_kind=self.hazard_kind or later.hazard_kind,
            anger=max(self.anger, later.anger),
            threat=self.threat or later.threat,
            vulnerable=self.vulnerable or later.vulnerable,
            repeated=self.repeated or later.repeated,
            wants_human=self.wants_human or later.wants_human,
        )

    def to_mapping(self) -> dict[str, Any]:
        """Return plain data for a slot or for the ticket."""
        return asdict(self)


@dataclass(frozen=True)
class Turn:
    """One message of the customer.

    ``choice`` and ``demand`` are what the text says word for word as a quick reply; ``labels`` are the slots
    whose names occur in it, the longest name first, ``marks`` what its phrases point to. ``asks``: it ends as
    a question does, or asks for a figure. ``ranking`` holds the intents by likelihood. ``faq`` is what it was
    found to ask; ``channel`` and ``message_id`` are how it came, ``at`` is when, in seconds of the epoch.
    ``wished_before``: not this message asked for a person, an earlier one did.
    ``people``: who is there, if the backend says so. ``handed_back``: it is no message, a person gave the
    conversation back. ``draft``: the ticket under which the backend has kept the matter being told meanwhile.
    """

    text: str
    intent: str = NOT_UNDERSTOOD
    confidence: float = 0.0
    entities: tuple[Entity, ...] = ()
    signals: Signals = field(default_factory=Signals)
    secondary_intent: str | None = None
    choice: str | None = None
    demand: str | None = None
    labels: tuple[str, ...] = ()
    marks: frozenset[str] = frozenset()
    asks: bool = False
    ranking: tuple[tuple[str, float], ...] = ()
    faq: FaqFinding = field(default_factory=FaqFinding)
    channel: str | None = None
    message_id: str | None = None
    at: float = 0.0
    wished_before: bool = False
    people: People | None = None
    handed_back: HandedBack | None = None
    draft: str | None = None

    @property
    def is_spoken(self) -> bool:
        """Tell whether the customer hears the answer rather than reads it."""
        return self.channel == SPOKEN_CHANNEL

    @property
    def guess(self) -> str | None:
        """Return the likeliest intent, however unsure."""
        return self.ranking[0][0] if self.ranking else None

    def means(self, *intents: str, confidence: float = 0.5) -> bool:
        """Tell whether the message has one of these intents, surely enough."""
        return self.intent in intents and self.confidence >= confidence

    @property
    def is_question(self) -> bool:
        """Tell whether the message asks for what surely has an answer, and tells nothing itself."""
        return self.asks and self.faq.entry is not None and not self.has(*_TELLING)

    def to_message(self, earlier: Signals | None = None) -> dict[str, Any]:
        """Return parse data from which the same turn can be read again, with signals heard earlier."""
        signals = earlier.merged(self.signals) if earlier else self.signals
        return {
            "text": self.text,
            "intent": {"name": self.intent, "confidence": self.confidence},
            "entities": [
                {"entity": entity.kind, "value": entity.value, "words": entity.words}
                for entity in self.entities
            ],
            "signals": signals.to_mapping(),
            "secondary_intent": self.secondary_intent,
            "faq": self.faq.to_mapping(),
            "metadata": {
                "channel": self.channel,
                "message_id": self.message_id,
                "people": self.people.to_mapping() if self.people else None,
                "wished_before": signals.wants_human and not self.signals.wants_human,
            },
        }

    def has(self, *kinds: str) -> bool:
        """Tell whether something of one of these kinds is named."""
        return any(entity.kind in kinds for entity in self.entities)


def read_turn(message: Mapping[str, Any], wording: Wording) -> Turn:
    """Read the parse data of a message as Rasa hands it to actions."""
    text = str(message.get("text") or "").strip()
    intent = message.get("intent") or {}
    ranking = _ranking(message)
    marks = wording.marks(text)
    metadata = message.get("metadata") or {}
    handed_back = HandedBack.from_metadata(metadata.get(HAND_BACK))
    name = str(intent.get("name") or NOT_UNDERSTOOD)
    return Turn(
        text=text,
        intent=NOT_UNDERSTOOD if name == HAND_BACK and handed_back is None else name,
        confidence=float(intent.get("confidence") or 0.0),
        entities=tuple(_entities(message, text, wording)),
        signals=Signals.from_mapping(message.get("signals")),
        secondary_intent=message.get("secondary_intent") or None,
        choice=wording.choice(text),
        demand=wording.demand(text),
        ranking=ranking,
        labels=tuple(wording.labelled_slots(text)) if len(text) <= LONGEST_WITH_LABELS else (),
        marks=marks,
        asks="question" in marks or wording.asks(text),
        faq=FaqFinding.from_mapping(message.get("faq")),
        channel=metadata.get("channel") or None,
        message_id=metadata.get("message_id") or None,
        wished_before=bool(metadata.get("wished_before")),
        people=People.from_metadata(metadata.get("people")),
        handed_back=handed_back if name == HAND_BACK else None,
        draft=metadata.get("draft") or None,
    )


def _words(found: Mapping[str, Any], text: str) -> str:
    if "start" in found and "end" in found:
        return text[found["start"] : found["end"]]
    return str(found.get("words") or found["value"])


def _ranking(message: Mapping[str, Any]) -> tuple[tuple[str, float], ...]:
    """Return intents with their likelihood, however unsure."""
    ranked = message.get("intent_ranking") or []
    return tuple(
        (str(row["name"]), float(row.get("confidence") or 0.0))
        for row in ranked
        if row.get("name") and row["name"] != NOT_UNDERSTOOD
    )


def _entities(message: Mapping[str, Any], text: str, wording: Wording) -> list[Entity]:
    return [
        _entity(str(found["entity"]), str(found["value"]), _words(found, text), wording)
        for found in message.get("entities") or []
        if found.get("entity") and found.get("value") is not None
    ]


def _entity(kind: str, value: str, words: str, wording: Wording) -> Entity:
    vague, handled = wording.is_vague(kind, words), wording.is_handled(kind, words)
    return Entity(kind, value, words, vague=vague, handled=handled)
