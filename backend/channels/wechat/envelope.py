"""XML as the vendor sends it and wants it. Hardened: no entities, no document types, few elements. Pure."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

MAX_ELEMENTS = 200
ROOT = "xml"
UNWRITABLE = dict.fromkeys((0xFFFE, 0xFFFF), "\N{REPLACEMENT CHARACTER}")
"""Characters that XML has no place for; control characters are never stored."""

Fields = Mapping[str, "str | list[dict[str, str]]"]
"""Elements by name: a text, or, of what is nested, one mapping an entry."""


class MalformedError(Exception):
    """It is not the XML that the vendor sends."""


def read(body: bytes | str) -> Fields:
    """What stands in the root's elements.

    Raises:
        MalformedError: no XML, not the vendor's shape, or XML that tries to do something.
    """
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, UnicodeError, ValueError, LookupError) as error:
        raise MalformedError(f"{type(error).__name__}: {error}") from error
    if root.tag != ROOT or sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise MalformedError("not the vendor's shape")
    return {child.tag: _entries(child) if len(child) else (child.text or "") for child in root}


def text_reply(*, to: str, sender: str, at: int, text: str) -> str:
    """A passive answer: `at` in seconds since 1970."""
    return _written(
        {
            "ToUserName": to,
            "FromUserName": sender,
            "CreateTime": str(at),
            "MsgType": "text",
            "Content": text,
        }
    )


def sealed(*, encrypted: str, signature: str, timestamp: str, nonce: str) -> str:
    """The envelope around an encrypted answer."""
    return _written({"Encrypt": encrypted, "MsgSignature": signature, "TimeStamp": timestamp, "Nonce": nonce})


def _entries(element: Element) -> list[dict[str, str]]:
    return [{leaf.tag: leaf.text or "" for leaf in entry} for entry in element]


def _written(fields: Mapping[str, str]) -> str:
    root = Element(ROOT)
    for name, value in fields.items():
        SubElement(root, name).text = value.translate(UNWRITABLE)
    return tostring(root, encoding="unicode")
