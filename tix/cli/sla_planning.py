"""``tix sla backtest`` and ``tix sla forecast``: promises over the past, and the time to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tix.cli.options import FILTERS, listing, option, subcommand
from tix.cli.params import DATE, checked_text
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tix.cli.call import Call


def add_planning(group: click.Group) -> None:
    """Add ``backtest`` and ``forecast`` to the commands of *group*."""
    subcommand(
        group,
        "backtest",
        examples=(
            "tix setup show > desk.toml && tix sla backtest desk.toml --from 2026-01-01",
            "tix setup show | sed 's/4h/3h/' | tix sla backtest - --solve 95%",
        ),
    )(_backtest)
    subcommand(
        group,
        "forecast",
        examples=("tix sla forecast", "tix sla forecast is:mine --until eow"),
    )(_forecast)


class Percent(click.ParamType[float]):
    """A share such as ``95%``."""

    name = "percent"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return how many in a hundred."""
        try:
            percent = float(str(value).strip().removesuffix("%"))
        except ValueError:
            percent = 0.0
        if not 0 < percent <= 100:
            self.fail(f"{value!r} is no share such as 95%", param, ctx)
        return percent


@click.argument("file")
@option("--from", "since", type=DATE, section=FILTERS, metavar="DATE", help="From this date on.")
@option("--to", "until", type=DATE, section=FILTERS, metavar="DATE", help="Up to this date.")
@option("--solve", "percent", type=Percent(), metavar="95%", help="Find targets that so many meet.")
def _backtest(
    call: Call, file: str, since: str | None, until: str | None, percent: float | None
) -> None:
    """Try calendars, levels and policy of a set-up document on the desk's own history.

    What is set up today and FILE (- is stdin) are each taken as if they had always been in
    force. Clocks count that started within the dates. Nothing is written. With -o ids it
    prints the tickets that would be kept or breached the other way round.
    """
    from tix.cli.failure import say
    from tix.cli.texts import read_text
    from tix.ops.setup import SetupInvalid
    from tix.ops.sla.backtesting import backtest
    from tix.output.backtest import card
    from tix.text import one_line

    text = read_text(call, file)
    name = "stdin" if file == "-" else file
    period = f"{checked_text(since or '')}..{checked_text(until or '')}"
    try:
        tested = backtest(
            call.desk,
            text,
            name,
            "" if period == ".." else period,
            percent=percent,
            watch=_watch(call),
        )
    except SetupInvalid as error:
        for problem in error.problems[1:] and error.problems:
            say(one_line(str(problem)))
        raise
    if call.format == "ids":
        call.write(f"{number}\n" for number in tested.outcome.flips)
    else:
        call.show(card(tested, name, percent, call.desk.zone))


@click.argument("query", nargs=-1)
@option("--until", type=DATE, section=FILTERS, metavar="DATE", help="Else the next working day.")
@listing
def _forecast(call: Call, query: tuple[str, ...], until: str | None, **how: Any) -> None:
    """List what will be breached next if nothing is done, what is due first on top.

    Tickets are looked at as they will be then: what is postponed comes back, and its clocks
    run again. Without --until it is up to the end of the next working day.
    """
    from tix.cli.lists import show_list
    from tix.ops.sla.forecasting import forecast
    from tix.output.forecast import table

    if until is not None and not until.strip():
        raise UsageError("a date is missing", hint="tix sla forecast --until fri")
    found = forecast(call.desk, [*map(checked_text, query)], checked_text(until or ""))
    shown = table(found.rows, found.now, found.until, found.breached, call.desk.zone)
    show_list(call, shown, **how)


def _watch(call: Call) -> Callable[[Iterable[Any], int], Iterable[Any]]:
    from tix.cli.terminal import progress

    quiet = bool(call.given.get("quiet"))
    return lambda items, total: progress(items, total, "going over the history", quiet=quiet)
