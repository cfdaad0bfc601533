"""A file from a form field, checked and kept until a message sends it."""

import re
from uuid import UUID

from fastapi import UploadFile

from backend.files import storing
from backend.files.content import ALL_KINDS
from backend.files.schemas import Uploaded
from backend.files.storing import MEGABYTE
from backend.house import House

MAX_BODY_BYTES = 25 * MEGABYTE
PATHS = (
    re.compile(r"/api/v1/webchat/conversations/[^/]+/files"),
    re.compile(r"/api/v1/live/conversations/[^/]+/files"),
    re.compile(r"/api/v1/service-orders/[^/]+/pictures"),
)
BODY_LIMITS = dict.fromkeys(PATHS, MAX_BODY_BYTES)
"""Paths that take files, with the largest body of each: a file and the form around it, told in words."""


async def taken(house: House, upload: UploadFile, conversation_id: UUID, *, origin: str) -> Uploaded:
    """The file, kept until it is sent.

    Raises:
        FileRefusedError: it cannot be taken.
    """
    limit = house.settings.max_file_bytes
    # one byte more than is kept tells a file that is too large without reading all of it
    data = await upload.read(limit + 1)
    async with house.units.begin() as uow:
        stored = await storing.store(
            uow,
            data,
            name=upload.filename or "",
            conversation_id=conversation_id,
            origin=origin,
            kinds=ALL_KINDS,
            max_bytes=limit,
            sent=False,
        )
        return Uploaded(file=stored.attachment())
