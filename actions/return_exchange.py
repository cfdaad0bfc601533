"""Return or exchange (R3c-4.7): product, reason, purchase, what is wanted, and the contact."""

from actions.form_spec import (
    CUSTOMER_NAME,
    DEMAND,
    PHONE,
    PRODUCT,
    PURCHASE_DATE,
    PURCHASE_PLACE,
    FormSpec,
    in_words,
)
from actions.intake_form import IntakeForm, hand_over
from actions.outcome import Outcome
from actions.quality_complaint import SPEC as QUALITY_COMPLAINT
from actions.quality_complaint import SUMMARY, fault_is_open
from actions.state import IntakeState
from actions.turn import Turn

SPEC = FormSpec(
    stem="return_exchange",
    kind="return_exchange",
    tells_warranty=True,
    content_entities=("product", "fault", "model"),
    stand_ins={"incident_time": "purchase_date"},
    questions=(
        PRODUCT,
        DEMAND,
        in_words("fault", due=fault_is_open, into_description=True),
        PURCHASE_DATE,
        PURCHASE_PLACE,
        CUSTOMER_NAME,
        PHONE,
        in_words("address"),
    ),
    summary=SUMMARY,
)


class ValidateReturnExchangeForm(IntakeForm):
    """Takes a wish for return or exchange down."""

    spec = SPEC

    def open(self, turn: Turn, slots: dict[str, str | None], state: IntakeState) -> Outcome:
        """Take it down as a complaint, if it is said in anger about a fault."""
        if turn.has("fault") and turn.signals.anger:
            return hand_over(turn, QUALITY_COMPLAINT, slots, state)
        return super().open(turn, slots, state)
