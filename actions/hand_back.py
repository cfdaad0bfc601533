"""A person gives the conversation back while nothing is being taken down."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.intake_form import TOLD_SLOTS
from actions.turn import read_turn
from actions.wording import domain_wording


class ActionHandBack(Action):
    """Keeps what the person found out, and says what can be done here."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_hand_back"

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Fill slots from the facts; a text that only looks like a hand-back is not understood."""
        left = read_turn(tracker.latest_message, domain_wording()).handed_back
        if left is None:
            return [FollowupAction("action_misunderstood")]
        dispatcher.utter_message(response="utter_back_with_the_bot_idle")
        return [SlotSet(slot, value) for slot, value in left.facts.items() if slot in TOLD_SLOTS]
