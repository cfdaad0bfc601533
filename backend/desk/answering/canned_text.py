"""Variables in canned replies: `{customer_name}` and the like, which the page fills in. Pure."""

import string
from enum import StrEnum


class Variable(StrEnum):
    """What a canned reply may name."""

    CUSTOMER_NAME = "customer_name"
    TICKET = "ticket"
    AGENT = "agent"
    PRODUCT = "product"


class CannedTextError(ValueError):
    """The text names what nobody knows, or its braces do not match."""


def variables(text: str) -> frozenset[Variable]:
    """The variables that a text names.

    Raises:
        CannedTextError: one is unknown or written with more than its name, or a brace stands alone.
    """
    try:
        fields = [field for field in string.Formatter().parse(text) if field[1] is not None]
    except ValueError as error:
        raise CannedTextError(str(error)) from error
    for _, name, form, conversion in fields:
        if name not in set(Variable) or form or conversion:
            raise CannedTextError(f"{{{name}}}")
    return frozenset(Variable(str(name)) for _, name, _, _ in fields)
