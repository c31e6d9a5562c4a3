"""A machine that breaks under the command line: desks to break, and ways to break them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.commandline import Result

WHOLE = ["customer list", "undo --list -L 0"]


def whole(call: Callable[[Sequence[str]], Result]) -> dict[str, str]:
    """Return all that *call*, which runs a command, tells of a desk: what each one prints."""
    told = {"list": call(["list", "--all", "-o", "json"])}
    tickets = json.loads(told["list"].stdout or "{}").get("tickets", [])
    told["show"] = call(["show", *(str(ticket["id"]) for ticket in tickets), "-o", "json"])
    told |= {line: call([*line.split(), "-o", "json"]) for line in WHOLE}
    return {line: done.stdout or done.stderr for line, done in told.items()}
