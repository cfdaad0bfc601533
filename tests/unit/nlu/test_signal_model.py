"""The learned second opinion on signals, on a few sentences and made-up vectors."""

import numpy as np
import pytest

from bot.nlu.signal_model import SURE, fit_signals
from bot.nlu.signal_sentences import Told, read_told
from bot.nlu.signals import FLAGS, HAZARD_KINDS, Learned, Signals, detect, with_learned

CALM = Signals()
DANGERS = ["插头里蹦出一团火", "线皮着起来了", "壳子底下窜火"]
WISHES = ["给我叫个喘气的来", "换个会说话的", "来个管事儿的"]
ORDINARY = ["谢谢你们", "几点开门", "颜色发错了", "你好", "不用了"]


@pytest.fixture(scope="module")
def model():
    told = [Told(text, "fire", frozenset()) for text in DANGERS]
    told += [Told(text, None, frozenset({"wants_human"})) for text in WISHES]
    told += [Told(text, None, frozenset()) for text in ORDINARY]
    ordinary = [(text, CALM) for text in ORDINARY]
    others = {"threat": "smoke", "vulnerable": "gas", "repeated": "electric"}
    told += [Told(f"{flag}{kind}", kind, frozenset({flag})) for flag, kind in others.items()]
    told += [Told(kind, kind, frozenset()) for kind in ("explosion", "injury")]
    texts = [one.text for one in told] + ORDINARY
    return fit_signals(told, ordinary, texts, vectors(texts))


def vectors(texts):
    """A direction of their own for dangers and for wishes, as an encoder would see them."""
    rows = np.full((len(texts), 3), 0.01, dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        row[0 if text in DANGERS else 1 if text in WISHES else 2] = 1.0
    return rows


def test_it_is_sure_of_what_means_the_same_in_other_words(model):
    danger, wish, calm = np.eye(3, dtype=np.float32)
    assert model.learned("火苗窜上来了", danger) == Learned(frozenset({"hazard"}), "fire")
    assert model.learned("叫个人来", wish).flags == {"wants_human"}
    assert model.learned("谢谢", calm) == Learned()


def test_it_adds_to_the_rules_and_takes_nothing_away():
    heard = detect("热水器漏电")
    assert with_learned(heard, Learned(), "热水器漏电") == heard
    fire = Learned(frozenset({"hazard"}), "fire")
    assert with_learned(heard, fire, "热水器漏电").hazard_kind == "electric"
    added = with_learned(CALM, Learned(frozenset({"hazard", "threat"}), "gas"), "厨房里味道不对")
    assert (added.hazard, added.hazard_kind, added.threat, added.repeated) == (True, "gas", True, False)


def test_what_rules_know_to_be_no_danger_is_none():
    fire = Learned(frozenset({"hazard", "threat"}), "fire")
    told = with_learned(CALM, fire, "灶打了十几次才点着火")
    assert (told.hazard, told.hazard_kind, told.threat) == (False, None, True)


@pytest.mark.parametrize(
    ("flag", "text"),
    [
        ("threat", "消协推荐的那款有货吗"),
        ("vulnerable", "孕妇装的扣子掉了"),
        ("repeated", "多次充电后容量会降吗"),
        ("wants_human", "扫地机器人不回充"),
    ],
)
def test_a_signal_is_not_learned_of_words_that_only_sound_like_it(flag, text):
    assert not getattr(with_learned(CALM, Learned(frozenset({flag})), text), flag)


def test_the_labelled_sentences_name_known_signals_and_each_is_there_once():
    told = read_told()
    assert len(told) > 500
    assert {one.hazard for one in told} == {None, *HAZARD_KINDS}
    assert set().union(*(one.flags for one in told)) <= set(FLAGS)
    texts = [one.text for one in told]
    assert len(texts) == len(set(texts))
    assert 0.5 < SURE < 1.0
