"""The lines of a page that name other tickets."""

from __future__ import annotations

from tests.domain.tickets import Story
from tix.domain.shown import Shown
from tix.domain.ticket import Link
from tix.output.tickets.ties import tie_pairs
from tix.record import replace


def test_a_tie_to_a_ticket_that_is_not_here_says_so():
    ticket = replace(Story().ticket, links=(Link("parent", 99),))

    assert list(tie_pairs(Shown(ticket, None, (), ()))) == [("Parent", "99 (not here)")]


def test_a_long_subject_is_cut():
    other = replace(Story(2).ticket, subject="x" * 41)
    ticket = replace(Story().ticket, links=(Link("related", 2),))

    assert list(tie_pairs(Shown(ticket, None, (), (), {2: other}))) == [
        ("Related", f"2 (new) {'x' * 39}…")
    ]
