"""How a ticket stands, as sayings: stage in plain words, next step, promise. Pure."""

from actions.backend_answers import Progress
from actions.outcome import Saying
from actions.promises import Teller

FIRST_TIME = 1


def progress_told(ticket: Progress, teller: Teller) -> list[Saying]:
    """Return where a ticket stands (R3a-4.2(4))."""
    response = "utter_progress" if ticket.open else "utter_progress_over"
    values = {
        "number": ticket.number,
        "title": ticket.title,
        "status": ticket.status,
        "next": ticket.next_step,
    }
    return [Saying(response, values), *_promise_told(ticket, teller)]


def urged_told(ticket: Progress, teller: Teller) -> list[Saying]:
    """Return that the department was told to hurry; from the second time on, how often (R3b-27)."""
    if not ticket.open:
        return progress_told(ticket, teller)
    response = "utter_urged" if ticket.urged <= FIRST_TIME else "utter_urged_again"
    said = Saying(response, {"number": ticket.number, "count": teller.figure(ticket.urged, counts=True)})
    return [said, *_promise_told(ticket, teller)]


def over_already(ticket: Progress) -> list[Saying]:
    """Return that a ticket is over, so that nothing can be done with it."""
    return [Saying("utter_over_already", {"number": ticket.number, "status": ticket.status})]


def _promise_told(ticket: Progress, teller: Teller) -> list[Saying]:
    if not ticket.open:
        return []
    if ticket.awaiting_customer:
        return [Saying("utter_progress_awaiting")]
    if ticket.promise is None:
        return []
    latest = teller.latest(ticket.promise)
    return [Saying("utter_progress_promise", {"latest": latest, "what": ticket.promise.what})]
