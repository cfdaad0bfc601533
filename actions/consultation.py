"""Consultation: answered at once where the answer is surely known, else by a person in time (R10-6.2.1)."""

from actions.agenda import Agenda
from actions.exchange import Exchange
from actions.faq_reply import entry_told, near_entries, picked, questions_of
from actions.form_spec import PHONE, FormSpec
from actions.intake import Intake
from actions.intake_form import IntakeForm
from actions.outcome import Ending, Outcome
from actions.state import FULL
from actions.turn import Turn
from actions.wording import domain_wording

SPEC = FormSpec(
    stem="consultation",
    kind="inquiry",
    topic="consultation",
    confirms=False,
    questions=(PHONE,),
)

WHICH_QUESTION = "which_question"
"""Asked for while the customer is shown what may have been meant."""


class ValidateConsultationForm(IntakeForm):
    """Answers a question, or takes it down."""

    spec = SPEC

    async def respond(self, exchange: Exchange) -> Outcome:
        """Answer, ask which of a few questions is meant, or register it."""
        if exchange.requested == WHICH_QUESTION:
            return meant(exchange, self.engine(exchange), SPEC)
        outcome = self.decide(exchange)
        if not exchange.opens or goes_elsewhere(outcome):
            return outcome
        entry = exchange.turn.faq.entry
        if entry:
            return entry_told(exchange, outcome, entry, domain_wording())
        return offered(exchange, outcome)


def offered(exchange: Exchange, outcome: Outcome) -> Outcome:
    """Offer what an unsure question may mean, if there is anything near; else leave the outcome as it is."""
    near = near_entries(exchange.turn)
    if not near:
        return outcome
    none_of_these = domain_wording().fill("utter_choice_none_of_these")
    asked = Outcome(outcome.slots, outcome.state.but(offered=near, asked={}), requested=WHICH_QUESTION)
    response = "utter_consultation_which" if len(near) > 1 else "utter_consultation_whether"
    asked.say(response, buttons=(*questions_of(near), none_of_these))
    return asked


def meant(exchange: Exchange, engine: Intake, spec: FormSpec) -> Outcome:
    """Take the answer to what was offered; what is none of it goes on in the form."""
    turn, state = exchange.turn, exchange.state
    known = Outcome(slots=dict(exchange.slots), state=state)
    entry = picked(turn, state.offered) or _only_one(turn, state.offered) or turn.faq.entry
    if entry and not turn.signals.hazard:
        return entry_told(exchange, known, entry, domain_wording())
    if turn.choice in {"none_of_these", "skip"} or turn.means("deny"):
        known.say(f"utter_{spec.stem}_opening")
        Agenda(spec, known).go_on(None)
        return known
    return engine.advance(turn, PHONE.slot)


def _only_one(turn: Turn, offered: tuple[str, ...]) -> str | None:
    return offered[0] if len(offered) == 1 and turn.means("affirm") else None


def goes_elsewhere(outcome: Outcome) -> bool:
    """Tell whether a message led away from answering: to safety, to a person, to another matter, or out."""
    return outcome.state.mode != FULL or outcome.ending in {Ending.CANCEL, Ending.SWITCH}
