"""Messages outside of any form that go on with something: a ticket that is there, an answer just given."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.backend_client import BackendClient
from actions.form_spec import FormSpec
from actions.state import IntakeState
from actions.status_query import SPEC as TICKETS
from actions.ticket_wishes import PROGRESS, WITHDRAW, number_in, urges_now, wish_of
from actions.turn import Turn, read_turn
from actions.warranty_inquiry import SPEC as WARRANTY
from actions.warranty_inquiry import WARRANTY_DATE
from actions.wording import domain_wording


def about_a_ticket(turn: Turn, state: IntakeState) -> bool:
    """Tell whether a message wants something of a ticket of this conversation, or names one."""
    wording = domain_wording()
    wanted = bool(state.filed) and wish_of(turn.text, wording) != PROGRESS
    return wanted or urges_now(turn, wording) or number_in(turn.text) is not None


def goes_on_with(turn: Turn, state: IntakeState) -> FormSpec | None:
    """Return the scenario that facts told outside of any form go on with, if there is one."""
    if about_a_ticket(turn, state):
        return TICKETS
    if state.wish == WARRANTY_DATE and turn.has("purchase_date", "incident_time"):
        return WARRANTY
    return None


def go_on_in(spec: FormSpec, turn: Turn, state: IntakeState) -> list[EventType]:
    """Open the form of a scenario with this message."""
    waiting = (replace(turn, intent=spec.stem, confidence=1.0).to_message(), *state.waiting)
    return [SlotSet("intake", state.but(waiting=waiting).to_slot()), FollowupAction(spec.form)]


class ActionSkip(Action):
    """Passes something over; a ticket of the customer's may be meant."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_skip"

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Go on with a ticket, if the words say so."""
        turn = read_turn(tracker.latest_message, domain_wording())
        state = IntakeState.from_slot(tracker.get_slot("intake"))
        if about_a_ticket(turn, state):
            return go_on_in(TICKETS, turn, state)
        dispatcher.utter_message(response="utter_skip")
        return []


class ActionCancel(Action):
    """Gives up what is not being taken down: an open ticket of the customer's, or nothing."""

    def name(self) -> str:
        """Return the name in the domain."""
        return "action_cancel"

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Go over to withdrawing, if a ticket can be meant."""
        turn = read_turn(tracker.latest_message, domain_wording())
        state = IntakeState.from_slot(tracker.get_slot("intake"))
        if wish_of(turn.text, domain_wording()) == WITHDRAW and (
            number_in(turn.text) or await self._has_open_ticket(tracker.sender_id)
        ):
            return go_on_in(TICKETS, turn, state)
        dispatcher.utter_message(response="utter_cancel")
        return []

    async def _has_open_ticket(self, conversation_id: str) -> bool:
        own = await BackendClient.from_environment().own_tickets(conversation_id)
        return any(ticket.open for ticket in own.tickets)
