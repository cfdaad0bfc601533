"""A ticket that is there already: how it stands, hurry, an addition, withdrawal (R3a-4.2(4), R3b-27, R1-1.2).

The tickets of this conversation, and of the number that a call comes from, are the customer's without asking.
Any other is found by its number and the last four digits of the phone on record.
"""

from datetime import date

from actions.answers import Reading
from actions.exchange import Exchange
from actions.form_spec import PHONE, FormSpec, Question, Slots
from actions.intake_form import IntakeForm
from actions.outcome import Outcome
from actions.ticket_talk import BESIDE_SLOTS, MOST_TRIES, TicketTalk
from actions.ticket_wishes import number_in
from actions.warranty_reply import last_digits


def read_digits(text: str, _today: date) -> Reading:
    """Read the last four digits of a phone number; a ticket number is none."""
    return Reading(value=None if number_in(text) else last_digits(text))


def number_is_known(slots: Slots) -> bool:
    """Tell whether the ticket's number is known, so that digits can show whose it is."""
    return bool(slots.get("related_ticket"))


SPEC = FormSpec(
    stem="status_query",
    kind="inquiry",
    topic="status_query",
    confirms=False,
    questions=(
        Question("related_ticket"),
        Question("phone_last4", read_digits, due=number_is_known, limit=MOST_TRIES + 1),
        PHONE,
    ),
)


class ValidateStatusQueryForm(IntakeForm):
    """Tells how a ticket stands and does what its customer wants; what cannot be found goes to a person."""

    spec = SPEC

    async def respond(self, exchange: Exchange) -> Outcome:
        """Find the ticket, then do what is wanted."""
        talk = TicketTalk(exchange, SPEC)
        if exchange.requested in BESIDE_SLOTS and not exchange.turn.signals.hazard:
            answered = await talk.answered()
            if answered is not None:
                return answered
        if exchange.requested in BESIDE_SLOTS:
            # something else was said: the engine sees to it as if the ticket's number had been asked for
            return self.engine(exchange).advance(exchange.turn, PHONE.slot)
        return await talk.found(self.decide(exchange))
