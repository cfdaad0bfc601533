"""Request for repair (R1-4.2, R3b-8): name, address, phone, model, fault and a time that suits."""

from actions.form_spec import CUSTOMER_NAME, MODEL, PHONE, PRODUCT, PURCHASE_DATE, FormSpec, in_words
from actions.intake_form import IntakeForm, hand_over
from actions.outcome import Outcome
from actions.quality_complaint import SPEC as QUALITY_COMPLAINT
from actions.quality_complaint import SUMMARY, fault_is_open
from actions.state import IntakeState
from actions.turn import Turn

SPEC = FormSpec(
    stem="repair_request",
    kind="repair_request",
    tells_warranty=True,
    content_entities=("product", "fault", "model"),
    stand_ins={"incident_time": "purchase_date"},
    questions=(
        PRODUCT,
        in_words("fault", due=fault_is_open, into_description=True),
        MODEL,
        PURCHASE_DATE,
        CUSTOMER_NAME,
        PHONE,
        in_words("address"),
        in_words("visit_time"),
    ),
    summary=SUMMARY,
)


class ValidateRepairRequestForm(IntakeForm):
    """Takes a request for repair down."""

    spec = SPEC

    def open(self, turn: Turn, slots: dict[str, str | None], state: IntakeState) -> Outcome:
        """Take it down as a complaint, if it is said in anger about a fault."""
        if turn.has("fault") and turn.signals.anger:
            return hand_over(turn, QUALITY_COMPLAINT, slots, state)
        return super().open(turn, slots, state)
