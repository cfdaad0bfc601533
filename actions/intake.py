"""Taking a matter down, turn by turn: pure decisions from what is known and what was just said.

:meth:`Intake.begin` opens a form with the sentence that started it, :meth:`Intake.advance` takes every
further message.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from actions.agenda import Agenda
from actions.answers import LONGEST_ANSWER, with_last_digits
from actions.form_spec import CHANGE_ITEM, FormSpec, Question, Slots
from actions.listening import MATTERS, Act, Reply, hear, matter_of, read_reply, understand
from actions.outcome import LONGEST_DESCRIPTION, Ending, Outcome
from actions.state import BRIEF, FULL, HAZARD, IntakeState
from actions.turn import Signals, Turn
from actions.wording import Wording

STALLS_UNTIL_BRIEF = 4
"""Turns in a row that brought nothing, after which only the phone number is asked and a person takes over."""

MISSES_UNTIL_OFFER = 2
"""Misunderstandings in a row after which a person is offered."""

FOR_A_PERSON = "human_request"
_PROGRESS = {Act.ANSWER, Act.CONFIRM, Act.CHANGE, Act.UNCHANGED, Act.SKIP}
_QUESTIONS = {"consultation", "warranty_inquiry", "status_query"}


class Intake:
    """One turn of a form; collects its outcome."""

    def __init__(
        self, spec: FormSpec, slots: Slots, state: IntakeState, *, wording: Wording, today: date
    ) -> None:
        self._spec = spec
        self._wording = wording
        self._today = today
        self._out = Outcome(slots=dict(slots), state=state)
        self._agenda = Agenda(spec, self._out)

    def begin(self, turn: Turn, *, greeted: bool = False) -> Outcome:
        """Open the form with the sentence that started it; if ``greeted``, another form was left for it."""
        out = self._out
        out.state = out.state.next_run()
        self._notice(turn)
        bare = turn.choice == "opening"
        kinds = {entity.kind for entity in turn.entities}
        told = not bare and self._spec.tells_something(kinds, turn.text)
        out.state = out.state.but(told=told, opening_words=turn.text[:LONGEST_DESCRIPTION])
        if not bare:
            self._out.add_words(turn.text)
        out.slots.update(hear(self._spec, out.slots, turn, None, self._today).values)
        if out.state.mode == FULL:
            self._open(turn, greeted=greeted)
        self._agenda.go_on(None)
        return out

    def advance(self, turn: Turn, requested: str) -> Outcome:
        """Take a message while a slot is asked for."""
        reply = read_reply(self._spec, self._out.slots, turn, requested, self._today)
        if self._notice(turn):
            self._out.add_words(turn.text)
            self._out.slots.update(reply.values)
            self._agenda.go_on(None)
            return self._out
        act = understand(reply, self._spec, self._out.slots, told=self._out.state.told)
        if act in _PROGRESS:
            self._out.state = self._out.state.but(stalls=0, misses=0)
        self._handlers()[act](reply)
        return self._out

    def _handlers(self) -> Mapping[Act, Callable[[Reply], None]]:
        return {
            Act.ANSWER: self._answer,
            Act.CONFIRM: self._confirm,
            Act.CHANGE: self._change,
            Act.UNCHANGED: self._unchanged,
            Act.CANCEL: self._cancel,
            Act.HUMAN: self._human,
            Act.SKIP: self._skip,
            Act.REPEAT: self._repeat,
            Act.ASIDE: self._aside,
            Act.MORE: self._more,
            Act.SECOND: self._second,
            Act.SWITCH: self._switch,
            Act.UNCLEAR: self._unclear,
        }

    # --- what a message does ---

    def _answer(self, reply: Reply) -> None:
        question, turn = reply.question, reply.turn
        self._out.slots.update(reply.values)
        if question is not None and reply.requested not in reply.values and not reply.is_about_others:
            self._take_words(question, reply)
        if reply.is_about_others:
            self._agenda.forgive(reply.requested)
        told = question is not None and question.into_description and not reply.is_about_others
        if told or reply.tells_more:
            self._out.add_words(turn.text)
        self._agenda.go_on(reply.requested)

    def _take_words(self, question: Question, reply: Reply) -> None:
        if question.slot == "description":
            self._out.state = self._out.state.but(told=True)
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
            self._stalled(reply.requested)
        else:
            self._out.ending = Ending.FILE

    def _change(self, reply: Reply) -> None:
        named = [slot for slot in reply.turn.labels if self._spec.question(slot)]
        phone = with_last_digits(self._out.slots.get("phone"), reply.turn.text, self._today)
        if reply.turn.choice == "change" or not named:
            self._agenda.ask(CHANGE_ITEM)
        elif named[0] == "phone" and phone:
            self._out.slots["phone"] = phone
            self._agenda.go_on(None)
        else:
            self._agenda.reopen(named[0])

    def _unchanged(self, reply: Reply) -> None:
        if reply.question is not None:
            self._skip(reply)
        else:
            self._agenda.go_on(reply.requested)

    def _cancel(self, _reply: Reply) -> None:
        self._out.say("utter_cancelled")
        self._out.ending = Ending.CANCEL

    def _human(self, reply: Reply) -> None:
        state = self._out.state
        state = state.but(signals=state.signals.merged(Signals(wants_human=True)))
        self._out.state = state
        if state.mode != FULL or self._is_for_a_person():
            self._stalled(reply.requested)
            return
        self._out.slots.update(reply.values)
        self._hand_over()
        self._agenda.go_on(reply.requested)

    def _hand_over(self) -> None:
        self._out.state = self._out.state.but(mode=BRIEF)
        self._out.say("utter_human_request_in_form")

    def _skip(self, reply: Reply) -> None:
        question = reply.question
        if question is None:
            if reply.requested == CHANGE_ITEM:
                self._agenda.go_on(None)
            else:
                self._stalled(reply.requested)
            return
        declined = self._out.state.declined.get(question.slot, 0) + 1
        self._out.state = self._out.state.but(
            declined={**self._out.state.declined, question.slot: declined},
        )
        if declined < question.refusals and not self._out.slots.get(question.slot):
            self._out.say("utter_phone_wanted")
        else:
            self._agenda.leave_out(question)
        self._agenda.go_on(reply.requested)

    def _repeat(self, reply: Reply) -> None:
        self._stalled(reply.requested)

    def _aside(self, reply: Reply) -> None:
        turn = reply.turn
        if turn.intent in _QUESTIONS:
            questions = (*self._out.state.questions, turn.text[:LONGEST_ANSWER])
            self._out.state = self._out.state.but(questions=questions)
            self._out.say("utter_side_question")
        elif turn.signals.anger > 1:
            self._out.say("utter_side_anger")
        else:
            self._out.say(f"utter_side_{turn.intent}")
        self._stalled(reply.requested)

    def _more(self, reply: Reply) -> None:
        self._out.slots.update(reply.values)
        self._out.add_words(reply.turn.text)
        if reply.intent in MATTERS and reply.intent != self._spec.kind:
            kind = self._out.state.secondary_kind or reply.turn.intent
            self._out.state = self._out.state.but(secondary_kind=kind)
        self._out.say("utter_noted_more")
        self._stalled(reply.requested)

    def _second(self, reply: Reply) -> None:
        self._out.state = self._out.state.but(waiting=(*self._out.state.waiting, reply.turn.to_message()))
        self._out.say("utter_noted_second")
        self._stalled(reply.requested)

    def _switch(self, reply: Reply) -> None:
        intent = matter_of(reply.turn, self._spec) or reply.intent
        message = replace(reply.turn, intent=intent).to_message(self._out.state.signals)
        self._out.state = self._out.state.but(waiting=(message, *self._out.state.waiting))
        self._out.slots.update(reply.values)
        self._out.ending = Ending.SWITCH

    def _unclear(self, reply: Reply) -> None:
        question, reading = reply.question, reply.reading
        self._out.slots.update(reply.values)
        misses = self._out.state.misses + 1
        self._out.state = self._out.state.but(misses=misses)
        given_up = question is not None and self._agenda.asked(question.slot) >= question.limit
        if question and question.words_slot and given_up:
            self._out.slots[question.words_slot] = reply.turn.text[:LONGEST_ANSWER]
        if question is not None and given_up:
            self._agenda.leave_out(question, aloud=False)
        goes_on = reply.question is None or self._agenda.next_question() is not None
        if misses >= MISSES_UNTIL_OFFER and goes_on and self._may_offer_person():
            self._out.say("utter_offer_person")
        elif reading.problem:
            self._out.say(reading.problem, reading.variables)
        elif question is not None and given_up:
            self._out.say("utter_phone_left_out" if question.slot == "phone" else "utter_left_open")
        else:
            self._out.say("utter_unclear")
        self._stalled(reply.requested, counts=True)

    # --- what is noticed, kept and said ---

    def _may_offer_person(self) -> bool:
        return self._out.state.mode == FULL and not self._is_for_a_person()

    def _is_for_a_person(self) -> bool:
        return self._spec.topic == FOR_A_PERSON

    def _stalled(self, requested: str | None, *, counts: bool = False) -> None:
        """Ask again after a turn that brought nothing; too many in a row are left to a person."""
        stalls = self._out.state.stalls + 1
        self._out.state = self._out.state.but(stalls=stalls)
        if stalls >= STALLS_UNTIL_BRIEF and self._out.state.mode == FULL:
            self._out.state = self._out.state.but(mode=BRIEF)
            self._out.say("utter_brief_switch")
            self._agenda.go_on(requested)
        elif counts or requested is None or self._out.state.mode != FULL:
            self._agenda.go_on(requested)
        else:
            self._agenda.ask(requested, counts=False)

    def _notice(self, turn: Turn) -> bool:
        """Take in what is heard between the words; tell whether a hazard has come up just now."""
        state = self._out.state
        new_hazard = turn.signals.hazard and state.mode != HAZARD
        secondary = turn.secondary_intent if turn.secondary_intent in MATTERS else None
        self._out.state = state.but(
            signals=state.signals.merged(turn.signals),
            secondary_kind=state.secondary_kind or (secondary if secondary != self._spec.kind else None),
            mode=HAZARD if new_hazard else state.mode,
        )
        if new_hazard:
            advice = f"utter_hazard_{turn.signals.hazard_kind}"
            self._out.say(advice if self._wording.knows(advice) else "utter_hazard_other")
            self._out.say("utter_hazard_urgent")
        return new_hazard

    def _open(self, turn: Turn, *, greeted: bool) -> None:
        """Say the opening words; the apology of a complaint comes once in a conversation."""
        state = self._out.state
        before = state.openings.get(self._spec.stem, 0)
        opening = f"utter_{self._spec.stem}_opening"
        if before or (self._spec.apologises and state.apologies):
            opening += "_more"
        elif self._spec.apologises and turn.choice == "opening":
            opening += "_bare"
        elif self._spec.apologises and state.signals.repeated:
            opening += "_repeated"
        elif self._spec.apologises and state.signals.anger > 1:
            opening += "_angry"
        if not (greeted and opening.endswith("_more")):
            self._out.say(opening)
        self._out.state = state.but(
            openings={**state.openings, self._spec.stem: before + 1},
            apologies=state.apologies + int(self._spec.apologises),
        )
        if turn.signals.wants_human and not self._is_for_a_person():
            self._hand_over()
