"""Which form a message opens by what it names, when its intent alone does not say."""

from actions.human_request import SPEC as HUMAN_REQUEST
from actions.matters import MATTERS
from actions.quality_complaint import SPEC as QUALITY_COMPLAINT
from actions.repair_request import SPEC as REPAIR_REQUEST
from actions.return_exchange import SPEC as RETURN_EXCHANGE
from actions.turn import Turn

_GIVING_BACK = {"return", "exchange", "refund"}
_MENDING = {"repair", "visit"}


def form_by_content(turn: Turn) -> str | None:
    """Return the form for a danger, a fault, a wish or a likely matter about a product, else None."""
    if turn.signals.hazard or turn.has("fault"):
        return QUALITY_COMPLAINT.form
    demands = {entity.value for entity in turn.entities if entity.kind == "demand"}
    if demands & _GIVING_BACK:
        return RETURN_EXCHANGE.form
    if demands & _MENDING and (turn.has("product") or "repair" in demands):
        return REPAIR_REQUEST.form
    if turn.has("product") and turn.guess in MATTERS:
        return f"{turn.guess}_form"
    return HUMAN_REQUEST.form if turn.signals.wants_human else None
