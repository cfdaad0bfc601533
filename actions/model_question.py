"""The question which model is meant: its quick replies are what the register has near to it."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.state import IntakeState
from actions.wording import domain_wording


class ActionAskModelChoice(Action):
    """Asks which of the models on record it is, with a quick reply for each."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_ask_model_choice"

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Offer what is near by sound or spelling."""
        wording = domain_wording()
        models = IntakeState.from_slot(tracker.get_slot("intake")).models
        titles = (*models, wording.responses["utter_choice_none_of_these"][0])
        dispatcher.utter_message(
            text=wording.fill("utter_model_choice", model=tracker.get_slot("model") or ""),
            buttons=[{"title": title, "payload": title} for title in titles],
        )
        return []
