"""The course that a ticket's head keeps for its clocks."""

from __future__ import annotations

from json import dumps, loads

import pytest

from tests.domain.sla.cases import Life, act, at
from tix.codec import decode, encode
from tix.domain.course import Applied, Course, Stay, Term
from tix.domain.verbs import prioritize


def test_a_course_is_the_little_that_clocks_need():
    life = Life("01-16 09:00").answers("01-16 10:00").waits("01-16 11:00").asks("01-16 12:00")
    life.gets("01-16 13:00", "high").sleeps("01-16 14:00", "01-19 09:00")

    assert life.course == Course(
        asked_at=at("01-16 09:00"),
        turn_at=at("01-16 12:00"),
        told_at=at("01-16 10:00"),
        terms=(
            Term(at("01-16 09:00"), "normal", Applied("gold")),
            Term(at("01-16 13:00"), "high", Applied("gold")),
        ),
        stays=(
            Stay("pending:customer", at("01-16 11:00"), at("01-16 12:00")),
            Stay("postponed", at("01-16 14:00"), at("01-19 09:00")),
        ),
    )


def test_it_is_kept_as_json():
    course = Life("01-16 09:00").answers("01-16 10:00").waits("01-16 11:00").course

    assert decode(Course, loads(dumps(encode(course)))) == course


def test_what_concerns_no_clock_leaves_it_as_it_is():
    life = Life("01-16 09:00")

    assert life.notes("01-16 10:00").course == life.course


@pytest.mark.parametrize("level", [None, Applied("gold"), Applied("gold", 2)])
def test_terms_are_kept_from_the_first_level_on_and_once(level: Applied | None):
    life = Life("01-16 09:00", level=None).gets("01-16 10:00", "high")
    life.apply("01-16 11:00", level).apply("01-16 12:00", level).apply("01-16 13:00", level)

    assert life.course.terms == ((Term(at("01-16 11:00"), "high", level),) if level else ())


def test_of_terms_that_changed_at_the_same_moment_the_last_ones_count():
    life = Life("01-16 09:00").gets("01-16 10:00", "high").gets("01-16 10:00", "low")

    assert [term.priority for term in life.course.terms] == ["normal", "low"]


def test_terms_stay_in_order_although_a_late_record_says_otherwise():
    life = Life("01-16 09:00", level=None).apply("01-16 11:00", Applied("gold"))
    late = act("01-16 10:00")._replace(recorded_at=act("01-16 12:00").at)
    life.tell(prioritize(life.ticket, "high", late))

    assert life.course.terms == (Term(at("01-16 11:00"), "high", Applied("gold")),)
