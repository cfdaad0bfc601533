"""The action behind every form: takes a message down, and files the ticket when all is said.

Filing happens inside the validating action on purpose. If the backend cannot be reached, the action raises,
Rasa drops the whole action, the turn comes back without a word, and the form still stands where it stood: the
backend sees the empty turn and answers for itself, and the next message can file the same request again.
"""

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.backend_client import BackendClient
from actions.exchange import Exchange
from actions.faq_reply import entry_told
from actions.farewell import farewell
from actions.form_spec import CONFIRMATION, KEPT_SLOTS, FormSpec
from actions.informing import inform
from actions.intake import Intake
from actions.local_time import now, today
from actions.matters import ABOUT_A_PRODUCT, says_nothing
from actions.outcome import Ending, Outcome
from actions.own_tickets import offered_instead
from actions.people import HAZARD as DANGER
from actions.promises import Teller
from actions.readings import gone_on
from actions.state import FULL, IntakeState
from actions.summary import summary
from actions.ticket_request import CONTACT_SLOTS, DETAIL_SLOTS, INCOMPLETE, ticket_request
from actions.turn import Turn, read_turn
from actions.understanding import show
from actions.uttering import utter
from actions.wording import domain_wording

REQUESTED_SLOT = "requested_slot"
TOLD_SLOTS = ("description", "demand", *DETAIL_SLOTS, *CONTACT_SLOTS)
_OF_ONE_MATTER = {"description", "demand", "demand_words", "related_ticket"}
_KEPT = {
    Ending.FILE: KEPT_SLOTS,
    Ending.CANCEL: (),
    Ending.ANSWER: tuple(slot for slot in TOLD_SLOTS if slot not in _OF_ONE_MATTER),
    Ending.SWITCH: tuple(slot for slot in TOLD_SLOTS if slot != "description"),
}


class IntakeForm(Action, ABC):
    """Validates a form by letting :mod:`actions.intake` decide; scenarios only declare their ``spec``."""

    @property
    @abstractmethod
    def spec(self) -> FormSpec:
        """Return what the scenario takes down."""

    def name(self) -> str:
        """Return the name under which Rasa calls it for the form."""
        return f"validate_{self.spec.form}"

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002
    ) -> list[EventType]:
        """Take one message and return what it changes."""
        before = {slot: tracker.get_slot(slot) for slot in TOLD_SLOTS}
        state = IntakeState.from_slot(tracker.get_slot("intake"))
        exchange = self._exchange(tracker, before, state)
        if exchange.opens and not exchange.greeted and says_nothing(exchange.turn):
            return [SlotSet(REQUESTED_SLOT, None), FollowupAction("action_misunderstood")]
        outcome = await self._responded(exchange)
        outcome.spoken = exchange.turn.is_spoken
        if outcome.ending is None and outcome.handover is None:
            await inform(self.spec, outcome, exchange.turn, today(), BackendClient.from_environment())
        if outcome.ending is Ending.FILE:
            if outcome.state.mode != FULL:
                outcome.take_in_what_waits()
            await self._file(exchange, outcome)
        elif outcome.handover is not None:
            await self._make_way(exchange, outcome)
        utter(dispatcher, outcome, domain_wording())
        show(dispatcher, self.spec, outcome, exchange.turn, domain_wording())
        return self._going_on(outcome, before) if outcome.ending is None else self._over(dispatcher, outcome)

    async def _responded(self, exchange: Exchange) -> Outcome:
        if exchange.turn.handed_back is not None and exchange.requested is not None:
            return self.engine(exchange).advance(exchange.turn, exchange.requested)
        return await self.respond(exchange)

    def engine(self, exchange: Exchange) -> Intake:
        """Return what decides on a message by what was said alone."""
        return self._intake(exchange.slots, exchange.state)

    def _intake(self, slots: dict[str, str | None], state: IntakeState) -> Intake:
        return Intake(self.spec, slots, state, wording=domain_wording(), today=today())

    def _exchange(self, tracker: Tracker, slots: dict[str, str | None], state: IntakeState) -> Exchange:
        """Read what was said: the latest message, or one that was kept for this form."""
        requested = tracker.get_slot(REQUESTED_SLOT)
        turn = read_turn(tracker.latest_message, domain_wording())
        greeted = requested is None and bool(state.waiting)
        if greeted:
            turn = read_turn(state.waiting[0], domain_wording())
            state = state.but(waiting=state.waiting[1:])
        elif requested is None:
            if state.pending:
                turn = gone_on(state.pending, turn, self.spec.stem, domain_wording())
            state = state.but(pending=None)
        elif state.draft is None:
            state = state.but(draft=turn.draft)
        turn = replace(turn, at=now().timestamp())
        return Exchange(tracker.sender_id, turn, slots, state, requested, greeted=greeted)

    async def respond(self, exchange: Exchange) -> Outcome:
        """Return what a message leads to; scenarios that ask the backend before they speak override this."""
        if exchange.only_asks and self.spec.kind in ABOUT_A_PRODUCT:
            known = Outcome(slots=dict(exchange.slots), state=exchange.state)
            return entry_told(exchange, known, exchange.turn.faq.entry or "", domain_wording())
        return await offered_instead(self.spec, exchange, self.decide, BackendClient.from_environment())

    def decide(self, exchange: Exchange) -> Outcome:
        """Return what a message leads to by what was said alone."""
        turn, slots, state = exchange.turn, exchange.slots, exchange.state
        if exchange.requested is not None:
            return self._intake(slots, state).advance(turn, exchange.requested)
        if exchange.greeted:
            return self._intake(slots, state).begin(turn, greeted=True)
        return self.open(turn, slots, state)

    def open(self, turn: Turn, slots: dict[str, str | None], state: IntakeState) -> Outcome:
        """Open the form with a sentence; scenarios that can answer at once override this."""
        return self._intake(slots, state).begin(turn)

    async def _file(self, exchange: Exchange, outcome: Outcome) -> None:
        request = ticket_request(exchange.conversation_id, self.spec, outcome.slots, outcome.state)
        ticket = await BackendClient.from_environment().file_ticket(request)
        outcome.state = outcome.state.but(filed=(*outcome.state.filed, ticket.number))
        if outcome.leaving:
            outcome.say(f"{outcome.leaving}_filed", {"number": ticket.number})
            return
        if outcome.state.signals.hazard and outcome.people is not None:
            outcome.handover = DANGER
        teller = Teller(domain_wording(), now(), spoken=exchange.turn.is_spoken)
        outcome.says.extend(farewell(self.spec, ticket, outcome, teller))

    async def _make_way(self, exchange: Exchange, outcome: Outcome) -> None:
        """Keep what was told under a ticket, to be completed, and say that a person takes over."""
        if outcome.leaving is None:
            return
        if not self._tells_a_matter(outcome):
            outcome.say(outcome.leaving)
            return
        request = ticket_request(exchange.conversation_id, self.spec, outcome.slots, outcome.state)
        ticket = await BackendClient.from_environment().file_ticket({**request, "intake": INCOMPLETE})
        outcome.state = outcome.state.but(draft=ticket.number)
        outcome.say(f"{outcome.leaving}_filed", {"number": ticket.number})

    def _tells_a_matter(self, outcome: Outcome) -> bool:
        told = outcome.state.told or outcome.slots.get("fault") or outcome.slots.get("description")
        return self.spec.kind != "inquiry" and bool(told)

    def _going_on(self, outcome: Outcome, before: dict[str, str | None]) -> list[EventType]:
        changed = {
            slot: outcome.slots.get(slot) for slot in TOLD_SLOTS if outcome.slots.get(slot) != before[slot]
        }
        if outcome.requested == CONFIRMATION:
            changed["summary"] = summary(self.spec, outcome.slots, domain_wording(), spoken=outcome.spoken)
        events = [SlotSet(slot, value) for slot, value in changed.items()]
        return [
            *events,
            SlotSet("intake", outcome.state.to_slot()),
            SlotSet("ask_round", outcome.slots.get("ask_round")),
            SlotSet(REQUESTED_SLOT, outcome.requested),
        ]

    def _over(self, dispatcher: CollectingDispatcher, outcome: Outcome) -> list[EventType]:
        kept = _KEPT[outcome.ending] if outcome.ending else ()
        cleared = [slot for slot in (*TOLD_SLOTS, "summary", "ask_round") if slot not in kept]
        events: list[EventType] = [
            *[SlotSet(slot, None) for slot in cleared],
            *[SlotSet(slot, outcome.slots.get(slot)) for slot in kept],
            SlotSet("intake", outcome.state.to_slot()),
            SlotSet(REQUESTED_SLOT, None),
        ]
        if outcome.state.waiting:
            waiting = outcome.state.waiting[0]
            if outcome.ending is not Ending.SWITCH:
                dispatcher.utter_message(response="utter_next_matter", words=waiting["text"])
            events.append(FollowupAction(f"{waiting['intent']['name']}_form"))
        return events


def hand_over(
    turn: Turn, to: FormSpec, slots: dict[str, str | None], state: IntakeState, *, second: str | None = None
) -> Outcome:
    """Leave an opening sentence to the form of another scenario; ``second`` is the kind it is besides."""
    message = replace(turn, intent=to.stem, secondary_intent=second).to_message()
    waiting = (message, *state.waiting)
    return Outcome(slots=slots, state=state.but(waiting=waiting), ending=Ending.SWITCH)
