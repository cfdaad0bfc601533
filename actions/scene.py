"""What everything that handles a message works with: one turn of one form."""

from dataclasses import dataclass
from datetime import date

from actions.agenda import Agenda
from actions.form_spec import CONFIRMATION, FormSpec
from actions.outcome import Outcome
from actions.state import FULL
from actions.wording import Wording

FOR_A_PERSON = "human_request"


@dataclass(frozen=True)
class Scene:
    """A form, its outcome so far, and the questions that are left."""

    spec: FormSpec
    out: Outcome
    agenda: Agenda
    wording: Wording
    today: date

    @property
    def is_for_a_person(self) -> bool:
        """Tell whether the form does nothing but call a person."""
        return self.spec.topic == FOR_A_PERSON

    @property
    def is_full(self) -> bool:
        """Tell whether everything is asked for, and no person has been called yet."""
        return self.out.state.mode == FULL

    def next_slot(self) -> str:
        """Return what is asked next, when nothing else comes between."""
        question = self.agenda.next_question()
        return question.slot if question else CONFIRMATION

    def note(self, **changes: object) -> None:
        """Change the state."""
        self.out.state = self.out.state.but(**changes)
