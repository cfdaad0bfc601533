"""Question about the progress of a ticket: registered for a call back, since it is not looked up here."""

from actions.form_spec import PHONE, FormSpec, Question
from actions.intake_form import IntakeForm
from actions.outcome import Ending, Outcome, Saying
from actions.state import IntakeState
from actions.turn import Turn

SPEC = FormSpec(
    stem="status_query",
    kind="inquiry",
    topic="status_query",
    confirms=False,
    questions=(Question("related_ticket"), PHONE),
)


class ValidateStatusQueryForm(IntakeForm):
    """Takes a question about progress down; about a ticket filed a moment ago it answers at once."""

    spec = SPEC

    def open(self, turn: Turn, slots: dict[str, str | None], state: IntakeState) -> Outcome:
        """Answer about the ticket of this conversation, else start asking."""
        if not state.filed or turn.has("ticket_number"):
            return super().open(turn, slots, state)
        said = Saying("utter_status_query_same", {"number": state.filed[-1]})
        return Outcome(slots=slots, state=state, says=[said], ending=Ending.CANCEL)
