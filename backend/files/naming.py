"""What a file is called: the sender's name without paths and tricks, with its content's ending. Pure."""

import re
import unicodedata

from backend.files.content import FileType

MAX_STEM = 100
SEPARATORS = re.compile(r"[/\\:]")
UNSAFE = re.compile(r'[<>:"|?*%;]')


def safe_name(given: str, file_type: FileType) -> str:
    """The name under which the file is shown and saved."""
    last = SEPARATORS.split(given)[-1]
    visible = "".join(character for character in last if unicodedata.category(character)[0] not in "CZ")
    plain = UNSAFE.sub("", visible)
    stem = plain.rpartition(".")[0] if "." in plain else plain
    stem = stem.strip(". ")[:MAX_STEM] or file_type.kind.value
    return f"{stem}.{file_type.extension}"
