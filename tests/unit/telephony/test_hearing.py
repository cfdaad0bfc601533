import pytest

from backend.channels.telephony.call_state import CallState, OpenQuestion
from backend.channels.telephony.hearing import Ear, Heard, Meaning, Understood, understood
from backend.channels.telephony.plan import Ask, Keys
from backend.channels.telephony.turn_taking import Answer, CallPerson, Tell, asking, decide
from backend.settings import PROJECT_ROOT
from backend.wording import Wording

WORDING = Wording.load(PROJECT_ROOT / "domain/_system.yml")
EAR = Ear.of(WORDING, sure=0.5)
OPEN = CallState(said=("请问有什么可以帮您？",))
CHOOSING = OPEN.but(choices=("确认", "修改"))
ASKED = OPEN.but(question=OpenQuestion(yes="13900112266", no="请说号码", keys_after=Keys.NUMBER))
NUMBER = OPEN.but(keys=Keys.NUMBER)


@pytest.mark.parametrize(
    ("state", "heard", "meaning", "text"),
    [
        (OPEN, Heard(), Meaning.SILENCE, ""),
        (OPEN, Heard(speech=" \u200b "), Meaning.SILENCE, ""),
        (OPEN, Heard(digits="#"), Meaning.SILENCE, ""),
        (OPEN, Heard(speech="洗衣机漏水"), Meaning.WORDS, "洗衣机漏水"),
        (OPEN, Heard(speech="赵女士，"), Meaning.WORDS, "赵女士"),
        (OPEN, Heard(speech="修要多少钱？"), Meaning.WORDS, "修要多少钱？"),
        (OPEN, Heard(speech="。，"), Meaning.SILENCE, ""),
        (OPEN, Heard(digits="0"), Meaning.PERSON, ""),
        (NUMBER, Heard(digits="0"), Meaning.PERSON, ""),
        (OPEN, Heard(speech="我要转人工。"), Meaning.PERSON, "我要转人工"),
        (OPEN, Heard(speech="你们的人工客服昨天骂了我，我要投诉他的态度"), Meaning.WORDS, None),
        (OPEN, Heard(digits="9"), Meaning.MENU, ""),
        (OPEN, Heard(digits="*"), Meaning.REPEAT, ""),
        (OPEN, Heard(speech="请再说一遍"), Meaning.REPEAT, None),
        (OPEN, Heard(speech="我要绑定微信。"), Meaning.BIND, "我要绑定微信"),
        (OPEN, Heard(speech="绑定微信以后我的洗衣机还是收不到通知"), Meaning.WORDS, None),
        (OPEN, Heard(speech="对"), Meaning.WORDS, "对"),
        (ASKED, Heard(speech="对。"), Meaning.YES, ""),
        (ASKED, Heard(speech="嗯可以"), Meaning.YES, ""),
        (ASKED, Heard(speech="不可以"), Meaning.NO, ""),
        (ASKED, Heard(speech="不对不对"), Meaning.NO, ""),
        (ASKED, Heard(speech="换一个号码"), Meaning.NO, ""),
        (ASKED, Heard(speech="我家洗衣机不转了你们快来修"), Meaning.WORDS, None),
        (ASKED, Heard(digits="1"), Meaning.YES, ""),
        (ASKED, Heard(digits="2"), Meaning.NO, ""),
        (ASKED, Heard(digits="13700001111"), Meaning.NUMBER, "13700001111"),
        (CHOOSING, Heard(digits="2"), Meaning.WORDS, "修改"),
        (CHOOSING, Heard(digits="3"), Meaning.UNKNOWN_KEY, "3"),
        (NUMBER, Heard(digits="2266#"), Meaning.NUMBER, "2266"),
        (OPEN, Heard(digits="1", speech="喂"), Meaning.UNKNOWN_KEY, "1"),
        (OPEN, Heard(speech="洗一鸡", confidence=0.3), Meaning.DOUBTFUL, "洗一鸡"),
        (OPEN.but(doubted=True), Heard(speech="洗一鸡", confidence=0.3), Meaning.WORDS, "洗一鸡"),
        (OPEN, Heard(speech="洗衣机", confidence=0.0), Meaning.WORDS, "洗衣机"),
        (OPEN, Heard(speech="转人工", confidence=0.1), Meaning.PERSON, "转人工"),
    ],
)
def test_what_is_meant(state: CallState, heard: Heard, meaning: Meaning, text: str | None):
    expected = Understood(meaning, heard.speech if text is None else text)
    assert understood(state, heard, EAR) == expected


def test_three_silences_end_with_a_person_and_words_between_start_anew():
    first = decide(OPEN, Heard(), EAR, WORDING)
    assert isinstance(first, Answer)
    second = decide(first.state, Heard(), EAR, WORDING)
    assert isinstance(second, Answer)
    assert first.texts[0] != second.texts[0]
    assert first.texts[-1] == second.texts[-1] == OPEN.said[-1]
    third = decide(second.state, Heard(), EAR, WORDING)
    assert third == CallPerson(second.state.but(silences=3), silent=True)
    spoken = decide(second.state, Heard(speech="漏水"), EAR, WORDING)
    assert isinstance(spoken, Tell)
    assert spoken.state.silences == 0


def test_a_long_number_is_read_back_and_four_digits_are_not():
    read_back = decide(NUMBER, Heard(digits="20260115888"), EAR, WORDING)
    assert isinstance(read_back, Answer)
    assert "2026 0115 888" in read_back.texts[0]
    assert decide(read_back.state, Heard(digits="1"), EAR, WORDING) == Tell(
        read_back.state.but(question=None), "20260115888"
    )
    again = decide(read_back.state, Heard(speech="不对"), EAR, WORDING)
    assert isinstance(again, Answer)
    assert again.state.keys is Keys.NUMBER
    short = decide(NUMBER, Heard(digits="2266"), EAR, WORDING)
    assert isinstance(short, Tell)
    assert short.text == "2266"


def test_badly_heard_words_are_confirmed_once_and_long_ones_taken():
    confirm = decide(OPEN, Heard(speech="洗一鸡漏水", confidence=0.2), EAR, WORDING)
    assert isinstance(confirm, Answer)
    said_anew = decide(confirm.state, Heard(speech="洗衣机漏水", confidence=0.2), EAR, WORDING)
    assert isinstance(said_anew, Tell)
    assert said_anew.text == "洗衣机漏水"
    assert not said_anew.state.doubted
    long = decide(OPEN, Heard(speech="我家洗衣机漏水" * 20, confidence=0.2), EAR, WORDING)
    assert isinstance(long, Tell)


def test_asking_says_the_choices_with_their_keys_and_moves_to_the_next_turn():
    state, (ask,) = asking(CHOOSING, ("可以提交吗？",), WORDING)
    assert isinstance(ask, Ask)
    assert ask.texts == ("可以提交吗？", "确认请按1。", "修改请按2。")
    assert (ask.number, state.number) == (2, 2)
    assert state.said == ("可以提交吗？",)
    _, (unsaid,) = asking(ASKED.but(choices=("甲",)), ("可以吗？",), WORDING)
    assert unsaid.texts == ("可以吗？",)


def test_states_survive_storage():
    state = ASKED.but(survey_items=("attitude",), spoken_seq=7, awaiting="x")
    assert CallState.model_validate(state.model_dump(mode="json")) == state
