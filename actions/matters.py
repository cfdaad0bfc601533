"""Kinds of messages: which open a matter of their own, which are asides of one that is being taken down."""

from actions.answers import chinese_length
from actions.form_spec import FormSpec
from actions.turn import Turn

MATTERS = ("quality_complaint", "service_complaint", "repair_request", "return_exchange", "suggestion")
QUESTIONS = ("consultation", "warranty_inquiry", "status_query")
ASIDES = ("greet", "thanks", "bye", *QUESTIONS)
ABOUT_A_PRODUCT = ("quality_complaint", "repair_request", "return_exchange")

SURE = 0.6
"""Confidence from which an aside is believed, or a message opens another matter."""

SURELY_TOLD = 0.75
"""Confidence from which a message that names nothing is believed to tell something."""

LONGEST_NONSENSE = 6
"""Characters up to which a message that names nothing has to be surely a matter to be taken for one."""


def says_nothing(turn: Turn) -> bool:
    """Tell whether a message is only guessed to tell something, and names nothing."""
    if turn.entities or turn.choice or turn.signals.hazard or turn.signals.wants_human:
        return False
    if turn.intent in {"inform", "correct"}:
        return turn.confidence < SURELY_TOLD
    short = chinese_length(turn.text) <= LONGEST_NONSENSE
    return short and turn.intent in MATTERS and turn.confidence < SURE


def matter_of(turn: Turn, spec: FormSpec) -> str | None:
    """Return the matter that a message opens, by its intent or, where a fault is named, by that.

    Once a complaint was opened, a product that is to be repaired or given back is a complaint about it.
    """
    surely = turn.means(*MATTERS, confidence=SURE)
    if surely and not (spec.apologises and turn.intent in ABOUT_A_PRODUCT):
        return turn.intent
    return "quality_complaint" if surely or turn.has("fault") else None
