"""What a sentence warns of: hazard, anger, threat, vulnerable people, repetition, the wish for a person.

Pure rules over `data/lexicon/signals.yml`; a turn of speech (a price that explodes) is no hazard.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.nlu.entities.fault import is_symptom
from bot.nlu.lexicon import Section, load_section
from bot.nlu.text import fold

HAZARD_KINDS = ("explosion", "gas", "fire", "electric", "smoke", "injury")
"""In the order in which one is named when a sentence tells of several: worst first."""

HAZARD = "hazard"
FLAGS = (HAZARD, "threat", "vulnerable", "repeated", "wants_human")
"""Signals that are there or not."""

DENIED_BY = {
    HAZARD: "figurative",
    "threat": "threat_meant_otherwise",
    "vulnerable": "goods_for_people",
    "repeated": "not_repeated",
    "wants_human": "machine_work",
}
"""Which pattern knows the words that only sound like a signal."""

MAX_ANGER = 3
_ANGRY = 2
_ANGRY_WORDS_FOR_TWO = 2
_INSULTS_FOR_THREE = 2
_SYMPTOM_REACH = 5
_SPACE = " "


@dataclass(frozen=True)
class Signals:
    """Warnings of one message; `anger` runs from 0 (calm) to 3 (abusive or beside oneself)."""

    hazard: bool = False
    hazard_kind: str | None = None
    anger: int = 0
    threat: bool = False
    vulnerable: bool = False
    repeated: bool = False
    wants_human: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Give the signals as the plain mapping that the parse result carries."""
        return asdict(self)


@dataclass(frozen=True)
class Learned:
    """What a model trained on labelled sentences is sure of, beside the rules."""

    flags: frozenset[str] = frozenset()
    hazard_kind: str | None = None


def with_learned(signals: Signals, learned: Learned, text: str) -> Signals:
    """Add what was learned of a text to what the rules found; rules name the danger where both see one.

    A signal is not learned of a text with words that the rules know to be none, such as a stove that does not
    light, or a lawyer by profession.
    """
    section = load_section("signals")
    told = fold(text).text.lower()
    flags = {flag for flag in learned.flags if not section.pattern(DENIED_BY[flag]).search(told)}
    kind = learned.hazard_kind if HAZARD in flags else None
    return replace(signals, **dict.fromkeys(flags, True), hazard_kind=signals.hazard_kind or kind)


def detect(text: str) -> Signals:
    """Detect the signals of a customer's message by rules; never fails."""
    section = load_section("signals")
    folded = fold(text).text.lower()
    kind = hazard_kind(folded)
    threat = _threatens(section, folded)
    repeated = _is_repeated(section, folded)
    return Signals(
        hazard=kind is not None,
        hazard_kind=kind,
        anger=anger_level(folded, threat),
        threat=threat,
        vulnerable=_is_vulnerable(section, folded, kind is not None),
        repeated=repeated,
        wants_human=_wants_human(section, folded),
    )


def hazard_kind(text: str) -> str | None:
    """Name the danger that a folded, lower-case text tells of, or None."""
    section = load_section("signals")
    literal = text
    for name in ("figurative", "denied", "asked"):
        literal = section.pattern(name).sub(_SPACE, literal)
    for kind in HAZARD_KINDS:
        if section.pattern(f"hazard_{kind}").search(literal):
            return kind
        if (
            kind == "gas"
            and section.pattern("gas_leak").search(literal)
            and section.pattern("gas_context").search(text)
        ):
            return kind
    return None


def anger_level(text: str, threat: bool = False) -> int:
    """Grade the anger of a folded, lower-case text from 0 to 3, by its words rather than by the occasion.

    A `threat` is displeased at least, unless it is a formal notice of legal steps.
    """
    section = load_section("signals")
    told = section.pattern("negated_displeased").sub(_SPACE, text)
    insults = len({match.group() for match in section.pattern("insult").finditer(told)})
    if section.pattern("strong_abuse").search(told) or insults >= _INSULTS_FOR_THREE:
        return MAX_ANGER
    angry = len({match.group() for match in section.pattern("angry").finditer(told)})
    if insults or section.pattern("furious").search(told) or angry >= _ANGRY_WORDS_FOR_TWO:
        return _ANGRY
    displeased = bool(angry or section.pattern("displeased").search(told))
    if section.pattern("exclaimed").search(text):
        shouting = bool(section.pattern("shouting").search(text))
        if shouting or threat or displeased or section.pattern("accused").search(told):
            return _ANGRY
    reproach = threat and not section.pattern("formal").search(told)
    return 1 if displeased or reproach or section.pattern("shouting").search(text) else 0


def _threatens(section: Section, text: str) -> bool:
    return bool(section.pattern("threat").search(section.pattern("threat_meant_otherwise").sub(_SPACE, text)))


def _is_repeated(section: Section, text: str) -> bool:
    told = section.pattern("not_repeated").sub(_SPACE, text)
    if section.pattern("repeated").search(told):
        return True
    return any(
        is_symptom(told[match.start() : match.end() + _SYMPTOM_REACH])
        for match in section.pattern("again").finditer(told)
    )


def _is_vulnerable(section: Section, text: str, hazard: bool) -> bool:
    told = section.pattern("goods_for_people").sub(_SPACE, text)
    if section.pattern("vulnerable_self").search(told):
        return True
    if not section.pattern("vulnerable").search(told):
        return False
    return hazard or bool(section.pattern("need").search(told)) or is_symptom(told)


def _wants_human(section: Section, text: str) -> bool:
    return bool(section.pattern("wants_human").search(section.pattern("machine_work").sub(_SPACE, text)))
