"""Changing what was said: by name, by going back, by a no to what was read back."""

from actions.answers import is_full_date, with_last_digits
from actions.form_spec import CHANGE_ITEM, CONFIRMATION, WITH_A_PERSON, Question, Slots
from actions.patience import Patience
from actions.reply import Reply
from actions.scene import Scene
from actions.summary import shown
from actions.turn import Turn

_DATE_LENGTH = 10


class Revision:
    """Corrections, and what the customer is told about them."""

    def __init__(self, scene: Scene, patience: Patience) -> None:
        self._scene = scene
        self._out, self._agenda, self._patience = scene.out, scene.agenda, patience

    def change(self, reply: Reply) -> None:
        """Take the new value if it was said along with what to change, else ask for it."""
        turn = reply.turn
        named = [slot for slot in turn.labels if self._scene.spec.question(slot)]
        if turn.choice == "change" or not named:
            self._agenda.ask(CHANGE_ITEM)
            return
        value = self._new_value(named[0], turn)
        if value is None:
            self._agenda.reopen(named[0])
            return
        before = dict(self._out.slots)
        self._out.slots[named[0]] = value
        self._agenda.go_on(None)
        self.tell_replaced(before)

    def _new_value(self, slot: str, turn: Turn) -> str | None:
        if slot == "phone":
            return with_last_digits(self._out.slots.get("phone"), turn.text, self._scene.today)
        question = self._scene.spec.question(slot)
        words = self._scene.wording.after_mark("change", turn.text)
        if not words or question is None or question.reader is None:
            return None
        return question.reader(words, self._scene.today).value

    def unchanged(self, reply: Reply) -> None:
        """Go on: nothing is to be changed after all."""
        self._agenda.go_on(reply.requested)

    def back(self, reply: Reply) -> None:
        """Ask once more for what was answered last."""
        answered = self._out.state.answered
        if not answered:
            self._out.say("utter_nothing_before")
            self._patience.stalled(reply.requested)
            return
        self._scene.note(answered=answered[:-1])
        self._out.say("utter_back")
        if reply.question is not None:
            self._agenda.forgive(reply.requested)
        self._agenda.reopen(answered[-1])

    def misread(self, reply: Reply, slot: str | None) -> None:
        """Ask again for what was read back wrongly."""
        if slot is None:
            self.change(reply)
            return
        self._out.say("utter_misread")
        self._agenda.forgive(reply.requested)
        self._agenda.reopen(slot)

    def agree(self, reply: Reply) -> None:
        """Ask the question once more that came together with what was read back."""
        self._agenda.ask(reply.requested, counts=False)

    def tell_replaced(self, before: Slots) -> None:
        """Say what has been changed, unless the summary shows it anyway."""
        if self._out.requested == CONFIRMATION:
            return
        for slot, old in before.items():
            new = self._out.slots.get(slot)
            if old and new and old != new and slot in _TOLD_AGAIN:
                value = shown(slot, self._out.slots, self._scene.wording, spoken=self._out.spoken)
                label = self._scene.wording.label(slot)
                self._out.say("utter_replaced", {"label": label, "value": value})

    def read_back(self, turn: Turn, before: Slots) -> None:
        """Read a date back that was inferred from words; the next question goes along."""
        if not self._scene.is_full or self._out.requested in {None, CONFIRMATION, WITH_A_PERSON}:
            return
        for question in self._scene.spec.questions:
            value = self._out.slots.get(question.slot)
            if question.read_back and value and value != before.get(question.slot):
                self._read_back(question, value, turn)

    def _read_back(self, question: Question, value: str, turn: Turn) -> None:
        words = next((entity.words for entity in turn.entities if entity.value == value), None)
        if words is None or is_full_date(words, value[:_DATE_LENGTH]):
            return
        date = shown(question.slot, {question.slot: value}, self._scene.wording)
        self._out.say(f"utter_read_back_{question.slot}", {"date": date})
        self._scene.note(read_back=question.slot)


_TOLD_AGAIN = ("product", "model", "purchase_place", "customer_name", "phone", "address", "demand")
