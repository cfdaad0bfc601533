"""What a user's message says to us: its words, or words for what it shows. Pure."""

from dataclasses import dataclass

from backend.channels.wechat.envelope import MalformedError
from backend.channels.wechat.incoming import FETCHED, Incoming
from backend.files.attachment import Attachment, AttachmentKind
from backend.wording import Wording

MAX_NAME, MAX_URL, MAX_MEDIA_ID = 255, 2048, 512
LATITUDE = 90
WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Said:
    """A message for the inbox; `media_id` is what the vendor keeps its file under."""

    text: str
    attachments: tuple[Attachment, ...] = ()
    media_id: str = ""


def said_by(incoming: Incoming, wording: Wording) -> Said:
    """The message in our terms. Of a kind that is new to us nothing remains but that it came.

    Raises:
        MalformedError: it lacks what its kind has.
    """
    if incoming.kind == "text":
        return Said(incoming.fields.get("Content", ""))
    if incoming.kind in FETCHED:
        return _file(incoming)
    if incoming.kind == "location":
        return _place(incoming, wording)
    if incoming.kind == "link":
        return _link(incoming, wording)
    return Said("")


def _file(incoming: Incoming) -> Said:
    media_id = incoming.text("MediaId")
    if not media_id or len(media_id) > MAX_MEDIA_ID:
        raise MalformedError("MediaId")
    attachment = Attachment(kind=AttachmentKind(FETCHED[incoming.kind]))
    return Said(incoming.text("Recognition"), (attachment,), media_id)


def _place(incoming: Incoming, wording: Wording) -> Said:
    latitude, longitude = incoming.degrees("Location_X"), incoming.degrees("Location_Y")
    if abs(latitude) > LATITUDE:
        raise MalformedError("Location_X")
    label = incoming.text("Label")[:MAX_NAME]
    place = Attachment(kind=AttachmentKind.LOCATION, name=label, latitude=latitude, longitude=longitude)
    named = label or wording.say("wechat_unnamed_place", latitude=latitude, longitude=longitude)
    return Said(wording.say("wechat_location", place=named), (place,))


def _link(incoming: Incoming, wording: Wording) -> Said:
    title, url = incoming.text("Title")[:MAX_NAME], incoming.text("Url")
    if not url.startswith(WEB) or len(url) > MAX_URL:
        raise MalformedError("Url")
    link = Attachment(kind=AttachmentKind.LINK, name=title, url=url)
    return Said(wording.say("wechat_link", title=title or url), (link,))
