"""Looking after a desk: is it healthy, is everything there that it needs, and repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.store import doctor
from tix.store.doctor.machine import Versions, examine_machine

if TYPE_CHECKING:
    from tix.desk import Desk
    from tix.store.doctor import Outcome, Problem


def examine(desk: Desk, known: Versions) -> tuple[Problem, ...]:
    """Return what is wrong with the desk, and what *known* lacks; nothing is changed.

    Raises:
        CannotCreate: There is no desk.
        DeskNewer: It was written by a later tix.
    """
    found = doctor.check(desk.folder.path, timeout_s=desk.config.lock_timeout)
    return (*found, *examine_machine(known))


def repair(desk: Desk) -> Outcome:
    """Make the desk as healthy as it can be made.

    Raises:
        CannotCreate: There is no desk.
        DeskNewer: It was written by a later tix.
        Locked: Somebody writes.
    """
    return doctor.repair(
        desk.folder.path, by=desk.by, now=desk.clock(), timeout_s=desk.config.lock_timeout
    )
