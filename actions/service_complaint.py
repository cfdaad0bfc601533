"""Complaint about service: staff's quality, attitude, manner or skill (R1-1.1b)."""

from actions.form_spec import CUSTOMER_NAME, DEMAND, DESCRIPTION, PHONE, FormSpec, Slots, in_words
from actions.intake_form import IntakeForm, hand_over
from actions.outcome import Outcome
from actions.quality_complaint import SPEC as QUALITY_COMPLAINT
from actions.state import IntakeState
from actions.turn import Turn
from actions.wording import domain_wording

_GOODS = ("product", "model", "serial_number", "order_number", "purchase_date", "shop")
_FOR_GOODS = {"return", "exchange", "refund", "repair"}


def somebody_is_open(slots: Slots) -> bool:
    """Tell whether nothing says yet whom or which place it is about; that it was an engineer says little."""
    staff = slots.get("staff")
    place = any(slots.get(slot) for slot in ("purchase_place", "business_area"))
    return not place and (staff is None or domain_wording().is_role(staff))


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
        in_words("incident_place", due=somebody_is_open),
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
        """Take it down as a complaint about the product, if something bought is what it is about."""
        wanted = {entity.value for entity in turn.entities if entity.kind == "demand"}
        faulty = turn.has("fault") or turn.secondary_intent == "quality_complaint"
        faulty = faulty or bool(turn.has("product") and wanted & _FOR_GOODS)
        if not faulty or not turn.has(*_GOODS) or turn.has("staff"):
            return super().open(turn, slots, state)
        return hand_over(turn, QUALITY_COMPLAINT, slots, state, second=SPEC.kind)
