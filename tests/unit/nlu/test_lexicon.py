import pytest

from bot.nlu import lexicon
from bot.nlu.lexicon import LEXICON_DIR, LexiconError, load_section


@pytest.mark.parametrize("path", sorted(LEXICON_DIR.glob("*.yml")), ids=lambda path: path.stem)
def test_every_pattern_of_the_lexicon_compiles(path):
    section = load_section(path.stem)
    for name in section.patterns:
        assert section.pattern(name)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("patterns: {x: '<<missing>>'}", "neither a group nor a snippet"),
        ("patterns: {x: '('}", "patterns.x"),
        ("groups: {x: [1]}", "quoted words"),
        ("- a", "not a mapping"),
    ],
)
def test_a_mistake_names_file_and_reason(tmp_path, monkeypatch, content, reason):
    (tmp_path / "wrong.yml").write_text(content, encoding="utf-8")
    monkeypatch.setattr(lexicon, "LEXICON_DIR", tmp_path)
    load_section.cache_clear()
    with pytest.raises(LexiconError, match=r"wrong\.yml") as caught:
        load_section("wrong").pattern("x")
    assert reason in str(caught.value)
    load_section.cache_clear()


def test_longer_words_win_in_a_group():
    section = lexicon.Section("s", {"g": ("热水", "热水器")}, {}, {"p": "<<g>>"}, {})
    assert section.pattern("p").match("热水器").group() == "热水器"
