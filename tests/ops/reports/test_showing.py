"""Reports on a desk: which tickets they rest on, and what makes them the same again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.ops.desks import START, opened
from tix.errors import UsageError
from tix.ops.people import customers
from tix.ops.reports.asked import Asked
from tix.ops.reports.showing import show
from tix.ops.tickets import moves
from tix.record import replace
from tix.reports import REPORTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.ops.desks import Clock
    from tix.desk import Desk
    from tix.reports.figures import Report


def rows(report: Report, metric: str) -> dict[tuple[str, ...], object]:
    """Return the values of a metric in the first section, by the keys of the rows."""
    return {row.keys: row.figures[metric].value for row in report.sections[0].rows}


def test_a_report_tells_all_that_makes_it_the_same_again(desk: Desk):
    opened(desk, body="Help")
    opened(desk, body="Me too")

    report = show(desk, Asked("volume", ("is:open",), "2026-11-01", "2026-11-30", "month"))

    assert replace(report, sections=(), log="") == replace(
        report,
        name="volume",
        title="Volume",
        since=datetime(2026, 10, 31, 23, tzinfo=UTC),
        until=datetime(2026, 11, 30, 23, tzinfo=UTC),
        as_of=START,
        zone="Europe/Zagreb",
        sections=(),
        n=2,
        by="month",
        group="",
        query="is:open",
        excluded={},
        versions=("standard 1", "calendar standard 1"),
        log="",
        notes=("the range is not over yet",),
    )
    assert rows(report, "created") == {("2026-11",): 2}
    assert len(report.log) == 64
    assert show(desk, Asked("volume", ("is:open",), "2026-11-01", "2026-11-30", "month")) == report


def test_only_the_tickets_of_the_query_count(desk: Desk):
    opened(desk, tags=("vip",))
    opened(desk)

    report = show(desk, Asked("volume", ("tag:vip",)))

    assert (report.n, rows(report, "created")) == (1, {(): 1})


def test_what_is_left_out_is_counted_by_reason(desk: Desk, clock: Clock):
    first, second, third = (opened(desk, body="x") for _ in range(3))
    moves.mark_spam(desk, [first])
    moves.trash(desk, [second])
    assert third == 3

    report = show(desk, Asked("volume"))
    clock.move(days=90)
    later = show(desk, Asked("volume"))

    assert (report.n, rows(report, "created")) == (1, {(): 1})
    assert report.excluded == {"spam": 1, "trashed": 1}
    assert (later.n, later.excluded) == (1, {})


def test_a_settled_ticket_counts_no_more_once_the_range_has_passed(desk: Desk, clock: Clock):
    number = opened(desk, body="x")
    moves.resolve(desk, [number], body="Done")
    before = show(desk, Asked("volume"))
    clock.move(days=40)

    report = show(desk, Asked("volume"))

    assert (before.n, report.n) == (1, 0)
    assert before.log != report.log
    assert show(desk, Asked("kpi")).n == 1  # which looks back further


def test_a_later_event_changes_the_log_and_not_what_it_was_before(desk: Desk, clock: Clock):
    number = opened(desk, body="x")
    clock.move(hours=1)
    then = clock()
    asked = Asked("kpi", as_of=then)
    before = show(desk, asked)
    clock.move(hours=1)
    moves.resolve(desk, [number], body="Done")
    opened(desk, body="y")

    assert show(desk, asked) == before
    assert before.notes == ("people and set-up are today's",)
    assert show(desk, Asked("kpi")).log != before.log


def test_a_query_is_asked_at_the_instant_that_is_looked_from(desk: Desk, clock: Clock):
    number = opened(desk, body="x")
    clock.move(hours=1)
    then = clock()
    clock.move(hours=1)
    moves.resolve(desk, [number], body="Done")

    assert show(desk, Asked("volume", ("is:new",), as_of=then)).n == 1
    assert show(desk, Asked("volume", ("is:new",))).n == 0


def test_customers_go_by_their_names_those_who_share_one_with_their_number(desk: Desk):
    for address in ("jo@a.test", "jo@b.test", "ann@x.test", "an@x.test"):
        opened(desk, customer=address, body="x")
    for number in (1, 2):
        customers.edit(desk, f"C-{number}", name="Jo", plan="gold" if number == 1 else None)
    customers.edit(desk, "C-3", name="Ann")
    customers.merge(desk, ["C-4"], "C-3")

    by_customer = show(desk, Asked("volume", group="customer"))
    by_plan = show(desk, Asked("volume", group="plan"))

    assert rows(by_customer, "created") == {("Ann",): 2, ("Jo (C-1)",): 1, ("Jo (C-2)",): 1}
    assert rows(by_plan, "created") == {("gold",): 1, ("",): 3}


def test_trends_read_the_words_of_subjects_without_secrets(desk: Desk, clock: Clock):
    for _ in range(12):
        opened(desk, "Printer 5 is on fire, fire! 4111 1111 1111 1111", body="x")

    report = show(desk, Asked("trends"))
    again = show(desk, Asked("trends", as_of=clock()))

    terms = {keys[1] for keys in rows(report, "created") if keys[0] == "term"}
    assert terms == {"printer", "fire"}
    assert again.sections == report.sections


def test_the_report_has_the_groups_that_suit_it_unless_others_are_named(desk: Desk):
    opened(desk, body="x", channel="web")

    assert rows(show(desk, Asked("channels")), "created") == {("web",): 1}
    assert show(desk, Asked("channels", group="priority")).group == "priority"


def test_a_report_that_is_none_is_refused_before_anything_is_read(desk: Desk):
    with pytest.raises(UsageError, match="there is no report 'nope'"):
        show(desk, Asked("nope"))


def test_who_watches_sees_how_many_tickets_are_gone_through(desk: Desk):
    opened(desk, body="x")
    opened(desk, body="y")
    seen: list[int] = []

    def watch(items: Iterable[Any], total: int) -> Iterable[Any]:
        seen.append(total)
        return items

    assert show(desk, Asked("volume"), watch) == show(desk, Asked("volume"))
    assert seen == [2]


def test_an_empty_desk_has_reports_of_nothing(desk: Desk):
    for name in REPORTS:
        report = show(desk, Asked(name))
        assert (report.n, report.excluded) == (0, {})
        assert report.sections != ()
