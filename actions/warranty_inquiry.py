"""Question about the warranty: answered by the backend's decision or an entry of `data/faq` (R10-6.2.2)."""

from actions.agenda import Agenda
from actions.backend_answers import Decision
from actions.backend_client import BackendClient
from actions.consultation import WHICH_QUESTION, goes_elsewhere, meant, offered
from actions.exchange import Exchange
from actions.faq_reply import FORM_ENTRIES, entry_told, told
from actions.form_spec import PHONE, PRODUCT, PURCHASE_DATE, FormSpec
from actions.intake_form import IntakeForm
from actions.local_time import today
from actions.matters import QUESTIONS
from actions.outcome import Ending, Outcome, Saying
from actions.warranty_reply import (
    ASKABLE,
    DIGITS,
    can_be_decided,
    facts,
    is_worth_telling,
    read_fact,
)
from actions.wording import domain_wording

SPEC = FormSpec(
    stem="warranty_inquiry",
    kind="inquiry",
    topic="warranty_inquiry",
    confirms=False,
    stand_ins={"incident_time": "purchase_date"},
    questions=(PRODUCT, PURCHASE_DATE, PHONE),
)

_NAMING = ("product", "model", "serial_number", "order_number")
"""What names a piece; a question without any of these is a general one."""

WARRANTY_DATE = "warranty_date"
"""What is wanted of a date that is told next: how the warranty stands."""

WARRANTY_FACT = "warranty_fact"
"""Asked for while the customer answers a question of the decision itself; which fact is in the state."""

MOST_QUESTIONS = 2
"""Questions of decisions after which a person goes on."""


class ValidateWarrantyInquiryForm(IntakeForm):
    """Tells where the warranty stands, or takes the question down."""

    spec = SPEC

    async def respond(self, exchange: Exchange) -> Outcome:
        """Answer as soon as the backend can decide; a general question is answered in general."""
        if exchange.requested == WARRANTY_FACT:
            return await self._fact_told(exchange)
        if exchange.requested == WHICH_QUESTION:
            return meant(exchange, self.engine(exchange), SPEC)
        outcome = self.decide(exchange)
        if goes_elsewhere(outcome):
            return outcome
        entry = exchange.turn.faq.entry if exchange.opens else None
        general = entry and FORM_ENTRIES.get(entry) != SPEC.stem
        if entry and general and not can_be_decided(outcome.slots):
            return self._told_in_general(exchange, outcome, entry)
        if exchange.opens and not any(outcome.slots.get(slot) for slot in _NAMING):
            asked = offered(exchange, outcome)
            if asked.requested == WHICH_QUESTION:
                return asked
        return await self._looked_up(exchange, outcome)

    def _told_in_general(self, exchange: Exchange, outcome: Outcome, entry: str) -> Outcome:
        """Tell an entry; of a product that was named, the date of purchase then tells more."""
        done = entry_told(exchange, outcome, entry, domain_wording())
        if done.ending is Ending.ANSWER and outcome.slots.get("product"):
            done.says[-1] = Saying("utter_warranty_when")
            done.state = done.state.but(wish=WARRANTY_DATE)
        return done

    async def _looked_up(self, exchange: Exchange, outcome: Outcome) -> Outcome:
        client = BackendClient.from_environment()
        caller = None
        if exchange.turn.is_spoken:
            caller = (await client.own_tickets(exchange.conversation_id)).phone
        slots, known = outcome.slots, outcome.state.facts
        if not (can_be_decided(slots, known) or caller):
            return await self._by_record(exchange, outcome, client)
        decision = await client.warranty_decision(facts(slots, today(), caller, known))
        if decision.state not in {"in", "out"} and not can_be_decided(slots, known):
            return outcome
        return self._told(exchange, outcome, decision)

    async def _by_record(self, exchange: Exchange, outcome: Outcome, client: BackendClient) -> Outcome:
        """Decide by the register, if it knows the piece that was named; else ask on."""
        slots = outcome.slots
        query = {"serial": slots.get("serial_number"), "order": slots.get("order_number")}
        if DIGITS in outcome.state.facts or not any(query.values()):
            return outcome
        found = await client.register_lookup(query)
        if found.known:
            return self._told(exchange, outcome, await client.warranty_decision(facts(slots, today())))
        return _asking(outcome, DIGITS, Saying("utter_warranty_digits")) if found.needs_last4 else outcome

    def _told(self, exchange: Exchange, outcome: Outcome, decision: Decision) -> Outcome:
        spoken = exchange.turn.is_spoken
        text = decision.spoken if spoken else decision.sentence
        if decision.fact in ASKABLE and outcome.state.tries < MOST_QUESTIONS:
            saying = Saying("utter_answer", {"text": text}, decision.models_alike)
            outcome.state = outcome.state.but(asked=exchange.asked_before)
            return _asking(outcome, decision.fact, saying)
        if is_worth_telling(decision):
            return told(exchange, outcome, decision.told(spoken=spoken), Saying("utter_warranty_then"))
        return _left_to_a_person(outcome)

    async def _fact_told(self, exchange: Exchange) -> Outcome:
        state, fact = exchange.state, exchange.state.wish or ""
        outcome = Outcome(slots=dict(exchange.slots), state=state)
        if exchange.turn.faq.entry and exchange.turn.means(*QUESTIONS):
            return entry_told(exchange, outcome, exchange.turn.faq.entry, domain_wording())
        reading = read_fact(fact, exchange.turn, today())
        if reading.problem:
            return _asking(outcome, fact, Saying(reading.problem, reading.variables))
        if reading.value is None and fact == "model" and can_be_decided({**outcome.slots, "model": None}):
            # what kind of thing it is says enough
            outcome.slots["model"] = None
            return await self._looked_up(exchange, outcome)
        if reading.value is None:
            return self._not_told(exchange, outcome)
        if fact in outcome.slots:
            outcome.slots[fact] = reading.value
            if fact == PURCHASE_DATE.slot:
                outcome.slots["purchase_words"] = None
        else:
            outcome.state = state.but(facts={**state.facts, fact: reading.value})
        return await self._looked_up(exchange, outcome)

    def _not_told(self, exchange: Exchange, outcome: Outcome) -> Outcome:
        """Go on without the fact: the customer does not know it, or wants something else."""
        turn = exchange.turn
        if turn.choice == "skip" or turn.means("skip", "deny", "affirm", "inform"):
            return _left_to_a_person(outcome)
        return self.engine(exchange).advance(turn, PHONE.slot)


def _asking(outcome: Outcome, fact: str, saying: Saying) -> Outcome:
    """Ask the decision's question, and nothing else."""
    state = outcome.state.but(wish=fact, tries=outcome.state.tries + 1)
    return Outcome(slots=outcome.slots, state=state, says=[saying], requested=WARRANTY_FACT)


def _left_to_a_person(outcome: Outcome) -> Outcome:
    left = Outcome(slots=outcome.slots, state=outcome.state)
    left.say("utter_warranty_unsettled")
    for question in (PRODUCT, PURCHASE_DATE):
        Agenda(SPEC, left).leave_out(question, aloud=False)
    Agenda(SPEC, left).go_on(None)
    return left
