"""Small files of each format that is taken, made by the formats' own rules, and some that are not what they say."""

import io
import struct
import wave
import zlib

from PIL import Image, PngImagePlugin


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30), colour: str = "red", **options) -> bytes:
    out = io.BytesIO()
    Image.new(options.pop("mode", "RGB"), size, colour).save(out, form, **options)
    return out.getvalue()


def photograph(orientation: int = 6) -> bytes:
    """A JPEG on its side that says where and by whom it was taken; left half blue, right half yellow."""
    image = Image.new("RGB", (80, 40), "blue")
    image.paste("yellow", (40, 0, 80, 40))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    exif[0x013B] = "SecretOwner"
    exif.get_ifd(0x8825)[2] = (31.0, 13.0, 5.0)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"SecretComment", quality=95)
    return out.getvalue()


def png_with_page() -> bytes:
    """A right PNG that is also a web page for whoever goes by the words in it."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "<html><script>alert(document.cookie)</script></html>")
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(out, "PNG", pnginfo=notes)
    return out.getvalue() + b"<script>alert('tail')</script>"


def bomb(side: int = 30_000) -> bytes:
    """A PNG of a few hundred bytes whose header announces side x side pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def wav() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8_000)
        sound.writeframes(b"\0\1" * 800)
    return out.getvalue()


def mp3_frames(count: int = 4) -> bytes:
    """Layer III frames of MPEG 1, 128 kbit/s, 44.1 kHz: 417 bytes each."""
    return (b"\xff\xfb\x90\x00" + b"\0" * 413) * count


AMR = b"#!AMR\n" + b"\x3c" + b"\x54" * 31
SILK = b"\x02#!SILK_V3" + b"\x10\0" + b"\0" * 16
M4A = b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42" + b"\0" * 40
MP4 = b"\0\0\0\x18ftypisom\0\0\x02\0isommp41" + b"\0" * 40
OGG = b"OggS\0\2" + b"\0" * 60
ID3 = b"ID3\4\0\0\0\0\0\0" + b"\0" * 40
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
