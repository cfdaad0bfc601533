"""What a file is, told by its first bytes and never by its name or by what the sender calls it. Pure.

Only formats that a browser shows, or that channels deliver, are known; anything else, SVG and HTML first of
all, is unknown and is not stored.
"""

from dataclasses import dataclass
from enum import StrEnum


class FileKind(StrEnum):
    """What a stored file is for whoever looks at it."""

    IMAGE = "image"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class FileType:
    """A known format. `extension` is what a file of it is called when it is saved."""

    kind: FileKind
    content_type: str
    extension: str


JPEG = FileType(FileKind.IMAGE, "image/jpeg", "jpg")
PNG = FileType(FileKind.IMAGE, "image/png", "png")
GIF = FileType(FileKind.IMAGE, "image/gif", "gif")
WEBP = FileType(FileKind.IMAGE, "image/webp", "webp")
AMR = FileType(FileKind.VOICE, "audio/amr", "amr")
SILK = FileType(FileKind.VOICE, "audio/silk", "silk")
MP3 = FileType(FileKind.VOICE, "audio/mpeg", "mp3")
WAV = FileType(FileKind.VOICE, "audio/wav", "wav")
M4A = FileType(FileKind.VOICE, "audio/mp4", "m4a")
OGG = FileType(FileKind.VOICE, "audio/ogg", "ogg")
MP4 = FileType(FileKind.VIDEO, "video/mp4", "mp4")
QUICKTIME = FileType(FileKind.VIDEO, "video/quicktime", "mov")
PDF = FileType(FileKind.FILE, "application/pdf", "pdf")

IMAGES = frozenset({FileKind.IMAGE})
VOICES = frozenset({FileKind.VOICE})
VIDEOS = frozenset({FileKind.VIDEO})
DOCUMENTS = frozenset({FileKind.FILE})
ALL_KINDS = frozenset(FileKind)

BEGINNINGS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"#!AMR\n", AMR),
    (b"#!AMR-WB\n", AMR),
    (b"#!SILK_V3", SILK),
    (b"\x02#!SILK_V3", SILK),  # as WeChat sends it
    (b"ID3", MP3),
    (b"OggS", OGG),
    (b"%PDF-", PDF),
)
RIFF_FORMS = {b"WAVE": WAV, b"WEBP": WEBP}
# major brands of ISO 14496-12 boxes, https://mp4ra.org/registered-types/brands
BRANDS = {
    b"M4A ": M4A,
    b"M4B ": M4A,
    b"qt  ": QUICKTIME,
    **dict.fromkeys((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V "), MP4),
}
FRAMES_CHECKED = 3
# MPEG audio layer III (ISO 11172-3, 13818-3): kbit/s by index, and Hz by version bits
MPEG1_BITRATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
MPEG2_BITRATES = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
SAMPLE_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
MPEG1, LAYER_3 = 3, 1
MP3_HEADER_BYTES = 4


def type_of(data: bytes) -> FileType | None:
    """The format of a file's content; None if it is none that is known."""
    for beginning, found in BEGINNINGS:
        if data.startswith(beginning):
            return found
    if data[:4] == b"RIFF":
        return RIFF_FORMS.get(data[8:12])
    if data[4:8] == b"ftyp":
        return BRANDS.get(data[8:12])
    return MP3 if _are_mp3_frames(data) else None


def _are_mp3_frames(data: bytes) -> bool:
    """Whether frames follow each other: two bytes alone, as one frame's header is told by, prove nothing."""
    starts = [0]
    while len(starts) < FRAMES_CHECKED and (length := _mp3_frame_length(data[starts[-1] :][:4])):
        starts.append(starts[-1] + length)
    return len(starts) == FRAMES_CHECKED and starts[-1] <= len(data)


def _mp3_frame_length(header: bytes) -> int:
    """Bytes of the frame that begins so; 0 if none does."""
    if len(header) < MP3_HEADER_BYTES or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:  # noqa: PLR2004  # sync
        return 0
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    bitrate, rate, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    rates = SAMPLE_RATES.get(version, ())
    kilobits = MPEG1_BITRATES if version == MPEG1 else MPEG2_BITRATES
    if layer != LAYER_3 or rate >= len(rates) or not 0 < bitrate < len(kilobits):
        return 0
    samples_by_8 = 144 if version == MPEG1 else 72
    return samples_by_8 * kilobits[bitrate] * 1000 // rates[rate] + padding
