"""Every sentence the backend says is in domain/_system.yml with the placeholders it is given, and nowhere else."""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from backend import app, demo, error_rendering, errors, policy
from backend.channels.wechat import outcomes as wechat_outcomes
from backend.channels.wechat import sending as wechat_sending
from backend.channels.wechat.api import BUSY, REASONS
from backend.desk.notices import TEXT_CHANNEL
from backend.dispatch.gates import FACTS as ORDER_FACTS
from backend.dispatch.orders import FACTS as OPENING_FACTS
from backend.dispatch.technicians import FACTS as TECHNICIAN_FACTS
from backend.followup.renewals import FACTS as RENEWAL_FACTS
from backend.settings import PROJECT_ROOT
from backend.tickets.completeness import required_facts
from backend.tickets.followup import RATINGS
from backend.tickets.kinds import Level, Stage
from backend.tickets.lacks import FACTS
from backend.tickets.way import NAMED
from backend.wording import PREFIX, Wording, WordingError

SHIPPED = PROJECT_ROOT / "domain" / "_system.yml"
BACKEND = PROJECT_ROOT / "backend"
assert app  # every error there can be is defined once all parts are imported
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
LISTED = "、"
GOOD = (
    'responses:\n  utter_system_hello:\n    - text: "你好{who}"\n      buttons: [{title: 好, payload: 好}]\n'
)


def _sources(*packages: str) -> Iterator[tuple[Path, ast.Module]]:
    for package in packages:
        for path in sorted((PROJECT_ROOT / package).rglob("*.py")):
            yield path.relative_to(PROJECT_ROOT), ast.parse(path.read_text(encoding="utf-8"))


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            yield function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", ""), node


def _literal(call: ast.Call) -> str | None:
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else None


def _keywords(call: ast.Call) -> set[str]:
    return {keyword.arg for keyword in call.keywords if keyword.arg}


@cache
def _asked_by_name() -> dict[str, set[str]]:
    """Names that stand in the code, with the values given: of `say("x", a=1)`, and of helpers that pass it on."""
    asked: dict[str, set[str]] = {}
    for _, tree in _sources("backend"):
        passed_on = {
            function.name: set().union(*(_keywords(call) for name, call in _calls(function) if name == "say"))
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef) and function.name == "_say"
        }
        for name, call in _calls(tree):
            sentence = _literal(call)
            if sentence is not None and name in {"say", "quick_replies", *passed_on}:
                asked.setdefault(sentence, set()).update(_keywords(call) | passed_on.get(name, set()))
    return asked


def _error_codes() -> dict[str, set[str]]:
    def below(kind: type[errors.DomainError]) -> Iterator[type[errors.DomainError]]:
        yield kind
        for child in kind.__subclasses__():
            yield from below(child)

    codes: dict[str, set[str]] = {code: set() for code in error_rendering.CODES_BY_STATUS.values()}
    codes |= {"internal": set(), "validation": set()}
    given: dict[str, set[str]] = {}
    for _, tree in _sources("backend"):
        for name, call in _calls(tree):
            given.setdefault(name, set()).update(_keywords(call) - {"headers", "detail"})
    for kind in below(errors.DomainError):
        codes.setdefault(kind.code, set()).update(given.get(kind.__name__, set()))
    return {f"error_{code}": values for code, values in codes.items()}


@cache
def _facts() -> frozenset[str]:
    rules = policy.load(PROJECT_ROOT / "policy").workflow
    of_orders = ORDER_FACTS | OPENING_FACTS | TECHNICIAN_FACTS | RENEWAL_FACTS
    return FACTS | of_orders | required_facts(rules) | {TEXT_CHANNEL}


ORDER_MESSAGES = {
    "order_quote": {"number", "lines", "total", "code"},
    "order_dispatch": {"number", "technician", "visit"},
    "order_depart": {"technician", "visit", "plan"},
    "order_sign": {"number", "code"},
}
DELIVERY_REASONS = {
    *REASONS.values(),
    BUSY,
    wechat_outcomes.NOTICE_FAILED,
    wechat_sending.NO_TOKEN,
    wechat_sending.UNSUBSCRIBED,
}
FEES = {
    "visit": {"amount"},
    **{kind: {"amount", "quantity"} for kind in ("labour", "transport", "lodging", "meals", "allowance")},
    "part": {"amount", "quantity", "name"},
    "discount": {"amount", "name"},
}


@cache
def _needed() -> dict[str, set[str]]:
    fields = {*error_rendering.FIELD_PROBLEMS.values(), "field_invalid"}
    return (
        _asked_by_name()
        | _error_codes()
        | {f"demo_{role}": set() for role in demo.DEMO_USERS.values()}
        | {name: {"limit"} for name in fields}
        | {f"level_{level}": set() for level in Level}
        | ORDER_MESSAGES
        | {f"delivery_{reason}": set() for reason in DELIVERY_REASONS}
        | {f"fee_{kind}": values for kind, values in FEES.items()}
        | {f"file_{name}": {"rating"} for name in RATINGS}
        | {f"fact_{name}": set() for name in _facts()}
        | {f"step_{step}": set() for step in NAMED}
        | {f"{place}_{stage}": set() for place in ("progress", "next") for stage in (*Stage, "merged")}
    )


def _shipped() -> dict[str, list[str]]:
    responses = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["responses"]
    return {
        name.removeprefix(PREFIX): [variant["text"] for variant in variants]
        for name, variants in responses.items()
    }


def _placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


def test_the_search_for_names_finds_what_is_known_to_be_asked():
    asked = _asked_by_name()
    assert asked["greeting"] == set()
    assert asked["bot_down"] == {"number"}
    assert _error_codes()["error_too_many_attempts"] == {"minutes"}


def test_every_sentence_asked_for_is_there_and_every_sentence_is_asked_for():
    assert set(_shipped()) == set(_needed())


@pytest.mark.parametrize("name", sorted(_needed()))
def test_a_sentence_uses_the_values_it_is_given(name: str):
    given = _needed()[name]
    used = set().union(*map(_placeholders, _shipped()[name]))
    if name.startswith("field_"):
        assert used <= given  # about a field, the limit is always given and not always of interest
    else:
        assert used == given
    values = dict.fromkeys(given, "1")
    assert Wording.load(SHIPPED).say(name, **values) == _shipped()[name][0].format_map(values)


@pytest.mark.parametrize("name", sorted(_shipped()))
def test_what_people_read_is_chinese_and_has_one_wording(name: str):
    (text,) = _shipped()[name]
    assert HAN.search(text) or text == LISTED
    assert text == text.strip()
    assert not re.search("[,;:!?]", re.sub(r"\{[^}]*\}", "", text)), "half-width punctuation"


def _chinese_literals(tree: ast.Module) -> list[tuple[int, str]]:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
        and HAN.search(node.value)
    ]


def test_the_search_for_chinese_finds_it_in_strings_and_leaves_docstrings_alone():
    tree = ast.parse('"""漏水"""\ndef f():\n    """报修"""\n    g(f"工单{n}")\n    return "\\u6f0f"\n')
    assert {value for _, value in _chinese_literals(tree)} == {"工单", "漏"}


def test_no_chinese_in_python():
    scanned = list(_sources("backend", "cli", "runtime"))
    assert len(scanned) > 60
    assert [(str(path), *found) for path, tree in scanned for found in _chinese_literals(tree)] == []


def test_sentences_and_quick_replies_are_read(tmp_path: Path):
    (tmp_path / "w.yml").write_text(GOOD, encoding="utf-8")
    wording = Wording.load(tmp_path / "w.yml")
    assert wording.say("hello", who="{王}") == "你好{王}"
    assert wording.quick_replies("hello") == ["好"]


@pytest.mark.parametrize(
    "ask", [lambda w: w.say("bye"), lambda w: w.say("hello"), lambda w: w.quick_replies("bye")]
)
def test_a_sentence_or_value_that_is_missing_is_an_error_that_names_it(tmp_path: Path, ask):
    (tmp_path / "w.yml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(WordingError, match=r"utter_system_(bye|hello)"):
        ask(Wording.load(tmp_path / "w.yml"))


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"responses: [",
        b"intents: [greet]",
        b"responses:",
        b"responses: []",
        b"responses: {utter_system_hello: }",
        b"responses: {utter_system_hello: []}",
        b"responses: {utter_system_hello: [hello]}",
        b"responses: {utter_system_hello: [{buttons: []}]}",
        b"responses: {utter_system_hello: [{text: }]}",
        b"responses: {utter_system_hello: [{text: a, buttons: [{payload: b}]}]}",
        GOOD.encode("gb18030"),
    ],
)
def test_a_wording_file_that_cannot_be_used_is_named(tmp_path: Path, content: bytes | None):
    if content is not None:
        (tmp_path / "w.yml").write_bytes(content)
    with pytest.raises(WordingError, match=r"w\.yml"):
        Wording.load(tmp_path / "w.yml")
