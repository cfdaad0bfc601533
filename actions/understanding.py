"""What has been understood so far, for the people at the desk who may have to go on from it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.agenda import Agenda
from actions.form_spec import CONFIRMATION, FormSpec
from actions.outcome import Ending, Outcome
from actions.state import IntakeState
from actions.summary import shown
from actions.turn import Turn
from actions.wording import Wording

IDLE, TAKING, CONFIRMING, FILED = "idle", "taking", "confirming", "filed"
LONGEST_LINE = 60
_IN_A_LINE = ("product", "model", "fault", "demand")


def show(
    dispatcher: CollectingDispatcher, spec: FormSpec, outcome: Outcome, turn: Turn, wording: Wording
) -> None:
    """Add to the answer what has been understood, if it changed, and that a person is wanted."""
    if turn.people is None:
        return
    found = understanding(spec, outcome, wording)
    mark = hashlib.md5(json.dumps(found, sort_keys=True).encode(), usedforsecurity=False).hexdigest()
    if mark != outcome.state.understood:
        outcome.state = outcome.state.but(understood=mark)
        told = {**found, "confidence": round(turn.confidence, 2)}
        dispatcher.utter_message(json_message={"understanding": told})
    if outcome.handover:
        wish = {"reason": outcome.handover, "note": found["summary"] or None}
        dispatcher.utter_message(json_message={"handover": wish})


def understanding(spec: FormSpec, outcome: Outcome, wording: Wording) -> dict[str, Any]:
    """Return how the taking down stands: kind, stage, what is known and what is still to be asked."""
    state, over = outcome.state, outcome.ending is not None
    return {
        "kind": spec.kind,
        "topic": spec.topic,
        "secondary_kind": state.secondary_kind,
        "stage": _stage(outcome),
        "asked": None if over else outcome.requested,
        "slots": {slot: value for slot, value in outcome.slots.items() if value and slot != "ask_round"},
        "missing": [] if over else _missing(spec, outcome),
        "signals": state.signals.to_mapping(),
        "warranty": state.warranty,
        "ticket": _ticket(outcome.ending, state),
        "summary": _line(outcome.slots, wording),
        "run": state.run,
    }


def _stage(outcome: Outcome) -> str:
    if outcome.ending is Ending.FILE:
        return FILED
    if outcome.ending is not None:
        return IDLE
    return CONFIRMING if outcome.requested == CONFIRMATION else TAKING


def _missing(spec: FormSpec, outcome: Outcome) -> list[str]:
    agenda = Agenda(spec, Outcome(dict(outcome.slots), outcome.state, spoken=outcome.spoken))
    return [question.slot for question in agenda.open_questions()]


def _ticket(ending: Ending | None, state: IntakeState) -> str | None:
    return next(iter(state.filed[-1:]), None) if ending is Ending.FILE else state.draft


def _line(slots: Mapping[str, str | None], wording: Wording) -> str:
    known = [shown(slot, slots, wording) for slot in _IN_A_LINE if slots.get(slot)]
    text = wording.fill("utter_line_joint").join(known) or " ".join((slots.get("description") or "").split())
    return text if len(text) <= LONGEST_LINE else f"{text[: LONGEST_LINE - 1]}\u2026"
