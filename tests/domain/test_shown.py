"""A ticket as its own page has it."""

from __future__ import annotations

from tests.domain.sla.cases import GOLD, Life, at, promises
from tix.domain.shown import Shown, clock_finder
from tix.domain.sla.policy import Kind
from tix.domain.sla.reading import clocks
from tix.record import replace


def test_the_tightest_clock_of_each_page_is_found() -> None:
    ticket = Life("01-16 10:00").ticket
    found = clocks(ticket, ticket.course, promises(GOLD), at("01-16 11:00"))
    find = clock_finder([Shown(ticket, None, (), (), clocks=found)])

    clock = find(ticket)
    assert clock is not None
    assert clock.kind is Kind.FIRST
    assert find(replace(ticket, id=2)) is None
