"""An open ticket of the same matter, before another one is filed: added to, counted, or named (R3a-2)."""

from collections.abc import Callable
from dataclasses import replace

from actions.agenda import Agenda
from actions.backend_answers import Duplicate
from actions.backend_client import BackendClient
from actions.exchange import Exchange
from actions.form_spec import CONFIRMATION, FormSpec, Slots
from actions.outcome import Ending, Outcome, Saying
from actions.state import FULL
from actions.ticket_wishes import reopens, urges_now
from actions.turn import Turn
from actions.wording import domain_wording

SAME_MATTER = "same_matter"
"""Asked for while the customer is told of an open ticket."""

_KINDS = {"quality_complaint", "repair_request", "return_exchange"}
TICKETS = "status_query"
"""The scenario that does what is wanted of a ticket."""

_NONE = ""
_LONGEST_FAULT = 2000
_LONGEST_WORDS = 4000


async def open_duplicate(slots: Slots, conversation_id: str, client: BackendClient) -> Duplicate | None:
    """Return the newest open ticket of the same phone, product and a fault alike; None without these.

    Raises:
        BackendError: the backend gives no answer.
    """
    phone, product = slots.get("phone"), slots.get("product")
    if not phone or not product:
        return None
    fault = slots.get("fault") or slots.get("description") or ""
    found = await client.find_duplicates(conversation_id, phone, product, fault[:_LONGEST_FAULT])
    return next(iter(sorted(found, key=lambda ticket: not ticket.may_be_told)), None)


async def offered_instead(
    spec: FormSpec, exchange: Exchange, decide: Callable[[Exchange], Outcome], client: BackendClient
) -> Outcome:
    """Decide on a message; as soon as the matter is known, offer to add it to an open ticket of the same one.

    Such a ticket is looked for once. If it may not be told of, or is another matter, the new ticket names it.

    Raises:
        BackendError: the backend gives no answer.
    """
    if exchange.requested == SAME_MATTER:
        answer = _answer(exchange.turn)
        if answer is not None:
            return await _added(exchange, client) if answer else _filed_anew(spec, exchange)
        exchange = replace(exchange, requested=_next_slot(spec, exchange))
    if exchange.opens and not exchange.greeted and _is_about_a_ticket(exchange):
        return _left_to_the_ticket(exchange)
    outcome = decide(exchange)
    if not _is_due(spec, outcome):
        return outcome
    ticket = await open_duplicate(outcome.slots, exchange.conversation_id, client)
    outcome.state = outcome.state.but(related=ticket.number if ticket else _NONE)
    if ticket is None or not ticket.may_be_told:
        return outcome
    # the question that the engine was about to ask waits until it is known which ticket this is
    state = outcome.state.but(asked=exchange.asked_before)
    offer = Saying("utter_same_matter", {"number": ticket.number, "title": ticket.title})
    return Outcome(outcome.slots, state, [*outcome.says, offer], SAME_MATTER)


def _is_due(spec: FormSpec, outcome: Outcome) -> bool:
    """Tell whether it is time to look: fault, product and phone are known, and nothing is urgent."""
    state, slots = outcome.state, outcome.slots
    if spec.kind not in _KINDS or state.mode != FULL or state.related is not None or outcome.ending:
        return False
    told = slots.get("fault") or state.told
    return bool(told and slots.get("phone") and slots.get("product"))


def _next_slot(spec: FormSpec, exchange: Exchange) -> str:
    question = Agenda(spec, Outcome(dict(exchange.slots), exchange.state)).next_question()
    return question.slot if question else CONFIRMATION


def _is_about_a_ticket(exchange: Exchange) -> bool:
    turn = exchange.turn
    if turn.signals.hazard or turn.choice == "opening":
        return False
    if not exchange.state.filed:
        return urges_now(turn, domain_wording())
    return reopens(turn, domain_wording())


def _left_to_the_ticket(exchange: Exchange) -> Outcome:
    message = replace(exchange.turn, intent=TICKETS, confidence=1.0).to_message()
    state = exchange.state.but(waiting=(message, *exchange.state.waiting))
    return Outcome(exchange.slots, state, ending=Ending.SWITCH)


def _answer(turn: Turn) -> bool | None:
    """Return whether it is the same matter; None if neither was said. Words go before their reading."""
    if turn.choice in {"add_to_ticket", "confirm"}:
        return True
    if turn.choice == "file_anew":
        return False
    if turn.means("affirm", "deny"):
        return turn.intent == "affirm"
    return None


async def _added(exchange: Exchange, client: BackendClient) -> Outcome:
    number = exchange.state.related or ""
    request = {
        "request_id": exchange.request_id(SAME_MATTER),
        "conversation_id": exchange.conversation_id,
        "text": (exchange.slots.get("description") or exchange.state.opening_words)[:_LONGEST_WORDS],
        "again": True,
    }
    await client.add_words(number, request)
    says = [Saying("utter_same_matter_added", {"number": number}), Saying("utter_anything_else")]
    return Outcome(exchange.slots, exchange.state, says, ending=Ending.ANSWER)


def _filed_anew(spec: FormSpec, exchange: Exchange) -> Outcome:
    outcome = Outcome(dict(exchange.slots), exchange.state)
    outcome.say("utter_same_matter_anew", {"number": exchange.state.related or ""})
    Agenda(spec, outcome).go_on(None)
    return outcome
