"""Pictures are stored as pixels and nothing else."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from backend.files import pictures
from backend.files.errors import FileBrokenError, FileRefusedError, ImageTooBigError
from backend.files.pictures import MAX_SIDE, rewritten
from tests.support import sample_files as sample


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def near(pixel: tuple[int, ...], wanted: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 30 for one, other in zip(pixel, wanted, strict=True))


def test_a_photograph_stands_upright_and_tells_nothing_of_its_maker():
    original = sample.photograph(orientation=6)
    assert b"SecretCamera" in original
    picture = rewritten(original)
    image = opened(picture.data)
    assert (picture.width, picture.height) == image.size == (40, 80)
    # turned clockwise: what was left is above
    assert near(image.getpixel((20, 20)), (0, 0, 255))
    assert near(image.getpixel((20, 60)), (255, 255, 0))
    assert not image.getexif()
    assert b"Secret" not in picture.data
    assert b"Exif" not in picture.data


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_all_formats_become_jpeg_with_the_same_pixels(form: str):
    picture = rewritten(sample.picture(form, colour="green"))
    image = opened(picture.data)
    assert image.format == "JPEG"
    assert image.size == (40, 30)
    assert near(image.getpixel((10, 10)), (0, 128, 0))


@pytest.mark.parametrize(("mode", "colour"), [("RGBA", (255, 0, 0, 0)), ("LA", (0, 0)), ("P", 0)])
def test_what_is_transparent_turns_white(mode: str, colour):
    image = Image.new(mode, (10, 10), colour)
    out = io.BytesIO()
    image.save(out, "PNG", **({"transparency": 0} if mode == "P" else {}))
    assert near(opened(rewritten(out.getvalue()).data).getpixel((5, 5)), (255, 255, 255))


@pytest.mark.parametrize(("mode", "form"), [("CMYK", "JPEG"), ("L", "PNG"), ("1", "PNG"), ("I;16", "PNG")])
def test_other_colour_models_are_taken(mode: str, form: str):
    out = io.BytesIO()
    Image.new(mode, (10, 10)).save(out, form)
    assert opened(rewritten(out.getvalue()).data).mode == "RGB"


def test_nothing_of_a_page_hidden_in_a_picture_is_left():
    original = sample.png_with_page()
    assert original.count(b"<script>") == 2
    assert b"script" not in rewritten(original).data


def test_large_pictures_are_made_smaller():
    picture = rewritten(sample.picture("PNG", (6_000, 1_500)))
    assert (picture.width, picture.height) == (MAX_SIDE, 1_024)


@pytest.mark.parametrize("side", [9_000, 30_000])
def test_a_small_file_of_endless_pixels_is_not_decoded(side: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Image.Image, "load", lambda _self: pytest.fail("it was decoded"))
    with pytest.raises(ImageTooBigError):
        rewritten(sample.bomb(side))


def test_a_picture_that_lies_about_its_pixels_is_broken():
    with pytest.raises(FileBrokenError):
        rewritten(sample.bomb(2_000))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_picture_that_is_cut_off_is_broken(form: str, part: float):
    noise = Image.effect_noise((64, 64), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, form)
    whole = out.getvalue()
    rewritten(whole)
    with pytest.raises(FileBrokenError):
        rewritten(whole[: int(len(whole) * part)])


@pytest.mark.parametrize("data", [sample.SVG, sample.HTML, sample.PDF, b"", b"BM" + b"\0" * 60])
def test_what_is_no_picture_is_broken(data: bytes):
    with pytest.raises(FileBrokenError):
        rewritten(data)


SEEDS = [sample.picture(form) for form in ("PNG", "JPEG", "GIF", "WEBP")] + [sample.photograph()]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 255)), max_size=12))
def test_damage_is_refused_or_healed_and_raises_nothing_else(seed: bytes, damage: list[tuple[int, int]]):
    data = bytearray(seed)
    for place, value in damage:
        data[place % len(data)] = value
    try:
        picture = pictures.rewritten(bytes(data))
    except FileRefusedError:
        return
    assert opened(picture.data).format == "JPEG"
