"""What uploads are answered with."""

from pydantic import BaseModel

from backend.files.attachment import Attachment


class Uploaded(BaseModel):
    """A file that was taken in; a message that names its `file_id` sends it."""

    file: Attachment
