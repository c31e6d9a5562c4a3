"""Levels and rules: what they promise, and which cannot be."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tix.codec import decode, encode
from tix.domain.sla.policy import (
    STANDARD,
    Goal,
    Kind,
    Length,
    Level,
    LevelRule,
    Mark,
    Policy,
    Step,
    check_level,
    check_policy,
    chosen,
    length,
    mark,
)
from tix.errors import BadDate, ConfigInvalid
from tix.record import replace

if TYPE_CHECKING:
    from typing import Any

SCALE = ("low", "normal", "high", "urgent")
FULL = Level(
    "gold",
    3,
    "support",
    first=Goal({"urgent": "15m", "any": "4h"}, penalty=5.0),
    next=Goal({"any": "90m"}),
    update=Goal({"any": "2d"}, "calendar", ()),
    resolution=Goal({"any": "3bd"}, "business", ("pending:third-party",), "total"),
    warnings=("50%", "30m before"),
    ladder=(Step("breach", ("tag late", "priority +1"), ("first",)),),
    priority="high",
)


def test_the_shipped_level_promises_what_the_design_says():
    assert STANDARD.first == STANDARD.next
    assert STANDARD.first == Goal({"urgent": "15m", "high": "1h", "normal": "4h", "low": "8h"})
    assert STANDARD.resolution == Goal(
        {"urgent": "4h", "high": "1bd", "normal": "3bd", "low": "5bd"}
    )
    check_level(STANDARD, ("standard",), SCALE)
    check_policy(Policy(), (STANDARD.name,))


@pytest.mark.parametrize("level", [STANDARD, FULL, Level("none")])
def test_a_level_is_kept_as_json(level: Level):
    check_level(level, ("standard", "support"), SCALE)

    assert decode(Level, encode(level)) == level


def test_a_policy_is_kept_as_json():
    policy = Policy((LevelRule("vip:yes", "gold"),), None, 7)

    assert decode(Policy, encode(policy)) == policy


def test_a_level_has_a_goal_for_each_clock_or_none():
    assert [STANDARD.goal(kind) for kind in Kind] == [
        STANDARD.first,
        STANDARD.next,
        None,
        STANDARD.resolution,
    ]


@pytest.mark.parametrize(
    ("fitting", "level"), [({"a", "b"}, "gold"), ({"b"}, "silver"), (set(), "standard")]
)
def test_the_first_rule_that_fits_chooses_the_level(fitting: set[str], level: str):
    policy = Policy((LevelRule("a", "gold"), LevelRule("b", "silver")))

    assert chosen(policy, fitting.__contains__) == level


def test_without_a_default_there_may_be_no_level():
    assert chosen(Policy(default=None), lambda _: False) is None


@pytest.mark.parametrize(
    ("text", "base", "found"),
    [
        ("4h", "business", Length(4 * 3600)),
        ("1h30m", "business", Length(5400)),
        ("45s", "business", Length(45)),
        ("3bd", "business", Length(days=3)),
        ("2d", "calendar", Length(2 * 86_400)),
        ("1w 2h", "calendar", Length(7 * 86_400 + 7200)),
    ],
)
def test_a_target_is_a_length_in_its_base(text: str, base: str, found: Length):
    assert length(text, base) == found


@pytest.mark.parametrize(
    ("text", "base", "message"),
    [
        ("1d", "business", "'1d' is no working time"),
        ("1w", "business", "'1w' is no working time"),
        ("1bd 2h", "business", "'1bd 2h' is working time, and a fixed length is needed"),
        ("3bd", "calendar", "'3bd' is working time, and a fixed length is needed"),
        ("0m", "business", "'0m' is no time at all"),
        ("0bd", "business", "'0bd' is no time at all"),
        ("soon", "business", "'soon' is not a length of time"),
        ("-4h", "business", "'-4h' is not a length of time"),
        ("4000bd", "business", "'4000bd' is more than ten years"),
        ("99999999h", "business", "'99999999h' is more than ten years"),
    ],
)
def test_a_target_that_is_none_is_refused(text: str, base: str, message: str):
    with pytest.raises(BadDate) as refused:
        length(text, base)

    assert refused.value.message == message


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("80%", Mark(80)),
        ("150%", Mark(150)),
        ("30m before", Mark(seconds=-1800)),
        ("30m", Mark(seconds=-1800)),
        ("1h 30m before", Mark(seconds=-5400)),
        ("breach", Mark()),
        ("2h after", Mark(seconds=7200)),
    ],
)
def test_a_mark_is_a_share_of_the_target_or_a_time_around_its_end(text: str, found: Mark):
    assert mark(text) == found


@pytest.mark.parametrize(
    "text", ["", "soon", "x%", "80 %", "1000%", "2h later", "before", "0m", "9999999999h after"]
)
def test_a_mark_that_is_none_is_refused(text: str):
    with pytest.raises(BadDate):
        mark(text)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"calendar": "standrad"}, "level 'x': calendar: 'standrad' is not among standard"),
        ({"priority": "top"}, "level 'x': priority: 'top' is not among low, normal, high, urgent"),
        ({"first": Goal({})}, "level 'x': first has no target"),
        (
            {"first": Goal({"hihg": "1h"})},
            "level 'x': first: 'hihg' is not among low, normal, high, urgent, any",
        ),
        ({"next": Goal({"high": "1d"})}, "level 'x': next.high: '1d' is no working time"),
        (
            {"update": Goal({"any": "1h"}, "bussiness")},
            "level 'x': update.base: 'bussiness' is not among business, calendar",
        ),
        (
            {"resolution": Goal({"any": "1h"}, mode="last")},
            "level 'x': resolution.mode: 'last' is not among first, resume, total",
        ),
        (
            {"resolution": Goal({"any": "1h"}, pause=("pending",))},
            (
                "level 'x': resolution.pause: 'pending' is not among "
                "pending:customer, pending:third-party, postponed, resolved"
            ),
        ),
        (
            {"first": Goal({"any": "1h"}, penalty=-1.0)},
            "level 'x': first: a penalty is no less than 0",
        ),
        ({"warnings": ("80",)}, "level 'x': warnings: '80' is not a length of time"),
        (
            {"ladder": (Step("late", ("notify",)),)},
            "level 'x': step 1: at: 'late' is not a length of time",
        ),
        ({"ladder": (Step("breach", ()),)}, "level 'x': step 1 has no action"),
        (
            {"ladder": (Step("80%", ("notify",)), Step("breach", ("shout loud",)))},
            (
                "level 'x': step 2: actions: 'shout' is not among "
                "priority, assign, tier, tag, note, notify, hook"
            ),
        ),
        (
            {"ladder": (Step("breach", ("notify",), ("last",)),)},
            "level 'x': step 1: clocks: 'last' is not among first, next, update, resolution",
        ),
    ],
)
def test_a_level_that_cannot_work_is_refused_with_its_key(change: dict[str, Any], message: str):
    with pytest.raises(ConfigInvalid) as refused:
        check_level(replace(Level("x"), **change), ("standard",), SCALE)

    assert refused.value.message == message


def test_a_misspelt_name_has_its_nearest_as_a_hint():
    with pytest.raises(ConfigInvalid) as refused:
        check_level(Level("x", calendar="standrad"), ("standard",), SCALE)

    assert refused.value.hint == "Did you mean 'standard'?"


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        (
            Policy((LevelRule("", "standard"), LevelRule("vip:yes", "glod"))),
            "policy rule 2: level: 'glod' is not among standard, gold",
        ),
        (Policy(default="none"), "policy default: 'none' is not among standard, gold"),
    ],
)
def test_a_rule_for_a_level_that_is_not_there_is_refused(policy: Policy, message: str):
    with pytest.raises(ConfigInvalid) as refused:
        check_policy(policy, ("standard", "gold"))

    assert refused.value.message == message


def test_a_policy_may_do_without_a_default():
    check_policy(Policy(default=None), ())


def test_marks_and_lengths_are_whole_seconds():
    assert timedelta(seconds=length("1h30m15s", "business").seconds) == timedelta(
        hours=1.5, seconds=15
    )
