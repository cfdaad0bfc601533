"""Talking about a ticket that is there: which one is meant, what is wanted of it, and doing it."""

from collections.abc import Sequence

from actions.agenda import Agenda
from actions.backend_answers import OwnTickets, Progress
from actions.backend_client import BackendClient, RefusedError
from actions.consultation import goes_elsewhere
from actions.exchange import Exchange
from actions.faq_reply import FORM_ENTRIES, entry_told
from actions.form_spec import FormSpec
from actions.local_time import now
from actions.matters import SURE
from actions.outcome import Ending, Outcome, Saying
from actions.promises import Teller
from actions.ticket_deeds import Deeds
from actions.ticket_progress import over_already
from actions.ticket_wishes import (
    ADD,
    LONGEST_WORDS,
    PROGRESS,
    URGE,
    WITHDRAW,
    addition,
    digits_in,
    meant,
    number_in,
    wish_of,
)
from actions.turn import Turn
from actions.warranty_reply import LAST_DIGITS
from actions.wording import domain_wording

WHICH_TICKET, ADDITION, WITHDRAWAL = "which_ticket", "addition", "withdrawal"
BESIDE_SLOTS = {WHICH_TICKET, ADDITION, WITHDRAWAL}
"""What is asked for beside the slots: which of several tickets, what to add, whether to withdraw."""

MOST_TRIES = 3
"""Look-ups in vain after which a person goes on; the backend refuses more than a few itself."""

MOST_TOLD = 3
"""Tickets of which the progress is told at once."""

_NUMBER, _DIGITS = "related_ticket", "phone_last4"


class TicketTalk:
    """One message about tickets; every method returns its outcome.

    Errors: BackendError when the backend gives no answer that can be relied on.
    """

    def __init__(self, exchange: Exchange, spec: FormSpec) -> None:
        self._exchange = exchange
        self._spec = spec
        self._client = BackendClient.from_environment()
        self._wording = domain_wording()
        self._teller = Teller(self._wording, now(), spoken=exchange.turn.is_spoken)

    async def found(self, outcome: Outcome) -> Outcome:
        """Go on from what the engine decided: with a ticket of the customer's own, or one to be looked up."""
        turn = self._exchange.turn
        if self._gives_the_ticket_up(outcome):
            state = self._exchange.state.but(wish=WITHDRAW, opening_words=turn.text)
            outcome = Outcome(dict(self._exchange.slots), state)
        elif goes_elsewhere(outcome):
            return outcome
        outcome.slots[_NUMBER] = number_in(turn.text) or outcome.slots.get(_NUMBER)
        outcome.slots[_DIGITS] = digits_in(turn.text, self._wording) or outcome.slots.get(_DIGITS)
        if outcome.requested == _NUMBER and outcome.slots[_NUMBER]:
            Agenda(self._spec, outcome).ask(_DIGITS)
        if not self._exchange.opens:
            return await self._looked_up(self._with_new_wish(outcome))
        outcome.state = outcome.state.but(wish=wish_of(turn.text, self._wording))
        own = await self._client.own_tickets(self._exchange.conversation_id)
        if own.tickets and not self._is_about_another(own, outcome):
            return await self._of_own(outcome, own.tickets)
        entry = turn.faq.entry
        if entry and entry not in FORM_ENTRIES and not outcome.slots.get(_NUMBER) and not _of_his_own(turn):
            return entry_told(self._exchange, outcome, entry, self._wording)
        if own.phone and not own.tickets and not outcome.slots.get(_NUMBER):
            outcome.says = [Saying("utter_no_ticket_of_caller")]
        return await self._looked_up(outcome)

    def _gives_the_ticket_up(self, outcome: Outcome) -> bool:
        """Tell whether what sounds like stopping is meant for the ticket that is being looked up."""
        if outcome.ending is not Ending.CANCEL or self._exchange.requested not in {_NUMBER, _DIGITS}:
            return False
        return wish_of(self._exchange.turn.text, self._wording) == WITHDRAW

    def _with_new_wish(self, outcome: Outcome) -> Outcome:
        """Take in that the customer now wants more than to know, or gave a phone that shows nothing."""
        turn, asked = self._exchange.turn, self._exchange.requested
        wish = wish_of(turn.text, self._wording)
        nothing_found = not number_in(turn.text) and not outcome.slots.get(_DIGITS)
        going_on = Outcome(outcome.slots, self._exchange.state)
        if wish != PROGRESS and nothing_found and asked in {_NUMBER, _DIGITS}:
            going_on.state = going_on.state.but(wish=wish, opening_words=turn.text)
            going_on.say("utter_status_query_wish")
        elif asked == _NUMBER and turn.has("phone") and nothing_found:
            going_on.say("utter_phone_is_not_enough")
        else:
            return outcome
        Agenda(self._spec, going_on).ask(asked, counts=False)
        return going_on

    async def answered(self) -> Outcome | None:
        """Take the answer to a question of our own; None if it is no answer to it."""
        state = self._exchange.state
        outcome = Outcome(slots=dict(self._exchange.slots), state=state)
        own = await self._client.own_tickets(self._exchange.conversation_id)
        offered = [ticket for ticket in own.tickets if ticket.number in state.offered]
        if not offered and _DIGITS in state.facts and state.offered:
            digits = state.facts[_DIGITS]
            offered = [await self._client.look_up(self._exchange.conversation_id, state.offered[0], digits)]
        if self._exchange.requested == WHICH_TICKET:
            ticket = meant(self._exchange.turn, offered)
            return await self._do(outcome, ticket) if ticket else None
        return await self._concluded(outcome, offered[0]) if offered else None

    # --- which ticket ---

    def _is_about_another(self, own: OwnTickets, outcome: Outcome) -> bool:
        number = outcome.slots.get(_NUMBER)
        return number is not None and all(ticket.number != number for ticket in own.tickets)

    async def _of_own(self, outcome: Outcome, tickets: Sequence[Progress]) -> Outcome:
        number, wish = outcome.slots.get(_NUMBER), outcome.state.wish
        going_on = [ticket for ticket in tickets if ticket.open] or list(tickets[:1])
        named = [ticket for ticket in tickets if ticket.number == number]
        ticket = next(iter(named), None) or meant(self._exchange.turn, going_on)
        if ticket is None and len(going_on) == 1:
            ticket = going_on[0]
        if ticket is not None:
            return await self._do(outcome, ticket)
        if wish == PROGRESS:
            return self._over(outcome, self._deeds().progress(*going_on[:MOST_TOLD]))
        return self._which(outcome, going_on[:MOST_TOLD])

    def _which(self, outcome: Outcome, tickets: Sequence[Progress]) -> Outcome:
        lines = tuple(
            self._wording.fill("utter_ticket_line", title=ticket.title, number=ticket.number)
            for ticket in tickets
        )
        state = outcome.state.but(offered=tuple(ticket.number for ticket in tickets))
        asked = Outcome(slots=outcome.slots, state=state, requested=WHICH_TICKET)
        asked.say("utter_which_ticket", buttons=lines)
        return asked

    async def _looked_up(self, outcome: Outcome) -> Outcome:
        number = outcome.slots.get(_NUMBER)
        digits = outcome.slots.get(_DIGITS) or (outcome.slots.get("phone") or "")[-LAST_DIGITS:]
        if not number or not digits or outcome.state.tries >= MOST_TRIES:
            return outcome
        try:
            ticket = await self._client.look_up(self._exchange.conversation_id, number, digits)
        except RefusedError as refusal:
            return self._not_found(outcome, refusal)
        outcome.state = outcome.state.but(facts={**outcome.state.facts, _DIGITS: digits})
        return await self._do(outcome, ticket, digits)

    def _not_found(self, outcome: Outcome, refusal: RefusedError) -> Outcome:
        """Say kindly that number and digits do not fit, which of them is not told; a person in the end."""
        slots = {**outcome.slots, _DIGITS: None}
        # what the engine was about to ask next, it did not ask
        state = outcome.state.but(tries=outcome.state.tries + 1, asked=self._exchange.asked_before)
        going_on = Outcome(slots=slots, state=state)
        agenda = Agenda(self._spec, going_on)
        if refusal.code != "not_found":
            minutes = self._teller.figure(refusal.minutes, counts=True)
            going_on.say("utter_look_up_later", {"minutes": minutes})
        elif state.tries >= MOST_TRIES:
            going_on.say("utter_look_up_given_up")
        else:
            going_on.say("utter_not_matching", {"number": outcome.slots.get(_NUMBER) or ""})
            agenda.ask(_DIGITS)
            return going_on
        going_on.state = state.but(tries=MOST_TRIES)
        for question in self._spec.questions:
            if question.slot in {_NUMBER, _DIGITS}:
                agenda.leave_out(question, aloud=False)
        agenda.go_on(None)
        return going_on

    # --- what is done with it ---

    async def _do(self, outcome: Outcome, ticket: Progress, last4: str | None = None) -> Outcome:
        wish, deeds = outcome.state.wish, self._deeds(last4)
        words = outcome.state.opening_words
        if wish == PROGRESS:
            return self._over(outcome, deeds.progress(ticket))
        if not ticket.open:
            return self._over(outcome, over_already(ticket))
        if wish == URGE:
            return self._over(outcome, await deeds.urge(ticket, words[:LONGEST_WORDS]))
        if wish == ADD:
            text = addition(words, self._wording)
            if text:
                return self._over(outcome, await deeds.add(ticket, text))
            return self._asking(outcome, ticket, ADDITION)
        return self._asking(outcome, ticket, WITHDRAWAL)

    def _asking(self, outcome: Outcome, ticket: Progress, what: str) -> Outcome:
        state = outcome.state.but(offered=(ticket.number,), tries=0)
        asked = Outcome(slots=outcome.slots, state=state, requested=what)
        asked.say(f"utter_{what}_wanted", {"number": ticket.number, "title": ticket.title})
        return asked

    async def _concluded(self, outcome: Outcome, ticket: Progress) -> Outcome | None:
        """Add what is said now, or withdraw if that is confirmed; in doubt the ticket stays."""
        turn, deeds = self._exchange.turn, self._deeds(outcome.state.facts.get(_DIGITS))
        answer = _answer(turn)
        if self._exchange.requested == ADDITION:
            if answer is False:
                return self._over(outcome, [Saying("utter_nothing_added")])
            return self._over(outcome, await deeds.add(ticket, turn.text[:LONGEST_WORDS]))
        if answer:
            return self._over(outcome, await deeds.withdraw(ticket, outcome.state.opening_words))
        if answer is False:
            return self._over(outcome, [Saying("utter_ticket_kept", {"number": ticket.number})])
        return None

    def _over(self, outcome: Outcome, says: list[Saying]) -> Outcome:
        says = [*says, Saying("utter_anything_else")]
        return Outcome(slots=outcome.slots, state=outcome.state, says=says, ending=Ending.ANSWER)

    def _deeds(self, last4: str | None = None) -> Deeds:
        return Deeds(self._exchange, self._client, self._teller, last4)


def _of_his_own(turn: Turn) -> bool:
    """Tell whether somebody surely asks after a matter of his own, and not how such matters go."""
    return turn.means("status_query", confidence=SURE) and "own_matter" in turn.marks


def _answer(turn: Turn) -> bool | None:
    """Return whether the customer wants it done; None if neither was said. Words go before their reading."""
    if turn.choice in {"withdraw_ticket", "confirm"}:
        return True
    if turn.choice in {"keep_ticket", "skip", "cancel", "unchanged"}:
        return False
    if turn.means("affirm", "deny", "skip", "cancel"):
        return turn.intent == "affirm"
    return None
