"""Calendars, levels and rules in a set-up document."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.ops.test_setup import problems, setup_of, text_of
from tix.domain.holidays import Holiday
from tix.domain.setup import BusinessHours
from tix.domain.sla.policy import STANDARD, Goal, Level, LevelRule, Policy, Step
from tix.errors import BadData
from tix.ops import setup, undo
from tix.ops.setup import Sources

if TYPE_CHECKING:
    from tix.desk import Desk

WHOLE = """\
[calendars.standard]
hours = { mon-fri = "09:00-17:00" }
[calendars.night]
zone = "Europe/Zagreb"
hours = { mon = "22:00-06:00" }
holidays = [
    "2026-12-25 Christmas",
    "2026-12-30..2027-01-02",
    "easter+1 Easter Monday",
    "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH Thanksgiving",
    { on = "2026-05-01", name = "Labour", rule = "FREQ=YEARLY", days = 2, skip = ["2027-05-01"] },
]
exceptions = { 2026-12-24 = "22:00-23:00", 2026-12-28 = "closed" }
[levels.gold]
calendar = "night"
first = { urgent = "15m", any = "1h", base = "calendar", pause = ["postponed"], penalty = 50 }
resolution = { any = "1bd", mode = "first", hourly_penalty = 2.5 }
warnings = ["50%", "30m before"]
ladder = [
    { at = "breach", do = ["priority up"] },
    { at = "80%", do = ["notify alice"], clocks = ["first"] },
]
priority = "high"
[policy]
default = "none"
rules = [
    { when = "is:vip", level = "gold" },
]
"""
HOURS = ((79_200, 86_400),)
NIGHT = BusinessHours(
    "night",
    1,
    "Europe/Zagreb",
    (HOURS, ((0, 21_600),), (), (), (), (), ()),
    (
        Holiday(date(2026, 12, 25), "Christmas"),
        Holiday(date(2026, 12, 30), days=4),
        Holiday(None, "Easter Monday", "easter+1"),
        Holiday(None, "Thanksgiving", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"),
        Holiday(date(2026, 5, 1), "Labour", "FREQ=YEARLY", 2, (date(2027, 5, 1),)),
    ),
    {date(2026, 12, 24): ((79_200, 82_800),), date(2026, 12, 28): ()},
)
GOLD = Level(
    "gold",
    1,
    "night",
    first=Goal({"urgent": "15m", "any": "1h"}, "calendar", ("postponed",), penalty=50.0),
    resolution=Goal({"any": "1bd"}, mode="first", hourly_penalty=2.5),
    warnings=("50%", "30m before"),
    ladder=(Step("breach", ("priority up",)), Step("80%", ("notify alice",), ("first",))),
    priority="high",
)


def test_a_new_desk_has_office_hours_and_the_level_that_tix_ships(desk: Desk) -> None:
    there = setup_of(desk)

    assert there.calendars == (BusinessHours("standard"),)
    assert (there.levels, there.policy) == ((STANDARD,), Policy())


def test_a_document_says_what_is_promised(desk: Desk) -> None:
    setup.apply(desk, WHOLE, "x.toml")

    there = setup_of(desk)
    assert there.calendars == (NIGHT, BusinessHours("standard"))
    assert there.levels == (GOLD,)
    assert there.policy == Policy((LevelRule("is:vip", "gold"),), None, 2)


def test_what_is_shown_says_the_same(desk: Desk) -> None:
    setup.apply(desk, WHOLE, "x.toml")
    shown = setup.show(desk)

    assert "ladder = [\n    { at = " in shown.text
    assert setup.difference(desk, shown.text, "x.toml") == ""
    assert setup.apply(desk, shown.text, "x.toml").op is None
    assert shown.tables["policy"] == {
        "default": "none",
        "rules": [{"when": "is:vip", "level": "gold"}],
    }


def test_what_differs_is_the_next_version_and_what_was_there_once_does_not_come_back(
    desk: Desk,
) -> None:
    def version() -> list[int]:
        return [level.version for level in setup_of(desk).levels if level.name == "gold"]

    setup.apply(desk, WHOLE, "x.toml")
    setup.apply(desk, WHOLE.replace("15m", "10m"), "x.toml")
    assert version() == [2]
    undo.undo(desk)
    assert version() == [1]
    setup.apply(desk, WHOLE.replace("15m", "20m"), "x.toml")
    assert version() == [3]
    setup.apply(desk, '[levels.other]\nfirst = { any = "1h" }\n[policy]\ndefault = "other"\n', "x")
    assert version() == []
    setup.apply(desk, WHOLE, "x.toml")
    assert version() == [4]
    changed = setup.versions(desk).rows[0].changed
    assert changed == ("levels.gold", "levels.other", "policy")


def test_another_scale_leaves_the_level_that_tix_ships_alone(desk: Desk) -> None:
    setup.apply(desk, "[priorities.normal]\nweight = 1\n", "x.toml")

    assert setup_of(desk).levels == (STANDARD,)


FOUND = Sources(lambda name: [f"2026-01-06 {name}"], lambda name: [f"2026-06-22 {name}"])


def test_holidays_come_from_files_and_countries(desk: Desk) -> None:
    calendar = '[calendars.standard]\nhours = { mon = "09:00-17:00" }\n'
    setup.apply(desk, calendar + 'ics = "a.ics"\nholidays = "HR"\n', "x.toml", FOUND)

    (hours,) = setup_of(desk).calendars
    assert [one.name for one in hours.holidays] == ["HR", "a.ics"]
    setup.apply(desk, calendar + 'holidays = ["DE-BY", "2026-05-01"]\n', "x.toml", FOUND)
    assert [one.name for one in setup_of(desk).calendars[0].holidays] == ["DE-BY", ""]
    assert "ics" not in text_of(desk).partition("[calendars.standard]")[2]


def test_a_source_that_fails_is_named_with_its_place(desk: Desk) -> None:
    def broken(name: str) -> list[Any]:
        raise BadData("line 3: no date")

    calendar = '[calendars.standard]\nhours = { mon = "09:00-17:00" }\n'
    with pytest.raises(setup.SetupInvalid) as error:
        setup.apply(
            desk,
            calendar + 'ics = "a.ics"\nholidays = ["HR"]\n',
            "x.toml",
            Sources(broken, broken),
        )
    assert [str(problem) for problem in error.value.problems] == [
        "line 3: calendars.standard.ics: line 3: no date",
        "line 4: calendars.standard.holidays: line 3: no date",
    ]
    assert problems(desk, calendar + 'ics = "a.ics"') == [
        "line 3: calendars.standard.ics: nothing is read from 'a.ics' here"
    ]


BASE = '[calendars.a]\nhours = { mon = "09:00-17:00" }\n'
LEVEL = '[levels.standard]\nfirst = { any = "1h" }\n'


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (
            "[calendars]\n[levels]\n[policy]\ndefault='none'",
            "calendars: there must be one at least",
        ),
        ("[calendars.standard]", "calendars.standard: hours is missing"),
        ('[calendars.standard]\nhours = "9"', "hours: must be a table in braces"),
        ("[calendars.standard]\nhours = { mon = 9 }", "hours: mon must be a text in quotes"),
        ('[calendars.standard]\nhours = { mon = "9" }', "'9' are no hours"),
        ('[calendars.standard]\nhours = { mon = "0:00-0:00" }', "cannot be"),
        ("[calendars.standard]\nhours = {}", "no working hours on any weekday"),
        (
            '[calendars.standard]\nzone = "Europe/Zagrep"\nhours = { mon = "09:00-17:00" }',
            (
                "calendars.standard.zone: there is no time zone 'Europe/Zagrep'. "
                "Did you mean 'Europe/Zagreb'?"
            ),
        ),
        (BASE + "holidays = 7", "holidays: must be a list"),
        (BASE + "holidays = [7]", "holidays: must be a list"),
        (BASE + 'holidays = ["Christmas"]', "holidays: 'Christmas' is no holiday"),
        (BASE + 'holidays = ["2026-13-01"]', "'2026-13-01' is no date"),
        (BASE + 'holidays = ["FREQ=DAILY"]', "holidays: holiday 1: 'FREQ=DAILY' is no rule"),
        (BASE + 'holidays = [{ on = "2026-01-01", days = "2" }]', "days must be a whole number"),
        (BASE + "holidays = [{ xyzzy = 1 }]", "there is no 'xyzzy' in it. There are on, name"),
        (BASE + "holidays = [{ dayz = 1 }]", "there is no 'dayz' in it. Did you mean 'days'?"),
        (BASE + 'exceptions = { x = "closed" }', "exceptions: 'x' is no date"),
        (BASE + "exceptions = { 2026-01-01 = 7 }", "2026-01-01 must be a text in quotes"),
        ("[levels.standard]", "levels.standard: it promises nothing"),
        (
            LEVEL + 'calendar = "standart"',
            "calendar: 'standart' is not among standard. Did you mean 'standard'?",
        ),
        ('[levels.standard]\nfirst = { any = "4d" }', "levels.standard.first.any: '4d' is no"),
        ("[levels.standard]\nfirst = {}", "levels.standard: first has no target"),
        ('[levels.standard]\nfirst = { urgnet = "1h" }', "levels.standard.first: 'urgnet' is not"),
        ('[levels.standard]\nfirst = { any = "1h", base = 7 }', "base must be a text in quotes"),
        ('[levels.standard]\nfirst = { any = "1h", pause = "x" }', "pause must be a list of texts"),
        ('[levels.standard]\nfirst = { any = "1h", penalty = "x" }', "penalty must be a number"),
        ("[levels.standard]\nfirst = { any = 7 }", "first: any must be a text in quotes"),
        (LEVEL + 'warnings = ["x"]', "levels.standard.warnings: "),
        (LEVEL + "ladder = [7]", "ladder: must be a list"),
        (LEVEL + 'ladder = [{ at = "80%" }]', "ladder: do is missing"),
        (LEVEL + 'ladder = [{ at = "80%", do = "x" }]', "ladder: do must be a list of texts"),
        (LEVEL + 'ladder = [{ at = "80%", do = ["x"] }]', "levels.standard: step 1: actions: 'x'"),
        ('[policy]\ndefault = "x"', "policy.default: 'x' is not among standard"),
        (
            '[policy]\nrules = [{ when = "is:vip", level = "x" }]',
            "policy: rule 1: level: 'x' is not among standard",
        ),
        (
            '[policy]\nrules = [{ when = "is:vpi", level = "standard" }]',
            "policy.rules: rule 1: unk",
        ),
        (
            '[policy]\nrules = [{ when = "is:mine", level = "standard" }]',
            "nobody knows who you are",
        ),
        ('[policy]\nrules = [{ when = " ", level = "standard" }]', "rule 1 has no word"),
        (
            '[policy]\nrules = [{ when = "is:breached", level = "standard" }]',
            "policy.rules: rule 1 asks for the clocks that it starts",
        ),
        (
            '[policy]\nrules = [{ when = "sla:gold", level = "standard" }]',
            "rule 1 asks for the clocks that it starts",
        ),
    ],
)
def test_what_cannot_work_is_refused_where_it_stands(desk: Desk, document: str, told: str) -> None:
    assert any(told in problem for problem in problems(desk, document)), problems(desk, document)
