"""Files over HTTP: what the browser may do with them is said in strict headers, and parts may be asked for.

Range requests (RFC 9110, section 14) let a player jump in a recording.
"""

import re
from urllib.parse import quote

from fastapi import Request, Response

from backend.files.content import FileKind
from backend.files.models import StoredFile

# nothing in a file may run, load or be framed, even where somebody opens it in a tab of its own
CONTENT_SECURITY_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
SHOWN = frozenset({FileKind.IMAGE, FileKind.VOICE, FileKind.VIDEO})
ONE_RANGE = re.compile(r"bytes=(?P<first>\d{0,12})-(?P<last>\d{0,12})", re.ASCII)
RESPONSES: dict[int | str, dict[str, object]] = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
    206: {"description": "The part that was asked for"},
    416: {"description": "The file has no such part"},
}


def served(request: Request, stored: StoredFile) -> Response:
    """The file, or the part of it that the request asks for."""
    headers = {
        "Content-Disposition": disposition(stored),
        "Content-Security-Policy": CONTENT_SECURITY_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, max-age=3600",
        "Accept-Ranges": "bytes",
    }
    asked = request.headers.get("Range")
    span = None if asked is None else part(asked, len(stored.data))
    if asked is None or span is None:
        return Response(stored.data, media_type=stored.content_type, headers=headers)
    if span.start >= span.stop:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{len(stored.data)}"})
    headers["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{len(stored.data)}"
    body = stored.data[span.start : span.stop]
    return Response(body, status_code=206, media_type=stored.content_type, headers=headers)


def disposition(stored: StoredFile) -> str:
    """Shown in the page if it is a picture or plays, saved otherwise; under the sender's name for it."""
    how = "inline" if stored.kind in SHOWN else "attachment"
    return f"{how}; filename*=UTF-8''{quote(stored.name, safe='')}"


def part(asked: str, size: int) -> range | None:
    """The bytes that a Range header asks for; empty if there are none, None if it is to be ignored."""
    found = ONE_RANGE.fullmatch(asked.strip())
    if found is None or not (found["first"] or found["last"]):
        return None
    if not found["first"]:
        return range(max(0, size - int(found["last"])), size)
    first = int(found["first"])
    if not found["last"]:
        return range(first, size)
    last = int(found["last"])
    return None if last < first else range(first, min(last + 1, size))
