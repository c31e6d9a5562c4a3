"""How long resolutions took: each stretch from creation or reopening, and what it was spent on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.measure.timeline import DONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tix.domain.measure.clocks import Terms
    from tix.domain.measure.timeline import Stay

Cycle = tuple[int, ...]
"""Real and working seconds, those without pauses, and then both for each of ``PARTS``."""

PARTS = ("work", "customer", "third", "postponed")

_PART = {
    "new": "work",
    "open": "work",
    "answered": "customer",
    "postponed": "postponed",
    "pending:customer": "customer",
    "pending:third-party": "third",
}


def cycles(stays: Iterable[Stay], began_at: int, terms: Terms) -> list[Cycle]:
    """Return the stretches that ended with a resolution; the first one counts from *began_at*.

    What a ticket spent merged, as spam or in the trash belongs to none.
    """
    found: list[Cycle] = []
    current: list[Stay] = []
    group = ""
    for stay in stays:
        if not stay.group:
            current.append(stay)
        elif stay.group == DONE and not group:
            found.append(_cycle(current, 0 if found else began_at, terms))
            current = []
        group = stay.group
    return found


def total(found: Iterable[Cycle]) -> Cycle:
    """Return the sum of cycles."""
    return tuple(map(sum, zip(*found, strict=True)))


def agreed(whole: int, parts: Iterable[int]) -> int:
    """Return *whole*, which its *parts* must add up to."""
    if sum(parts) != whole:
        raise AssertionError(f"{' + '.join(map(str, parts))} is not {whole}")
    return whole


def _cycle(stays: Sequence[Stay], began_at: int, terms: Terms) -> Cycle:
    end = stays[-1].until
    start = min(max(stays[0].since, began_at), end)
    hours, pauses = terms.hours(start), terms.pauses(start)
    real, working = dict.fromkeys(PARTS, 0), dict.fromkeys(PARTS, 0)
    paused = away = away_working = 0
    over = start
    for stay in stays:
        since, until = max(stay.since, start), max(stay.until, start)
        length, part = hours.between(since, until), _PART[stay.state or stay.status]
        real[part] += until - since
        working[part] += length
        paused += length if stay.state in pauses else 0
        away += since - over
        away_working += hours.between(over, since)
        over = until
    cal = agreed(end - start - away, real.values())
    biz = agreed(hours.between(start, end) - away_working, working.values())
    return (cal, biz, biz - paused, *(both[part] for part in PARTS for both in (real, working)))
