"""What is filed: the body of a ticket request, built from what was taken down."""

from typing import Any

from actions.completeness import lacking
from actions.form_spec import FormSpec, Slots
from actions.state import HAZARD, IntakeState

CONTACT_SLOTS = {"customer_name": "name", "phone": "phone", "address": "address"}
_DETAIL_NAMES = {"incident_time": "happened_at", "incident_place": "where"}

DETAIL_SLOTS = (
    "product", "brand", "model", "serial_number", "order_number", "material_number", "purchase_date",
    "purchase_words", "purchase_place", "fault", "quantity", "defective_quantity", "amount", "demand_words",
    "incident_time", "incident_place", "staff", "related_ticket", "business_area", "visit_time",
)  # fmt: skip
"""Slots that go to the ticket's details, as text."""

LONGEST_FAULT = 60
"""Characters of the customer's words that stand in for a fault that was not recognised."""

COMPLETE, INCOMPLETE = "complete", "incomplete"
_WITH_FAULT = {"quality_complaint", "repair_request"}
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
        "intake": COMPLETE if is_complete(spec, slots, state) else INCOMPLETE,
    }


def details(spec: FormSpec, slots: Slots, state: IntakeState) -> dict[str, str]:
    """Return everything known besides description, demand and contact; nothing that is empty."""
    found = {_DETAIL_NAMES.get(slot, slot): slots.get(slot) for slot in DETAIL_SLOTS}
    found["fault"] = fault_in_words(spec, slots, state)
    found["topic"] = spec.topic
    found["questions"] = "\n".join(state.questions)
    if not found.get("related_ticket"):
        found["related_ticket"] = state.related or next(iter(state.filed[-1:]), None)
    return {name: value for name, value in found.items() if value}


def fault_in_words(spec: FormSpec, slots: Slots, state: IntakeState) -> str | None:
    """Return the fault; where none was recognised in what was told, the beginning of the customer's words."""
    if slots.get("fault") or not state.told or spec.kind not in _WITH_FAULT:
        return slots.get("fault")
    return (slots.get("description") or "")[:LONGEST_FAULT] or None


def is_complete(spec: FormSpec, slots: Slots, state: IntakeState) -> bool:
    """Tell whether everything is known that policy asks of a ticket of this kind (R10-6.1.5)."""
    if state.kept or not (state.told or slots.get("description")):
        return False
    contact = {name: slots.get(slot) for slot, name in CONTACT_SLOTS.items()}
    facts = {**details(spec, slots, state), **contact, "demand": slots.get("demand")}
    return not lacking(spec.kind, facts)
