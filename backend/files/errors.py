"""Why a file is not taken. Each is worded for customers in `domain/_system.yml`."""

from typing import ClassVar

from backend.errors import DomainError


class FileRefusedError(DomainError):
    """The file cannot be taken; `code` says why."""

    status = 422
    code: ClassVar[str] = "file_broken"


class FileTooLargeError(FileRefusedError):
    """More bytes than are kept; `limit` in MB."""

    status = 413
    code = "file_too_large"


class FileTypeUnknownError(FileRefusedError):
    """Its content is no format that is taken here."""

    code = "file_type_unknown"


class FileBrokenError(FileRefusedError):
    """It is empty, cut off, or not what its first bytes say."""

    code = "file_broken"


class ImageTooBigError(FileRefusedError):
    """More pixels than are decoded; `limit` in millions."""

    code = "image_too_big"


class FileGoneError(FileRefusedError):
    """A message names a file that is not there (any more), another conversation's, or somebody else's."""

    code = "file_gone"


class TooManyFilesError(FileRefusedError):
    """The conversation holds as many files, or bytes, as one may."""

    status = 429
    code = "file_too_many"
