"""Files are told apart by what is in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.files.content import FileKind, type_of
from backend.files.naming import safe_name
from tests.support import sample_files as sample


@pytest.mark.parametrize(
    ("data", "content_type", "kind"),
    [
        (sample.picture("PNG"), "image/png", "image"),
        (sample.picture("JPEG"), "image/jpeg", "image"),
        (sample.picture("GIF"), "image/gif", "image"),
        (sample.picture("WEBP"), "image/webp", "image"),
        (sample.AMR, "audio/amr", "voice"),
        (sample.SILK, "audio/silk", "voice"),
        (sample.SILK[1:], "audio/silk", "voice"),
        (sample.wav(), "audio/wav", "voice"),
        (sample.ID3, "audio/mpeg", "voice"),
        (sample.mp3_frames(), "audio/mpeg", "voice"),
        (sample.M4A, "audio/mp4", "voice"),
        (sample.OGG, "audio/ogg", "voice"),
        (sample.MP4, "video/mp4", "video"),
        (sample.PDF, "application/pdf", "file"),
    ],
    ids=range(14),
)
def test_known_formats_are_known_by_their_first_bytes(data: bytes, content_type: str, kind: str):
    found = type_of(data)
    assert found is not None
    assert (found.content_type, found.kind) == (content_type, kind)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        sample.SVG,
        b"\xef\xbb\xbf" + sample.SVG,
        sample.HTML,
        b"\n" + sample.picture("PNG"),
        b"MZ\x90\0",
        b"\x7fELF",
        b"PK\3\4",
        b"RIFF\0\0\0\0AVI LIST",
        b"RIFF",
        b"\0\0\0\x18ftypheic\0\0\0\0",
        b"\xff\xfb\x90\x00",
        b"\xff\xfb\x90\x00" + b"\0" * 413 + b"<script>" * 300,
        b"\xff\xd8",
        b"%PDF",
    ],
    ids=range(15),
)
def test_anything_else_is_unknown(data: bytes):
    assert type_of(data) is None


@given(st.binary(max_size=4_096))
def test_no_bytes_break_the_telling(data: bytes):
    found = type_of(data)
    assert found is None or found.kind in FileKind


@given(st.integers(0, 255).map(lambda byte: bytes([0xFF, byte])), st.binary(max_size=64))
def test_two_bytes_of_a_sound_frame_prove_nothing(sync: bytes, rest: bytes):
    assert sync[1] == 0xD8 or type_of(sync + rest) is None


@pytest.mark.parametrize(
    ("given_name", "data", "name"),
    [
        ("漏水.png", sample.picture("JPEG"), "漏水.jpg"),
        ("../../etc/passwd", sample.PDF, "passwd.pdf"),
        ("C:\\Users\\me\\photo.html", sample.picture("PNG"), "photo.png"),
        ("a\r\nSet-Cookie: x.png", sample.picture("PNG"), "x.png"),
        ("", sample.AMR, "voice.amr"),
        (".png", sample.picture("PNG"), "image.png"),
        ("\u202egnp.exe", sample.PDF, "gnp.pdf"),
        ("x" * 300, sample.PDF, "x" * 100 + ".pdf"),
    ],
    ids=range(8),
)
def test_names_are_harmless_and_end_as_the_content_does(given_name: str, data: bytes, name: str):
    found = type_of(data)
    assert found is not None
    assert safe_name(given_name, found) == name


@given(st.text(max_size=300))
def test_no_name_leaves_its_folder_or_breaks_a_header(given_name: str):
    name = safe_name(given_name, type_of(sample.PDF))
    assert name.endswith(".pdf")
    assert 4 < len(name) <= 104
    assert not set(name) & set('/\\\r\n\0";')
