"""What a desk knew at an instant: histories cut off where they went on later."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tix.domain.event import Event

IMPORT = "import:"


def known_at(event: Event) -> datetime:
    """Return since when the desk knows of *event*: when it was written.

    What an import brought counts from when it happened, or a history from elsewhere would
    have no past here.
    """
    if is_imported(event):
        return event.at
    return event.recorded_at or event.at


def is_imported(event: Event) -> bool:
    """Return whether *event* was brought here from elsewhere."""
    return event.by.startswith(IMPORT) or event.cause.startswith(IMPORT)


def until(history: Iterable[Event], at: datetime) -> tuple[Event, ...]:
    """Return *history* up to the first event that was not known at *at*.

    A clock that was set back cannot take out the middle: what follows builds on it.
    """
    return tuple(takewhile(lambda event: known_at(event) <= at, history))
