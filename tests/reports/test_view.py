"""Which rows belong to a period and group, and which last at its end."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.made import DAY, HOUR, NOVEMBER, START, ZONE, facts, view
from tix.domain.calendar import standard
from tix.record import replace
from tix.reports.scope import Period
from tix.reports.view import Desk, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.reports.made import Thing

AS_OF = int(NOVEMBER.as_of.timestamp())
TIMES = st.integers(START - 40 * DAY, START + 70 * DAY)
SPANS = st.lists(st.tuples(TIMES, st.one_of(st.just(0), TIMES)), max_size=20)


def stays(spans: Sequence[tuple[int, int]]) -> list[list[Thing]]:
    return [[("stays", {"since": since, "until": until})] for since, until in spans]


@given(st.lists(TIMES, max_size=20), st.sampled_from(["day", "week", "month", ""]))
def test_a_row_belongs_to_the_period_that_its_instant_lies_in(times: list[int], by: str):
    found = facts(*([("flow", {"at": at})] for at in times))
    seen = view(found, replace(NOVEMBER, by=by))

    for cell in seen.cells():
        _, since, until = cell.period
        inside = [place for place, at in enumerate(times) if since <= at < until]
        assert list(cell.places("flow", "at")) == inside


@given(SPANS, st.sampled_from(["day", "month"]), st.integers(START, START + 60 * DAY))
def test_a_row_stands_at_the_end_of_a_period_if_it_has_begun_and_not_ended(
    spans: list[tuple[int, int]], by: str, as_of: int
):
    moment = NOVEMBER.since.fromtimestamp(as_of, ZONE)
    seen = view(facts(*stays(spans)), replace(NOVEMBER, by=by, as_of=moment))

    for cell in seen.cells():
        end = min(cell.period.until - 1, as_of)
        standing = [
            place
            for place, (since, until) in enumerate(spans)
            if since <= end and (not until or until > end)
        ]
        assert list(cell.standing("stays", "since", "until")) == standing


def test_only_rows_with_one_of_the_texts_stand_if_texts_are_given():
    each = [
        [("stays", {"since": START, "status": status})] for status in ("new", "open", "resolved")
    ]
    cell = view(facts(*each)).cell()

    assert cell.standing("stays", "since", "until", status=("new", "open")) == [0, 1]
    assert cell.standing("stays", "since", "until", status=("open",)) == [1]
    assert cell.standing("stays", "since", "until", status=("spam",)) == []


def test_a_view_can_have_the_period_before_beside_the_present_one():
    times = (START - 31 * DAY, START - 30 * DAY, START - 1, START, START + 30 * DAY)
    scope = NOVEMBER
    found = facts(*([("flow", {"at": at})] for at in times))
    both = View(found, scope, view(found).desk, (scope.before, scope.whole))

    assert [cell.places("flow", "at") for cell in both.cells()] == [[1, 2], [3]]


def test_periods_cover_the_range_and_no_more():
    periods = replace(NOVEMBER, by="week").periods

    assert (periods[0].since, periods[-1].until) == (START, START + 30 * DAY)
    assert all(a.until == b.since for a, b in pairwise(periods))
    assert [period.label for period in periods][:2] == ["2026-W44", "2026-W45"]


@pytest.mark.parametrize(
    ("by", "label"),
    [
        ("day", "2026-11-01"),
        ("week", "2026-W44"),
        ("month", "2026-11"),
        ("quarter", "2026-Q4"),
        ("year", "2026"),
    ],
)
def test_periods_are_called_by_what_they_are(by: str, label: str):
    assert replace(NOVEMBER, by=by).periods[0].label == label


def test_the_period_before_whole_days_has_as_many_local_days():
    assert NOVEMBER.before == Period("before", START - 30 * DAY - HOUR, START)


def test_the_period_before_hours_has_as_many_hours():
    scope = replace(NOVEMBER, until=NOVEMBER.since.fromtimestamp(START + 5 * HOUR, ZONE))

    assert scope.before == Period("before", START - 5 * HOUR, START)


def test_rows_of_tickets_that_nobody_asked_for_are_not_seen():
    created: list[Thing] = [("flow", {"at": START})]
    spam: list[Thing] = [("tickets", {"excluded": "spam"}), *created]
    found = facts(created, spam, created)

    assert view(found).cell().places("flow", "at") == [0, 2]
    assert view(found).left_out == {2: "spam"}
    some = view(found, replace(NOVEMBER, tickets=frozenset({3})))
    assert some.cell().places("flow", "at") == [2]
    assert some.left_out == {}


def test_groups_are_found_as_rows_are_looked_at_and_none_comes_last():
    names = ("sales", "", "Billing")
    found = facts(*([("flow", {"at": START, "department": name})] for name in names))
    seen = view(found, replace(NOVEMBER, group="department"))

    assert seen.filled == []
    assert seen.cell(0, "sales").places("flow", "at") == [0]
    assert seen.filled == [(0, "Billing"), (0, "sales"), (0, "")]
    assert seen.whole.cell().places("flow", "at") == [0, 1, 2]


def test_customers_and_plans_are_called_by_their_names():
    found = facts(*([("tickets", {"created_at": START, "customer": n})] for n in (1, 2, 1)))
    desk = Desk(standard("Europe/Zagreb"), {1: "Ann", 2: "Bob"}, {2: "gold"})
    customers, plans = (
        view(found, replace(NOVEMBER, group=group), desk) for group in ("customer", "plan")
    )

    assert customers.cell(0, "Ann").places("tickets", "created_at") == [0, 2]
    assert plans.cell(0, "gold").places("tickets", "created_at") == [1]
    assert plans.cell(0, "").places("tickets", "created_at") == [0, 2]


def test_a_ticket_with_several_tags_is_in_the_group_of_each():
    tagged = [("tags", {"tag": tag}) for tag in ("vip", "billing")]
    created = ("flow", {"at": START})
    seen = view(facts([created, *tagged], [created]), replace(NOVEMBER, group="tag"))

    found = {tag: seen.cell(0, tag).places("flow", "at") for tag in ("vip", "billing", "")}
    assert found == {"vip": [0], "billing": [0], "": [1]}


def test_columns_are_of_the_rows_of_the_cell():
    found = facts([("flow", {"at": START, "kind": "created"})], [("flow", {"at": START - 1})])
    cell = view(found).cell()

    assert list(cell.column("flow", "at", "ticket")) == [1]
    assert cell.values("flow", "at", "ticket", "kind") == [(1, cell.code("created"))]
    assert (cell.name(cell.code("created")), cell.code("nothing")) == ("created", -1)
    assert cell.end == START + 30 * DAY
