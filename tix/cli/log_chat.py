"""``tix log-chat``."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from tix.cli.options import command, option
from tix.cli.params import TICKET
from tix.cli.spoken import (
    after_it,
    began,
    bring_in,
    content_of,
    length_of,
    numbered,
    spoken_options,
    whom,
)
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tix.cli.call import Call
    from tix.domain.verbs.speaking import Chat
    from tix.ops.change import Change
    from tix.ops.tickets.speaking import Talk

_TOLD = {
    "length": "--for",
    "missed": "--missed",
    "at": "--at",
    "lines": "--lines",
    "waited": "--waited",
    "inbound": "--in",
    "outbound": "--out",
}
"""What a transcript tells already."""


@command(
    "log-chat",
    examples=(
        "tix log-chat 12 -F chat.jsonl",
        "tix log-chat --from jo@example.com --for 10m --lines 14 --waited 40s",
        "tix log-chat --from C-3 --missed --subject 'Where is my parcel?'",
        "tix log-chat --import sessions.jsonl",
    ),
)
@click.argument("ticket", required=False, type=TICKET, metavar="ID")
@option("-F", "--file", metavar="FILE", help="Its transcript as JSONL; - is stdin.")
@option("--lines", type=click.IntRange(1), metavar="N", help="How many lines agents wrote.")
@option("--waited", metavar="TIME", help="How long the customer waited for the first of them.")
@spoken_options
def log_chat(
    call: Call,
    ticket: str | None,
    file: str | None,
    import_: str | None,
    dry_run: bool,
    why: str,
    key: str,
    **how: Any,
) -> None:
    """Log a chat.

    The first line of an agent counts as an answer, and the time from there to the end as work;
    a customer to whom nobody wrote waits for an answer. Without a ticket it opens one.

    tix help calls tells what the lines of -F and --import are.
    """
    from tix.cli.changes import show_change
    from tix.ops.tickets.speaking import LOG_CHAT, Talk, log

    desk = call.meant(why=why, dry_run=dry_run, key=key, if_rev=how["if_rev"])
    if import_ is not None:
        from tix.ops.importing.spoken.chatting import log_chats

        show_change(call, bring_in(call, import_, log_chats))
        return
    number = numbered(call, ticket, how)
    inbound, customer = whom(how)
    after = after_it(how)

    def talk(chat: Chat, agent: str | None = None) -> Talk:
        return Talk(chat, ticket=number, customer=customer, agent=agent, **after)

    if file is not None:
        show_change(call, _from_transcript(call, file, number, talk, how))
        return
    told = talk(_counted(call, how, inbound=inbound is not False))
    show_change(call, log(desk, LOG_CHAT, number, lambda tx: told))


def _from_transcript(
    call: Call,
    file: str,
    number: int | None,
    talk: Callable[[Chat, str | None], Talk],
    how: dict[str, Any],
) -> Change:
    from tix.ops.importing.spoken.chatting import log_transcript, read_transcript
    from tix.text import one_line

    for name, option_ in _TOLD.items():
        if how[name]:
            raise UsageError(f"-F and {option_} exclude each other: the transcript tells it")
    label = "stdin" if file == "-" else file
    said = read_transcript(
        call.desk, content_of(call, file), label, tell=lambda line: call.say(one_line(line))
    )
    return log_transcript(call.desk, talk, said, number)


def _counted(call: Call, how: dict[str, Any], *, inbound: bool) -> Chat:
    """Return the chat that the options tell of.

    Raises:
        UsageError: They leave open how long it was, or contradict each other.
    """
    from tix.domain.verbs.speaking import Chat

    missed, lines = how["missed"], how["lines"]
    if how["length"] is None and not missed:
        raise UsageError("how long it took is missing", hint="--for 10m, --missed, or -F FILE")
    if missed and (lines or how["waited"]):
        raise UsageError("--lines and --waited are for a chat in which an agent wrote")
    waited = timedelta() if how["waited"] is None else length_of(how["waited"], "--waited")
    length = waited + (timedelta() if how["length"] is None else length_of(how["length"]))
    start = began(call, how, length)
    met_at = None if missed else start + waited
    return Chat(start, start + length, inbound, met_at, 0 if missed else lines)
