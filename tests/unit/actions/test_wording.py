import pytest
from rasa_sdk.executor import ActionExecutor
from ruamel.yaml import YAML

from actions.quality_complaint import SPEC as QUALITY
from actions.summary import spoken_date, summary
from actions.turn import read_turn
from actions.wording import DOMAIN_DIRECTORY, domain_wording, plain

WORDING = domain_wording()


def domain_files():
    return [
        YAML(typ="safe", pure=True).load(path.read_text("utf-8")) for path in DOMAIN_DIRECTORY.glob("*.yml")
    ]


HEARD_BY_THE_BACKEND = "utter_system_handover_"


def titles():
    for content in domain_files():
        for name, variations in (content.get("responses") or {}).items():
            for variation in variations if not name.startswith(HEARD_BY_THE_BACKEND) else ():
                for button in variation.get("buttons") or []:
                    yield name, button


@pytest.mark.parametrize(("name", "button"), [*titles()])
def test_every_quick_reply_is_understood_word_for_word(name, button):
    assert button["title"] == button["payload"]
    title = button["title"]
    free = name == "utter_ask_business_area"
    assert free or WORDING.choice(title) or WORDING.demand(title) or WORDING.labelled_slots(title), name


def test_punctuation_spaces_and_width_do_not_matter():
    assert plain(" 确认，提交！ ") == plain("确认提交")
    assert WORDING.choice("对，就这样。") == "confirm"
    assert WORDING.choice("确认提交") == "confirm"
    assert WORDING.choice("我确认提交的是另一件") is None


def test_the_longest_name_points_to_the_slot():
    assert WORDING.labelled_slots("购买时间不对")[0] == "purchase_date"
    assert WORDING.labelled_slots("电话错了") == ["phone"]


def test_every_form_has_its_action_and_the_words_that_actions_say():
    executor = ActionExecutor()
    executor.register_package("actions")
    for content in domain_files():
        for form in content.get("forms") or {}:
            assert f"validate_{form}" in executor.actions
            stem = form.removesuffix("_form")
            for part in ("opening", "opening_more", "filed", "next"):
                assert WORDING.knows(f"utter_{stem}_{part}"), (stem, part)
        for action in content.get("actions") or []:
            assert action in executor.actions


def test_no_response_says_the_same_in_two_variations():
    for name, texts in WORDING.responses.items():
        assert len(set(texts)) == len(texts), name


def test_a_message_is_read_from_parse_data():
    turn = read_turn(
        {
            "text": "热水器漏水",
            "intent": {"name": "quality_complaint", "confidence": 0.8},
            "entities": [
                {"entity": "fault", "start": 3, "end": 5, "value": "漏水"},
                {"entity": "x", "value": None},
            ],
            "signals": {"hazard": True, "hazard_kind": "electric", "anger": 2},
            "secondary_intent": "service_complaint",
            "intent_ranking": [{"name": "nlu_fallback"}, {"name": "repair_request"}],
        },
        WORDING,
    )
    assert [(entity.kind, entity.words) for entity in turn.entities] == [("fault", "漏水")]
    assert turn.signals.hazard_kind == "electric"
    assert (turn.secondary_intent, turn.guess) == ("service_complaint", "repair_request")


def test_a_message_without_anything_is_read_too():
    turn = read_turn({}, WORDING)
    assert (turn.text, turn.intent, turn.entities) == ("", "nlu_fallback", ())


def test_dates_are_said_as_exactly_as_they_are_known():
    assert spoken_date("2025-05-01", WORDING) == "2025年5月1日"
    assert spoken_date("2025-05", WORDING) == "2025年5月"
    assert spoken_date("2025", WORDING) == "2025年"
    assert spoken_date("2026-11-22T15:00+08:00", WORDING) == "2026年11月22日15:00"
    assert spoken_date("上个礼拜", WORDING) == "上个礼拜"


def test_the_summary_lists_what_is_known_in_the_customers_words():
    slots = {
        "product": "热水器",
        "description": "漏" * 200,
        "purchase_date": "2025",
        "purchase_words": "去年",
        "demand": "handle",
        "demand_words": "要个说法",
        "phone": "13812345678",
        "customer_name": None,
    }
    lines = summary(QUALITY, slots, WORDING).splitlines()
    assert lines[0] == "· 产品：热水器"
    assert lines[1] == f"· 情况：{'漏' * 120}…"
    assert lines[2] == "· 购买时间：2025年（“去年”）"
    assert lines[3] == "· 诉求：尽快处理（“要个说法”）"
    assert lines[4:] == ["· 电话：13812345678"]
