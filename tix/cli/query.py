"""``tix query``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tix.cli.options import Group, changing, listing, option, subcommand
from tix.cli.params import QUERY, checked_text

if TYPE_CHECKING:
    from tix.cli.call import Call
    from tix.domain.setup import SavedQuery
    from tix.table import Card, Column, Table


@click.group(cls=Group)
def query() -> None:
    """Keep queries under a name."""


@subcommand(
    query,
    "save",
    examples=(
        "tix query save pressing prio:high.. is:unanswered --sort -waiting",
        "tix list query:pressing tag:billing",
    ),
)
@click.argument("name", type=QUERY)
@click.argument("words", nargs=-1, required=True, metavar="QUERY...")
@option("--sort", metavar="KEYS", default="", help="The order of its lists: due,-created.")
@changing
def save(
    call: Call,
    name: str,
    words: tuple[str, ...],
    sort: str,
    dry_run: bool,
    why: str,
    key: str,
) -> None:
    """Keep a query; one of that name is replaced."""
    from tix.cli.changes import show_change
    from tix.ops import saved

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    terms = [*map(checked_text, words)]
    show_change(call, saved.save(desk, checked_text(name), terms, checked_text(sort)))


@subcommand(query, "list", examples=("tix query list", "tix query list --json"))
@listing
def list_(call: Call, **how: Any) -> None:
    """List the saved queries."""
    from tix.cli.lists import show_list
    from tix.ops.saved import queries

    show_list(call, _table(queries(call.desk)), **how)


@subcommand(query, "show", examples=("tix query show pressing", "tix query show pressing --json"))
@click.argument("name", type=QUERY)
def show(call: Call, name: str) -> None:
    """Show a saved query."""
    from tix.ops import saved

    call.show(_card(saved.query(call.desk, checked_text(name))))


@subcommand(query, "rm", examples=("tix query rm pressing", "tix query rm pressing --dry-run"))
@click.argument("name", type=QUERY)
@changing
def rm(call: Call, name: str, dry_run: bool, why: str, key: str) -> None:
    """Forget a saved query."""
    from tix.cli.changes import show_change
    from tix.ops import saved

    desk = call.meant(why=why, dry_run=dry_run, key=key)
    show_change(call, saved.drop(desk, checked_text(name)))


def _columns() -> list[Column[SavedQuery]]:
    from tix.domain.query import joined_line
    from tix.table import Column

    return [
        Column("name", lambda saved: saved.name),
        Column("query", lambda saved: joined_line(saved.words), flexible=True),
        Column("sort", lambda saved: saved.sort or None),
    ]


def _record(saved: SavedQuery) -> dict[str, object]:
    from tix.domain.query import joined_line

    return {
        "schema": "tix.query/1",
        "name": saved.name,
        "query": joined_line(saved.words),
        "words": list(saved.words),
        "sort": saved.sort or None,
    }


def _table(rows: Any) -> Table[SavedQuery]:
    from tix.table import Table

    return Table(
        name="query_list",
        columns=_columns(),
        rows=rows,
        record=_record,
        ident=lambda saved: saved.name,
        items="queries",
        empty="there are no saved queries; tix query save NAME QUERY keeps one",
    )


def _card(saved: SavedQuery) -> Card:
    from tix.domain.query import joined_line
    from tix.table import Card

    pairs = [("Query", joined_line(saved.words)), ("Sort", saved.sort)]
    return Card(
        name="query",
        title=saved.name,
        pairs=[pair for pair in pairs if pair[1]],
        fields=[(column.name, column.value(saved)) for column in _columns()],
        record=_record(saved),
        ident=saved.name,
    )
