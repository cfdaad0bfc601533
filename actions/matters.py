"""Kinds of messages: which open a matter of their own, which are asides of one that is being taken down."""

from actions.form_spec import FormSpec
from actions.turn import Turn

MATTERS = ("quality_complaint", "service_complaint", "repair_request", "return_exchange", "suggestion")
QUESTIONS = ("consultation", "warranty_inquiry", "status_query")
ASIDES = ("greet", "thanks", "bye", *QUESTIONS)
ABOUT_A_PRODUCT = ("quality_complaint", "repair_request", "return_exchange")

SURE = 0.6
"""Confidence from which an aside is believed, or a message opens another matter."""


def matter_of(turn: Turn, spec: FormSpec) -> str | None:
    """Return the matter that a message opens, by its intent or, where a fault is named, by that.

    Once a complaint was opened, a product that is to be repaired or given back is a complaint about it.
    """
    surely = turn.means(*MATTERS, confidence=SURE)
    if surely and not (spec.apologises and turn.intent in ABOUT_A_PRODUCT):
        return turn.intent
    return "quality_complaint" if surely or turn.has("fault") else None
