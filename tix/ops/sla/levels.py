"""The levels and calendars of a desk, as they are in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.kept import calendar_of
from tix.domain.sla.offer import Offer, Opening
from tix.errors import NotFound
from tix.ops.levels import level_named
from tix.ops.transactions import reading

if TYPE_CHECKING:
    from tix.desk import Desk
    from tix.domain.sla.policy import Level, Policy
    from tix.store.base import Transaction


@reading
def offers(desk: Desk, tx: Transaction) -> tuple[Offer, ...]:
    """Return the levels, in the order of their names."""
    setup = tx.setup
    levels = sorted(setup.levels, key=lambda level: level.name)
    return tuple(_offer(level, setup.policy) for level in levels)


@reading
def offer(desk: Desk, tx: Transaction, name: str) -> Offer:
    """Return the level of this name.

    Raises:
        NotFound: There is none.
    """
    return _offer(level_named(tx.setup, name), tx.setup.policy)


@reading
def opening(
    desk: Desk, tx: Transaction, name: str | None = None, year: int | None = None
) -> Opening:
    """Return a calendar, without a *name* the desk's own, with the holidays of *year*.

    Raises:
        NotFound: There is no such calendar.
    """
    from tix.domain.holidays import names_in

    setup = tx.setup
    known = {hours.name: hours for hours in setup.calendars}
    wanted = setup.hours.name if name is None else name.strip().casefold()
    if wanted not in known:
        hint = f"There are {', '.join(sorted(known))}."
        raise NotFound(f"no calendar {wanted[:60]!r}", hint=hint, ids=(wanted,))
    calendar = calendar_of(known[wanted], tx.promises.zone)
    year = tx.now.year if year is None else year
    return Opening(calendar, year, dict(sorted(names_in(calendar.holidays, year).items())))


def _offer(level: Level, policy: Policy) -> Offer:
    rules = [rule.when for rule in policy.rules if rule.level == level.name]
    return Offer(level, (*rules, *([""] if policy.default == level.name else [])))
