"""The last ticket that this user made or changed on a desk: ``@last``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tix.errors import NotFound, PermissionRefused

if TYPE_CHECKING:
    from tix.cli.call import Call

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def last_ticket(call: Call) -> int:
    """Return the number of the ticket.

    Raises:
        NotFound: Nothing was changed here yet.
    """
    path = _path(call)
    try:
        with open(path or os.devnull, encoding="ascii") as file:
            number = int(file.read())
    except (OSError, ValueError):
        number = 0
    if not number:
        raise NotFound("there is no last ticket yet: you have changed none on this desk")
    return number


def remember_last(call: Call, ticket_id: int) -> None:
    """Keep the number; a state folder that cannot be written is no error."""
    from tix.config.places import make_private

    path = _path(call)
    if path is None:
        return
    try:
        make_private(os.path.dirname(path))
        with os.fdopen(os.open(path, _NEW, 0o600), "w", encoding="ascii") as file:
            file.write(str(ticket_id))
    except (OSError, PermissionRefused):
        return


def _path(call: Call) -> str | None:
    """Return the file, one for each desk; None where there is no state folder."""
    from tix.config.places import state_dir
    from tix.digest import sha256

    folder = state_dir(os.environ)
    if folder is None:
        return None
    desk = os.path.realpath(call.desk.location)
    name = sha256(desk.encode(errors="replace")).hexdigest()[:16]
    return os.path.join(folder, f"last-{name}")
