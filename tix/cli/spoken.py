"""What ``tix log-call`` and ``tix log-chat`` share: who spoke, when, and what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from tix.cli.options import changing, option
from tix.cli.params import CUSTOMER, DATE, Choice, Revision, checked_text, filled
from tix.domain.status import REASONS, Status
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tix.cli.call import Call
    from tix.cli.options import F
    from tix.ops.change import Change

_OF_AN_IMPORT = frozenset({"import_", "dry_run", "why", "key"})


def spoken_options(function: F) -> F:
    """Add who spoke, when and for how long, what became of it, and what makes it safe."""
    decorators: list[Callable[[F], F]] = [
        option("--from", "caller", type=CUSTOMER, help="The customer who began: C-3, a phone …"),
        option("--to", "called", type=CUSTOMER, help="The customer with whom we began."),
        option("--in", "inbound", is_flag=True, help="The customer began; so it is if not said."),
        option("--out", "outbound", is_flag=True, help="We began."),
        option("--for", "length", metavar="TIME", help="How long we spoke: 12m, 1h5m, 40s."),
        option("--missed", is_flag=True, help="Nobody was reached."),
        option("--at", type=DATE, metavar="DATE", help="When it began, if it has not just ended."),
        option("--subject", help="Of the ticket that it opens."),
        option("--resolve", is_flag=True, help="Resolve the ticket as well."),
        option("--reason", type=Choice(REASONS), default="solved", help="Why (solved)."),
        option("--pending", is_flag=True, help="Wait for the customer after it."),
        option("--open", "open_", is_flag=True, help="Keep it open: there is more to do."),
        option(
            "--import", "import_", metavar="FILE", help="Log those of a JSONL file; - is stdin."
        ),
        option(
            "--if-rev", type=Revision(), section="Safety", help="Only if it is at this revision."
        ),
        changing,
    ]
    for decorator in reversed(decorators):
        function = decorator(function)
    return function


def whom(how: dict[str, Any]) -> tuple[bool | None, str | None]:
    """Return whether the customer began, None if nothing tells, and who that is.

    Raises:
        UsageError: It cannot have been so.
    """
    from tix.ops.tickets.speaking import way

    if how["inbound"] and how["outbound"]:
        raise UsageError("--in and --out exclude each other")
    said = how["inbound"] if how["inbound"] or how["outbound"] else None
    caller, called = (
        None if name is None else filled(name, option)
        for option, name in (("--from", how["caller"]), ("--to", how["called"]))
    )
    return way(caller, called, said)


def after_it(how: dict[str, Any]) -> dict[str, Any]:
    """Return what a ``Talk`` says of the ticket: its status, reason and subject.

    Raises:
        UsageError: Two of them exclude each other.
    """
    ways = [name for name in ("resolve", "pending", "open_") if how[name]]
    if len(ways) > 1:
        raise UsageError("--resolve, --pending and --open exclude each other")
    if ways and how["missed"]:
        raise UsageError(f"--missed and --{ways[0].rstrip('_')} exclude each other")
    subject = how["subject"]
    return {
        "status": {"pending": Status.PENDING, "open_": Status.OPEN}.get("".join(ways)),
        "reason": how["reason"] if how["resolve"] else None,
        "subject": None if subject is None else filled(subject, "--subject"),
    }


def length_of(text: str, name: str = "--for") -> timedelta:
    """Return the time that an option gives.

    Raises:
        UsageError: It is no length of time, or longer than a day.
    """
    from tix.domain.span import parse_span

    span = parse_span(checked_text(text))
    if span > timedelta(days=1):
        raise UsageError(f"{name} is a day at most")
    return timedelta(seconds=int(span.total_seconds()))


def began(call: Call, how: dict[str, Any], length: timedelta) -> datetime:
    """Return when it began: *length* ago unless that is said."""
    if how["at"] is None:
        return call.desk.clock() - length
    return call.moment(how["at"], lean="past")


def numbered(call: Call, ticket: str | None, how: dict[str, Any]) -> int | None:
    """Return the number of the ticket, None if one is to be opened.

    Raises:
        UsageError: It names several, or there is what only a new one has.
    """
    from tix.cli.refs import one_ticket

    if ticket is None:
        if how["if_rev"] is not None:
            raise UsageError("--if-rev needs a ticket")
        return None
    if how["subject"] is not None:
        raise UsageError("--subject is for a ticket that is opened", hint="tix edit --subject")
    return one_ticket(call, ticket)


def bring_in(call: Call, path: str, log: Callable[..., Change]) -> Change:
    """Log all that a file tells of.

    Raises:
        UsageError: Something else was given as well, which the file tells.
        BadData: A line cannot be logged; nothing is changed.
    """
    from click.core import ParameterSource

    from tix.text import one_line

    context = click.get_current_context()
    for param in context.command.params:
        name = str(param.name)
        given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if given and name not in _OF_AN_IMPORT:
            raise UsageError(f"--import and {_called(param)} exclude each other")
    label = "stdin" if path == "-" else path
    return log(call.desk, content_of(call, path), label, tell=lambda line: call.say(one_line(line)))


def content_of(call: Call, path: str) -> bytes:
    """Return what is in a file, or comes from stdin for ``-``.

    Raises:
        UsageError: It cannot be read.
    """
    from tix.cli.texts import read_file, read_text

    return read_text(call, path).encode() if path == "-" else read_file(checked_text(path))


def _called(param: click.Parameter) -> str:
    is_argument = param.param_type_name == "argument"
    return "ID" if is_argument else max(param.opts, key=len)
