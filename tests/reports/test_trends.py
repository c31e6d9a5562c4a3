"""What grows beyond noise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.reports.made import DAY, NOVEMBER, START, facts, view
from tix.domain.calendar import standard
from tix.reports.statistics import beyond_noise, chance, growth
from tix.reports.trends import report
from tix.reports.view import Desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.reports.made import Thing

BEFORE = START - 10 * DAY


def _tagged(tag: str, at: int) -> Sequence[Thing]:
    return ("flow", {"at": at, "kind": "created"}), ("tags", {"tag": tag})


def test_what_comes_much_more_often_than_before_grows():
    tickets = [
        *[_tagged("sync", START)] * 20,
        *[_tagged("sync", BEFORE)] * 2,
        *[_tagged("login", START)] * 12,
        *[_tagged("login", BEFORE)] * 10,
    ]
    (growing,) = report(view(facts(*tickets)))

    assert [row.keys for row in growing.rows] == [("tag", "sync")]
    figures = growing.rows[0].figures
    assert (figures["created"].value, figures["created_before"].value) == (20, 2)
    assert (figures["growth"].value, figures["growth"].n) == (10, 22)


def test_words_of_subjects_and_categories_grow_as_well():
    def ticket(at: int) -> Sequence[Thing]:
        made = ("tickets", {"created_at": at, "category": "billing"})
        return made, ("flow", {"at": at, "kind": "created"})

    found = facts(*[ticket(START)] * 9)
    terms = dict.fromkeys(range(1, 10), ("refund",))
    desk = Desk(standard("Europe/Zagreb"), terms=terms)
    (growing,) = report(view(found, NOVEMBER, desk))

    assert [row.keys for row in growing.rows] == [("category", "billing"), ("term", "refund")]
    assert growing.rows[0].figures["growth"].value is None
    assert growing.rows[0].figures["growth"].high is None


def test_nothing_grows_on_an_empty_desk():
    assert report(view(facts()))[0].rows == ()


def test_chance_is_the_sign_test():
    assert chance(1, 0) == 0.5
    assert chance(5, 5) == (252 + 210 + 120 + 45 + 10 + 1) / 1024
    assert chance(0, 7) == 1


def test_among_many_tests_more_is_asked_of_each():
    assert beyond_noise([0.04]) == 1
    assert beyond_noise([0.04, 0.9]) == 0
    assert beyond_noise([0.01, 0.02, 0.03, 0.9]) == 3
    assert beyond_noise([]) == 0


@given(st.integers(0, 500), st.integers(0, 500))
def test_growth_lies_within_its_interval(now: int, before: int):
    low, high = growth(now, before)
    if now and before:
        assert low is not None
        assert high is not None
        assert low < now / before < high
    if not now + before:
        assert (low, high) == (None, None)
