"""``tix digest``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tix.cli.options import command, option
from tix.cli.params import checked_text
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tix.cli.call import Call
    from tix.domain.digest import Digest

_WIDTH = 100


@command(
    examples=(
        "tix digest",
        "tix digest assignee:alice -o md",
        "tix digest --email-ready --to me@example.com > morning.eml",
    )
)
@click.argument("query", nargs=-1)
@option("--html", "as_page", is_flag=True, help="As a page.")
@option("--email-ready", "as_mail", is_flag=True, help="As a mail with text and page.")
@option("--to", metavar="ADDRESS", help="Who gets the mail.")
def digest(
    call: Call, query: tuple[str, ...], as_page: bool, as_mail: bool, to: str | None
) -> None:
    """Show what needs attention today.

    That is what is late, due, promised, waiting for three days, unassigned or waking. Each
    ticket stands once, under the first heading that fits it, the most delayed first.
    """
    from tix.ops.digest import tell

    if to is not None and not as_mail:
        raise UsageError("--to names who gets the mail", hint="add --email-ready")
    _check_format(call, "--html" if as_page else "--email-ready" if as_mail else "")
    found = tell(call.desk, [*map(checked_text, query)])
    call.write(_shown(call, found, as_page=as_page, as_mail=as_mail, to=to), paged=not as_mail)


def _check_format(call: Call, way: str) -> None:
    """Refuse a format beside an option that is one."""
    fmt = call.given.get("output")
    if way and fmt is not None:
        raise UsageError(f"{way} and -o {fmt} exclude each other")


def _shown(
    call: Call, found: Digest, *, as_page: bool, as_mail: bool, to: str | None
) -> Iterable[str]:
    """Return the digest as it was asked for; without a format it is text, also in a pipe."""
    from tix.output import render

    if as_mail:
        from tix.domain.people import normal_address
        from tix.output.digest.mail import mail

        return [mail(found, "" if to is None else normal_address(checked_text(to)))]
    if as_page:
        from tix.output.digest.html import html

        return [html(found)]
    fmt = call.given.get("output") or "table"
    if fmt == "md":
        from tix.output.digest.markdown import markdown

        return markdown(found, call.view)
    from tix.output.digest.rows import SHOWN, headline, table

    if fmt != "table":
        return render(table(found), fmt, call.view)
    view = call.view if call.view.width else call.view._replace(width=_WIDTH)
    head = f"{headline(found)}\n"
    return [head, *render(table(found).select(SHOWN), fmt, view)]
