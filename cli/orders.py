"""`yingsheng orders`: service orders in the order of work, and one of them."""

import json
from datetime import datetime
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from backend.clock import SHANGHAI
from backend.dispatch.kinds import OrderStage
from backend.errors import NotFoundError
from cli import order_calls
from cli.command_app import command_app
from cli.console import console, fail
from cli.database_access import migrated_database
from cli.messages import text
from runtime.settings import load_settings

app = command_app(text("help.orders"))

AsJson = Annotated[bool, typer.Option("--json", help=text("help.orders_json"))]


@app.command("list", help=text("help.orders_list"))
def list_orders(
    stage: Annotated[OrderStage | None, typer.Option("--stage", help=text("help.orders_stage"))] = None,
    region: Annotated[str | None, typer.Option("--region", help=text("help.orders_region"))] = None,
    everything: Annotated[bool, typer.Option("--all", help=text("help.orders_all"))] = False,
    as_json: AsJson = False,
) -> None:
    """Print the board: those that nobody was sent for first, in the order of work."""
    with migrated_database(load_settings()) as url:
        cards = order_calls.listed(url, stage=stage, region=region, open_only=not everything)
    if as_json:
        typer.echo(json.dumps([card.model_dump(mode="json") for card in cards], ensure_ascii=False, indent=2))
        return
    if not cards:
        console.print(text("orders.none"))
        return
    table = Table(box=None, pad_edge=False)
    for column in ("number", "stage", "class", "region", "technician", "visit", "title"):
        table.add_column(text(f"orders.columns.{column}"))
    for card in cards:
        table.add_row(
            card.number,
            text(f"orders.stages.{card.stage}"),
            text(f"orders.classes.{card.service_class}"),
            escape(card.region or "—"),
            escape(card.technician or "—"),
            _time(card.visit_at),
            escape(card.title),
        )
    console.print(table)
    console.print(text("orders.count", count=len(cards)))


@app.command(help=text("help.orders_show"))
def show(
    number: Annotated[str, typer.Argument(help=text("help.orders_number"))], as_json: AsJson = False
) -> None:
    """Print all of an order that is no customer's secret, with its part of the timeline."""
    with migrated_database(load_settings()) as url:
        try:
            order, entries = order_calls.shown(url, number)
        except NotFoundError:
            fail(text("orders.no_such", number=number))
    if as_json:
        timeline = [entry.model_dump(mode="json") for entry in entries]
        whole = order.model_dump(mode="json") | {"timeline": timeline}
        typer.echo(json.dumps(whole, ensure_ascii=False, indent=2))
        return
    stage = text(f"orders.stages.{order.stage}")
    console.print(f"[bold]{order.number}[/] {escape(order.title)}  [dim]{stage}[/]")
    for name in ("plan", "technician", "diagnosis", "work_done", "report"):
        value = getattr(order, name)
        if value:
            console.print(f"  {text(f'orders.fields.{name}')}  {escape(value)}")
    for quote in order.quotes:
        answer = text(f"orders.answers.{quote.answer or 'none'}")
        console.print(f"  {text('orders.quote', total=quote.total, answer=answer)}")
    for entry in entries:
        console.print(f"  [dim]{_time(entry.at)}[/] {entry.verb} {escape(entry.actor_name or '')}")


def _time(at: datetime | None) -> str:
    return "—" if at is None else f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
