"""What is filed: the body of a ticket request, built from what was taken down."""

from typing import Any

from actions.form_spec import FormSpec, Slots
from actions.state import HAZARD, IntakeState

CONTACT_SLOTS = {"customer_name": "name", "phone": "phone", "address": "address"}
_DETAIL_NAMES = {"incident_time": "happened_at", "incident_place": "where"}

DETAIL_SLOTS = (
    "product", "brand", "model", "serial_number", "order_number", "purchase_date", "purchase_words",
    "purchase_place", "fault", "quantity", "defective_quantity", "amount", "demand_words", "incident_time",
    "incident_place", "staff", "related_ticket", "business_area", "visit_time",
)  # fmt: skip
"""Slots that go to the ticket's details, as text."""

_LEFT_TO_PEOPLE = {"inquiry", "suggestion"}


def request_id(conversation_id: str, state: IntakeState) -> str:
    """Return the idempotency key of this run of the form: filing it again is the same ticket."""
    return f"{conversation_id}:{state.run}"


def ticket_request(conversation_id: str, spec: FormSpec, slots: Slots, state: IntakeState) -> dict[str, Any]:
    """Return the body for ``POST /api/v1/service/tickets``."""
    hazard = state.mode == HAZARD or state.signals.hazard
    kind = "quality_complaint" if hazard and spec.kind in _LEFT_TO_PEOPLE else spec.kind
    secondary = state.secondary_kind if state.secondary_kind != kind else None
    return {
        "request_id": request_id(conversation_id, state),
        "conversation_id": conversation_id,
        "kind": kind,
        "secondary_kind": secondary,
        "hazard": hazard,
        "severity": "grave" if hazard else "minor",
        "description": slots.get("description") or state.opening_words,
        "demand": slots.get("demand"),
        "details": details(spec, slots, state),
        "contact": {name: slots.get(slot) for slot, name in CONTACT_SLOTS.items()},
        "signals": state.signals.to_mapping(),
        "intake": "complete" if is_complete(spec, slots, state) else "incomplete",
    }


def details(spec: FormSpec, slots: Slots, state: IntakeState) -> dict[str, str]:
    """Return everything known besides description, demand and contact; nothing that is empty."""
    found = {_DETAIL_NAMES.get(slot, slot): slots.get(slot) for slot in DETAIL_SLOTS}
    found["topic"] = spec.topic
    found["questions"] = "\n".join(state.questions)
    if state.filed and not found.get("related_ticket"):
        found["related_ticket"] = state.filed[-1]
    return {name: value for name, value in found.items() if value}


def is_complete(spec: FormSpec, slots: Slots, state: IntakeState) -> bool:
    """Tell whether everything that a ticket of this kind needs is known (R10-6.1.5)."""
    needed = [question.slot for question in spec.questions if question.required]
    return all(state.told if slot == "description" else bool(slots.get(slot)) for slot in needed)
