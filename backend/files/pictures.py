"""Pictures are decoded and written anew: what is stored is pixels alone.

So nothing hides in them: no place and time of the photograph (EXIF), no script behind the pixels, no second
file. All become JPEG, which every channel can deliver; transparent parts turn white. Of moving pictures the
first frame stays. Pillow: https://pillow.readthedocs.io/en/stable/handbook/image-file-formats.html
"""

import io
import struct
from dataclasses import dataclass

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from backend.files.content import JPEG, FileType
from backend.files.errors import FileBrokenError, ImageTooBigError

MAX_PIXELS = 64_000_000
"""More than phones make; four bytes each while it is decoded."""

MAX_SIDE = 4_096
QUALITY = 88
MILLION = 1_000_000
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
# what Pillow's decoders raise on files that are cut off or lie about themselves
DAMAGE = (OSError, ValueError, SyntaxError, TypeError, IndexError, KeyError, EOFError, struct.error)
TRANSPARENT = frozenset({"RGBA", "LA", "PA", "La", "RGBa"})

ImageFile.LOAD_TRUNCATED_IMAGES = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is stored; sizes in pixels."""

    data: bytes
    width: int
    height: int
    type: FileType = JPEG


def rewritten(data: bytes) -> Picture:
    """The picture upright, within `MAX_SIDE`, without anything but its pixels.

    Raises:
        FileBrokenError: it cannot be decoded to its end.
        ImageTooBigError: it has more pixels than `MAX_PIXELS`, whatever its bytes are.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            return _rewritten(image)
    except (Image.DecompressionBombError, UnidentifiedImageError) as error:
        if isinstance(error, Image.DecompressionBombError):
            raise _too_big() from error
        raise FileBrokenError(str(error)) from error
    except DAMAGE as error:
        raise FileBrokenError(f"{type(error).__name__}: {error}") from error


def _rewritten(image: ImageFile.ImageFile) -> Picture:
    if image.width * image.height > MAX_PIXELS:
        raise _too_big()
    image.draft("RGB", (MAX_SIDE, MAX_SIDE))  # JPEG can be decoded smaller at once
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    plain = _on_white(upright)
    plain.info.clear()  # comments, profiles and positions would be written again
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Picture(out.getvalue(), plain.width, plain.height)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in TRANSPARENT and "transparency" not in image.info:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    white = Image.new("RGB", layer.size, "white")
    white.paste(layer, mask=layer)
    return white


def _too_big() -> ImageTooBigError:
    return ImageTooBigError(limit=MAX_PIXELS // MILLION)
