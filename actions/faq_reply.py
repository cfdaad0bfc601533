"""Answering a question from the entries of `data/faq`: only what the understanding is sure of is told."""

from dataclasses import replace

from actions.exchange import Exchange
from actions.faq_answers import answer, answers
from actions.faq_finding import FaqFinding
from actions.outcome import Ending, Outcome, Saying
from actions.turn import Turn
from actions.wording import Wording, plain

FORM_ENTRIES = {
    "check_progress": "status_query",
    "report_repair": "repair_request",
    "return_how": "return_exchange",
    "warranty_check": "warranty_inquiry",
    "give_suggestion": "suggestion",
}
"""Entries whose question is best answered by beginning with it: the scenario that does."""

NEAR = 0.1
"""Probability from which an entry is worth offering to a customer who may have meant it.

Of the unsure questions in tests/nlu_sets/faq.jsonl, 23 of 26 that have an answer then find it among the
offers, and 8 of 46 that have none are offered something in vain.
"""

_PLACES = {"first_reading": 0, "second_reading": 1, "third_reading": 2}


def faq_answer(turn: Turn) -> str | None:
    """Return the answer to a question, worded for the ear on the phone; None unless it is surely known."""
    entry = turn.faq.entry
    return answer(entry, spoken=turn.is_spoken) if entry else None


def near_entries(turn: Turn) -> tuple[str, ...]:
    """Return the entries that an unsure question may mean, the likeliest first; none if it has no answer."""
    if turn.faq.sure or turn.faq.topic is None:
        return ()
    return tuple(entry for entry, score in turn.faq.candidates if score >= NEAR)


def questions_of(entries: tuple[str, ...]) -> tuple[str, ...]:
    """Return how entries are asked for, as titles of quick replies."""
    return tuple(answers()[entry].question for entry in entries)


def picked(turn: Turn, offered: tuple[str, ...]) -> str | None:
    """Return which of the offered entries an answer points to: by its words, or by its place."""
    place = _PLACES.get(turn.choice or "")
    if place is not None and place < len(offered):
        return offered[place]
    said = plain(turn.text)
    return next((entry for entry in offered if plain(answers()[entry].question) == said), None)


def told(exchange: Exchange, outcome: Outcome, text: str, *then: Saying) -> Outcome:
    """Return the outcome of a question that was answered: nothing is registered, nobody's phone is asked."""
    before = exchange.state
    state = outcome.state.but(openings=before.openings, apologies=before.apologies, offered=())
    says = [Saying("utter_answer", {"text": text}), *(then or (Saying("utter_anything_else"),))]
    return Outcome(slots=outcome.slots, state=state, says=says, ending=Ending.ANSWER)


def entry_told(exchange: Exchange, outcome: Outcome, entry: str, wording: Wording) -> Outcome:
    """Return the outcome of an entry's answer, which some scenarios go on from."""
    done = told(exchange, outcome, answer(entry, spoken=exchange.turn.is_spoken))
    stem = FORM_ENTRIES.get(entry)
    if stem is None:
        return done
    opening = replace(
        exchange.turn,
        text=wording.fill(f"utter_reading_title_{stem}"),
        intent=stem,
        confidence=1.0,
        secondary_intent=None,
        faq=FaqFinding(),
    )
    done.says = done.says[:1]
    done.state = done.state.but(waiting=(opening.to_message(), *done.state.waiting))
    done.ending = Ending.SWITCH
    return done
