"""Facts told outside of any form: kept, so that they are not asked for again."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.fallback import go_on_with
from actions.form_spec import FormSpec
from actions.hearing import hear
from actions.intake_form import TOLD_SLOTS, today
from actions.matters import says_nothing
from actions.openings import form_by_content
from actions.readings import chosen
from actions.state import IntakeState
from actions.ticket_openings import go_on_in, goes_on_with
from actions.turn import read_turn
from actions.wording import domain_wording

NOTES = FormSpec(stem="small_talk", kind="inquiry", questions=())


class ActionTakeNote(Action):
    """Keeps what is named, and opens a complaint when it is a fault or a danger."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_take_note"

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Fill slots from the message."""
        turn = read_turn(tracker.latest_message, domain_wording())
        form = form_by_content(turn)
        if form is not None:
            return [FollowupAction(form)]
        state = IntakeState.from_slot(tracker.get_slot("intake"))
        meant = chosen(turn, state.pending)
        if meant:
            return go_on_with(state, meant)
        spec = goes_on_with(turn, state)
        if spec is not None:
            return go_on_in(spec, turn, state)
        if says_nothing(turn) and not state.filed:
            return [FollowupAction("action_misunderstood")]
        slots = {slot: tracker.get_slot(slot) for slot in TOLD_SLOTS}
        heard = hear(NOTES, slots, turn, None, today())
        if state.filed:
            dispatcher.utter_message(response="utter_note_after_filing", number=state.filed[-1])
        else:
            dispatcher.utter_message(response="utter_note_taken")
        return [SlotSet(slot, value) for slot, value in heard.values.items()]
