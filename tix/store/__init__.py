"""Where a desk is kept: one interface, and one line for each kind of place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tix.store.jsondesk import JsonDesk

BACKENDS = {"file": "tix.store.jsondesk:JsonDesk", "memory": "tix.store.memory:MemoryStore"}


def desk_folder(
    location: str,
    *,
    now: Callable[[], datetime],
    salt: Callable[[], str],
    warn: Callable[[str], None],
    lock_timeout_s: float,
) -> JsonDesk:
    """Return the desk folder at *location*, a path; nothing is opened yet.

    Raises:
        UsageError: It is the URL of a kind of store that this tix does not have.
    """
    from tix import __version__
    from tix.store.jsondesk import JsonDesk

    scheme, colon, _ = location.partition("://")
    if colon:
        raise UsageError(f"tix keeps no desk at {scheme}:// yet; give a folder")
    return JsonDesk(
        location,
        now=now,
        salt=salt,
        warn=warn,
        lock_timeout_s=lock_timeout_s,
        version=__version__,
    )
