"""What a transaction on a desk folder tells of facts; what finds them is loaded when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.lazy import load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tix.config.places import StrPath
    from tix.domain.facts import Facts
    from tix.store.base import Watch
    from tix.store.measures import Shelved


class TellsFacts:
    """The part of a transaction that is about facts."""

    def facts(
        self: Shelved,
        since: datetime,
        as_of: datetime | None = None,
        cache: StrPath | None = None,
        watch: Watch | None = None,
    ) -> Facts:
        """Return the facts of tickets that were not settled, or had an event from *since* on."""
        facts: Facts = load("tix.store.measures.facts:facts_of")(self, since, as_of, cache, watch)
        return facts

    def measure_anew(self: Shelved) -> Iterator[int]:
        """Measure all settled tickets again; yield how many, piece by piece."""
        yield from load("tix.store.measures.block:measure_anew")(self)
