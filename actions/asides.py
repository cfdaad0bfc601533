"""What comes up beside the question: questions back, courtesies, more of the story, another matter."""

from dataclasses import replace

from actions.answers import LONGEST_ANSWER
from actions.faq_reply import faq_answer
from actions.matters import ASIDES, MATTERS, QUESTIONS, matter_of
from actions.outcome import Ending
from actions.patience import Patience
from actions.reply import Reply
from actions.scene import Scene
from actions.state import HAZARD
from actions.turn import NOT_UNDERSTOOD
from actions.warranty_reply import can_be_decided


class Asides:
    """Answers or notes what was said beside the question, and asks the question again."""

    def __init__(self, scene: Scene, patience: Patience) -> None:
        self._scene = scene
        self._out, self._patience = scene.out, patience

    def aside(self, reply: Reply) -> None:
        """Answer a remark or a question shortly, then go on."""
        turn = reply.turn
        if turn.is_question or turn.intent in QUESTIONS or (turn.intent == NOT_UNDERSTOOD and turn.faq.sure):
            self._question(reply)
        elif self._out.state.mode == HAZARD:
            self._out.say("utter_hazard_heard")
        elif turn.signals.anger > 1 or (turn.signals.anger and not turn.means(*ASIDES)):
            if reply.values:
                self.keep_words(reply)
            self._out.say("utter_side_anger")
        else:
            courtesy = f"utter_side_{turn.intent}"
            self._out.say(courtesy if self._scene.wording.knows(courtesy) else "utter_side_other")
        if self._out.state.stalls or not self._scene.is_full:
            self._patience.stalled(reply.requested)
        else:
            # one digression is no lack of progress yet
            self._scene.note(stalls=1)
            self._scene.agenda.ask(reply.requested, counts=False)

    def _question(self, reply: Reply) -> None:
        turn = reply.turn
        if turn.intent == "warranty_inquiry" and can_be_decided(self._out.slots):
            self._out.asks_warranty = True
            return
        answer = faq_answer(turn)
        if answer:
            self._out.say("utter_side_answer", {"text": answer})
            return
        self.note_question(turn.text)

    def note_question(self, text: str) -> None:
        """Keep a question that cannot be answered here, for the person who calls back."""
        self._scene.note(questions=(*self._out.state.questions, text[:LONGEST_ANSWER]))
        self._out.say("utter_side_question")

    def more(self, reply: Reply) -> None:
        """Keep more of the story."""
        self.keep_words(reply)
        self._out.say("utter_side_anger" if reply.turn.signals.anger > 1 else "utter_noted_more")
        self._patience.stalled(reply.requested, counts=reply.intent == "inform")

    def lacks(self, reply: Reply) -> None:
        """Do not ask for what the customer says not to have or to know; ask again what was asked for."""
        for slot in reply.turn.labels:
            question = self._scene.spec.question(slot)
            if question is not None and not question.required:
                self._scene.agenda.leave_out(question, aloud=False)
        self._out.add_words(reply.turn.text)
        self._out.say("utter_noted_more")
        self._scene.agenda.ask(reply.requested, counts=False)

    def keep_words(self, reply: Reply) -> None:
        """Add a message to the description, and note a second kind of complaint in it."""
        self._out.slots.update(reply.values)
        self._out.add_words(reply.turn.text)
        if reply.intent in MATTERS and reply.intent != self._scene.spec.kind:
            self._scene.note(secondary_kind=self._out.state.secondary_kind or reply.intent)

    def second(self, reply: Reply) -> None:
        """Keep another matter for a ticket of its own, after this one."""
        self._scene.note(waiting=(*self._out.state.waiting, self._as_matter(reply)))
        self._out.say("utter_noted_second")
        self._patience.stalled(reply.requested)

    def _as_matter(self, reply: Reply) -> dict[str, object]:
        kind = reply.intent if reply.intent in MATTERS else "quality_complaint"
        return replace(reply.turn, intent=kind).to_message()

    def switch(self, reply: Reply) -> None:
        """Leave the form for the one that the matter belongs to."""
        intent = matter_of(reply.turn, self._scene.spec) or reply.intent
        message = replace(reply.turn, intent=intent).to_message(self._out.state.signals)
        self._scene.note(waiting=(message, *self._out.state.waiting))
        self._out.slots.update(reply.values)
        self._out.ending = Ending.SWITCH

    def repeat(self, reply: Reply) -> None:
        """Ask again, since the question was not heard."""
        self._patience.stalled(reply.requested)
