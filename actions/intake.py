"""Taking a matter down, turn by turn: pure decisions from what is known and what was just said.

:meth:`Intake.begin` opens a form with the sentence that started it, :meth:`Intake.advance` takes every
further message.
"""

from collections.abc import Callable, Mapping
from datetime import date

from actions.agenda import Agenda
from actions.alarm import notice
from actions.answers import LONGEST_ANSWER
from actions.asides import Asides
from actions.form_spec import (
    CHANGE_ITEM,
    KEEPING,
    MODEL_CHOICE,
    RESUMPTION,
    WITH_A_PERSON,
    FormSpec,
    Question,
    Slots,
)
from actions.greeting import greet
from actions.hearing import hear
from actions.leaving import Leaving
from actions.listening import Act, understand
from actions.model_choice import choose_model
from actions.outcome import LONGEST_DESCRIPTION, Ending, Outcome
from actions.patience import Patience
from actions.people import CUSTOMER_ASKED, HandedBack
from actions.reply import Reply, read_reply
from actions.revision import Revision
from actions.scene import Scene
from actions.state import FULL, HAZARD, IntakeState
from actions.turn import Turn
from actions.wording import Wording

_PROGRESS = {
    Act.ANSWER,
    Act.CONFIRM,
    Act.CHANGE,
    Act.UNCHANGED,
    Act.SKIP,
    Act.LACKS,
    Act.BACK,
    Act.MISREAD,
    Act.AGREE,
}
_OUT_OF_PATIENCE = {Act.ANSWER, Act.MORE, Act.ASIDE, Act.UNCLEAR, Act.SKIP, Act.REPEAT}


_BESIDE = {RESUMPTION, KEEPING, MODEL_CHOICE, WITH_A_PERSON}


class Intake:
    """One turn of a form; collects its outcome."""

    def __init__(
        self, spec: FormSpec, slots: Slots, state: IntakeState, *, wording: Wording, today: date
    ) -> None:
        self._before = dict(slots)
        self._out = Outcome(slots=dict(slots), state=state)
        agenda = Agenda(spec, self._out)
        self._scene = Scene(spec, self._out, agenda, wording, today)
        self._agenda = agenda
        self._patience = Patience(self._scene)
        self._asides = Asides(self._scene, self._patience)
        self._revision = Revision(self._scene, self._patience)
        self._leaving = Leaving(self._scene)

    def begin(self, turn: Turn, *, greeted: bool = False) -> Outcome:
        """Open the form with the sentence that started it; if ``greeted``, another form was left for it."""
        out, spec = self._out, self._scene.spec
        out.spoken, out.people = turn.is_spoken, turn.people
        out.state = out.state.next_run().but(spoke_at=turn.at)
        notice(self._scene, turn)
        bare = turn.choice == "opening"
        kinds = {entity.kind for entity in turn.entities}
        told = not bare and spec.tells_something(kinds, turn.text)
        self._scene.note(told=told, opening_words=turn.text[:LONGEST_DESCRIPTION])
        if not bare:
            out.add_words(turn.text)
        heard = hear(spec, out.slots, turn, None, self._scene.today).values
        out.slots.update({slot: value for slot, value in heard.items() if not (bare and slot == "fault")})
        if self._scene.is_full:
            self._open(turn, greeted=greeted)
        if out.requested is None and out.ending is None:
            self._agenda.go_on(None)
        # what another form has kept from this very sentence has not been read back yet
        self._revision.read_back(turn, {} if greeted else self._before)
        return out

    def _open(self, turn: Turn, *, greeted: bool) -> None:
        greet(self._scene, turn, greeted=greeted)
        words = self._patience.due_handover(turn)
        if turn.signals.wants_human and not (turn.wished_before or self._scene.is_for_a_person):
            words = "utter_human_request_in_form"
        if words:
            self._patience.hand_over(words, None)
        elif self._scene.is_for_a_person and self._out.somebody_is_there:
            self._out.says.clear()
            self._out.make_way(CUSTOMER_ASKED, "utter_human_request_in_form_there")
            self._out.ending = Ending.ANSWER

    def advance(self, turn: Turn, requested: str) -> Outcome:
        """Take a message while a slot is asked for."""
        self._out.spoken, self._out.people = turn.is_spoken, turn.people
        if turn.handed_back is not None:
            return self._taken_back(turn.handed_back, turn.at)
        came_back = self._leaving.comes_back(turn)
        read_back = self._out.state.read_back
        self._scene.note(read_back=None, spoke_at=turn.at)
        if notice(self._scene, turn):
            self._out.says = [each for each in self._out.says if each.response != "utter_welcome_back"]
            reply = read_reply(self._scene.spec, self._out.slots, turn, requested, self._scene.today)
            self._out.add_words(turn.text)
            self._out.slots.update(reply.values)
            if self._out.ending is None:
                self._agenda.go_on(None)
        elif not came_back and not self._between(turn, requested):
            self._take(turn, self._asked(requested), read_back)
        return self._out

    def _taken_back(self, left: HandedBack, at: float) -> Outcome:
        """Go on after a person had the conversation: with what is known now, from what is missing next."""
        facts = {slot: value for slot, value in left.facts.items() if slot in self._out.slots}
        self._out.slots.update(facts)
        kept = self._out.state.left_out
        left_out = tuple(slot for slot in kept if slot not in facts)
        self._scene.note(mode=FULL, stalls=0, misses=0, outbursts=0, left_out=left_out, spoke_at=at)
        self._out.say("utter_back_with_the_bot")
        self._agenda.go_on(None)
        return self._out

    def _between(self, turn: Turn, requested: str) -> bool:
        """Handle the answer to a question that every form can ask; tell whether the message was one."""
        if requested == RESUMPTION:
            return self._leaving.resumption(turn)
        if requested == KEEPING:
            return self._leaving.keeping(turn)
        return requested == MODEL_CHOICE and choose_model(self._scene, turn)

    def _asked(self, requested: str) -> str:
        """Return the question of the form itself that a message is held against."""
        return self._scene.next_slot() if requested in _BESIDE else requested

    def _take(self, turn: Turn, requested: str, read_back: str | None) -> None:
        spec, slots, state = self._scene.spec, self._out.slots, self._out.state
        reply = read_reply(spec, slots, turn, requested, self._scene.today)
        act = understand(reply, spec, slots, told=state.told, read_back=read_back)
        if act in _PROGRESS:
            self._scene.note(stalls=0, misses=0)
        words = self._patience.due_handover(turn) if act in _OUT_OF_PATIENCE else None
        if words:
            self._leave_to_a_person(reply, words)
        elif act is Act.MISREAD:
            self._revision.misread(reply, read_back)
        else:
            self._handlers()[act](reply)
        if act is Act.ANSWER:
            self._revision.tell_replaced(self._before)
        self._revision.read_back(turn, self._before)

    def _handlers(self) -> Mapping[Act, Callable[[Reply], None]]:
        return {
            Act.ANSWER: self._answer,
            Act.CONFIRM: self._confirm,
            Act.CHANGE: self._revision.change,
            Act.UNCHANGED: self._unchanged,
            Act.BACK: self._revision.back,
            Act.AGREE: self._revision.agree,
            Act.PAUSE: lambda _reply: self._leaving.pause(),
            Act.CANCEL: lambda _reply: self._leaving.cancel(),
            Act.HUMAN: self._patience.human,
            Act.SKIP: self._skip,
            Act.LACKS: self._asides.lacks,
            Act.REPEAT: self._asides.repeat,
            Act.ASIDE: self._asides.aside,
            Act.MORE: self._asides.more,
            Act.SECOND: self._asides.second,
            Act.SWITCH: self._asides.switch,
            Act.UNCLEAR: self._patience.unclear,
        }

    def _leave_to_a_person(self, reply: Reply, words: str) -> None:
        self._asides.keep_words(reply)
        self._patience.hand_over(words, reply.requested)

    # --- answers ---

    def _answer(self, reply: Reply) -> None:
        question, turn = reply.question, reply.turn
        self._out.slots.update(reply.values)
        if question is not None and reply.requested not in reply.values and not reply.is_about_others:
            self._take_words(question, reply)
        if question is not None and reply.is_about_others:
            # other answers are welcome, but they do not keep one question alive for ever
            if self._agenda.shown(question.slot) <= question.limit:
                self._agenda.forgive(question.slot)
        elif question is not None:
            self._remember(question)
        told = question is not None and question.into_description and not reply.is_about_others
        if told or reply.tells_more or reply.tells_a_fault:
            self._out.add_words(turn.text)
        self._agenda.go_on(reply.requested)

    def _remember(self, question: Question) -> None:
        """Keep the order of answers, so that the customer can go back."""
        answered = tuple(slot for slot in self._out.state.answered if slot != question.slot)
        self._scene.note(answered=(*answered, question.slot))

    def _take_words(self, question: Question, reply: Reply) -> None:
        if question.slot == "description":
            self._scene.note(told=True)
        elif reply.reading.value:
            self._out.slots[question.slot] = reply.reading.value
            if question.words_slot:
                self._out.slots[question.words_slot] = None
        elif question.words_slot and question.default:
            self._out.slots[question.slot] = question.default
            self._out.slots[question.words_slot] = reply.turn.text[:LONGEST_ANSWER]

    def _confirm(self, reply: Reply) -> None:
        if reply.question is not None and not reply.question.required:
            self._agenda.leave_out_the_rest()
            self._agenda.go_on(None)
        elif reply.question is not None or self._agenda.next_question():
            self._patience.stalled(reply.requested)
        else:
            self._out.ending = Ending.FILE

    def _unchanged(self, reply: Reply) -> None:
        if reply.question is not None:
            self._skip(reply)
        else:
            self._revision.unchanged(reply)

    def _skip(self, reply: Reply) -> None:
        question = reply.question
        if question is None:
            if reply.requested == CHANGE_ITEM:
                self._agenda.go_on(None)
            else:
                self._patience.stalled(reply.requested)
            return
        if question.words_slot and "long_ago" in reply.turn.marks:
            self._out.slots[question.words_slot] = reply.turn.text[:LONGEST_ANSWER]
        phone = self._scene.spec.question("phone")
        if "no_contact" in reply.turn.marks and phone and not phone.required and phone is not question:
            self._agenda.leave_out(phone, aloud=False)
        declined = self._out.state.declined.get(question.slot, 0) + 1
        self._scene.note(declined={**self._out.state.declined, question.slot: declined})
        self._remember(question)
        asks_on = declined < question.refusals and self._out.state.mode != HAZARD
        if asks_on and not self._out.slots.get(question.slot):
            self._out.say("utter_phone_wanted")
        else:
            self._agenda.leave_out(question)
        self._agenda.go_on(reply.requested)
