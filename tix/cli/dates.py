"""Dates that a user gives, with what is worth saying about them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tix.errors import ConfirmationRequired

if TYPE_CHECKING:
    from datetime import datetime

    from tix.cli.call import Call

FAR = timedelta(days=5 * 365)


def due_date(call: Call, text: str, *, yes: bool = False) -> datetime:
    """Return when *text* is due: a day without a time ends with its business hours.

    A date that has passed is told and taken.

    Raises:
        ConfirmationRequired: It is more than five years away, and *yes* is not given.
    """
    at = call.moment(text, end_of_day=True)
    now = call.desk.clock()
    if at < now:
        call.warn(f"the due date {at:%Y-%m-%d} has passed")
    if at > now + FAR and not yes:
        raise ConfirmationRequired(f"{at:%Y-%m-%d} is more than five years away", hint="use --yes")
    return at
