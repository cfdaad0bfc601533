"""A Typer application with this command line's habits."""

import typer


def command_app(help_text: str | None = None) -> typer.Typer:
    """An application for one command, or, with a help text, for a group of them."""
    return typer.Typer(
        help=help_text,
        no_args_is_help=help_text is not None,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
