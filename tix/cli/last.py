"""The last ticket that this user made or changed on a desk: ``@last``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tix.errors import NotFound

if TYPE_CHECKING:
    from tix.cli.call import Call


def last_ticket(call: Call) -> int:
    """Return the number of the ticket.

    Raises:
        NotFound: Nothing was changed here yet.
    """
    path = _path(call)
    try:
        return int(path.read_text(encoding="ascii")) if path else 0
    except (OSError, ValueError):
        raise NotFound("there is no last ticket yet: you have changed none on this desk") from None


def remember_last(call: Call, ticket_id: int) -> None:
    """Keep the number; a state folder that cannot be written is no error."""
    path = _path(call)
    if path is None:
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(str(ticket_id), encoding="ascii")
    except OSError:
        return


def _path(call: Call) -> Path | None:
    """Return the file, one for each desk; None where there is no state folder."""
    from hashlib import sha256

    from tix.config.places import state_dir

    folder = state_dir(os.environ)
    if folder is None:
        return None
    desk = os.path.realpath(call.desk.location)
    return Path(folder) / f"last-{sha256(desk.encode(errors='replace')).hexdigest()[:16]}"
