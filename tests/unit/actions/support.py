"""A customer of one form: plays messages against the pure part of the dialogue."""

from datetime import date

from actions.form_spec import FormSpec
from actions.intake import Intake
from actions.outcome import Outcome
from actions.state import IntakeState
from actions.turn import Entity, Signals, Turn
from actions.wording import domain_wording

TODAY = date(2026, 11, 23)


def turn(text, intent="inform", confidence=0.9, *, signals=None, secondary=None, **named):
    """Build a message as the NLU would hand it over; `named` are entities, by kind."""
    wording = domain_wording()
    values = {kind: value if isinstance(value, tuple) else (value,) for kind, value in named.items()}
    entities = tuple(
        Entity(kind, one, one, handled=wording.is_handled(kind, one))
        for kind, several in values.items()
        for one in several
    )
    return Turn(
        text=text,
        intent=intent,
        confidence=confidence,
        entities=entities,
        signals=signals or Signals(),
        secondary_intent=secondary,
        choice=wording.choice(text),
        demand=wording.demand(text),
        labels=tuple(wording.labelled_slots(text)),
        marks=wording.marks(text),
    )


class Conversation:
    """Keeps slots and state between messages, as the tracker does."""

    def __init__(self, spec: FormSpec, state: IntakeState | None = None, **slots: str) -> None:
        self.spec = spec
        self.outcome = Outcome(slots=dict(slots), state=state or IntakeState())

    def _intake(self) -> Intake:
        state = IntakeState.from_slot(self.outcome.state.to_slot())
        return Intake(self.spec, self.outcome.slots, state, wording=domain_wording(), today=TODAY)

    def begin(self, message: Turn, **how: bool) -> Outcome:
        self.outcome = self._intake().begin(message, **how)
        return self.outcome

    def say(self, message: Turn) -> Outcome:
        assert self.outcome.requested, "nothing is asked"
        self.outcome = self._intake().advance(message, self.outcome.requested)
        return self.outcome

    @property
    def slots(self):
        return self.outcome.slots

    @property
    def said(self):
        return [saying.response for saying in self.outcome.says]
