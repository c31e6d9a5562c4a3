"""Telling the user's hooks what a command has committed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tix.errors import TixError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tix.cli.call import Call
    from tix.notify.hooks import Told


def tell_hooks(call: Call) -> None:
    """Run the hooks for all events that *call* has committed; nothing that they do fails it.

    Each event is told once, however often this is called. A hook's own calls of tix run
    none, or there would be no end.
    """
    from pathlib import Path

    from tix.cli.external import environment
    from tix.notify.hooks import run_hooks

    path = call.config.path
    if path is None or os.environ.get("TIX_HOOK") or os.environ.get("TIX_NO_HOOKS"):
        return
    try:
        environ = {**environment(call), "TIX_HOOK": "1"}
        run_hooks(Path(path).with_name("hooks"), _told(call), environ, call.warn)
    except (TixError, OSError) as error:
        call.warn(f"hooks were not run: {error}")
    finally:
        call.desk.committed = ()


def _told(call: Call) -> Iterator[Told]:
    """Yield the events as hooks get them; the desk is read when the first one is asked for."""
    from tix.notify.hooks import Told
    from tix.ops.history import events_of
    from tix.output.as_json import encode
    from tix.output.tickets.records import event_record

    for event in events_of(call.desk, call.desk.committed):
        yield Told(event.kind, encode(event_record(event)) + "\n")
