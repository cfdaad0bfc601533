import pytest

from bot.nlu.numerals import spoken_digits, to_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一百二", "120"),
        ("三千五百", "3500"),
        ("两万三", "23000"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("一千零五", "1005"),
        ("一万零三百", "10300"),
        ("两百五十", "250"),
        ("1,299", "1299"),
        ("29.9", "29.9"),
        ("三", "3"),
        ("二〇二四", "2024"),
    ],
)
def test_to_number(text, expected):
    assert str(to_number(text)) == expected


@pytest.mark.parametrize("text", ["", "多少", "一会儿"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="not a number"):
        to_number(text)


def test_spoken_digits():
    assert spoken_digits("幺三八-零零 12") == "1380012"
