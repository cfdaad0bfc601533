"""What is asked next, how often, and when the dialogue goes on without an answer."""

from collections.abc import Iterator

from actions.form_spec import CONFIRMATION, FormSpec, Question
from actions.outcome import Ending, Outcome
from actions.state import BRIEF, FULL, HAZARD

_BRIEF_SLOTS = {BRIEF: ("phone",), HAZARD: ("phone",)}
ASKED_IN_DANGER = 2
"""How often: the first answer is often about the danger itself, and without a number nobody can call."""

_SHOWN = "{}:shown"
_READ = ("first", "again", "again_2", "again_3")
_HEARD = ("heard", "heard_again", "heard_again_2")
"""How a question is put: the first time, and further times in turn; see domain/_shared.yml."""


class Agenda:
    """The questions of one form; works on the outcome of the current turn."""

    def __init__(self, spec: FormSpec, out: Outcome) -> None:
        self._spec = spec
        self._out = out

    def go_on(self, requested: str | None) -> None:
        """Ask what is still missing, then for confirmation, else file."""
        question = self.next_question()
        while question is not None and self.asked(question.slot) >= self._limit(question):
            self.leave_out(question, aloud=question.slot == requested)
            question = self.next_question()
        if question is not None:
            self.ask(question.slot)
        elif self._spec.confirms and self._out.state.mode == FULL:
            self.ask(CONFIRMATION)
        else:
            self._out.ending = Ending.FILE

    def next_question(self) -> Question | None:
        """Return the first question that is due and open."""
        return next(self.open_questions(), None)

    def open_questions(self) -> Iterator[Question]:
        """Yield the questions that are due and open, by what is known now."""
        for question in self._wanted():
            open_still = not self._settled(question.slot) and not self._was_asked_along(question)
            if open_still and question.due(self._out.slots):
                yield question

    def ask(self, slot: str, *, counts: bool = True) -> None:
        """Ask for a slot; every time in other words than the last."""
        shown = self.shown(slot)
        counted = self.asked(slot) + int(counts)
        asked = {**self._out.state.asked, slot: counted, _SHOWN.format(slot): shown + 1}
        self._out.state = self._out.state.but(asked=asked)
        alone = shown == 0 and not self._out.spoken and self._goes_alone(slot)
        self._out.slots["ask_round"] = "alone" if alone else manner(shown, spoken=self._out.spoken)
        self._out.requested = slot

    def asked(self, slot: str) -> int:
        """Return how often an answer for this slot was expected in this form."""
        return self._out.state.asked.get(slot, 0)

    def shown(self, slot: str) -> int:
        """Return how often this question was put in this form."""
        return self._out.state.asked.get(_SHOWN.format(slot), 0)

    def forgive(self, slot: str) -> None:
        """Take back that an answer was expected: something else was answered, which was missing too."""
        self._out.state = self._out.state.but(
            asked={**self._out.state.asked, slot: max(0, self.asked(slot) - 1)}
        )

    def put_before(self, slot: str) -> None:
        """Ask this first; what was to be asked comes after it, as if it had not been."""
        put_off = self._out.requested
        if put_off:
            self.forgive(put_off)
            asked = {**self._out.state.asked, _SHOWN.format(put_off): max(0, self.shown(put_off) - 1)}
            self._out.state = self._out.state.but(asked=asked)
        self.ask(slot)

    def reopen(self, slot: str) -> None:
        """Ask for a slot again; what it held stays until there is something better."""
        state = self._out.state
        asked = {name: count for name, count in state.asked.items() if name != slot}
        left_out = tuple(name for name in state.left_out if name != slot)
        self._out.state = state.but(asked=asked, left_out=left_out)
        self.ask(slot)

    def leave_out(self, question: Question, *, aloud: bool = True) -> None:
        """Go on without an answer, with the default where there is one."""
        self._out.state = self._out.state.but(left_out=(*self._out.state.left_out, question.slot))
        if self._settled_by_answer(question.slot):
            return
        if question.default:
            self._out.slots[question.slot] = question.default
        if aloud and question.default:
            self._out.say("utter_left_to_us")
        elif aloud and self._out.state.mode != HAZARD:
            self._out.say("utter_phone_left_out" if question.slot == "phone" else "utter_left_open")

    def leave_out_the_rest(self) -> None:
        """Go on without everything that is not required."""
        for question in self._wanted():
            if not question.required and not self._settled(question.slot):
                self.leave_out(question, aloud=False)

    def _goes_alone(self, slot: str) -> bool:
        """Tell whether what the question asks besides is known already, or beside the point."""
        along = [question for question in self._spec.questions if question.along == slot]
        return bool(along) and all(
            self._settled(question.slot) or not question.due(self._out.slots) for question in along
        )

    def _was_asked_along(self, question: Question) -> bool:
        return question.along is not None and not self._out.spoken and self.shown(question.along) > 0

    def _limit(self, question: Question) -> int:
        """Return how often a question is asked; somebody in danger is not kept long."""
        return min(question.limit, ASKED_IN_DANGER) if self._out.state.mode == HAZARD else question.limit

    def _wanted(self) -> tuple[Question, ...]:
        brief = _BRIEF_SLOTS.get(self._out.state.mode)
        if brief is None:
            return self._spec.questions
        return tuple(question for slot in brief if (question := self._spec.question(slot)))

    def _settled(self, slot: str) -> bool:
        return self._settled_by_answer(slot) or slot in self._out.state.left_out

    def _settled_by_answer(self, slot: str) -> bool:
        if slot == "description":
            return self._out.state.told
        return self._out.slots.get(slot) is not None


def manner(shown: int, *, spoken: bool) -> str:
    """Return how a question is put that was put ``shown`` times before in this form."""
    first, *again = _HEARD if spoken else _READ
    return first if shown == 0 else again[(shown - 1) % len(again)]
