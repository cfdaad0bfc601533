"""Help pages in the product's words: headings, usage lines and remarks that the command-line library adds."""

import re
from collections.abc import Sequence
from functools import cache

from typer._click import Command, Context, HelpFormatter

from cli.messages import entries, text


class HelpPage(HelpFormatter):
    """Writes what the library would, in Chinese; a remark that is not known stays as it is."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How the command is written."""
        super().write_usage(prog, in_words(args), prefix or text("help_page.usage"))

    def write_heading(self, heading: str) -> None:
        """A heading over options, arguments or commands."""
        super().write_heading(in_words(heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Names, and what is said of them."""
        super().write_dl([(name, in_words(said)) for name, said in rows], col_max, col_spacing)


class HelpContext(Context):
    """A call whose help is a `HelpPage`."""

    formatter_class = HelpPage


def with_help(command: Command) -> Command:
    """The command, and those under it, with help in the product's words."""
    command.context_class = HelpContext
    for below in getattr(command, "commands", {}).values():
        with_help(below)
    return command


def in_words(said: str) -> str:
    """The library's words in a text replaced by ours."""
    for heard, ours in _words():
        said = heard.sub(ours, said)
    return said


@cache
def _words() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(entry["heard"]), entry["said"]) for entry in entries("help_page.words"))
