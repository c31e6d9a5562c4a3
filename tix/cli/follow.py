"""``tix log --follow``: events as they are committed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tix.errors import CannotCreate, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tix.cli.call import Call
    from tix.domain.event import Event

LAST = 10
_INTERVAL_S = 0.2
_WINDOW = 50
_HEADER_LINES = {"table": 1, "csv": 1, "tsv": 1, "md": 2}


def follow(call: Call, ticket_ids: Sequence[int], limit: int | None) -> None:
    """Print the last events and then each that comes, until somebody stops it.

    Raises:
        UsageError: The format is one document, which would never end.
        CannotCreate: There is no desk yet.
        BrokenPipeError: Nobody reads any more.
    """
    from tix.ops import history
    from tix.store.watch import signature

    if call.format == "json":
        raise UsageError("--follow has no end, and JSON is one document", hint="-o jsonl")
    if not call.desk.exists:
        raise CannotCreate(f"there is no desk at {call.desk.location}", hint="'tix init' makes one")
    limit = LAST if limit is None else limit
    lines = _Lines(call)
    # Looked at before it is read: what comes in between is a change to see next time.
    seen = signature(call.desk.folder.path)
    news = history.last_news(call.desk, ticket_ids, limit)
    while True:
        lines.write(news.rows)
        while (now := signature(call.desk.folder.path)) == seen:
            _wait(_INTERVAL_S)
        seen = now
        news = history.news(call.desk, news.mark, ticket_ids, limit)
        if news.restored:
            call.say("the desk was brought back to another state; these are its last events")


class _Lines:
    """Writes batches of events as if they were one table."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._is_first = True
        self._above: list[Event] = []

    def write(self, rows: Sequence[Event]) -> None:
        """Write *rows*; the names of the columns stand above the first ones only."""
        if not rows:
            return
        skipped = 0 if self._is_first else _HEADER_LINES.get(self._call.format, 0)
        if self._call.format == "table":
            # Drawn below what stands there, the columns stay as wide as they are.
            skipped += len(self._above)
            text = self._text([*self._above, *rows])
            self._above = [*self._above, *rows][-_WINDOW:]
        else:
            text = self._text(rows)
        self._is_first = False
        for _ in range(skipped):
            text = text.partition("\n")[2]
        self._call.write([text])

    def _text(self, rows: Sequence[Event]) -> str:
        from tix.output import render
        from tix.output.history import events, more_of_events

        table = events(rows, self._call.desk.zone)
        if (names := self._call.given.get("fields")) is not None:
            table = table.select([name.strip() for name in names.split(",")], more_of_events())
        return "".join(render(table, self._call.format, self._call.view))


def _wait(seconds: float) -> None:
    """Wait a little; a pipe that nobody reads any more ends it.

    Raises:
        BrokenPipeError: It is such a pipe.
    """
    import os
    import select
    import stat
    import time

    out = sys.stdout.fileno()
    mode = os.fstat(out).st_mode
    if not (stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)):
        time.sleep(seconds)
        return
    poll = select.poll()
    poll.register(out, 0)
    if poll.poll(seconds * 1000):
        raise BrokenPipeError
