"""Complaint about a product (R1-1.1a, R3a-4.2, R3c-4.7)."""

from actions.answers import chinese_length, read_count
from actions.form_spec import (
    CUSTOMER_NAME,
    DEMAND,
    ORDER_NUMBER,
    PHONE,
    PRODUCT,
    PURCHASE_DATE,
    PURCHASE_PLACE,
    FormSpec,
    Question,
    Slots,
    in_words,
)
from actions.intake_form import IntakeForm

TELLING_FAULT = 12
"""Characters of description from which the fault is not asked for."""

_AT_THE_CUSTOMER = {"visit", "repair", "exchange"}


def fault_is_open(slots: Slots) -> bool:
    """Tell whether nothing said so far tells what is wrong."""
    return chinese_length(slots.get("description") or "") < TELLING_FAULT


def address_is_due(slots: Slots) -> bool:
    """Tell whether somebody may come or send something (R3c-4.7)."""
    return slots.get("demand") in _AT_THE_CUSTOMER


def several_bought(slots: Slots) -> bool:
    """Tell whether more than one piece was bought, so that the number of defective ones counts (R3a-4.2)."""
    return (slots.get("quantity") or "1") not in {"0", "1"}


ADDRESS = in_words("address", due=address_is_due)

SUMMARY = (
    "product", "brand", "model", "serial_number", "description", "purchase_date", "purchase_words",
    "purchase_place", "order_number", "quantity", "defective_quantity", "amount", "demand", "customer_name",
    "phone", "address", "visit_time",
)  # fmt: skip

SPEC = FormSpec(
    stem="quality_complaint",
    kind="quality_complaint",
    apologises=True,
    tells_warranty=True,
    content_entities=("product", "fault", "model"),
    stand_ins={"incident_time": "purchase_date"},
    questions=(
        PRODUCT,
        in_words("fault", due=fault_is_open, into_description=True),
        PURCHASE_DATE,
        PURCHASE_PLACE,
        ORDER_NUMBER,
        Question("defective_quantity", read_count, due=several_bought),
        DEMAND,
        CUSTOMER_NAME,
        PHONE,
        ADDRESS,
    ),
    summary=SUMMARY,
)


class ValidateQualityComplaintForm(IntakeForm):
    """Takes a quality complaint down."""

    spec = SPEC
