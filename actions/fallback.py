"""Not understood or beside the point, outside of any form: other words, then the offer of a person."""

from collections.abc import Iterable, Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.consultation import SPEC as CONSULTATION
from actions.human_request import SPEC as HUMAN_REQUEST
from actions.matters import says_nothing
from actions.oddities import oddity
from actions.openings import form_by_content
from actions.people import BOT_UNSURE
from actions.readings import chosen, pending, resumed, two_readings
from actions.state import IntakeState
from actions.turn import NOT_UNDERSTOOD, Turn, read_turn
from actions.wording import domain_wording

MISSES_UNTIL_OFFER = 2
LEADING_NOWHERE = {NOT_UNDERSTOOD, "other"}


def misses_in_a_row(events: Iterable[Mapping[str, Any]], intents: set[str]) -> int:
    """Count the latest messages without a break that have one of these intents, or tell nothing at all."""
    misses, wording = 0, domain_wording()
    for event in events:
        if event.get("event") == "user":
            turn = read_turn(event.get("parse_data") or {}, wording)
            misses = misses + 1 if turn.intent in intents or says_nothing(turn) else 0
    return misses


def go_on_with(state: IntakeState, intent: str) -> list[EventType]:
    """Open the form of the reading that was chosen, with the sentence that had two."""
    turn = resumed(state.pending or {}, intent, domain_wording())
    waiting = (turn.to_message(), *state.waiting)
    return [
        SlotSet("intake", state.but(pending=None, waiting=waiting).to_slot()),
        FollowupAction(f"{intent}_form"),
    ]


def ask_which(dispatcher: CollectingDispatcher, readings: tuple[str, str]) -> None:
    """Ask which of two readings is meant."""
    wording = domain_wording()
    titles = [wording.fill(f"utter_reading_title_{reading}") for reading in readings]
    dispatcher.utter_message(
        response="utter_two_readings",
        first=wording.fill(f"utter_reading_{readings[0]}"),
        second=wording.fill(f"utter_reading_{readings[1]}"),
    )
    dispatcher.messages[-1]["buttons"] = [{"title": title, "payload": title} for title in titles]


def _form_that_answers(turn: Turn) -> str | None:
    """Return the form for a question that is known, though its intent is not."""
    return CONSULTATION.form if turn.faq.sure and turn.intent == NOT_UNDERSTOOD else None


class ActionMisunderstood(Action):
    """Answers a message that was not understood or is about something else."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_misunderstood"

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Say it differently every time, and go over to a person rather than go on."""
        turn = read_turn(tracker.latest_message, domain_wording())
        form = form_by_content(turn) or _form_that_answers(turn)
        if form is not None:
            return [FollowupAction(form)]
        state = IntakeState.from_slot(tracker.get_slot("intake"))
        meant = chosen(turn, state.pending)
        if state.pending and meant:
            return go_on_with(state, meant)
        readings = two_readings(turn)
        if readings and not state.pending:
            ask_which(dispatcher, readings)
            return [SlotSet("intake", state.but(pending=pending(turn, readings)).to_slot())]
        misses = misses_in_a_row(tracker.events, LEADING_NOWHERE)
        lost = misses >= MISSES_UNTIL_OFFER and turn.intent != "other"
        if lost and turn.people is not None and turn.people.there:
            dispatcher.utter_message(response="utter_misunderstood_more_there")
            dispatcher.utter_message(json_message={"handover": {"reason": BOT_UNSURE}})
            return []
        if lost and misses > MISSES_UNTIL_OFFER:
            dispatcher.utter_message(response="utter_misunderstood_more")
            return [FollowupAction(HUMAN_REQUEST.form)]
        if misses % MISSES_UNTIL_OFFER == 0:
            dispatcher.utter_message(response="utter_misunderstood_second")
        elif turn.intent != "other":
            dispatcher.utter_message(response=oddity(turn.text) or "utter_misunderstood_first")
        else:
            dispatcher.utter_message(response="utter_other")
        return []
