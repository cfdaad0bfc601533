"""What a message does in the middle of a form: an answer, a wish, an aside, or something not understood."""

from enum import Enum, auto

from actions.answers import chinese_length, read_count
from actions.form_spec import CHANGE_ITEM, CONFIRMATION, FormSpec, Question, Slots
from actions.hearing import asks_only
from actions.matters import ABOUT_A_PRODUCT, ASIDES, MATTERS, SURE, matter_of
from actions.reply import Reply
from actions.turn import NOT_UNDERSTOOD, Turn

VERY_SURE = 0.75
"""Confidence from which an aside is believed where any words could be the answer."""

CERTAIN = 0.85
"""Confidence from which everything told is given up; below, it is asked again."""


_ON_PAPERS = {"order_number", "serial_number", "purchase_date", "purchase_place"}
"""What would be read from an invoice."""

_STORIES = ("quality_complaint", "service_complaint")
"""What goes on with the story where a wish was asked for."""


class Act(Enum):
    """What a message does."""

    ANSWER = auto()
    CONFIRM = auto()
    CHANGE = auto()
    UNCHANGED = auto()
    BACK = auto()
    MISREAD = auto()
    AGREE = auto()
    PAUSE = auto()
    CANCEL = auto()
    HUMAN = auto()
    SKIP = auto()
    LACKS = auto()
    REPEAT = auto()
    ASIDE = auto()
    MORE = auto()
    SECOND = auto()
    SWITCH = auto()
    UNCLEAR = auto()


_CHOICES = {
    "confirm": Act.CONFIRM,
    "change": Act.CHANGE,
    "unchanged": Act.UNCHANGED,
    "back": Act.BACK,
    "pause": Act.PAUSE,
    "cancel": Act.CANCEL,
    "skip": Act.SKIP,
    "human": Act.HUMAN,
    "continue": Act.REPEAT,
}


def understand(
    reply: Reply, spec: FormSpec, slots: Slots, *, told: bool, read_back: str | None = None
) -> Act:
    """Decide what a message does while a slot is asked for.

    ``told`` says that the matter has been told; ``read_back`` is a slot whose value was just read back.
    """
    wish = _wish(reply) or (_on_what_was_read_back(reply) if read_back else None)
    if wish is not None:
        return wish
    if asks_only(reply.turn, reply.requested):
        return Act.ASIDE
    if _opens_other_matter(reply, slots):
        return Act.SECOND
    if _is_another_kind(reply, spec, told=told):
        return Act.SWITCH
    if reply.requested in {CONFIRMATION, CHANGE_ITEM}:
        return _at_the_end(reply)
    return _at_a_question(reply)


def _wish(reply: Reply) -> Act | None:
    turn = reply.turn
    if turn.choice in _CHOICES:
        return _CHOICES[turn.choice]
    if reply.requested in reply.values and not _calls_for_a_person(turn):
        return Act.ANSWER
    return _wish_in_words(reply)


def _calls_for_a_person(turn: Turn) -> bool:
    """Tell whether a message is the wish for a person, whatever it seems to answer besides."""
    return turn.signals.wants_human and turn.means("human_request", confidence=SURE)


def _wish_in_words(reply: Reply) -> Act | None:
    turn = reply.turn
    bare = reply.is_short and not reply.values
    if bare and "back" in turn.marks:
        return Act.BACK
    if bare and ("pause" in turn.marks or turn.means("bye", confidence=SURE)):
        return Act.PAUSE
    if turn.means("cancel", confidence=CERTAIN):
        return Act.CANCEL
    names_a_slot = reply.is_short and bool(turn.labels)
    if turn.signals.wants_human or (turn.means("human_request", confidence=SURE) and not names_a_slot):
        return Act.HUMAN
    return Act.REPEAT if turn.means("repeat", confidence=SURE) else None


def _on_what_was_read_back(reply: Reply) -> Act | None:
    if reply.values or not reply.is_short:
        return None
    if "wrong" in reply.turn.marks:
        return Act.MISREAD
    return Act.AGREE if reply.turn.means("affirm") and reply.requested != CONFIRMATION else None


def _opens_other_matter(reply: Reply, slots: Slots) -> bool:
    """Tell whether the customer speaks of another product than the one being taken down, or says so."""
    turn = reply.turn
    if "second" in turn.marks and matter_of_its_own(reply):
        return True
    named = {entity.value for entity in turn.entities if entity.kind == "product" and not entity.handled}
    known = slots.get("product")
    if not known or not named or known in named or reply.requested == CHANGE_ITEM:
        return False
    return turn.means(*ABOUT_A_PRODUCT, confidence=SURE) or turn.has("fault")


def matter_of_its_own(reply: Reply) -> bool:
    """Tell whether a message that is called another matter tells one, too."""
    return reply.turn.means(*MATTERS) and not reply.is_short


def _is_another_kind(reply: Reply, spec: FormSpec, *, told: bool) -> bool:
    """Tell whether what comes out now is a matter of another kind than the form that was opened for it."""
    if reply.requested in reply.values or not (spec.kind == "inquiry" or (spec.apologises and not told)):
        return False
    return matter_of(reply.turn, spec) not in {None, spec.kind}


_AT_CONFIRMATION = {"affirm": Act.CONFIRM, "deny": Act.CHANGE, "skip": Act.CHANGE, "correct": Act.CHANGE}
_AT_CHANGE = {"affirm": Act.UNCHANGED, "deny": Act.UNCHANGED, "skip": Act.UNCHANGED, "correct": Act.CHANGE}


def _at_the_end(reply: Reply) -> Act:
    turn, changing = reply.turn, reply.requested == CHANGE_ITEM
    if reply.values:
        return Act.ANSWER
    if reply.reading.problem:
        return Act.UNCLEAR
    plain_words = _AT_CHANGE if changing else _AT_CONFIRMATION
    if turn.means(*plain_words) and not (changing and turn.labels):
        return plain_words[turn.intent]
    if turn.labels and (changing or reply.is_short):
        return Act.CHANGE
    if turn.means(*MATTERS):
        return Act.MORE
    aside = turn.means(*ASIDES, "other", confidence=SURE) or _asks(reply)
    return Act.ASIDE if aside else Act.UNCLEAR


def _asks(reply: Reply) -> bool:
    """Tell whether a message of no clear kind is surely a question that has an answer."""
    return reply.intent == NOT_UNDERSTOOD and reply.turn.faq.sure and not reply.values


def _at_a_question(reply: Reply) -> Act:
    turn, question = reply.turn, reply.question
    if question is not None and question.reader is read_count and reply.reading.value:
        return Act.ANSWER
    if turn.means("correct") or question is None or "change" in turn.marks:
        return Act.ANSWER if reply.values else Act.CHANGE
    if reply.reading.problem and not reply.values:
        return Act.UNCLEAR
    if reply.is_an_outburst:
        return Act.ASIDE
    return _short_word(reply, question) or _told(reply, question)


def _short_word(reply: Reply, question: Question) -> Act | None:
    """Return what a yes, a no or an aside does; None for what has more in it."""
    turn = reply.turn
    wordy = question.verbatim and not reply.is_short
    if not reply.values and not wordy:
        refused = reply.is_short and "refused" in turn.marks and not question.into_description
        if refused or turn.means("skip", "deny"):
            return Act.LACKS if _lacks_something_else(turn, question) else Act.SKIP
        if question.slot == "purchase_date" and "long_ago" in turn.marks:
            return Act.SKIP
        if turn.means("affirm"):
            return Act.REPEAT
    aside = turn.means(*ASIDES, confidence=VERY_SURE if question.verbatim else SURE)
    return Act.ASIDE if aside or _asks(reply) else None


def _lacks_something_else(turn: Turn, question: Question) -> bool:
    """Tell whether what the customer does not have or know is another thing than what was asked for."""
    papers = "papers" in turn.marks and question.slot not in _ON_PAPERS
    return papers or (bool(turn.labels) and question.slot not in turn.labels)


def _told(reply: Reply, question: Question) -> Act:
    turn = reply.turn
    story = turn.means(*MATTERS) and not question.into_description and chinese_length(turn.text) > 0
    if story and question.verbatim and not reply.is_short:
        return Act.MORE
    if reply.reading.value or reply.values:
        return Act.ANSWER
    if not reply.is_short and turn.means(*_STORIES, confidence=VERY_SURE):
        return Act.MORE
    if _is_a_wish_in_own_words(turn, question):
        return Act.ASIDE if turn.asks else Act.ANSWER
    if story or not reply.is_short or turn.means("inform", confidence=VERY_SURE):
        return Act.MORE
    return Act.ASIDE if turn.means("other", confidence=SURE) or turn.signals.anger else Act.UNCLEAR


def _is_a_wish_in_own_words(turn: Turn, question: Question) -> bool:
    in_words = question.default is not None and question.words_slot is not None
    return in_words and chinese_length(turn.text) > 0 and not turn.means("other", confidence=SURE)
