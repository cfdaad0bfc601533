"""Yes and no outside of any form: the answer to a quote that waits, else a courtesy (R10-6.2.4)."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.backend_client import BackendClient
from actions.turn import Turn, read_turn
from actions.wording import domain_wording

AGREED, DECLINED = "agreed", "declined"
_SAID = {"agree_quote": AGREED, "decline_quote": DECLINED}


def answer_said(turn: Turn) -> str | None:
    """Return what the message says to a quote word for word; a mere yes binds nobody to a price."""
    return _SAID.get(turn.choice or "")


class ActionYesOrNo(Action):
    """Passes an answer to a quote on, or asks for a plain one."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_yes_or_no"

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Answer the oldest quote that waits in this conversation."""
        turn = read_turn(tracker.latest_message, domain_wording())
        client = BackendClient.from_environment()
        quotes = await client.open_quotes(tracker.sender_id)
        answer = answer_said(turn)
        if not quotes:
            dispatcher.utter_message(response="utter_affirm" if turn.intent == "affirm" else "utter_deny")
        elif answer is None:
            dispatcher.utter_message(response="utter_quote_plainly", total=quotes[0].total)
        else:
            await client.answer_quote(quotes[0].id, tracker.sender_id, answer)
            dispatcher.utter_message(response=f"utter_quote_{answer}", number=quotes[0].order)
        return []
