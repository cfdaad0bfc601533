"""Complaint about service: staff's quality, attitude, manner or skill (R1-1.1b)."""

from actions.form_spec import CUSTOMER_NAME, DEMAND, DESCRIPTION, PHONE, FormSpec, in_words, lacks
from actions.intake_form import IntakeForm, hand_over
from actions.outcome import Outcome
from actions.quality_complaint import SPEC as QUALITY_COMPLAINT
from actions.state import IntakeState
from actions.turn import Turn

SPEC = FormSpec(
    stem="service_complaint",
    kind="service_complaint",
    apologises=True,
    content_entities=("incident_time", "staff"),
    entity_slots={"shop": "incident_place", "incident_time": "incident_time", "staff": "staff"},
    stand_ins={"purchase_date": "incident_time"},
    questions=(
        DESCRIPTION,
        in_words("incident_time", read_back=True),
        in_words("incident_place", due=lacks("staff", "purchase_place", "business_area")),
        DEMAND,
        CUSTOMER_NAME,
        PHONE,
    ),
    summary=(
        "description", "incident_time", "incident_place", "staff", "product", "order_number",
        "related_ticket", "demand", "customer_name", "phone",
    ),
)  # fmt: skip


class ValidateServiceComplaintForm(IntakeForm):
    """Takes a service complaint down."""

    spec = SPEC

    def open(self, turn: Turn, slots: dict[str, str | None], state: IntakeState) -> Outcome:
        """Take it down as a complaint about the product, if a fault is what the service did not see to."""
        faulty = turn.has("fault") or turn.secondary_intent == "quality_complaint"
        if not faulty or not turn.has("product") or turn.has("staff"):
            return super().open(turn, slots, state)
        return hand_over(turn, QUALITY_COMPLAINT, slots, state, second=SPEC.kind)
