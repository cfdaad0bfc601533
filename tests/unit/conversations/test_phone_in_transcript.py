"""The mobile number that a raw ticket takes from the transcript, so that people can call back."""

import pytest

from backend.conversations.transcript import phone_in


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("我的电话13812345678，快点处理", "13812345678"),
        ("电话：19912345678", "19912345678"),
        ("先打13812345678\n再打13900001111", "13812345678"),
        ("订单号2013812345678", None),
        ("138123456789", None),
        ("12812345678", None),
        ("1381234567", None),
        ("0512-6543210", None),
        ("没留", None),
        ("", None),
    ],
)
def test_a_mobile_number_is_taken_and_nothing_that_only_contains_one(text: str, phone: str | None):
    assert phone_in(text) == phone


@pytest.mark.parametrize(
    "text", ["１３８１２３４５６７８", "138 1234 5678", "138-1234-5678", "+8613812345678", "86 13812345678"]
)
def test_the_usual_ways_to_write_a_mobile_number(text: str):
    assert phone_in(f"打给{text}") == "13812345678"
