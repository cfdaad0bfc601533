"""A command that was typed wrongly: what the command-line library says of it, in the product's words."""

import re
from dataclasses import dataclass
from functools import cache

from typer.exceptions import TyperException

from cli.console import errors
from cli.messages import entries, text


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence of the library, and ours for it; what its groups caught is put in, translated likewise."""

    heard: re.Pattern[str]
    said: str


def report_usage(error: TyperException) -> int:
    """Print what is wrong with the call and where help is; the status to end with."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        errors.print(error.format_message(), markup=False)
        return error.exit_code
    errors.print("[bold red]✘[/] ", end="")
    errors.print(in_words(error.format_message()), markup=False)
    if context is not None:
        errors.print(text("usage.help", command=context.command_path), markup=False)
    return error.exit_code


def in_words(sentence: str) -> str:
    """Ours for the library's sentence; one that is not known is passed on, so that nothing is lost."""
    sentence = " ".join(sentence.split())
    for saying in _sayings():
        found = saying.heard.fullmatch(sentence)
        if found is not None:
            return saying.said.format(**{name: in_words(part) for name, part in found.groupdict().items()})
    return sentence


@cache
def _sayings() -> tuple[Saying, ...]:
    return tuple(
        Saying(re.compile(entry["heard"]), entry["said"].strip()) for entry in entries("usage.sayings")
    )
