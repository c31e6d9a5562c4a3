"""The roster: which pages a desk has, so that one which is gone is missed.

The root keeps it, as ranges of the numbers in the names: ``{"people": "0", "ops": "0-3"}``.
What is not on it is missed by other means: the history of an unsettled ticket by its head, and
that of a settled one by the page of the heads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.operation import ranges
from tix.store.layout import PEOPLE, SETUP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Roster = Mapping[str, str]

MEMBER = "pages"
"""What the roster is called in the record of the desk."""

_ALONE = {"people": PEOPLE, "setup": SETUP}
_NUMBERED = ("customers", "ops", "settled")
_KEYS = "keys"


def roster_of(names: Iterable[str]) -> dict[str, str]:
    """Return the roster of a desk that has the files *names*."""
    return renewed({}, dict.fromkeys(names, b""))


def renewed(roster: Roster, content: Mapping[str, bytes | None]) -> dict[str, str]:
    """Return *roster* after a commit that gives pages this *content*; None removes one."""
    changes: dict[str, dict[int, bool]] = {}
    for name, page in content.items():
        place = _place_of(name)
        if place is not None and has(roster, name) is (page is None):
            changes.setdefault(place[0], {})[place[1]] = page is not None
    after = dict(roster)
    for kind, numbers in changes.items():
        known = {*_numbers(roster.get(kind, "")), *numbers}
        there = [number for number in known if numbers.get(number, True)]
        after[kind] = ",".join(
            f"{first}-{last}" if last > first else str(first) for first, last in ranges(there)
        )
    return {kind: after[kind] for kind in sorted(after) if after[kind]}


def has(roster: Roster, name: str) -> bool:
    """Return whether the page *name* is on *roster*."""
    place = _place_of(name)
    if place is None:
        return False
    kind, number = place
    return any(first <= number <= last for first, last in _ranges(roster.get(kind, "")))


def names_on(roster: Roster) -> Iterator[str]:
    """Yield the names of the pages on *roster*, but for those of settled tickets."""
    for kind, text in roster.items():
        for number in _numbers(text) if kind != "settled" else ():
            numbered = f"{kind}/{number:02x}.json" if kind == _KEYS else f"{kind}/{number}.json"
            yield _ALONE.get(kind, numbered)


def _place_of(name: str) -> tuple[str, int] | None:
    """Return the kind of a page and its number; None if the roster does not have such pages."""
    folder, _, base = name.removesuffix(".json").rpartition("/")
    if _ALONE.get(base) == name:
        return base, 0
    kind = folder.partition("/")[0]
    if kind == _KEYS:
        return kind, int(base, 16)
    return (kind, int(base)) if kind in _NUMBERED and base.isdecimal() else None


def _numbers(text: str) -> Iterator[int]:
    for first, last in _ranges(text):
        yield from range(first, last + 1)


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        yield int(first), int(last or first)
