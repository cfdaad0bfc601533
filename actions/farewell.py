"""What is said once a ticket is filed: its number, what happens next and by when, how to ask about it."""

from collections.abc import Sequence

from actions.backend_answers import FiledTicket, Promise
from actions.form_spec import FormSpec
from actions.outcome import Outcome, Saying
from actions.promises import Teller

ENQUIRY_CLOCK = "enquiry_answer"
"""The clock for answers (R10-6.2.1); a matter that is no question waits for the first contact instead."""

_ANSWERED = ("consultation", "warranty_inquiry", "status_query")


def farewell(spec: FormSpec, ticket: FiledTicket, outcome: Outcome, teller: Teller) -> list[Saying]:
    """Return the last words of a form."""
    said = [Saying(f"utter_{spec.stem}_filed", {"number": ticket.number})]
    if not outcome.slots.get("phone"):
        without = f"utter_{spec.stem}_next_no_phone"
        return [*said, Saying(without if teller.wording.knows(without) else "utter_filed_no_phone")]
    if outcome.state.signals.hazard:
        return [*said, Saying("utter_hazard_next"), Saying("utter_filed_ask_again")]
    by_when = teller.within(relevant(spec, ticket.promises))
    return [*said, Saying(f"utter_{spec.stem}_next", {"within": by_when}), Saying("utter_filed_ask_again")]


def relevant(spec: FormSpec, promises: Sequence[Promise]) -> Promise | None:
    """Return the promise that the customer waits for: the answer to a question, else what comes first."""
    if spec.topic in _ANSWERED:
        answer = next((promise for promise in promises if promise.clock_id == ENQUIRY_CLOCK), None)
        if answer is not None:
            return answer
    return promises[0] if promises else None
