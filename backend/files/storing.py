"""Taking files in, handing them out, and sending them with a message."""

import asyncio
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import undefer

from backend.errors import NotFoundError
from backend.files.attachment import Attachment
from backend.files.content import ALL_KINDS, FileKind, type_of
from backend.files.errors import (
    FileBrokenError,
    FileGoneError,
    FileTooLargeError,
    FileTypeUnknownError,
    TooManyFilesError,
)
from backend.files.models import StoredFile
from backend.files.naming import safe_name
from backend.files.pictures import Picture, rewritten
from backend.unit_of_work import UnitOfWork

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
MAX_FILES = 200
MAX_CONVERSATION_BYTES = 400 * MEGABYTE
MAX_IN_MESSAGE = 9
CUSTOMER, AGENT = "customer", "agent"
"""Origins of files that people bring; a channel that fetches files is called by its own name."""

# a picture of 64 million pixels takes 256 MB while it is decoded
_decoding = asyncio.Semaphore(2)


async def store(  # noqa: PLR0913  # all by name
    uow: UnitOfWork,
    data: bytes,
    *,
    name: str,
    conversation_id: UUID | None,
    origin: str,
    kinds: Iterable[FileKind] = ALL_KINDS,
    max_bytes: int = MAX_BYTES,
    sent: bool = True,
) -> StoredFile:
    """Check a file by its content and keep it; pictures are written anew.

    With `sent` false it waits to be sent by `send`, and is forgotten if nobody does.

    Raises:
        FileRefusedError: it is too large, of no kind among `kinds`, damaged, or one too many.
    """
    if len(data) > max_bytes:
        raise FileTooLargeError(limit=max_bytes // MEGABYTE)
    if not data:
        raise FileBrokenError("empty")
    file_type = type_of(data)
    if file_type is None or file_type.kind not in frozenset(kinds):
        raise FileTypeUnknownError
    picture = await _decoded(data) if file_type.kind is FileKind.IMAGE else None
    if picture is not None:
        data, file_type = picture.data, picture.type
    if conversation_id is not None:
        await _require_room(uow.session, conversation_id, len(data))
    stored = StoredFile(
        conversation_id=conversation_id,
        origin=origin,
        kind=file_type.kind,
        content_type=file_type.content_type,
        name=safe_name(name, file_type),
        size=len(data),
        width=picture and picture.width,
        height=picture and picture.height,
        created_at=uow.now,
        sent_at=uow.now if sent else None,
        data=data,
    )
    uow.session.add(stored)
    await uow.session.flush()
    return stored


async def read(session: AsyncSession, file_id: UUID, *, conversation_id: UUID | None = None) -> StoredFile:
    """A file with its bytes; with `conversation_id` only if it is that conversation's.

    Raises:
        NotFoundError: there is no such file, or it is another conversation's.
    """
    stored = await session.get(StoredFile, file_id, options=[undefer(StoredFile.data)])
    if stored is None or conversation_id not in {None, stored.conversation_id}:
        raise NotFoundError(f"file {file_id}")
    return stored


async def send(
    uow: UnitOfWork, conversation_id: UUID, file_ids: Sequence[UUID], *, origin: str
) -> list[Attachment]:
    """The files as a message of the conversation carries them, in the order given.

    Raises:
        FileGoneError: one is not there, another conversation's, or brought by somebody else.
    """
    if not file_ids:
        return []
    query = select(StoredFile).where(
        StoredFile.id.in_(file_ids),
        StoredFile.conversation_id == conversation_id,
        StoredFile.origin == origin,
    )
    found = {stored.id: stored for stored in await uow.session.scalars(query)}
    if missing := set(file_ids) - set(found):
        raise FileGoneError(", ".join(sorted(map(str, missing))))
    for stored in found.values():
        stored.sent_at = stored.sent_at or uow.now
    return [found[file_id].attachment() for file_id in dict.fromkeys(file_ids)]


async def _decoded(data: bytes) -> Picture:
    async with _decoding:
        return await asyncio.to_thread(rewritten, data)


async def _require_room(session: AsyncSession, conversation_id: UUID, size: int) -> None:
    query = select(func.count(), func.coalesce(func.sum(StoredFile.size), 0)).where(
        StoredFile.conversation_id == conversation_id
    )
    files, held = (await session.execute(query)).one()
    if files >= MAX_FILES or held + size > MAX_CONVERSATION_BYTES:
        raise TooManyFilesError
