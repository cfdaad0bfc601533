"""How long it goes on without progress, and when a person takes over with everything told so far."""

from actions.answers import LONGEST_ANSWER
from actions.form_spec import WITH_A_PERSON
from actions.oddities import ODDITIES
from actions.people import ABUSE, BOT_UNSURE, CUSTOMER_ASKED, RULE
from actions.reply import Reply
from actions.scene import Scene
from actions.state import BRIEF, HAZARD
from actions.turn import Signals, Turn

STALLS_UNTIL_BRIEF = 4
"""Turns in a row that brought nothing, after which only the phone number is asked and a person takes over."""

MISSES_UNTIL_HANDOVER = 2
"""Misunderstandings in a row after which a person takes over."""

_REASONS = {
    "utter_human_request_in_form": CUSTOMER_ASKED,
    "utter_hand_over_threat": RULE,
    "utter_hand_over_anger": ABUSE,
    "utter_hand_over_lost": BOT_UNSURE,
}
"""Why a person takes over, by the words with which questions end where nobody is there."""

OUTBURSTS_UNTIL_HANDOVER = 2
"""Angry messages after which a person takes over: the first one is answered with patience."""


class Patience:
    """Counts what brought nothing, and calls a person in."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._out, self._agenda = scene.out, scene.agenda

    def stalled(self, requested: str | None, *, counts: bool = False) -> None:
        """Ask again after a turn that brought nothing; too many in a row are left to a person."""
        stalls = self._out.state.stalls + 1
        self._scene.note(stalls=stalls)
        if stalls >= STALLS_UNTIL_BRIEF and self._scene.is_full:
            self._scene.note(mode=BRIEF)
            self._out.say("utter_brief_switch")
            self._agenda.go_on(requested)
        elif counts or requested is None or not self._scene.is_full:
            self._agenda.go_on(requested)
        else:
            self._agenda.ask(requested, counts=False)

    def human(self, reply: Reply) -> None:
        """Take up the wish for a person."""
        state = self._out.state
        self._scene.note(signals=state.signals.merged(Signals(wants_human=True)))
        self._out.slots.update(reply.values)
        if not self.may_hand_over() and not self._out.somebody_is_there:
            self.stalled(reply.requested)
            return
        self.hand_over("utter_human_request_in_form", reply.requested)

    def may_hand_over(self) -> bool:
        """Tell whether there is still somebody to hand over to."""
        return self._scene.is_full and not self._scene.is_for_a_person

    def hand_over(self, response: str, requested: str | None) -> None:
        """Leave the rest to a person: at once where one is there, else only the phone number is asked."""
        if self._out.somebody_is_there:
            self._scene.note(stalls=0, misses=0)
            self._out.make_way(_REASONS[response], f"{response}_there")
            self._out.requested = WITH_A_PERSON
            return
        self._scene.note(mode=BRIEF)
        self._out.say(response)
        self._agenda.go_on(requested)

    def due_handover(self, turn: Turn) -> str | None:
        """Return the words with which a person is called in for a threat or for anger that goes on."""
        if not self.may_hand_over():
            return None
        if turn.signals.threat:
            return "utter_hand_over_threat"
        goes_on = turn.signals.anger > 1 and self._out.state.outbursts >= OUTBURSTS_UNTIL_HANDOVER
        return "utter_hand_over_anger" if goes_on else None

    def unclear(self, reply: Reply) -> None:
        """Say what is wrong with an answer, or that it was not understood; the second time call a person."""
        question, reading = reply.question, reply.reading
        self._out.slots.update(reply.values)
        wrong = reading.problem if reading.problem not in ODDITIES else None
        misses = self._out.state.misses + int(wrong is None)
        self._scene.note(misses=misses)
        given_up = question is not None and self._agenda.asked(question.slot) >= question.limit
        if wrong and question and self._out.state.mode == HAZARD and not given_up:
            self._agenda.forgive(question.slot)
        if question and question.words_slot and given_up and not reading.problem:
            self._out.slots[question.words_slot] = reply.turn.text[:LONGEST_ANSWER]
        if misses >= MISSES_UNTIL_HANDOVER and self.may_hand_over():
            # rules of escalation call somebody for a wish; for being lost there is no signal of its own
            self._scene.note(signals=self._out.state.signals.merged(Signals(wants_human=True)))
            self.hand_over("utter_hand_over_lost", reply.requested)
            return
        if question is not None and given_up:
            self._agenda.leave_out(question)
        else:
            in_danger = self._out.state.mode == HAZARD
            lost = "utter_hazard_heard" if in_danger else "utter_unclear"
            self._out.say(reading.problem or lost, reading.variables)
        self.stalled(reply.requested, counts=True)
